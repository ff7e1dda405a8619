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
// A phone that says it has a line does not always have one: then this page comes again, and asks by itself.
const AGAIN = 5000;
const reload = () => location.reload();
if (posted === undefined) {
  addEventListener("online", reload);
  setInterval(() => fetch("/healthz", { cache: "no-store" }).then(reload, () => {}), AGAIN);
}
