// Saves an answer the moment it is chosen, so that a dropped line or an empty battery loses nothing.
// The page's button still works without this.
"use strict";

const form = document.querySelector("form[data-autosave]");
const saved = document.querySelector("[data-saved]");
const unsure = form?.querySelector("input[value=unsure]");

form?.addEventListener("change", async (event) => {
  if (event.target.type === "checkbox" && event.target.checked) {
    const alone = ["unsure", "none"];
    for (const other of form.querySelectorAll("input[type=checkbox]:checked")) {
      if (other !== event.target && (alone.includes(event.target.value) || alone.includes(other.value))) other.checked = false;
    }
  }
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    });
    saved.textContent = answer.ok ? saved.dataset.saved : "";
  } catch {
    saved.textContent = saved.dataset.offline;
  }
});
if (unsure && form.querySelector("input[name=answer]:not([type=checkbox]):not([type=radio])")) {
  unsure.addEventListener("change", () => unsure.checked && (form.querySelector("#answer").value = ""));
}
