// What was typed outlives a lost session, a closed tab and a full battery: fields with data-keep stay on this device
// until their form is accepted, and a form goes once. Everything works without this.
"use strict";

const drawer = ({ dataset: { keep } }) => (keep.startsWith("/") ? keep : `${location.pathname}#${keep}`);

const restore = () => {
  for (const { dataset } of document.querySelectorAll("[data-sent]")) localStorage.removeItem(dataset.sent);
  for (const field of document.querySelectorAll("[data-keep]")) {
    const kept = localStorage.getItem(drawer(field));
    if (kept !== null && kept.trim() === field.dataset.saved?.trim()) localStorage.removeItem(drawer(field));
    else if (kept !== null && kept !== field.value) field.value = kept;
  }
};

restore();
document.addEventListener("swapped", restore);
// Back at a page whose text was sent: the browser fills it in again, and it would be sent twice.
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("[data-saved]")) {
    const isSent = field.dataset.saved && field.value.trim() === field.dataset.saved.trim();
    if (isSent && field.defaultValue !== field.value) field.value = field.defaultValue;
  }
});
document.addEventListener("input", ({ target }) => {
  if (target.dataset?.keep) localStorage.setItem(drawer(target), target.value);
});

// A form goes once: the second tap of an impatient finger would show that the step cannot be done any more.
const PATIENT = 8000;
const gone = new Map();
addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (event.defaultPrevented || target.method !== "post") return;
  const by = submitter ?? target;
  if (event.timeStamp - (gone.get(by) ?? -PATIENT) < PATIENT) event.preventDefault();
  else gone.set(by, event.timeStamp);
});
addEventListener("pageshow", () => gone.clear());
