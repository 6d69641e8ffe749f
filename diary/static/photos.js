// Photos are turned upright and made small before they leave the phone; drawing them anew also leaves out where they were taken.
// Without this script the plain file field sends them as they are, and the server does the same work.
const LONGEST = 1600; // pixels: fills a printed half page at 300 dpi
const QUALITY = 0.82;

const size = (bytes) => (bytes < 1e6 ? `${Math.round(bytes / 1000)} KB` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`);

async function draw(source, turns) {
  const scale = Math.min(1, LONGEST / Math.max(source.width, source.height));
  const [w, h] = [Math.round(source.width * scale), Math.round(source.height * scale)];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = turns % 2 ? [h, w] : [w, h];
  const pen = canvas.getContext("2d");
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((turns * Math.PI) / 2);
  pen.drawImage(source, -w / 2, -h / 2, w, h);
  return canvas;
}

const jpeg = (canvas, name) => new Promise((done) => {
  canvas.toBlob((blob) => done(blob && new File([blob], `${name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" })), "image/jpeg", QUALITY);
});

async function shrink(photo) {
  photo.canvas = await draw(photo.source, photo.turns);
  const small = await jpeg(photo.canvas, photo.original.name);
  const keepsPlace = photo.original.type !== "image/png"; // only pictures of a camera carry where they were taken
  photo.file = small && (small.size < photo.original.size || keepsPlace || photo.turns) ? small : photo.original;
}

async function open(file) {
  const photo = { original: file, file, turns: 0, canvas: null };
  if (!file.type.startsWith("image/")) return photo;
  try {
    photo.source = await createImageBitmap(file, { imageOrientation: "from-image" });
    await shrink(photo);
  } catch { /* a kind this browser cannot draw goes up as it is */ }
  return photo;
}

function button(words, label, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = "btn btn-text";
  one.textContent = words;
  one.setAttribute("aria-label", label);
  one.addEventListener("click", act);
  return one;
}

function gather(box) {
  const field = document.getElementById(box.dataset.photos);
  if (!field) return;
  const list = box.querySelector("[data-photos-list]");
  const words = box.querySelector("[data-photos-words]");
  const most = Number(field.dataset.most) || Infinity;
  const form = field.form;
  let photos = [];

  const show = () => {
    const chosen = new DataTransfer();
    for (const photo of photos) chosen.items.add(photo.file);
    field.files = chosen.files;
    list.replaceChildren(...photos.map(card));
    const total = photos.reduce((sum, photo) => sum + photo.file.size, 0);
    const small = photos.every((photo) => photo.canvas);
    words.textContent = !photos.length ? "" : small ? `${photos.length} ảnh, đã thu nhỏ còn ${size(total)} và bỏ vị trí chụp.` : `${photos.length} tệp, ${size(total)}.`;
  };

  const turn = async (photo, index) => {
    photo.turns = (photo.turns + 1) % 4;
    await shrink(photo);
    show();
    list.children[index].querySelector("button").focus();
  };

  const card = (photo, index) => {
    const item = document.createElement("li");
    const figure = document.createElement("figure");
    const name = `ảnh ${index + 1}`;
    if (photo.canvas) {
      photo.canvas.setAttribute("role", "img");
      photo.canvas.setAttribute("aria-label", `Ảnh ${index + 1}: ${photo.original.name}`);
      figure.append(photo.canvas, button("Xoay", `Xoay ${name}`, () => turn(photo, index)));
    } else {
      const caption = document.createElement("figcaption");
      caption.textContent = photo.original.name;
      figure.append(caption);
    }
    figure.append(button("Bỏ", `Bỏ ${name}`, () => { photos = photos.filter((other) => other !== photo); show(); field.focus(); }));
    item.append(figure);
    return item;
  };

  const add = async (fresh) => {
    show(); // until the new ones are small, the form holds those from before
    const room = field.multiple ? most - photos.length : 1;
    const added = [];
    for (const [index, file] of fresh.slice(0, room).entries()) {
      words.textContent = `Đang thu nhỏ ảnh ${index + 1} trên ${fresh.length}…`;
      added.push(await open(file));
    }
    photos = field.multiple ? [...photos, ...added] : added;
    show();
    if (fresh.length > room) words.textContent += ` Chỉ gửi được ${most} ảnh một bài.`;
  };

  // the camera and the gallery fill one list; whoever sends waits for what is being made small
  for (const source of [field, ...document.querySelectorAll(`[data-photos-into="${field.id}"]`)]) {
    source.addEventListener("change", () => {
      const fresh = [...source.files];
      if (source !== field) source.value = "";
      form.photosAtWork = Promise.resolve(form.photosAtWork).then(() => add(fresh));
    });
  }

  // The files go one after another, so what has gone out of all of them says which one is on its way
  form?.addEventListener("diary:sending", ({ detail }) => {
    if (!photos.length) return;
    if (!detail) {
      list.querySelectorAll("progress").forEach((bar) => bar.remove());
      return void (words.textContent = `${photos.length} ảnh, chưa gửi.`);
    }
    const sizes = photos.map((photo) => photo.file.size);
    let gone = detail.loaded - (detail.total - sizes.reduce((sum, one) => sum + one, 0));
    let at = photos.length;
    for (const [index, one] of sizes.entries()) {
      const bar = list.children[index].querySelector("progress") || list.children[index].appendChild(document.createElement("progress"));
      bar.setAttribute("aria-label", `Ảnh ${index + 1} đã gửi`);
      [bar.max, bar.value] = [one, Math.max(0, Math.min(one, gone))];
      if (gone < one && at === photos.length) at = index;
      gone -= one;
    }
    words.textContent = at < photos.length ? `Đang gửi ảnh ${at + 1} trên ${photos.length}…` : `Đã gửi ${photos.length} ảnh, đang lưu bài…`;
  });
}

for (const box of document.querySelectorAll("[data-photos]")) gather(box);
