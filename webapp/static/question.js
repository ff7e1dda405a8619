// Saves an answer the moment it is chosen, and goes on by itself where one tap is the whole answer: a finger or a mouse
// moves on, arrow keys and screen readers only choose. Without a line the answer waits and is sent when the line is back.
// The page's button works without this.
"use strict";

const form = document.querySelector("form[data-autosave]");
const saved = document.querySelector("[data-saved]");
const unsure = form?.querySelector("input[value=unsure]");
let waiting = null;
let pointed = false;

const send = async (extra) => {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  waiting = null;
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    waiting = extra;
    saved.textContent = saved.dataset.offline;
    return;
  }
  if (!extra.steps) saved.textContent = answer.ok ? saved.dataset.saved : "";
  else if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
    location.assign((await answer.json()).onward);
  } else form.submit(); // refused, or no longer hers: the page says why
};

const onlyOne = (ticked) => {
  const alone = ["unsure", "none"];
  for (const other of form.querySelectorAll("input[type=checkbox]:checked")) {
    if (other !== ticked && (alone.includes(ticked.value) || alone.includes(other.value))) other.checked = false;
  }
};

if (form) {
  form.addEventListener("pointerdown", () => (pointed = true));
  form.addEventListener("keydown", () => (pointed = false));
  form.addEventListener("change", ({ target }) => {
    if (target.type === "checkbox" && target.checked) onlyOne(target);
    if (!("steps" in form.dataset && pointed)) send({});
  });
  form.addEventListener("click", ({ target }) => {
    if ("steps" in form.dataset && pointed && target.type === "radio") send({ steps: "yes" });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ steps: "yes", ...(event.submitter?.name && { [event.submitter.name]: event.submitter.value }) });
  });
  addEventListener("online", () => waiting && send(waiting));
  const said = document.querySelector("[data-steps-said]");
  if (said) said.hidden = !matchMedia("(pointer: coarse)").matches;
}
if (unsure && form.querySelector("input[name=answer]:not([type=checkbox]):not([type=radio])")) {
  unsure.addEventListener("change", () => unsure.checked && (form.querySelector("#answer").value = ""));
}
