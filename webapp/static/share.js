// A button that copies the fresh link. Without it the field can still be marked and copied by hand.
"use strict";

const field = document.querySelector("[data-copy]");
const button = document.querySelector("[data-copies]");
if (field && button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copies;
  });
}
if (field) field.addEventListener("focus", () => field.select());
