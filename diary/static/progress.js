// Renews the part of the page that tells how far long work is, until it has ended; then the whole page, which offers what comes next.
const EVERY = 2000;

async function renew() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-renew]");
    if (!answer.ok || !fresh || fresh.dataset.renew === "0") { location.reload(); return; }
    const here = document.querySelector("[data-renew]");
    if (here.innerHTML !== fresh.innerHTML) here.innerHTML = fresh.innerHTML;
  } catch {
    // no network for a moment: the next look may find it
  }
  setTimeout(renew, EVERY);
}

setTimeout(renew, EVERY);
