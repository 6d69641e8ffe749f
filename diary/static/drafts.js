// Text is kept on the machine while it is being written, under the account that writes it. Every keystroke goes into localStorage at once, which
// outlives the tab, and from there into IndexedDB, which reaches the disk and so outlives a browser that is killed and a battery that ends.
// What is only the writer's own (data-tab-only) stays with the tab. Nothing is read that stands under another account.
const account = document.documentElement.dataset.account || "";
const PENDING = "nhatky:dang-gui";
const KEPT_FOR = 30 * 24 * 3600 * 1000; // what nobody came back for in a month goes
const all = (selector) => [...document.querySelectorAll(selector)];
const read = (store, key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
const write = (store, key, value) => { try { store.setItem(key, JSON.stringify(value)); return true; } catch { return false; } };
const remove = (store, key) => { try { store.removeItem(key); } catch { /* storage is switched off */ } };
const mine = (key) => key.startsWith(`nhatky:${account}:`);
const slotOf = (form) => `nhatky:${account}:${form.dataset.autosave}`;

// ── On the disk ──
let opened;
const database = () => (opened ||= new Promise((done, failed) => {
  const asked = indexedDB.open("nhatky", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("giu");
  asked.onsuccess = () => done(asked.result);
  asked.onerror = asked.onblocked = failed;
}));

async function onDisk(act) { // what `act` asked of the store, once it is written down; undefined where there is none
  try {
    const step = (await database()).transaction("giu", "readwrite", { durability: "strict" });
    const asked = act(step.objectStore("giu"));
    return await new Promise((done) => {
      step.oncomplete = () => done(asked?.result);
      step.onerror = step.onabort = () => done();
    });
  } catch { return undefined; }
}

const dropOnDisk = (wanted) => onDisk((store) => {
  store.openCursor().onsuccess = ({ target: { result: row } }) => {
    if (!row) return;
    if (wanted(row.key, row.value)) row.delete();
    row.continue();
  };
});

function drop(slot) {
  remove(localStorage, slot);
  remove(sessionStorage, slot);
  return onDisk((store) => store.delete(slot));
}

function dropOld() {
  const old = (kept) => !kept || Date.now() - kept.time > KEPT_FOR;
  try {
    for (const key of Object.keys(localStorage)) if (/^nhatky:[^:]+:/.test(key) && old(read(localStorage, key))) localStorage.removeItem(key);
  } catch { /* storage is switched off */ }
  dropOnDisk((key, kept) => old(kept));
}

// ── What a form holds ──
const keepable = (one) => one.name && !one.matches("[type=password], [type=file], [data-no-save], button")
  && (one.type !== "hidden" || one.hasAttribute("data-keep"));
const take = (form, wanted) => [...form.elements].filter((one) => keepable(one) && wanted(one))
  .map((one) => [one.name, one.value, one.matches("[type=radio], [type=checkbox]") ? one.checked : null]);
const lasting = (one) => !one.matches("[data-tab-only]");
const seen = (one) => one.type !== "hidden";

function put(form, fields) {
  const count = {};
  for (const [name, value, checked] of fields) {
    const same = [...form.elements].filter((one) => one.name === name && keepable(one));
    const one = checked === null ? same[(count[name] = (count[name] ?? -1) + 1)] : same.find((box) => box.value === value);
    if (!one || (one.options && ![...one.options].some((option) => option.value === value))) continue; // no longer offered
    if (checked === null) one.value = value; else one.checked = checked;
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const two = (figure) => String(figure).padStart(2, "0");
function moment(time) {
  const at = new Date(time);
  const day = at.toDateString() === new Date().toDateString() ? "" : ` ngày ${two(at.getDate())}/${two(at.getMonth() + 1)}`;
  return `${two(at.getHours())}:${two(at.getMinutes())}${day}`;
}

function say(form, words) {
  for (const line of all(`[data-saved="${form.getAttribute("id")}"]`)) { // a field called "id" hides form.id
    line.setAttribute("role", "status");
    line.textContent = words;
  }
}

function offer(form, words, choices) {
  const line = document.createElement("div");
  line.className = "notice notice-blue kept";
  line.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = words;
  line.append(text);
  for (const [label, act] of choices) {
    const press = document.createElement("button");
    press.type = "button";
    press.className = "btn btn-quiet";
    press.textContent = label;
    press.addEventListener("click", () => { line.remove(); act(); });
    line.append(press);
  }
  form.prepend(line);
}

// ── Keeping, and bringing back ──
let leaving = false; // signing out: nothing is kept any more
const refused = () => document.querySelector(".error-summary, [data-error]");

function autosave(form) {
  const slot = slotOf(form);
  const older = `${slot}:cu`; // what was kept of another text than the one the page shows
  const base = form.dataset.autosaveBase || "";
  const first = { all: take(form, () => true), seen: JSON.stringify(take(form, seen)) };
  const fromRefusal = Boolean(refused()); // the page itself holds the newest text, and it is stored nowhere else
  let last = first.seen;
  let putting = false; // what the page itself puts into the fields is no news to keep
  let typed = false; // since the page came up
  let told = false;
  let speaking = 0;
  let writing = false;
  let next = null;

  async function toDisk(kept) {
    next = kept;
    if (writing) return; // one at a time, and always the newest
    writing = true;
    while (next) {
      const one = next;
      next = null;
      await onDisk((store) => store.put(one, slot));
    }
    writing = false;
  }

  function save() {
    if (putting || leaving || form.dataset.gone) return;
    const now = JSON.stringify(take(form, seen));
    if (now === last) return;
    last = now;
    typed = true;
    clearTimeout(speaking);
    if (now === first.seen && !fromRefusal) { // everything typed was taken out again
      next = null;
      drop(slot);
      return say(form, "");
    }
    const kept = { fields: take(form, lasting), time: Date.now(), base };
    const done = write(localStorage, slot, kept);
    toDisk(kept);
    const own = take(form, (one) => !lasting(one));
    if (own.some(([, value]) => value)) write(sessionStorage, slot, { fields: own }); else remove(sessionStorage, slot);
    const words = done ? `Đã lưu trên máy lúc ${moment(kept.time)}` : "Máy này không lưu được. Hãy gửi hoặc lưu nháp trước khi đóng trang.";
    speaking = setTimeout(() => form.dataset.waits || say(form, words), 400); // the words rest while typing goes on, and while others stand there
  }

  function bring(kept) {
    putting = true;
    put(form, kept.fields);
    put(form, read(sessionStorage, slot)?.fields || []);
    putting = false;
    last = JSON.stringify(take(form, seen));
  }

  function found(kept) {
    if (!kept?.fields || fromRefusal) return;
    if (kept.base === base && !typed) {
      bring(kept);
      if (last === first.seen || told) return;
      told = true;
      const forget = () => { next = null; drop(slot); putting = true; put(form, first.all); putting = false; last = first.seen; say(form, ""); };
      offer(form, `Đã lấy lại phần chưa gửi, lưu trên máy lúc ${moment(kept.time)}.`, [["Bỏ phần này", forget]]);
    } else if (kept.base !== base) {
      write(localStorage, older, kept);
      drop(slot);
      foundOlder(kept);
    }
  }

  function foundOlder(kept) {
    if (!kept?.fields) return;
    const back = () => { put(form, kept.fields); drop(older); };
    offer(form, `Trên máy còn phần chưa gửi, lưu lúc ${moment(kept.time)}.`, [["Lấy lại", back], ["Bỏ", () => drop(older)]]);
  }

  const here = read(localStorage, slot);
  foundOlder(read(localStorage, older));
  if (here) found(here);
  else if (read(sessionStorage, slot)) found({ fields: [], time: Date.now(), base });
  onDisk((store) => store.get(slot)).then((there) => { // the browser died before localStorage reached the disk
    if (there && !form.dataset.gone && (!here || there.time > here.time)) found(there);
  });
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  form.addEventListener("diary:sent", (event) => { form.dataset.gone = "yes"; next = null; event.detail.after.push(drop(slot)); });
  form.addEventListener("diary:leaves", () => write(sessionStorage, PENDING, { slot, account, from: location.href.split("?")[0] }));
  form.addEventListener("submit", (event) => {
    if (form.matches("[data-send]")) return; // sending.js sees to it
    if (navigator.onLine) return form.dispatchEvent(new Event("diary:leaves"));
    event.preventDefault();
    event.stopImmediatePropagation();
    say(form, "Chưa có mạng. Bài sẽ tự gửi khi có mạng lại.");
    if (form.dataset.waits) return;
    form.dataset.waits = "yes";
    const pressed = event.submitter;
    addEventListener("online", () => { delete form.dataset.waits; form.requestSubmit(pressed); }, { once: true });
  });
}

function forgetWhatWasSent() {
  const sent = read(sessionStorage, PENDING);
  if (!sent) return;
  remove(sessionStorage, PENDING);
  const how = performance.getEntriesByType("navigation")[0]?.type;
  const arrived = document.querySelector('[data-flash="success"]') || (how === "navigate" && document.referrer.split("?")[0] === sent.from);
  if (arrived && !refused() && sent.account === account && how !== "back_forward") drop(sent.slot);
}

async function takeNoPushes() { // the server lets go of this browser too
  try { (await (await navigator.serviceWorker?.getRegistration("/"))?.pushManager.getSubscription())?.unsubscribe(); } catch { /* it took none */ }
}

// Whoever signs out leaves nothing behind on a machine that others may use
for (const form of all("form[data-leave]")) {
  form.addEventListener("submit", (event) => {
    if (leaving) return;
    leaving = true;
    event.preventDefault();
    for (const store of [localStorage, sessionStorage]) for (const key of Object.keys(store)) if (mine(key)) remove(store, key);
    const late = new Promise((done) => setTimeout(done, 1000));
    Promise.race([Promise.all([dropOnDisk(mine), takeNoPushes()]), late]).then(() => form.submit());
  });
}

forgetWhatWasSent();
const forms = all("form[data-autosave]");
if (account && forms.length) {
  dropOld();
  forms.forEach(autosave);
}
