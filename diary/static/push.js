// The switch "Nhận nhắc trên máy này": says how this browser stands, and asks for leave only when pressed.
const box = document.querySelector("[data-push]");
const marks = box.dataset.marks.split(" ");

const show = (state) => {
  for (const one of box.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== state;
};
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const same = (one, other) => one && one.byteLength === other.byteLength && new Uint8Array(one).every((byte, place) => byte === other[place]);

async function markOf(endpoint) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const inReach = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const ours = async () => (await navigator.serviceWorker.getRegistration("/"))?.pushManager.getSubscription() ?? null;

async function look() {
  if (!inReach()) return show("standalone" in navigator && !navigator.standalone ? "home" : "none");
  if (Notification.permission === "denied") return show("blocked");
  const held = await ours();
  const mark = held && same(held.options.applicationServerKey, bytes(box.dataset.push)) ? await markOf(held.endpoint) : "";
  show(mark && marks.includes(mark) && Notification.permission === "granted" ? "on" : "off");
  for (const here of document.querySelectorAll("[data-mark]")) here.hidden = here.dataset.mark !== mark;
}

async function switchOn() {
  if (await Notification.requestPermission() !== "granted") return look();
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const key = bytes(box.dataset.push);
  let held = await pushManager.getSubscription();
  if (held && !same(held.options.applicationServerKey, key)) {
    await held.unsubscribe(); // made for another installation, or before its key changed
    held = null;
  }
  held ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const form = box.querySelector("[data-push-form]");
  form.endpoint.value = held.endpoint;
  for (const name of ["p256dh", "auth"]) form[name].value = text(held.getKey(name));
  form.submit();
}

const press = box.querySelector("[data-push-on]");
press.addEventListener("click", async () => {
  press.disabled = true;
  try { await switchOn(); } catch {
    show("off");
    box.querySelector('[data-when="failed"]').hidden = false;
  }
  press.disabled = false;
});

for (const form of document.querySelectorAll("[data-push-off]")) {
  form.addEventListener("submit", async () => {
    const held = inReach() && await ours();
    if (held && await markOf(held.endpoint) === form.dataset.pushOff) held.unsubscribe();
  });
}

look().catch(() => show("none"));
