// Small conveniences for every page. Each works on pages that ask for it by a data- attribute, and every page works without them.
const page = document.documentElement;
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

// ── The day: chips over a plain date field ──
const WEEKDAYS = ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];
const two = (figure) => String(figure).padStart(2, "0");
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
