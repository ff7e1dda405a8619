// What was typed outlives a lost session, a closed tab and a full battery: fields with data-keep stay on this device
// until their form is accepted. Staff are warned before an idle session ends. Everything works without this.
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

// Whoever logs out leaves nothing behind that she wrote about anybody: the next at this machine is somebody else.
document.addEventListener("submit", (event) => {
  const { forgets } = event.target.dataset;
  if (forgets === undefined) return;
  const kept = Object.keys(localStorage).filter((key) => key !== "keys");
  if (kept.some((key) => localStorage.getItem(key).trim()) && !confirm(forgets)) return event.preventDefault();
  for (const key of kept) localStorage.removeItem(key);
  sessionStorage.clear();
});

// What a member of staff sent when her session was over comes back once she has logged in and is at its page again;
// what was accepted is forgotten with the next page.
const SENT = "sent words", WORDS = "textarea, input:is([type=text], [type=date], [type=email], [type=tel])";
const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
if (sent && !document.querySelector("[data-lost]") && !location.pathname.startsWith("/auth/")) {
  sessionStorage.removeItem(SENT);
  for (const [id, words] of sent.page === location.pathname && sent.isLost ? sent.words : []) {
    const field = document.getElementById(id);
    if (field?.matches(WORDS) && field.value === field.defaultValue) field.value = words;
  }
} else if (sent) sessionStorage.setItem(SENT, JSON.stringify({ ...sent, isLost: true }));
document.addEventListener("submit", ({ target }) => {
  if (!document.body.dataset.endsAfter || target.method !== "post" || location.pathname.startsWith("/auth/")) return;
  const written = [...target.querySelectorAll(WORDS)].filter(({ id, value }) => id && value);
  const words = written.map(({ id, value }) => [id, value]);
  if (words.length) sessionStorage.setItem(SENT, JSON.stringify({ page: location.pathname, words }));
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

const { endsAfter, endsSoon, stay } = document.body.dataset;
if (endsAfter) {
  setTimeout(() => {
    const banner = document.createElement("div");
    banner.className = "banner";
    banner.setAttribute("role", "alert");
    const button = document.createElement("button");
    button.className = "button";
    button.textContent = stay;
    button.addEventListener("click", () => fetch(location.pathname).then(() => banner.remove()));
    banner.append(endsSoon, button);
    document.body.append(banner);
  }, (Number(endsAfter) - 300) * 1000);
}
