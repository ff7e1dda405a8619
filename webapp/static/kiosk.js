// A visit at a kiosk: asks whether anybody is there, ends by itself where nobody is, and makes way for the next one as soon
// as her phone has taken the checkup over. The server ends it too, a little later and without this script.
"use strict";

const asking = document.querySelector("dialog[data-asks-after]");
const { here, start, waits } = asking.dataset;
const [asksAfter, endsAfter] = [Number(asking.dataset.asksAfter), Number(asking.dataset.endsAfter)];
const SECOND = 1000;
const TELLS_EVERY = 30 * SECOND;
let touchedAt = Date.now();
let toldAt = Date.now();

const tell = () => {
  toldAt = Date.now();
  fetch(here, {
    method: "POST",
    headers: { "X-CSRFToken": document.querySelector("input[name=csrf_token]").value },
  }).catch(() => {}); // no line: the next tap says so, and the server's own end holds
};

const touch = () => {
  if (asking.open) return;
  touchedAt = Date.now();
  if (touchedAt - toldAt > TELLS_EVERY) tell();
};

const tick = () => {
  const idle = (Date.now() - touchedAt) / SECOND;
  if (idle < asksAfter) return;
  if (!asking.open) asking.showModal();
  const left = Math.ceil(asksAfter + endsAfter - idle);
  asking.querySelector("[data-left]").textContent = Math.max(left, 0);
  if (left <= 0) {
    clearInterval(ticking);
    document.querySelector("form[data-end]").submit();
  }
};

const watch = async () => {
  try {
    const answer = await fetch(waits);
    if (answer.ok && !(await answer.json()).runs) location.replace(start);
  } catch {
    // no line: asked again
  }
};

for (const kind of ["pointerdown", "keydown", "scroll", "input"]) {
  addEventListener(kind, touch, { passive: true, capture: true });
}
asking.querySelector("[data-stay]").addEventListener("click", () => {
  asking.close();
  touch();
  tell();
});
asking.addEventListener("cancel", touch);
// What a browser has kept of a page that was left is not shown again as it was.
addEventListener("pageshow", (event) => event.persisted && location.reload());
const ticking = setInterval(tick, SECOND);
if (waits) setInterval(watch, SECOND);

const printer = document.querySelector("[data-print]");
if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", () => print());
}
