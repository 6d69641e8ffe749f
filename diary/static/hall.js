// Hands counted in the hall without page loads: − and + change the figure at once, and what stands in the form is stored after each step.
// Without this file each press sends the form.
const form = document.querySelector("[data-ballot]");
const NO_NET = "Chưa lưu được. Hãy xem lại mạng rồi bấm lại; số và chữ trên trang vẫn còn.";
const counts = form ? [...form.querySelectorAll("[name^=votes-]")] : [];
let waiting = 0;
let running = null;

function show(counted, words, settled) {
  const line = form.querySelector("[data-tally]");
  line.querySelector("[data-counted]").textContent = counted;
  line.querySelector("[data-words]").textContent = words;
  line.classList.toggle("notice-green", settled);
  line.classList.toggle("notice-blue", !settled);
}

async function store() {
  clearTimeout(waiting);
  waiting = 0;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (!answer.ok) return show("", said.error || NO_NET, false);
    form.elements.version.value = said.version;
    form.elements.notes_version.value = said.notes_version;
    return show(said.counted, said.words, said.settled);
  } catch {
    return show("", NO_NET, false);
  }
}

function storeSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => { running = (running || Promise.resolve()).then(store).finally(() => { running = null; }); }, 350);
}

if (form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[name=step]");
    if (!button) return;
    event.preventDefault();
    const [level, by] = button.value.split(":");
    const field = form.elements[`votes-${level}`];
    const others = counts.filter((one) => one !== field).reduce((sum, one) => sum + (Number(one.value) || 0), 0);
    const most = Math.max(0, Number(form.dataset.present) - others);
    field.value = Math.min(most, Math.max(0, (Number(field.value) || 0) + Number(by)));
    storeSoon();
  });
  form.addEventListener("input", storeSoon);
  form.addEventListener("submit", async (event) => {
    clearTimeout(waiting);
    if (!running) return;
    event.preventDefault(); // the step before is still on its way: it goes first, so that this one is not older than it
    const pressed = event.submitter;
    await running;
    form.requestSubmit(pressed);
  });
}

// What others do on their phones shows without a press: who came, how many voted, which ballots are open.
const watched = document.querySelector("[data-watch]");
const EVERY = 3000;

function showStanding(said) {
  const { person, waiting, idle, marked } = watched.dataset;
  const present = watched.querySelector("[data-present]");
  if (present) present.textContent = said.present;
  if (person) {
    const open = said.open[person];
    if (open) watched.querySelector("[data-voted]").textContent = open[0];
    else location.reload();
  }
  if (idle === "1" && (said.waiting !== Number(waiting) || !said.going_on)) location.reload(); // nothing is chosen on the page that could be lost
  if (marked && said.marked !== Number(marked) && !document.querySelector("input[data-touched]")) location.reload();
}

async function watch() {
  try {
    const answer = await fetch(watched.dataset.watch, { headers: { Accept: "application/json" } });
    if (answer.ok) showStanding(await answer.json());
  } catch {
    // no network for a moment: the next look may find it
  }
  setTimeout(watch, EVERY);
}

if (watched) {
  document.addEventListener("change", (event) => { event.target.dataset.touched = "1"; });
  setTimeout(watch, EVERY);
}
