// Writes what is said into the field that a button names, where the browser can. Only after a press, only until the next;
// what it hears may go to the browser's maker, and the words beside the button say so. Without it one types.
"use strict";

const Listener = window.SpeechRecognition ?? window.webkitSpeechRecognition;

const dictate = (button) => {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const listener = new Listener();
  listener.lang = document.documentElement.lang;
  let isOn = false;
  const show = (on) => {
    isOn = on;
    button.setAttribute("aria-pressed", on);
    button.querySelector("span").textContent = on ? button.dataset.stop : button.dataset.start;
  };
  listener.addEventListener("result", ({ results }) => {
    field.value += [...results].map(([best]) => best.transcript).join("");
    field.dispatchEvent(new Event("input", { bubbles: true })); // what is kept of a half-written text (keep.js)
  });
  listener.addEventListener("end", () => show(false));
  button.addEventListener("click", () => {
    if (isOn) listener.stop();
    else listener.start();
    show(!isOn);
  });
  button.parentElement.hidden = false;
};

if (Listener) document.querySelectorAll("[data-dictates]").forEach(dictate);
