// The queue without page loads: the same forms, sent to the same addresses, answered with JSON. Without this file each card is a plain form.
// A card leaves at once; its review is sent behind it, one after another, and what could not be sent comes back.
const stage = document.querySelector("[data-review]");
const place = document.querySelector("[data-undo-place]");
const lot = document.querySelector("[data-lot]");
const desk = matchMedia("(min-width: 992px)");
const KEYS_OFF = "nhatky:tat-phim-tat";
const NO_NET = "Chưa gửi được. Hãy xem lại mạng rồi bấm lại; chữ bạn gõ vẫn còn.";
const cards = () => [...stage.querySelectorAll("[data-card]")];
const idOf = (card) => card.getAttribute("id").slice(4);
const KINDS = { bai: "entry", "dang-ky": "pledge", "bo-sung": "addition", "xin-doi": "change" };
const kindOf = (card) => KINDS[card.querySelector("form").getAttribute("action").split("/")[2]];
const nameOf = (card) => card.querySelector("h2").textContent;
const versionOf = (card) => card.querySelector("[name=version]");
const lineOf = (card, root = stage) => root.querySelector(`.queue a[href$="chon=${idOf(card)}"]`)?.parentElement;
const verdict = (card, value) => card.querySelector(`[name=verdict][value=${value}]`);
const handled = []; // what was reviewed and may still be taken back, the newest last
const away = new Set(); // ids of cards whose review is on its way
let current = cards().find((card) => !card.classList.contains("only-phone"));
let before = Promise.resolve();

// Reviews and what takes them back reach the server in the order they were pressed.
const inTurn = (job) => { before = before.then(job).catch(() => say(NO_NET)); return before; };

// ── One card at a time on a desk ──
function show(card, focus = true) {
  current = card;
  for (const one of cards()) {
    one.classList.toggle("only-phone", one !== card);
    const link = lineOf(one)?.querySelector("a");
    if (one === card) link?.setAttribute("aria-current", "true"); else link?.removeAttribute("aria-current");
  }
  if (!card) return;
  drawKeys();
  if (focus) card.querySelector("h2").focus();
}

function step(by) {
  const all = cards();
  const next = all[all.indexOf(current) + by];
  if (next) show(next);
}

stage.addEventListener("click", (event) => {
  const link = event.target.closest(".queue a");
  if (!link) return;
  event.preventDefault();
  show(cards().find((card) => link.href.endsWith(`chon=${idOf(card)}`)));
});

// ── What the reviewer is told ──
function fault(form, words) {
  const line = form.querySelector("[data-fault]");
  line.closest("details").open = true;
  line.hidden = !words;
  line.textContent = words;
  line.setAttribute("id", `loi-${idOf(form.closest("[data-card]"))}`);
  form.querySelector("textarea").setAttribute("aria-describedby", line.getAttribute("id"));
}

function say(words, typed = "") {
  place.querySelector("[data-told]")?.remove();
  stage.querySelector("[data-typed]")?.remove();
  const line = Object.assign(document.createElement("p"), { className: "toast-undo", textContent: words });
  line.dataset.told = "";
  place.append(line);
  setTimeout(() => line.remove(), 10_000);
  if (!typed) return;
  const kept = document.querySelector("[data-typed-kept]").content.firstElementChild.cloneNode(true);
  kept.querySelector("textarea").value = typed;
  stage.prepend(kept);
}

// ── Sending ──
async function ask(address, body) {
  try {
    const answer = await fetch(address, { method: body ? "POST" : "GET", body, keepalive: Boolean(body), headers: { Accept: "application/json" } });
    return { ok: answer.ok, status: answer.status, ...(await answer.json()) };
  } catch {
    return { ok: false, status: 0, error: NO_NET };
  }
}

const shownNow = () => cards().map((card) => [card, `${kindOf(card)}:${idOf(card)}`]);

// Sends a form with what is on the screen, so that the answer can say which of it no longer waits.
async function send(form, body) {
  const shown = shownNow();
  for (const [, mark] of shown) body.append("con", mark);
  const answer = await ask(form.getAttribute("action"), body);
  if (answer.ok) catchUp(answer, shown.map(([card]) => card));
  return answer;
}

const wordless = (form) => !form.querySelector("[name=reasons]:checked, [name=saved]:checked") && !form.querySelector("textarea").value.trim();

function decide(form, pressed) {
  const card = form.closest("[data-card]");
  if (!card.isConnected) return;
  if (pressed.value === "return" && wordless(form)) {
    fault(form, "Chọn hoặc ghi một lý do để người viết biết cần làm gì.");
    form.querySelector("[name=reasons]").focus();
    return;
  }
  const body = new FormData(form);
  body.set("verdict", pressed.value);
  const done = { things: [{ kind: kindOf(card), id: idOf(card) }], taken: [take(card)] };
  handled.push(done);
  inTurn(async () => {
    const answer = await send(form, body);
    away.delete(idOf(card));
    if (!answer.ok) { refused(done, card, answer); return; }
    if (answer.kept) addComment(answer.kept);
    if (answer.note) say(answer.note);
    offerUndo(done, answer.words);
    await refill(answer.waiting);
  });
}

function take(card) {
  const next = card.nextElementSibling?.matches("[data-card]") ? card.nextElementSibling : null;
  const line = lineOf(card);
  const was = { card, next, line, nextLine: line.nextElementSibling };
  const follow = next || cards().filter((one) => one !== card).pop();
  away.add(idOf(card));
  card.remove();
  line.remove();
  if (card === current || !current?.isConnected) show(follow, desk.matches);
  if (!desk.matches && follow) {
    follow.querySelector("h2").focus({ preventScroll: true });
    if (follow.getBoundingClientRect().top < 0) follow.scrollIntoView(); // the next one is read from its beginning
  }
  seen();
  return was;
}

function putBack({ card, next, line, nextLine }) {
  const list = stage.querySelector("[data-cards]");
  drawEmpty();
  const end = list.querySelector("[data-after-cards]");
  list.insertBefore(card, next?.isConnected ? next : (next && cards()[0]) || end); // what was the last is the last again
  const lines = stage.querySelector(".queue ol");
  lines.insertBefore(line, nextLine?.isConnected ? nextLine : nextLine && lines.firstElementChild);
}

// What another handled or changed meanwhile stays away; what did not get through comes back as it was.
function refused(done, card, answer) {
  handled.splice(handled.indexOf(done), 1);
  done.failed = true;
  if (answer.status === 409 || answer.status === 404) {
    say(`${nameOf(card)}: ${answer.error}`, card.querySelector("textarea").value);
    return freshen();
  }
  putBack(done.taken[0]);
  fault(card.querySelector("form"), answer.error);
  show(card);
}

function count({ waiting, lead }) {
  document.querySelector("[data-lead]").textContent = lead;
  for (const mark of document.querySelectorAll('a[href="/duyet"] .count')) {
    const figure = [...mark.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (waiting && figure) figure.data = waiting < 100 ? waiting : "99+"; else mark.remove();
  }
}

// ── Taking back, the newest first ──
const bars = () => [...place.querySelectorAll("[data-undo]")];

function offerUndo(done, words) {
  if (!words) return;
  done.words = words;
  const end = () => {
    if (bars()[0]?.matches(":hover, :focus-within") && handled.at(-1) === done) { setTimeout(end, 1000); return; }
    if (handled.includes(done)) handled.splice(handled.indexOf(done), 1);
    drawUndo();
  };
  done.until = Date.now() + Number(bar().dataset.undo) * 1000;
  setTimeout(end, done.until - Date.now());
  drawUndo();
}

const bar = () => document.querySelector("[data-undo-bar]").content.firstElementChild;

function drawUndo() {
  const newest = handled.filter((one) => one.words && !one.undoing).at(-1);
  if (bars()[0]?.dataset.of === newest?.things[0].id) return;
  const held = place.contains(document.activeElement);
  for (const old of bars()) old.remove();
  if (!newest) return;
  const fresh = bar().cloneNode(true);
  fresh.dataset.of = newest.things[0].id;
  fresh.querySelector("span").textContent = newest.words;
  place.prepend(fresh);
  if (held) fresh.querySelector("button").focus();
}

function undo(done = handled.filter((one) => !one.undoing).at(-1)) {
  if (!done) return false;
  done.undoing = true;
  drawUndo();
  inTurn(async () => {
    if (done.failed) return;
    if (handled.includes(done)) handled.splice(handled.indexOf(done), 1);
    const form = bar();
    const body = new FormData(form);
    for (const { kind, id } of done.things) body.append("muc", `${kind}:${id}`);
    const answer = await send(form, body);
    if (!answer.ok) { say(answer.error); return; }
    const back = done.taken.filter(({ card }) => answer.versions[idOf(card)]);
    for (const was of back.toReversed()) {
      versionOf(was.card).value = answer.versions[idOf(was.card)];
      putBack(was);
    }
    if (answer.note) say(answer.note);
    drawUndo();
    if (back.length) show(back[0].card);
    seen();
  });
  return true;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-undo][data-of]")) { event.preventDefault(); undo(handled.find((one) => one.things[0]?.id === form.dataset.of)); }
  if (form === lot) { event.preventDefault(); approveSeen(); }
  if (!form.closest("[data-card]") || !event.submitter) return;
  event.preventDefault();
  decide(form, event.submitter);
}, true);

// A reason that was asked for is no longer asked for once it is there.
stage.addEventListener("input", ({ target: { form } }) => {
  const line = form?.querySelector("[data-fault]:not([hidden])");
  if (line && !wordless(form)) line.hidden = true;
});

// ── What is true by now ──
function catchUp(answer, asked) {
  count(answer);
  if (!answer.standing) return;
  const stale = asked.filter((card) => card.isConnected && Number(versionOf(card).value) !== answer.standing[idOf(card)]);
  if (!stale.length) return;
  const typed = stale.map((card) => card.querySelector("textarea").value).filter(Boolean).join("\n");
  for (const card of stale) { take(card); away.delete(idOf(card)); }
  say(`${stale.length} mục vừa có người xử lý hoặc người viết vừa đổi, nên không còn ở đây.`, typed);
}

async function freshen() {
  const shown = shownNow();
  const answer = await ask(`/duyet/tinh-hinh?${new URLSearchParams(shown.map(([, mark]) => ["con", mark]))}`);
  if (!answer.ok) return;
  catchUp(answer, shown.map(([card]) => card));
  await refill(answer.waiting);
}

// What was pressed in a row goes one after another: whoever leaves before the last of it went is asked to wait.
addEventListener("beforeunload", (event) => { if (away.size) event.preventDefault(); });

document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") inTurn(freshen); });

// ── The next cards come before the last are done ──
function drawEmpty(nodes) {
  stage.querySelector("[data-empty]")?.remove();
  for (const part of stage.children) part.hidden = Boolean(nodes);
  if (!nodes) return;
  const empty = document.createElement("div");
  empty.dataset.empty = "";
  empty.append(...nodes);
  stage.append(empty);
}

async function refill(waiting) {
  if (!stage.querySelector("[data-cards]")) { if (waiting) location.reload(); return; }
  if (cards().length > 5 || (waiting <= cards().length && cards().length)) return;
  try {
    const fresh = new DOMParser().parseFromString(await (await fetch("/duyet")).text(), "text/html");
    const list = stage.querySelector("[data-cards]");
    const incoming = [...fresh.querySelectorAll("[data-card]")].filter((card) => !document.getElementById(card.id) && !away.has(idOf(card)));
    if (!incoming.length) {
      if (!cards().length && !waiting && !away.size) drawEmpty([...fresh.querySelector("[data-review]").childNodes]);
      return;
    }
    drawEmpty();
    for (const card of incoming) {
      stage.querySelector(".queue ol").append(lineOf(card, fresh));
      card.classList.add("only-phone");
      list.insertBefore(card, list.querySelector("[data-after-cards]"));
    }
    seen();
    if (!current?.isConnected) show(cards()[0]);
  } catch { /* no network: what is here can still be handled */ }
}

// ── The whole page at once, after every card of it was on the screen ──
const watcher = new IntersectionObserver((rows) => {
  for (const row of rows) {
    if (!row.isIntersecting) continue;
    row.target.closest("[data-card]").dataset.seen = "yes";
    watcher.unobserve(row.target);
  }
  seen();
}, { rootMargin: "0px 0px -130px 0px" });

function seen() {
  if (!lot) return;
  const all = cards();
  for (const card of all) if (!card.dataset.watched) { card.dataset.watched = "yes"; watcher.observe(card.querySelector("[data-end]")); }
  const left = all.filter((card) => !card.dataset.seen).length;
  lot.hidden = all.length < 2;
  lot.querySelector("button").disabled = left > 0;
  lot.querySelector("[data-lot-count]").textContent = all.length;
  lot.querySelector("[data-lot-left]").textContent = left ? `Còn ${left} mục chưa xem. Xem hết thì nút này mở.` : "Bạn đã xem hết các mục của trang.";
}

function approveSeen() {
  const all = cards();
  if (!all.length || all.some((card) => !card.dataset.seen)) return;
  const body = new FormData(lot);
  body.delete("muc");
  for (const card of all) body.append("muc", `${kindOf(card)}:${idOf(card)}:${versionOf(card).value}`);
  const done = { things: [], taken: all.map(take) };
  handled.push(done);
  inTurn(async () => {
    const answer = await ask(lot.getAttribute("action"), body);
    for (const card of all) away.delete(idOf(card));
    if (!answer.ok) {
      handled.splice(handled.indexOf(done), 1);
      done.failed = true;
      for (const was of done.taken.toReversed()) putBack(was);
      show(all[0]);
      seen();
      say(answer.error);
      return;
    }
    count(answer);
    const approved = new Set(answer.done.map(({ id }) => id));
    done.things = answer.done;
    done.taken = done.taken.filter(({ card }) => approved.has(idOf(card)));
    if (answer.left.length) say(answer.left.map(({ id, words }) => `${nameOf(all.find((card) => idOf(card) === id))}: ${words}`).join(" "));
    if (done.things.length) offerUndo(done, answer.words); else handled.splice(handled.indexOf(done), 1);
    await refill(answer.waiting);
  });
}

// ── Comments kept for using again ──
function addComment({ id, words }) {
  for (const chips of document.querySelectorAll("[data-card] .chips")) {
    if (chips.querySelector(`[name=saved][value="${id}"]`)) continue;
    const chip = Object.assign(document.createElement("label"), { className: "chip" });
    chip.append(Object.assign(document.createElement("input"), { type: "checkbox", name: "saved", value: id }));
    chip.append(Object.assign(document.createElement("span"), { textContent: words }));
    chips.append(chip);
  }
  drawKeys();
}

// ── Keys, on a desk, and only while no text is being written ──
const off = () => { try { return localStorage.getItem(KEYS_OFF) !== null; } catch { return false; } };
const list = document.querySelector("[data-keys-list]");
const KEYS = {
  d: () => verdict(current, "approve").click(),
  b: () => verdict(current, "return").click(),
  j: () => step(1),
  k: () => step(-1),
};

function drawKeys() {
  for (const mark of stage.querySelectorAll("[data-card] kbd")) mark.remove();
  const switcher = stage.querySelector("[data-keys]");
  if (!switcher) return;
  switcher.textContent = off() ? "Bật phím tắt" : "Tắt phím tắt";
  for (const words of stage.querySelectorAll("[data-keys-words]")) words.hidden = off();
  if (off() || !current) return;
  const mark = (where, key) => {
    const kbd = Object.assign(document.createElement("kbd"), { className: "desk", textContent: key });
    kbd.setAttribute("aria-hidden", "true");
    where.append(" ", kbd);
  };
  mark(verdict(current, "return"), "B");
  mark(verdict(current, "approve"), "D");
  [...current.querySelectorAll(".chip span")].slice(0, 9).forEach((chip, at) => mark(chip, at + 1));
}

document.addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat || list.open
    || event.target.matches("textarea, select, input:not([type=checkbox])");
  if (busy || off() || !desk.matches) return;
  const key = event.key.toLowerCase();
  const chip = current?.querySelectorAll(".chip input")[Number(key) - 1];
  if (key === "z") { if (!undo()) bars()[0]?.requestSubmit(); } else if (key === "?") list.showModal();
  else if (chip) { chip.closest("details").open = true; chip.click(); } else if (current?.isConnected && KEYS[key]) KEYS[key](); else return;
  event.preventDefault();
});

stage.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) list.showModal();
  if (!event.target.closest("[data-keys]")) return;
  try { if (off()) localStorage.removeItem(KEYS_OFF); else localStorage.setItem(KEYS_OFF, "1"); } catch { /* storage is switched off */ }
  drawKeys();
});

drawKeys();
seen();
