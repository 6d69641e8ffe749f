// The hall without page loads: − and + count at once, one press stores and shows the next person, and what stands on the page is stored
// after each step. What could not be sent stays on the device until it is. Without this file each press sends the form.
const NO_NET = "Chưa lưu được. Số và chữ trên trang vẫn còn, chương trình đang thử gửi lại.";
const AGAIN = 3000;
const account = document.documentElement.dataset.account || "";
const ballot = () => document.querySelector("[data-ballot]");
let waiting = 0;
let running = null;

const number = (field) => Number(field.value) || 0;
const countsOf = (form) => [...form.querySelectorAll("[name^=votes-]")];
const fieldsOf = (form) => [...countsOf(form), form.elements.branch_words, form.elements.notes].filter(Boolean);
const seen = (form, field) => form.elements[`seen-${field.name}`];
const unsent = (form) => fieldsOf(form).filter((field) => seen(form, field) && seen(form, field).value.replace(/\r\n/g, "\n") !== field.value);

// ── What was typed and not stored yet, kept under account and meeting; signing out drops it with all else of the account ──
const keys = (form) => ({
  person: `nhatky:${account}:hop-${form.dataset.meeting}:${form.dataset.person}`,
  notes: `nhatky:${account}:hop-${form.dataset.meeting}`,
});
const versionOf = (form, field) => form.elements[field.name === "notes" ? "notes_version" : "version"].value;
const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };

function keep(form) {
  const kept = { person: {}, notes: {} };
  for (const field of unsent(form)) kept[field.name === "notes" ? "notes" : "person"][field.name] = [field.value, versionOf(form, field)];
  try {
    for (const [part, key] of Object.entries(keys(form))) {
      if (Object.keys(kept[part]).length) localStorage.setItem(key, JSON.stringify(kept[part])); else localStorage.removeItem(key);
    }
  } catch { /* storage is switched off */ }
}

function bringBack(form) {
  const found = { ...read(keys(form).person), ...read(keys(form).notes) };
  const older = [];
  for (const field of fieldsOf(form)) {
    const [text, version] = found[field.name] || [field.value];
    if (text === field.value) continue;
    if (version === versionOf(form, field)) field.value = text; else if (!field.name.startsWith("votes-")) older.push([field, text]);
  }
  if (unsent(form).length) {
    tellKept(form, "Đã lấy lại phần chưa gửi còn trên máy.");
    for (const field of unsent(form)) field.closest("details")?.setAttribute("open", "");
    recount(form);
    storeSoon();
  }
  for (const [field, text] of older) offer(form, field, text);
}

function tellKept(form, words) {
  form.querySelector("[data-kept]").textContent = words;
}

function offer(form, field, text) { // someone else wrote here since: the hand decides
  const press = document.createElement("button");
  press.type = "button";
  press.className = "btn btn-quiet";
  press.textContent = "Lấy lại";
  press.addEventListener("click", () => { field.value = text; tellKept(form, ""); storeSoon(); });
  tellKept(form, `Người khác đã sửa phần này. Trên máy còn phần bạn chưa gửi: “${text}” `);
  form.querySelector("[data-kept]").append(press);
  field.closest("details")?.setAttribute("open", "");
}

// ── Storing in the background ──
function show(form, counted, words, settled) {
  const line = form.querySelector("[data-tally]");
  if (!line) return tellKept(form, counted ? "" : words);
  line.querySelector("[data-counted]").textContent = counted;
  line.querySelector("[data-words]").textContent = words;
  line.classList.toggle("notice-green", settled);
  line.classList.toggle("notice-blue", !settled);
}

function recount(form) {
  const legend = form.querySelector("[data-rest]");
  if (!legend) return;
  const voting = Number(form.dataset.voting);
  const left = voting - countsOf(form).reduce((sum, field) => sum + number(field), 0);
  legend.textContent = left > 0 && left < voting ? `${left} người còn lại nhất trí` : "Cả hội nghị nhất trí";
}

async function store(form) {
  clearTimeout(waiting);
  waiting = 0;
  const sent = fieldsOf(form).map((field) => [field, field.value]);
  const gone = () => { show(form, "", NO_NET, false); waiting = setTimeout(() => begin(form), AGAIN); };
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const said = await answer.json();
    if (answer.status >= 500) return gone();
    if (!answer.ok) return show(form, "", said.error || NO_NET, false);
    form.elements.version.value = said.version;
    form.elements.notes_version.value = said.notes_version;
    for (const [field, value] of sent) if (seen(form, field)) seen(form, field).value = value;
    keep(form);
    tellKept(form, "");
    return show(form, said.counted, said.words, said.settled);
  } catch {
    return gone();
  }
}

const begin = (form) => { running = (running || Promise.resolve()).then(() => store(form)).finally(() => { running = null; }); };

function storeSoon() {
  const form = ballot();
  keep(form);
  clearTimeout(waiting);
  waiting = setTimeout(() => begin(form), 350);
}

// ── One press, one person on ──
let turning = null;

function go(form, pressed) {
  turning ||= turn(form, pressed).finally(() => { turning = null; });
}

async function turn(form, pressed) {
  clearTimeout(waiting);
  await running; // the step before goes first, so that this one is not older than it
  const body = new FormData(form);
  body.append(pressed.name, pressed.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    if (answer.status >= 500) throw new Error("the server cannot answer");
    turnTo(form, await answer.text(), answer);
  } catch {
    show(form, "", NO_NET, false);
    waiting = setTimeout(() => begin(form), AGAIN);
  }
}

function pressAgain(pressed) { // on the page as it is by now: the next person's may have taken its place
  const same = pressed?.isConnected === false ? document.querySelector(`main.hall [name="${pressed.name}"][value="${pressed.value}"]`) : pressed;
  ballot()?.requestSubmit(same);
}

function turnTo(form, text, answer) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const hall = page.querySelector("main.hall");
  if (!hall) return location.assign(answer.url); // signed out, or somewhere else: the page itself says what to do
  if (answer.redirected) {
    for (const field of fieldsOf(form)) if (seen(form, field)) seen(form, field).value = field.value;
    keep(form);
    history.pushState({}, "", answer.url);
  }
  document.querySelector("main.hall").replaceWith(document.adoptNode(hall));
  document.title = page.title;
  begun();
  scrollTo(0, 0);
  hall.querySelector("[data-error]")?.scrollIntoView({ block: "nearest" });
  hall.querySelector("#nguoi")?.focus({ preventScroll: true });
  return undefined;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-ballot] [name=step]");
  if (!button) return;
  event.preventDefault();
  const form = ballot();
  const [level, by] = button.value.split(":");
  const field = form.elements[`votes-${level}`];
  const others = countsOf(form).filter((one) => one !== field).reduce((sum, one) => sum + number(one), 0);
  const most = Math.max(0, Number(form.dataset.voting) - others);
  field.value = Math.min(most, Math.max(0, number(field) + Number(by)));
  recount(form);
  storeSoon();
});
document.addEventListener("input", (event) => {
  if (!event.target.closest("[data-ballot]")) return;
  recount(ballot());
  storeSoon();
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  const pressed = event.submitter;
  if (!form.matches("[data-ballot]")) return;
  const turns = pressed && (pressed.name === "rest" || (pressed.name === "go" && pressed.value !== "close"));
  if (turns) {
    event.preventDefault();
    go(form, pressed);
    return;
  }
  clearTimeout(waiting);
  const underWay = turning || running;
  if (!underWay) return;
  event.preventDefault();
  underWay.then(() => pressAgain(pressed));
});
addEventListener("popstate", () => location.reload());

// ── What others do on their phones shows without a press: who came, how many voted, which ballots are open ──
const EVERY = 3000;

function showStanding(watched, said) {
  const { person, waiting: papers, idle, marked } = watched.dataset;
  const present = watched.querySelector("[data-present]");
  if (present) present.textContent = said.present;
  if (person) {
    const open = said.open[person];
    if (open) watched.querySelector("[data-voted]").textContent = open[0];
    else location.reload();
  }
  if (idle === "1" && (said.waiting !== Number(papers) || !said.going_on)) location.reload(); // nothing is chosen on the page that could be lost
  if (marked && said.marked !== Number(marked) && !document.querySelector("input[data-touched]")) location.reload();
}

async function watch() {
  const watched = document.querySelector("[data-watch]");
  try {
    const answer = watched && await fetch(watched.dataset.watch, { headers: { Accept: "application/json" } });
    if (answer?.ok && watched.isConnected) showStanding(watched, await answer.json());
  } catch {
    // no network for a moment: the next look may find it
  }
  setTimeout(watch, EVERY);
}

document.addEventListener("change", (event) => { event.target.dataset.touched = "1"; });
setTimeout(watch, EVERY);

function begun() {
  const form = ballot();
  if (form && !form.querySelector("[data-error]")) bringBack(form); // after a refusal the page itself holds the newest text
}
begun();
