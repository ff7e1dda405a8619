// Answers that could not be sent: on this phone, sealed by a key that comes with her own pages and is kept nowhere, so
// that they outlive a reload and say nothing to anybody else. Of a question the newest; after a month nothing.
"use strict";

const KEPT = 30 * 24 * 3600 * 1000;
const bytes = (text) => Uint8Array.from(atob(text), (one) => one.codePointAt(0));

const shelf = () =>
  new Promise((done, failed) => {
    const asked = indexedDB.open("famai", 1);
    asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore("waiting"));
    asked.addEventListener("success", () => done(asked.result));
    asked.addEventListener("error", () => failed(asked.error));
  });

async function inShelf(mode, act) {
  const opened = await shelf();
  const work = opened.transaction("waiting", mode);
  const asked = act(work.objectStore("waiting"));
  await new Promise((done, failed) => {
    work.addEventListener("complete", done);
    work.addEventListener("error", () => failed(work.error));
  });
  opened.close();
  return asked.result;
}

window.Waiting = class {
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
    const rows = await inShelf("readonly", (kept) => kept.getAll());
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
};
