// Reads a page aloud where the browser has a voice; off until asked for by the button or on the page of looks, then on from
// page to page until stopped. The cookie is the same that the page of looks keeps (webapp/views/public/look.py).
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
  let on = reader.hasAttribute("data-on");
  show(on);
  if (on) speak();
  reader.addEventListener("click", () => {
    on = !on;
    document.cookie = `aloud=${on ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`;
    show(on);
    if (on) speak();
    else speechSynthesis.cancel();
  });
}
