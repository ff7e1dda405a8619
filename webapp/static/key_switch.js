// Single keys can be switched off (WCAG 2.1.4): one box on each page that has them, remembered on this device for all.
// Scripts with keys ask `document.documentElement.dataset.keys`.
"use strict";

{
  const root = document.documentElement;
  const box = document.querySelector("#keys-on");
  root.dataset.keys = localStorage.getItem("keys") ?? "on";
  if (box) {
    box.checked = root.dataset.keys === "on";
    box.closest("label").hidden = false;
    box.addEventListener("change", () => {
      root.dataset.keys = box.checked ? "on" : "off";
      localStorage.setItem("keys", root.dataset.keys);
    });
  }
}
