// Shares and caps follow the levels as they are chosen: the server counts, by the same form and the same page that work without this file.
const form = document.querySelector("form[data-recounts]");
let asked = 0;

form.querySelector("[data-recount]")?.remove();

async function recount() {
  const mine = ++asked;
  const body = new FormData(form);
  body.set("act", "look");
  try {
    const answer = await fetch(location.href, { method: "POST", body });
    if (answer.ok && mine === asked) show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch { /* without the network the page says so when it is sent */ }
}

function show(page) {
  const top = document.getElementById("ty-le-va-muc");
  const fresh = page.getElementById("ty-le-va-muc");
  if (!fresh) return;
  const reason = top.querySelector("textarea")?.value;
  top.replaceWith(fresh);
  const field = fresh.querySelector("textarea");
  if (field && reason) field.value = reason;
  for (const row of form.querySelectorAll("tr[id]")) showRow(row, page.getElementById(row.getAttribute("id")));
}

function showRow(row, fresh) {
  if (!fresh) return;
  row.className = fresh.className;
  row.querySelector("th").replaceWith(fresh.querySelector("th"));
  const why = row.querySelector("details.why-more");
  if (why && !fresh.querySelector("details.why-more")) why.open = true; // the level now asks for a reason
}

form.addEventListener("change", (event) => {
  if (event.target.name.startsWith("level-")) recount();
});
