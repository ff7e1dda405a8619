// Photos from a phone can be larger than the door: drawn smaller before they are sent. Without this, and for what the
// browser cannot draw (HEIC on some phones), the file goes as it is and the server says if it is too large.
"use strict";

const LONGEST = 3000;
const LARGE = 1024 * 1024;

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.size < LARGE) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return drawn && drawn.size < file.size ? new File([drawn], file.name, { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

for (const input of document.querySelectorAll("input[data-shrink]")) {
  input.addEventListener("change", async () => {
    const kept = new DataTransfer();
    for (const file of input.files) kept.items.add(await smaller(file));
    input.files = kept.files;
  });
}
