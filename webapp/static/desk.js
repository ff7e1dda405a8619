// At the desk: whoever logs out leaves no words behind, what was sent to a session that was over comes back, and who is
// idle is warned before it ends.
"use strict";

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
