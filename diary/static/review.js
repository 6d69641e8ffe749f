// The queue without page loads: the same forms, sent to the same addresses, answered with JSON. Without this file each card is a plain form.
const stage = document.querySelector("[data-review]");
const place = document.querySelector("[data-undo-place]");
const desk = matchMedia("(min-width: 992px)");
const KEYS_OFF = "nhatky:tat-phim-tat";
const NO_NET = "Chưa gửi được. Hãy xem lại mạng rồi bấm lại; chữ bạn gõ vẫn còn.";
const cards = () => [...stage.querySelectorAll("[data-card]")];
const idOf = (card) => card.getAttribute("id").slice(4);
const lineOf = (card, root = stage) => root.querySelector(`.queue a[href$="chon=${idOf(card)}"]`)?.parentElement;
const verdict = (card, value) => card.querySelector(`[name=verdict][value=${value}]`);
const gone = new Map(); // what was handled, to be put back by undoing it
let current = cards().find((card) => !card.classList.contains("only-phone"));

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

// ── Sending ──
function say(form, words) {
  const line = form.querySelector("[data-fault]");
  line.closest("details").open = true;
  line.hidden = !words;
  line.textContent = words;
  line.setAttribute("id", `loi-${idOf(form.closest("[data-card]"))}`);
  form.querySelector("textarea").setAttribute("aria-describedby", line.getAttribute("id"));
}

async function post(form, body) {
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
    return { ok: answer.ok, ...(await answer.json()) };
  } catch {
    return { ok: false, error: NO_NET };
  }
}

const reasonless = (form) => !form.querySelector("[name=reasons]:checked") && !form.querySelector("textarea").value.trim();

async function decide(form, pressed) {
  const card = form.closest("[data-card]");
  if (pressed.value === "return" && reasonless(form)) {
    say(form, "Chọn hoặc ghi một lý do để người viết biết cần làm gì.");
    form.querySelector("[name=reasons]").focus();
    return;
  }
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  const body = new FormData(form);
  body.set("verdict", pressed.value);
  const answer = await post(form, body);
  delete form.dataset.sending;
  if (!answer.ok) { say(form, answer.error); return; }
  const next = card.nextElementSibling?.matches("[data-card]") ? card.nextElementSibling : null;
  const line = lineOf(card);
  gone.set(answer.id, { card, next, line, nextLine: line.nextElementSibling });
  const follow = next || cards().filter((one) => one !== card).pop();
  card.remove();
  line.remove();
  count(answer);
  offerUndo(answer);
  await refill(answer.waiting);
  show(follow || cards()[0]);
}

async function undo(bar) {
  const id = bar.elements.namedItem("id").value;
  const answer = await post(bar, new FormData(bar));
  if (!answer.ok) { bar.querySelector("span").textContent = answer.error; return; }
  const kept = gone.get(id);
  const list = stage.querySelector("[data-cards]");
  if (!kept || !list) { location.assign(`/duyet?chon=${id}`); return; }
  gone.delete(id);
  bar.remove();
  list.insertBefore(kept.card, kept.next?.isConnected ? kept.next : cards()[0] || list.firstElementChild);
  const lines = stage.querySelector(".queue ol");
  lines.insertBefore(kept.line, kept.nextLine?.isConnected ? kept.nextLine : lines.firstElementChild);
  kept.card.querySelector("[name=version]").value = answer.version;
  count(answer);
  show(kept.card);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-undo]")) { event.preventDefault(); undo(form); }
  if (!form.closest("[data-card]") || !event.submitter) return;
  event.preventDefault();
  decide(form, event.submitter);
}, true);

function count({ waiting, lead }) {
  document.querySelector("[data-lead]").textContent = lead;
  for (const mark of document.querySelectorAll('a[href="/duyet"] .count')) {
    const figure = [...mark.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (waiting && figure) figure.data = waiting < 100 ? waiting : "99+"; else mark.remove();
  }
}

function offerUndo({ words, kind, id }) {
  const bar = document.querySelector("[data-undo-bar]").content.firstElementChild.cloneNode(true);
  bar.querySelector("span").textContent = words;
  bar.elements.namedItem("kind").value = kind;
  bar.elements.namedItem("id").value = id;
  place.replaceChildren(bar);
  const end = () => (bar.matches(":hover, :focus-within") ? setTimeout(end, 1000) : bar.remove());
  setTimeout(end, Number(bar.dataset.undo) * 1000);
}

// ── The next cards come before the last are done ──
async function refill(waiting) {
  if (cards().length > 3 || (waiting <= cards().length && cards().length)) return;
  try {
    const fresh = new DOMParser().parseFromString(await (await fetch("/duyet")).text(), "text/html");
    const list = stage.querySelector("[data-cards]");
    const incoming = [...fresh.querySelectorAll("[data-card]")].filter((card) => !document.getElementById(card.id));
    if (!incoming.length) {
      if (!cards().length) stage.replaceChildren(...fresh.querySelector("[data-review]").childNodes);
      return;
    }
    for (const card of incoming) {
      stage.querySelector(".queue ol").append(lineOf(card, fresh));
      card.classList.add("only-phone");
      list.insertBefore(card, list.querySelector("[data-keys-line]"));
    }
  } catch { /* no network: what is here can still be handled */ }
}

// ── Keys, on a desk, and only while no text is being written ──
const off = () => { try { return localStorage.getItem(KEYS_OFF) !== null; } catch { return false; } };
const KEYS = {
  d: () => verdict(current, "approve").click(),
  b: () => verdict(current, "return").click(),
  j: () => step(1),
  k: () => step(-1),
};

function drawKeys() {
  for (const mark of stage.querySelectorAll("[data-card] kbd")) mark.remove();
  const line = stage.querySelector("[data-keys]");
  if (!line) return;
  line.textContent = off() ? "Bật phím tắt" : "Tắt phím tắt";
  for (const words of stage.querySelectorAll("[data-keys-words]")) words.hidden = off();
  if (off() || !current) return;
  const mark = (where, key) => {
    const kbd = Object.assign(document.createElement("kbd"), { className: "desk", textContent: key });
    kbd.setAttribute("aria-hidden", "true");
    where.append(" ", kbd);
  };
  mark(verdict(current, "return"), "B");
  mark(verdict(current, "approve"), "D");
  current.querySelectorAll(".chip span").forEach((chip, at) => mark(chip, at + 1));
}

document.addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat
    || event.target.matches("textarea, select, input:not([type=checkbox])");
  if (busy || off() || !desk.matches) return;
  const key = event.key.toLowerCase();
  const chip = current?.querySelectorAll("[name=reasons]")[Number(key) - 1];
  if (key === "z") place.querySelector("button")?.click();
  else if (chip) { chip.closest("details").open = true; chip.click(); } else if (current && KEYS[key]) KEYS[key](); else return;
  event.preventDefault();
});

stage.addEventListener("click", (event) => {
  if (!event.target.closest("[data-keys]")) return;
  try { if (off()) localStorage.removeItem(KEYS_OFF); else localStorage.setItem(KEYS_OFF, "1"); } catch { /* storage is switched off */ }
  drawKeys();
});

drawKeys();
