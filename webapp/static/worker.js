// Looks after one thing: a page that cannot come is ours and not the browser's. Whatever has a line is left alone.
"use strict";

const SHELF = "offline";
const PAGES = ["/offline", "/offline?posted"];

async function lay() {
  const shelf = await caches.open(SHELF);
  for (const address of PAGES) {
    const page = await fetch(address);
    if (!page.ok) throw page;
    const assets = (await page.clone().text()).match(/\/static\/[^"]+/g);
    await shelf.put(address, page);
    await shelf.addAll(assets);
  }
}

const without = ({ method }) => caches.match(PAGES[method === "GET" ? 0 : 1]);

addEventListener("install", (event) => event.waitUntil(lay().then(() => self.skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => without(request)));
  else if (request.url.includes("/static/")) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});
