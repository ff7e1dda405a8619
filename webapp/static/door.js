// The code at the door: while its page is open, the next one comes by itself.
const AGAIN = 60_000;

async function renew() {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("door");
    if (next) document.getElementById("door").replaceWith(next);
  } catch {
    // No line: what hangs there stays, and is tried again.
  }
}

setInterval(renew, AGAIN);
