// Tells once a minute that the case's page is in use: visible, and a key, pointer or scroll in the last two minutes.
// Nothing else is sent: not what was typed, not where. The count beside the link is what the server has kept.
"use strict";

const trace = document.querySelector("[data-beat]");
const MINUTE = 60_000;
let touchedAt = Date.now();

for (const kind of ["keydown", "pointermove", "pointerdown", "wheel", "touchstart", "focus"]) {
  addEventListener(kind, () => (touchedAt = Date.now()), { passive: true, capture: true });
}

const beat = async () => {
  if (document.visibilityState !== "visible" || Date.now() - touchedAt > 2 * MINUTE) return;
  try {
    const answer = await fetch(trace.dataset.beat, {
      method: "POST",
      headers: { "X-CSRFToken": document.querySelector("input[name=csrf_token]").value },
    });
    if (answer.ok) trace.textContent = trace.dataset.says.replace("#", (await answer.json()).minutes);
  } catch {
    // Offline: this minute is not counted; saving will count it.
  }
};

if (trace) {
  setInterval(beat, MINUTE);
  setTimeout(beat, 5_000);
}
