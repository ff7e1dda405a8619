// A list and its buttons without the mouse: j and k walk the rows, Enter opens; a key named by data-key presses that
// button or goes to that field; what a fold asks before it is done, its key opens and Enter does. Esc leaves a field,
// Ctrl Enter sends what is written in it by the first button. Keys typed into a field are left alone, and all can be switched off (key_switch.js).
"use strict";

const rows = [...document.querySelectorAll("[data-row] a[href]")];
const place = () => rows.findIndex((row) => row === document.activeElement);

const walk = (step) => {
  const at = place();
  rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
};

const inField = (event) => event.target.matches("input:not([type=checkbox]), textarea, select");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && inField(event)) return event.target.blur();
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) {
    event.preventDefault();
    return event.target.form.querySelector("button.button:not(.quiet-button)")?.click();
  }
  if (document.documentElement.dataset.keys === "off") return;
  if (inField(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    walk(event.key === "j" ? 1 : -1);
    return;
  }
  const named = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (!named) return;
  event.preventDefault();
  if (named.matches("button, a, summary")) named.click();
  if (named.matches("summary") && named.parentElement.hasAttribute("data-asks")) named.parentElement.querySelector("button").focus();
  if (!named.matches("button, a, summary")) named.focus();
});
