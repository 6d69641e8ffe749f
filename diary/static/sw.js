// The service worker: shows pushes, and opens the page each leads to. It keeps no pages and answers no requests.
const ICON = "lotus-180.png";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let said = {};
  try { said = event.data.json(); } catch { /* whatever came, the browser wants something shown */ }
  const shown = { body: said.words || "Có việc chờ bạn trong sổ.", icon: ICON, lang: "vi", data: { link: said.link || "/" } };
  if (said.tag) shown.tag = said.tag; // one that came twice takes its own place
  event.waitUntil(self.registration.showNotification(said.title || "Sổ nhật ký", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const asked = new URL(event.notification.data?.link || "/", self.location.origin);
  const page = asked.origin === self.location.origin ? asked.href : self.location.origin;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = open.find((one) => one.url === page); // a page with half a text in it is left alone
    return there ? there.focus() : self.clients.openWindow(page);
  })());
});
