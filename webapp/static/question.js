// Saves an answer the moment it is chosen, and goes on by itself where one tap is the whole answer: a finger or a mouse
// moves on, arrow keys and screen readers only choose. Without a line the answer waits on this phone, is sent when
// the line is back, and outlives a reload; the page that stands there meanwhile is ours (worker.js).
// The page's button works without this.
"use strict";

// Answers that could not be sent: on this phone, sealed by a key that comes with her own pages and is kept nowhere, so
// that they outlive a reload and say nothing to anybody else. Of a question the newest; after a month nothing.
const KEPT = 30 * 24 * 3600 * 1000;
const bytes = (text) => Uint8Array.from(atob(text), (one) => one.codePointAt(0));

const shelf = () =>
  new Promise((done, failed) => {
    const asked = indexedDB.open("famai", 1);
    asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore("waiting"));
    asked.addEventListener("success", () => done(asked.result));
    asked.addEventListener("error", () => failed(asked.error));
  });

// Null on a phone that lends a page no shelf: there an answer waits as long as its page is open.
async function inShelf(mode, act) {
  try {
    const opened = await shelf();
    const work = opened.transaction("waiting", mode);
    const asked = act(work.objectStore("waiting"));
    await new Promise((done, failed) => {
      work.addEventListener("complete", done);
      work.addEventListener("error", () => failed(work.error));
    });
    opened.close();
    return asked.result;
  } catch {
    return null;
  }
}

class Waiting {
  constructor(raw) {
    this.key = crypto.subtle?.importKey("raw", bytes(raw), "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  async put(address, fields) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(fields));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.key, plain);
    await inShelf("readwrite", (kept) => kept.put({ iv, sealed, at: Date.now() }, address));
  }

  out(address) {
    return inShelf("readwrite", (kept) => kept.delete(address));
  }

  // (address, fields) of what this page's key opens, the oldest first.
  async all() {
    const addresses = await inShelf("readonly", (kept) => kept.getAllKeys());
    const rows = (await inShelf("readonly", (kept) => kept.getAll())) ?? [];
    const found = [];
    for (const [place, { iv, sealed, at }] of rows.entries()) {
      try {
        const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await this.key, sealed);
        found.push({ address: addresses[place], fields: JSON.parse(new TextDecoder().decode(plain)), at });
      } catch {
        if (at < Date.now() - KEPT) await this.out(addresses[place]);
      }
    }
    // oxlint-disable-next-line no-array-sort -- toSorted is younger than many phones
    return found.sort((one, other) => one.at - other.at);
  }
}

const form = document.querySelector("form[data-autosave]");
const saved = document.querySelector("[data-saved]");
const unsure = form?.querySelector("input[value=unsure]");
const waiting = form?.dataset.seal && crypto.subtle && new Waiting(form.dataset.seal);
const AGAIN = 5000;
const PATIENCE = 30_000;
const REFUSED = [409, 422]; // it can never be taken; all else is for the next time
let unsent = null;
let pointed = false;
// Of two answers on their way at once the older could arrive last, and stand: the next goes when the last is there.
let last = Promise.resolve();
let underWay = null;

async function post(address, body) {
  const ends = new AbortController();
  const timer = setTimeout(() => ends.abort(), PATIENCE);
  try {
    return await fetch(address, { method: "POST", body, headers: { Accept: "application/json" }, signal: ends.signal });
  } finally {
    clearTimeout(timer);
  }
}

// A phone that says it has a line does not always have one.
let retry = null;
const later = () => {
  clearTimeout(retry);
  retry = setTimeout(goOn, AGAIN);
};
const goOn = () => (unsent ? send(unsent) : sendWaiting());

// What waited since another page or before a reload; then on to where the newest of it leads.
const sendWaiting = async () => {
  let onward = null;
  for (const { address, fields } of (await waiting?.all()) ?? []) {
    const body = new FormData();
    for (const [name, value] of fields) body.append(name, value);
    body.set("steps", "yes");
    body.set("csrf_token", form.querySelector("[name=csrf_token]").value);
    saved.textContent = saved.dataset.offline;
    const answer = await post(address, body).catch(() => null);
    if (!answer) return later();
    const isTaken = answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json");
    if (isTaken || REFUSED.includes(answer.status)) await waiting.out(address);
    if (isTaken) ({ onward } = await answer.json());
  }
  if (onward && !underWay) location.replace(onward);
};

const deliver = async (mine) => {
  unsent = null;
  let answer;
  try {
    answer = await post(form.action, mine.body);
  } catch {
    if (underWay !== mine) return;
    underWay = null;
    unsent = mine.extra;
    saved.textContent = saved.dataset.offline;
    saved.classList.add("banner");
    const fields = [...mine.body].filter(([name]) => name !== "csrf_token");
    await waiting?.put(new URL(form.action).pathname, fields);
    return later();
  }
  saved.classList.remove("banner");
  await waiting?.out(new URL(form.action).pathname);
  if (underWay !== mine) return;
  if (!mine.extra.steps) {
    saved.textContent = answer.ok ? saved.dataset.saved : "";
    underWay = null;
  } else if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
    location.assign((await answer.json()).onward);
  } else form.submit(); // refused, or no longer hers: the page says why
};

// A second tap on the same place says nothing new; one on another is what she means, and the page waits for it.
const send = (extra) => {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  const told = new URLSearchParams(body).toString();
  if (told === underWay?.told) return;
  const mine = { extra, body, told };
  underWay = mine;
  last = last.then(() => deliver(mine));
};

// Whether every question on the page has its answer; until then a tap is saved, and the page stays.
const isWhole = () =>
  [...form.querySelectorAll("input[type=radio]")].every(({ name }) => form.querySelector(`input[name="${name}"]:checked`));

const onlyOne = (ticked) => {
  const alone = ["unsure", "none"];
  for (const other of form.querySelectorAll("input[type=checkbox]:checked")) {
    if (other !== ticked && (alone.includes(ticked.value) || alone.includes(other.value))) other.checked = false;
  }
};

if (form) {
  form.addEventListener("pointerdown", () => (pointed = true));
  form.addEventListener("keydown", () => (pointed = false));
  form.addEventListener("change", ({ target }) => {
    if (target.type === "checkbox" && target.checked) onlyOne(target);
    if (!("whole" in form.dataset) && !("steps" in form.dataset && pointed && isWhole())) send({});
  });
  form.addEventListener("click", ({ target }) => {
    if ("steps" in form.dataset && pointed && target.type === "radio" && isWhole()) send({ steps: "yes" });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ steps: "yes", ...(event.submitter?.name && { [event.submitter.name]: event.submitter.value }) });
  });
  addEventListener("online", goOn);
  addEventListener("pageshow", () => (underWay = null));
  sendWaiting();
  navigator.serviceWorker?.register("/worker.js");
  const said = document.querySelector("[data-steps-said]");
  if (said) said.hidden = !matchMedia("(pointer: coarse)").matches;
}
if (unsure && form.querySelector("input[name=answer]:not([type=checkbox]):not([type=radio])")) {
  unsure.addEventListener("change", () => unsure.checked && (form.querySelector("#answer").value = ""));
}
