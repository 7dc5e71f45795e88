// The office's service worker. It answers for addresses under /away/ alone, and keeps one page in which nobody is.
"use strict";
const KEPT = {{ told }};
const plain = (address) => new Request(address, { credentials: "omit", cache: "reload" });
self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const kept = await caches.open(KEPT.name);
    await kept.addAll(KEPT.addresses.map(plain));
    await self.skipWaiting();
  })());
});
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("posada-away-") && name !== KEPT.name) await caches.delete(name);
    await self.clients.claim();
  })());
});
const language = () => {
  const told = (self.navigator.language || "").slice(0, 2);
  return KEPT.languages.includes(told) ? told : KEPT.languages[0];
};
const kept = async (address) => (await caches.open(KEPT.name)).match(address, { ignoreVary: true });
// Every message is shown, whatever it holds: browsers take the permission from sites whose messages show nothing.
self.addEventListener("push", (event) => {
  let told = {};
  try { told = event.data.json(); } catch { /* shown all the same */ }
  const link = typeof told.link === "string" && /^\/(?!\/)[a-z/]*$/.test(told.link) ? told.link : "/";
  event.waitUntil(self.registration.showNotification(String(told.title || "Posada"), { tag: String(told.tag || "posada"), icon: KEPT.icon, badge: KEPT.icon, data: { link } }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data.link, self.location.origin).href;
  event.waitUntil((async () => {
    for (const open of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) if (open.url === address) return open.focus();
    return self.clients.openWindow(address);
  })());
});
self.addEventListener("fetch", (event) => {
  const asked = event.request, address = new URL(asked.url);
  if (asked.method !== "GET" || address.origin !== self.location.origin) return;
  if (KEPT.addresses.includes(address.pathname)) {
    event.respondWith((async () => (await kept(address.pathname)) || fetch(asked))());
  } else if (asked.mode === "navigate" && (address.pathname === "/away/" || address.pathname === "/away/start/")) {
    event.respondWith(fetch(asked).catch(() => kept(`/away/offline/${language()}/`)));
  }
});
