// Reading offline, being told, and nothing else: every page works without this. Words stand in the page.
"use strict";
(() => {
  if (!("serviceWorker" in navigator)) return;
  const ready = navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const form = document.getElementById("told"), bar = document.getElementById("newer");

  // Another version waits until somebody presses: nobody loses what they are typing.
  const waits = worker => { if (worker && navigator.serviceWorker.controller && bar) {
    bar.hidden = false;
    bar.querySelector("button").onclick = () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      worker.postMessage("take over");
    };
  } };
  ready.then(own => {
    waits(own.waiting);
    own.addEventListener("updatefound", () => {
      const next = own.installing;
      next.addEventListener("statechange", () => { if (next.state === "installed") waits(next); });
    });
  }).catch(() => {});

  const say = (path, words) => fetch(path, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(words) });
  const subscription = async () => (await ready).pushManager && (await ready).pushManager.getSubscription();
  const CHOICE = "told";

  // At each visit the browser's own subscription is compared with what the site knows, and mended.
  const mended = async () => {
    const own = await subscription(), kept = JSON.parse(localStorage.getItem(CHOICE) || "null");
    if (!own) { if (kept) localStorage.removeItem(CHOICE); return null; }
    const known = await say("/told/standing/", { endpoint: own.endpoint });
    if (known.ok) return known.json();
    if (known.status === 404 && kept) {
      const again = await say("/told/", { ...own.toJSON(), ...kept });
      if (again.ok) return again.json();
    }
    return null;
  };

  if (!form) { if (localStorage.getItem(CHOICE)) mended().catch(() => {}); return; }
  const note = document.getElementById("told-note"), link = document.getElementById("told-link");
  const tell = name => { note.textContent = note.dataset[name] || ""; };
  const switches = [...form.querySelectorAll("input[name=topic]")];
  const chosen = () => ({
    topics: switches.filter(each => each.checked).map(each => each.value),
    language: form.elements.language.value, zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    quiet_from: form.elements.quiet.checked ? form.elements.quiet_from.value : "",
    quiet_until: form.elements.quiet.checked ? form.elements.quiet_until.value : "",
    breaking_always: form.elements.breaking_always.checked,
  });
  const show = told => {
    for (const each of switches) each.checked = !!told && told.topics.includes(each.value);
    if (told && told.topics.length) {
      form.elements.language.value = told.language;
      form.elements.quiet.checked = !!told.quiet_from;
      if (told.quiet_from) { form.elements.quiet_from.value = told.quiet_from; form.elements.quiet_until.value = told.quiet_until; }
      form.elements.breaking_always.checked = told.breaking_always;
    }
    const stop = told && told.stop;
    link.hidden = !stop;
    if (stop) { link.querySelector("a").href = stop; link.querySelector("a").textContent = stop; }
    document.getElementById("told-stop").hidden = !stop;
  };

  const keep = async () => {
    const wanted = chosen();
    let own = await subscription();
    if (!wanted.topics.length && !own) return show(null);
    if (!own) {
      if (await Notification.requestPermission() !== "granted") { show(null); return tell("denied"); }
      own = await (await ready).pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: form.dataset.key });
    }
    const answer = await say("/told/", { ...own.toJSON(), ...wanted });
    if (!answer.ok) { show(null); return tell("failed"); }
    if (wanted.topics.length) localStorage.setItem(CHOICE, JSON.stringify(wanted));
    else { localStorage.removeItem(CHOICE); await own.unsubscribe(); }
    show(await answer.json());
    tell(wanted.topics.length ? "kept" : "stopped");
  };
  let turn = Promise.resolve();
  const queue = act => { turn = turn.then(act).catch(() => { show(null); tell("failed"); }); };

  if (!("PushManager" in window) || !("Notification" in window)) return tell("cannot");
  form.hidden = false;
  queue(async () => { if (Notification.permission === "granted") show(await mended()); if (Notification.permission === "denied") tell("denied"); });
  form.addEventListener("change", () => queue(keep));
  form.addEventListener("submit", event => event.preventDefault());
  document.getElementById("told-stop").addEventListener("click", () => { for (const each of switches) each.checked = false; queue(keep); });
})();
