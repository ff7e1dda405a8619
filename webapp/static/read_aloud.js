// Reads a page aloud where the browser has a voice; off until asked for, then on from question to question until stopped.
"use strict";

const reader = document.querySelector("[data-read-aloud]");

const words = () =>
  [...document.querySelectorAll("[data-read]")].map((part) => part.innerText.trim()).filter(Boolean).join("。");

const speak = () => {
  speechSynthesis.cancel();
  const told = new SpeechSynthesisUtterance(words());
  told.lang = document.documentElement.lang;
  speechSynthesis.speak(told);
};

const show = (on) => {
  reader.setAttribute("aria-pressed", on);
  reader.textContent = on ? reader.dataset.stop : reader.dataset.readAloud;
};

if (reader && "speechSynthesis" in window) {
  reader.hidden = false;
  let on = sessionStorage.getItem("aloud") === "yes";
  show(on);
  if (on) speak();
  reader.addEventListener("click", () => {
    on = !on;
    sessionStorage.setItem("aloud", on ? "yes" : "no");
    show(on);
    if (on) speak();
    else speechSynthesis.cancel();
  });
}
