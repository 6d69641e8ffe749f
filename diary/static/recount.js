// Counts the worked example again while one types: the form is sent as its button would, and only the outcome on the page changes.
const WAIT = 400;

for (const form of document.querySelectorAll("[data-recount]")) {
  let timer;
  let latest = 0;

  const count = async () => {
    const mine = ++latest;
    const fields = new URLSearchParams(new FormData(form));
    const get = form.method === "get";
    if (!get) fields.set("act", "count");
    const address = get ? `${location.pathname}?${fields}` : form.action;
    try {
      const answer = await fetch(address, get ? {} : { method: "POST", body: fields });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(form.dataset.recount);
      if (answer.ok && fresh && mine === latest) document.getElementById(form.dataset.recount).innerHTML = fresh.innerHTML;
    } catch {
      // no network for a moment: the button still counts
    }
  };

  document.addEventListener("input", (event) => {
    if (event.target.form !== form) return;
    clearTimeout(timer);
    timer = setTimeout(count, WAIT);
  });
}
