// Small conveniences for every page. Each works on pages that ask for it by a data- attribute, and every page works without them.
const page = document.documentElement;
const account = page.dataset.account || "";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const buttonsOf = (form) => [...form.elements].filter((one) => one.matches("button, [type=submit]"));

// ── A form is sent once: its buttons rest after the first press ──
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  const pressed = event.submitter;
  setTimeout(() => { // a button at rest is not sent, so it rests only after its value went out
    for (const button of buttonsOf(form)) button.disabled = true;
    if (!pressed) return;
    pressed.dataset.words = pressed.textContent;
    pressed.textContent = pressed.dataset.busy || "Đang gửi…";
  });
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return; // back to a page the browser kept: its form may be sent again
  for (const form of all("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of buttonsOf(form)) {
      button.disabled = false;
      if (button.dataset.words) button.textContent = button.dataset.words;
    }
  }
});

// ── Text is kept on the machine while it is being written, under the account that writes it ──
const slot = (form) => `nhatky:${account}:${form.dataset.autosave}`;
const PENDING = "nhatky:dang-gui";
const read = (store, key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
const write = (store, key, value) => { try { store.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
const drop = (store, key) => { try { store.removeItem(key); } catch { /* storage is switched off */ } };
const two = (figure) => String(figure).padStart(2, "0");
const clock = (time) => `${two(new Date(time).getHours())}:${two(new Date(time).getMinutes())}`;
const nameOf = (form) => form.getAttribute("id"); // a field called "id" hides form.id
const keepable = (one) => one.name && !one.matches("[type=password], [type=file], [data-no-save], button")
  && (one.type !== "hidden" || one.hasAttribute("data-keep"));

function take(form) {
  return [...form.elements].filter(keepable).map((one) => [one.name, one.value, one.matches("[type=radio], [type=checkbox]") ? one.checked : null]);
}

let putting = false; // what the page itself puts into the fields is no news to keep
let leaving = false; // signing out: nothing is kept any more

function put(form, fields) {
  const seen = {};
  putting = true;
  for (const [name, value, checked] of fields) {
    const same = [...form.elements].filter((one) => one.name === name && keepable(one));
    const one = checked === null ? same[(seen[name] = (seen[name] ?? -1) + 1)] : same.find((box) => box.value === value);
    if (!one) continue;
    if (checked === null) one.value = value; else one.checked = checked;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
  putting = false;
}

function say(form, words) {
  for (const line of all(`[data-saved="${nameOf(form)}"]`)) {
    line.textContent = words;
    line.setAttribute("role", "status");
  }
}

function offer(form, words, button, act) {
  const line = document.createElement("div");
  line.className = "notice notice-blue kept";
  line.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = words;
  const press = document.createElement("button");
  press.type = "button";
  press.className = "btn btn-quiet";
  press.textContent = button;
  press.addEventListener("click", () => { line.remove(); act(); });
  line.append(text, press);
  form.prepend(line);
}

function forgetWhatWasSent() {
  const sent = read(sessionStorage, PENDING);
  if (!sent) return;
  drop(sessionStorage, PENDING);
  const how = performance.getEntriesByType("navigation")[0]?.type;
  const arrived = document.querySelector('[data-flash="success"]') || (how === "navigate" && document.referrer.split("?")[0] === sent.from);
  const refused = document.querySelector(".error-summary, [data-error]") || sent.account !== account;
  if (arrived && !refused && how !== "back_forward") drop(localStorage, sent.slot);
}

function autosave(form) {
  const first = JSON.stringify(take(form));
  const kept = read(localStorage, slot(form));
  const differs = kept && JSON.stringify(kept.fields) !== first;
  const forget = () => { drop(localStorage, slot(form)); put(form, JSON.parse(first)); say(form, ""); };
  if (differs && !document.querySelector(".error-summary")) { // after a refusal the page itself holds the newest text
    const base = form.dataset.autosaveBase || "";
    if (kept.base === base) {
      put(form, kept.fields);
      offer(form, `Đã lấy lại phần chưa gửi, lưu trên máy lúc ${clock(kept.time)}.`, "Bỏ phần này", forget);
    } else {
      offer(form, `Trên máy còn phần chưa gửi, lưu lúc ${clock(kept.time)}.`, "Lấy lại", () => put(form, kept.fields));
    }
  }
  let waiting = 0;
  const save = () => {
    clearTimeout(waiting);
    waiting = 0;
    if (leaving) return;
    const fields = take(form);
    if (JSON.stringify(fields) === first) return;
    const time = Date.now();
    const done = write(localStorage, slot(form), { fields, time, base: form.dataset.autosaveBase || "" });
    say(form, done ? `Đã lưu trên máy lúc ${clock(time)}` : "Máy này không lưu được. Hãy gửi hoặc lưu nháp trước khi đóng trang.");
  };
  const later = () => {
    if (putting) return;
    clearTimeout(waiting);
    waiting = setTimeout(save, 400);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  addEventListener("pagehide", () => { if (waiting && !form.dataset.sent) save(); });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      save();
      write(sessionStorage, PENDING, { slot: slot(form), account, from: location.href.split("?")[0] });
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    save();
    say(form, "Chưa có mạng. Bài sẽ tự gửi khi có mạng lại.");
    const pressed = event.submitter;
    addEventListener("online", () => form.requestSubmit(pressed), { once: true });
  });
}

function forgetAll() { // whoever signs out leaves nothing behind on a machine that others may use
  leaving = true;
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(`nhatky:${account}:`)) localStorage.removeItem(key);
  } catch { /* storage is switched off */ }
}
for (const form of all("form[data-leave]")) form.addEventListener("submit", forgetAll);

forgetWhatWasSent();
if (account) all("form[data-autosave]").forEach(autosave);

// ── The day: chips over a plain date field ──
const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
function dayInWords(value) {
  const day = new Date(`${value}T12:00`);
  return Number.isNaN(day.getTime()) ? "" : `${WEEKDAYS[day.getDay()]}, ${two(day.getDate())}/${two(day.getMonth() + 1)}/${day.getFullYear()}`;
}
for (const box of all("[data-day]")) {
  const field = document.getElementById(box.dataset.day);
  const chips = all("[type=radio]", box);
  const words = box.querySelector("[data-day-words]");
  const other = chips[chips.length - 1];
  const show = (chosen) => {
    (chosen || chips.find((chip) => chip.value === field.value) || other).checked = true;
    box.classList.toggle("other", other.checked);
    if (words) words.textContent = dayInWords(field.value);
  };
  for (const chip of chips) {
    chip.addEventListener("change", () => {
      if (chip.value) field.value = chip.value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      show(chip);
      if (!chip.value) field.focus();
    });
  }
  field.addEventListener("input", () => show(other.checked ? other : null));
  show();
}

// ── Undo: the bar goes when its time is over, never under a finger or the focus ──
for (const bar of all("[data-undo]")) {
  const end = () => (bar.matches(":hover, :focus-within") ? setTimeout(end, 1000) : bar.remove());
  setTimeout(end, Number(bar.dataset.undo) * 1000);
}

// ── Copy: the words of another element, or those of the attribute ──
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = button.dataset.copy.startsWith("#") && document.querySelector(button.dataset.copy);
  const text = source ? source.value ?? source.textContent.trim() : button.dataset.copy;
  const before = [...button.childNodes];
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Đã chép";
  } catch { // an old browser, or no leave to copy: the words are marked, the hand does the rest
    if (source) getSelection().selectAllChildren(source);
    if (source?.select) source.select();
    button.textContent = "Giữ tay vào chữ để chép";
  }
  button.setAttribute("aria-live", "polite");
  setTimeout(() => button.replaceChildren(...before), 3000);
});

// ── Light or dark: shown as soon as it is chosen; the form around it keeps the choice ──
for (const choice of all("[type=radio][name=theme]")) {
  choice.addEventListener("change", () => {
    if (choice.value) page.dataset.bsTheme = choice.value; else delete page.dataset.bsTheme;
  });
}

// ── After a refusal the list of errors comes first ──
document.querySelector(".error-summary")?.focus();
