// Asks, a moment after typing stops, what a text shows already and what it still lacks. It never keeps anybody from sending:
// a server that does not answer changes nothing, and nothing moves under a finger that is on its way to the button.
const WAIT = 600;
const LEAST = 12; // characters worth asking about
const FIELDS = ["csrf_token", "id", "happened_on", "did", "people", "result", "result_unit"];

for (const area of document.querySelectorAll("textarea[data-hints]")) {
  const form = area.form;
  const place = form.querySelector("[data-hints-place]");
  const [praise, lamp] = form.querySelector("template[data-hints-icons]").content.children;
  let timer;
  let asked = "";
  let request;

  const line = ({ words, link, good }) => {
    const item = document.createElement("li");
    item.className = good ? "hint done" : "hint";
    const said = document.createElement(link ? "a" : "span");
    said.textContent = words;
    if (link) said.href = link;
    if (link) said.target = "_blank"; // what is typed stays where it is
    item.append((good ? praise : lamp).cloneNode(true), said);
    return item;
  };

  const show = ({ there, hints }) => {
    const lines = [...(there ? [{ words: there, good: true }] : []), ...hints].map(line);
    const same = lines.length === place.children.length && lines.every((one, at) => one.isEqualNode(place.children[at]));
    if (!same) place.replaceChildren(...lines); // what is said again is not read out again
  };

  const told = () => FIELDS.slice(2).map((name) => form.elements[name]?.value.trim() ?? "").join("\n");

  const ask = async () => {
    const text = told();
    if (text === asked) return;
    asked = text;
    request?.abort();
    if (area.value.trim().length < LEAST) return show({ there: "", hints: [] });
    const mine = (request = new AbortController());
    const body = new URLSearchParams(FIELDS.map((name) => [name, form.elements[name]?.value ?? ""]));
    try {
      const answer = await fetch(area.dataset.hints, { method: "POST", body, signal: mine.signal });
      if (!answer.ok || answer.redirected) return;
      const said = await answer.json();
      if (mine === request && form.contains(document.activeElement) && document.activeElement.tagName !== "BUTTON") show(said);
    } catch {
      asked = ""; // no network for a moment: asked again with the next letter
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  };
  form.addEventListener("input", (event) => {
    if (FIELDS.includes(event.target.name)) soon();
  });
  area.addEventListener("focus", soon); // a text that was kept on the device is there without being typed
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    request?.abort();
  });
}
