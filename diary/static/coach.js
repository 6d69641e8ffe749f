// Asks, a moment after typing stops, what a pledge still leaves open. A server that does not answer changes nothing.
const WAIT = 700;
const MOST = 2000; // characters of a field: what the server reads of it
const ASKED = ["csrf_token", "title", "how", "target", "due_on"];

for (const form of document.querySelectorAll("[data-coach]")) {
  const place = document.getElementById("goi-y");
  let timer;
  let asking;
  let before = "";

  const ask = async () => {
    const typed = new FormData(form);
    const body = new URLSearchParams(ASKED.map((name) => [name, String(typed.get(name) || "").slice(0, MOST)]));
    if (body.toString() === before) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.coach, { method: "POST", body, signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      const said = await answer.text();
      before = body.toString();
      if (said.trim() !== place.innerHTML.trim()) place.innerHTML = said;
    } catch {
      // overtaken by what was typed since, or no network for a moment: the four questions still stand above
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
}
