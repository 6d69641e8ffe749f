// Asks, a moment after typing stops, what a pledge still leaves open. A server that does not answer changes nothing.
const WAIT = 700;

for (const form of document.querySelectorAll("[data-coach]")) {
  const place = document.getElementById("goi-y");
  let timer;
  let latest = 0;

  const ask = async () => {
    const mine = ++latest;
    try {
      const answer = await fetch(form.dataset.coach, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok || answer.redirected) return;
      const said = await answer.text();
      if (mine === latest && said.trim() !== place.innerHTML.trim()) place.innerHTML = said;
    } catch {
      // no network for a moment: the four questions still stand above
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
}
