// On our page without a line: says whether answers wait on this phone, and tries again by itself when the line is back.
"use strict";

const { posted } = document.querySelector("main").dataset;
const opening = indexedDB.open("famai", 1);
opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("waiting"));
opening.addEventListener("success", () => {
  const counting = opening.result.transaction("waiting").objectStore("waiting").count();
  counting.addEventListener("success", () => {
    document.querySelector("[data-waiting]").hidden = counting.result === 0;
    opening.result.close();
  });
});
if (posted === undefined) addEventListener("online", () => location.reload());
