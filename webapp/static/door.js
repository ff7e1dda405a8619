// What changes while somebody looks at it (the code at a door, a queue): the page asks again by itself.
const SECONDS = 1_000;

async function renew() {
  const held = document.querySelector("[data-renews]");
  // Whoever is about to press something in it keeps it as it is.
  if (held.contains(document.activeElement)) return;
  try {
    const answer = await fetch(held.dataset.from ?? location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(held.id);
    if (next && !next.isEqualNode(held)) held.replaceWith(next);
  } catch {
    // No line: what stands there stays, and is tried again.
  }
}

const renewed = document.querySelector("[data-renews]");
if (renewed) setInterval(renew, renewed.dataset.renews * SECONDS);
