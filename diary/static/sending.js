// Sends a form with its photos while the page stays: how far they are is told, and what did not arrive is still here and is tried again.
// The id made with the form makes several tries one entry. An answer this script does not know is left to the browser, which sends the form itself.
const PATIENCE = 45_000; // without a sign of life
const AGAIN = [4_000, 15_000, 60_000];

function post(form, pressed, told) {
  const body = new FormData(form);
  if (pressed?.name) body.append(pressed.name, pressed.value);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    let watch;
    const alive = () => { clearTimeout(watch); watch = setTimeout(() => request.abort(), PATIENCE); };
    request.upload.addEventListener("progress", (event) => { alive(); told(event.loaded, event.total); });
    request.addEventListener("loadend", () => { clearTimeout(watch); done(request); });
    request.open("POST", form.getAttribute("action") || location.href);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
    alive();
  });
}

function answerOf(request) {
  if (!request.getResponseHeader("Content-Type")?.startsWith("application/json")) return null;
  try { return JSON.parse(request.responseText); } catch { return null; }
}

function showErrors(form, said) {
  const box = document.createElement("div");
  box.className = "error-summary";
  box.setAttribute("role", "alert");
  box.tabIndex = -1;
  const head = document.createElement("h2");
  head.className = "h-small";
  head.textContent = `Còn ${said.length} chỗ cần sửa`;
  const list = document.createElement("ul");
  for (const { field, words } of said) {
    const item = document.createElement("li");
    const place = field && document.getElementById(field);
    if (place) {
      place.setAttribute("aria-invalid", "true");
      place.classList.add("is-invalid");
      item.setAttribute("id", `sua-${field}`);
      describe(place, (ids) => [...ids, item.getAttribute("id")]);
    }
    const line = place ? document.createElement("a") : item;
    if (place) {
      line.href = `#${field}`;
      item.append(line);
    }
    line.textContent = words;
    list.append(item);
  }
  box.append(head, list);
  form.prepend(box);
  box.focus();
}

function clearErrors(form) {
  form.querySelector(".error-summary")?.remove();
  for (const one of form.querySelectorAll("[aria-invalid]")) {
    one.removeAttribute("aria-invalid");
    one.classList.remove("is-invalid");
    describe(one, (ids) => ids.filter((id) => id !== `sua-${one.getAttribute("id")}`));
  }
}

// What a field is described by, its hint and the fault said of it, is read out with it.
function describe(field, change) {
  const ids = change(field.getAttribute("aria-describedby")?.split(" ") ?? []);
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" ")); else field.removeAttribute("aria-describedby");
}

function hidden(form, name, value) {
  const field = document.createElement("input");
  [field.type, field.name, field.value] = ["hidden", name, value];
  form.append(field);
}

function sends(form) {
  const buttons = [...form.elements].filter((one) => one.matches("button"));
  const line = document.querySelector(`[data-saved="${form.getAttribute("id")}"]`);
  const tell = (words) => { if (line) { line.setAttribute("role", "status"); line.textContent = words; } };
  let busy = false;
  let waiting = null; // what was pressed, while it waits to be tried again
  let tries = 0;
  let timer = 0;

  function rest(pressed) {
    for (const one of buttons) one.disabled = Boolean(pressed);
    const named = buttons.find((one) => one.dataset.words);
    if (named && !pressed) {
      named.textContent = named.dataset.words;
      delete named.dataset.words;
    }
    if (pressed) {
      pressed.dataset.words = pressed.textContent;
      pressed.textContent = pressed.dataset.busy || "Đang gửi…";
    }
  }

  async function gone(to) {
    const after = [];
    form.dispatchEvent(new CustomEvent("diary:sent", { detail: { after } }));
    await Promise.race([Promise.all(after), new Promise((done) => setTimeout(done, 1000))]);
    location.assign(to);
  }

  function later(pressed) {
    waiting = pressed;
    form.dataset.waits = "yes"; // what is said of it stays until it is sent
    form.dispatchEvent(new CustomEvent("diary:sending", { detail: null }));
    tell(navigator.onLine
      ? "Mạng yếu nên chưa gửi được. Chữ và ảnh vẫn còn đây; trang sẽ tự gửi lại."
      : "Chưa có mạng. Bài sẽ tự gửi khi có mạng lại.");
    line?.scrollIntoView({ block: "nearest" });
    timer = setTimeout(again, AGAIN[Math.min(tries++, AGAIN.length - 1)]);
  }

  function again() {
    if (!waiting || busy) return;
    if (!navigator.onLine) return; // the browser says when it is back
    send(waiting);
  }

  async function send(pressed) {
    if (busy) return;
    clearTimeout(timer);
    if (!navigator.onLine) return later(pressed);
    [busy, waiting] = [true, null];
    delete form.dataset.waits;
    clearErrors(form);
    rest(pressed);
    await form.photosAtWork;
    const request = await post(form, pressed, (loaded, total) => {
      form.dispatchEvent(new CustomEvent("diary:sending", { detail: { loaded, total } }));
    });
    const answer = answerOf(request);
    if (answer?.go) return gone(answer.go);
    busy = false;
    rest(null);
    if (answer?.errors) {
      if (answer.id) form.elements.namedItem("id").value = answer.id;
      tell("");
      form.dispatchEvent(new CustomEvent("diary:sending", { detail: null }));
      return showErrors(form, answer.errors);
    }
    if (!request.status || request.status >= 500) return later(pressed);
    form.dispatchEvent(new Event("diary:leaves"));
    if (pressed?.name) hidden(form, pressed.name, pressed.value);
    HTMLFormElement.prototype.submit.call(form); // signed out, too large, gone: the server's own page says so
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction")) return; // it goes elsewhere
    event.preventDefault();
    tries = 0;
    send(event.submitter);
  });
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
}

for (const form of document.querySelectorAll("form[data-send]")) sends(form);
