"use strict";
// Keeps public pages for reading offline and shows notifications. `SITE` stands above, written by the site.
const SHELL = "shell-" + SITE.version, PAGES = "pages", LOOKED = "looked";
const MOST_PAGES = 60, PATIENCE = 6000, A_DAY = 864e5, MOST_MISSED = 3;
const NEVER = [/^\/cms\//, /^\/told\//, /^\/clips\//, /^\/sw\.js$/, /^\/_util\//, /\/_util\//,
  /^\/(es\/)?(open-your-home|give-your-hours|abra-su-hogar|de-sus-horas)\//];

self.addEventListener("install", event => event.waitUntil(
  caches.open(SHELL).then(kept => kept.addAll(SITE.shell.map(each => new Request(each, each.startsWith("/static/") ? {} : { cache: "reload" }))))));

self.addEventListener("activate", event => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
  await self.clients.claim();
  await tidied();
})()));

self.addEventListener("message", event => { if (event.data === "take over") self.skipWaiting(); });

self.addEventListener("fetch", event => {
  const asked = event.request, url = new URL(asked.url);
  if (asked.method !== "GET" || url.origin !== location.origin || asked.headers.has("range")) return;
  if (NEVER.some(each => each.test(url.pathname))) return;
  if (url.pathname.startsWith("/static/")) { event.respondWith(shellFirst(asked)); return; }
  if (asked.mode !== "navigate" || [...url.searchParams.keys()].some(each => each !== "p")) return;
  const answer = networkFirst(event, asked);
  event.respondWith(answer);
  event.waitUntil(answer.then(tidied, tidied));
});

// Patience ends with what is made of the answer: with the headers, where nothing else is asked for.
async function inTime(asked, how = {}, made = got => got) {
  const patience = new AbortController(), timer = setTimeout(() => patience.abort(), PATIENCE);
  try { return await made(await fetch(asked, { ...how, signal: patience.signal })); } finally { clearTimeout(timer); }
}

async function shellFirst(asked) {
  const kept = await caches.match(asked);
  if (kept) return kept;
  const got = await inTime(asked);
  if (got.ok && /\.(css|js|svg|woff2|png)$/.test(new URL(asked.url).pathname)) {
    (await caches.open(SHELL)).put(asked, got.clone());
  }
  return got;
}

// What is on its way is waited for.
async function networkFirst(event, asked) {
  try {
    const got = await inTime(asked);
    event.waitUntil(noted(asked.url, got.clone()));
    return got;
  } catch {
    return await copyOf(asked.url) || await nothingKept(asked.url);
  }
}

// A page is kept only if the site lets everybody keep it; one that is gone is no longer kept.
async function noted(address, got) {
  const pages = await caches.open(PAGES), html = (got.headers.get("content-type") || "").startsWith("text/html");
  if (got.status === 404 || got.status === 410) return pages.delete(address);
  if (!got.ok) return;
  if (got.redirected || !html || /no-store|private/.test(got.headers.get("cache-control") || "")) return pages.delete(address);
  const text = await got.text(), title = (/<title>([^<]*)<\/title>/.exec(text) || ["", address])[1];
  const headers = new Headers(got.headers);
  headers.set("x-kept-at", String(Date.now()));
  headers.set("x-title", encodeURIComponent(title));
  headers.delete("content-encoding"); headers.delete("content-length");
  await pages.put(address, new Response(text, { headers }));
  const all = await listed();
  for (const old of all.slice(MOST_PAGES)) await pages.delete(old.address);
}

async function listed() {
  const pages = await caches.open(PAGES), found = [];
  for (const key of await pages.keys()) {
    const got = await pages.match(key);
    found.push({ address: key.url, at: Number(got.headers.get("x-kept-at")), title: decodeURIComponent(got.headers.get("x-title")) });
  }
  return found.sort((one, other) => other.at - one.at);
}

// Pages that were withdrawn are not read on from a copy: at most once a day, with a page or a message that comes, every
// copy that is a day old is looked at again. One that cannot be had, or not in time, holds up no other, and is tried
// with the next page or message; so are all, where a few in a row cannot be had. When all were looked at is kept, since
// this program is ended between two events.
let looking = false;
async function tidied() {
  const state = await caches.open(LOOKED), last = await state.match("/looked");
  if (looking || (last && Date.now() - Number(await last.text()) < A_DAY)) return;
  looking = true;
  try {
    let all = true, missed = 0;
    for (const each of await listed()) {
      if (Date.now() - each.at < A_DAY) continue;
      try {
        await inTime(each.address, {}, got => noted(each.address, got));
        missed = 0;
      } catch {
        all = false;
        if (++missed === MOST_MISSED) return;
      }
    }
    if (all) await state.put("/looked", new Response(String(Date.now())));
  } finally { looking = false; }
}

const languageOf = address => new URL(address, location).pathname.startsWith("/es/") ? "es" : "en";
const escaped = text => text.replace(/[&<>"]/g, each => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[each]);

function shownAt(at, language) {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));
}

async function copyOf(address) {
  const kept = await (await caches.open(PAGES)).match(address);
  if (!kept) return undefined;
  const language = languageOf(address), at = Number(kept.headers.get("x-kept-at"));
  const told = SITE.words[language].kept.replace("{when}", shownAt(at, language));
  const strip = `<aside class="kept" role="status"><div class="wrap"><p>${escaped(told)}</p></div></aside>`;
  const text = (await kept.text()).replace("<main ", () => strip + "<main ");
  return new Response(text, { headers: kept.headers });
}

async function nothingKept(address) {
  const language = languageOf(address), page = await caches.match(SITE.offline[language]);
  if (!page) return Response.error();
  const items = (await listed()).filter(each => languageOf(each.address) === language).map(each =>
    `<li><a href="${escaped(new URL(each.address).pathname)}">${each.title}</a> <small class="muted">${shownAt(each.at, language)}</small></li>`);
  const text = (await page.text()).replace("<!--kept-->", () => items.join(""));
  return new Response(text, { headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": page.headers.get("content-security-policy") || "" } });
}

// Every message is shown, whatever it holds: browsers take the permission from sites whose messages show nothing.
self.addEventListener("push", event => { event.waitUntil(shown(event)); event.waitUntil(tidied()); });

async function shown(event) {
  let told = {};
  try { told = event.data.json(); } catch { /* shown all the same */ }
  const link = typeof told.link === "string" && /^\/(?!\/)/.test(told.link) ? told.link : "/";
  const language = languageOf(link), words = SITE.words[language];
  await self.registration.showNotification(String(told.title || words.new), {
    body: words[told.topic] || "", lang: language, icon: SITE.icon, badge: SITE.icon, tag: String(told.tag || "posada"),
    data: { link, topic: told.topic }, actions: [{ action: "read", title: words.read }, { action: "stop", title: words.stop }],
  });
}

self.addEventListener("notificationclick", event => {
  event.notification.close();
  const { link, topic } = event.notification.data;
  event.waitUntil(event.action === "stop" ? stopped(topic) : opened(link));
});

async function opened(link) {
  const address = new URL(link, location).href;
  for (const open of await self.clients.matchAll({ type: "window" })) if (open.url === address) return open.focus();
  return self.clients.openWindow(address);
}

const said = (path, words) => inTime(path, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(words) });

async function stopped(topic) {
  const own = await self.registration.pushManager.getSubscription();
  if (own) await said("/told/stop/", { endpoint: own.endpoint, topic });
}

self.addEventListener("pushsubscriptionchange", event => event.waitUntil((async () => {
  const old = event.oldSubscription;
  const own = event.newSubscription || await self.registration.pushManager.subscribe({
    userVisibleOnly: true, applicationServerKey: SITE.key });
  if (old) await said("/told/renew/", { ...own.toJSON(), old: old.endpoint });
})()));
