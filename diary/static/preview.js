// "Bí thư thấy gì" under the form of an entry: what stands in it now is asked for and shown below; nothing is kept, and neither the
// private note nor chosen files leave the device for it. Without this script the button opens the same page beside the form.
for (const button of document.querySelectorAll("button[data-preview]")) {
  const place = document.getElementById(button.getAttribute("aria-controls"));
  button.addEventListener("click", async () => {
    const fields = new FormData(button.form);
    for (const [name, value] of [...fields]) if (value instanceof File || name === "private_note") fields.delete(name);
    button.disabled = true;
    try {
      const answer = await fetch(button.dataset.preview, { method: "POST", body: fields, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const seen = page.querySelector("[data-seen]");
      if (!seen) throw new Error("no page");
      place.replaceChildren(...seen.childNodes);
      place.hidden = false;
      button.setAttribute("aria-expanded", "true");
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: "start" });
    } catch { // no network, or signed out meanwhile: the text stands where it is
      place.textContent = "Chưa xem được, có lẽ đang mất mạng. Chữ bạn gõ vẫn còn nguyên.";
      place.hidden = false;
    }
    button.disabled = false;
  });
}
