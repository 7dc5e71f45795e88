// Switches of this browser. The permission is asked only after the person has pressed the button.
(() => {
  "use strict";
  const form = document.getElementById("nudges");
  if (!form) return;
  const say = (code, words) => {
    const line = document.getElementById("nudges-said");
    line.textContent = words || document.querySelector(`[data-say="${code}"]`).textContent;
    line.dataset.said = code;
  };
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  const text = (content) => btoa(String.fromCharCode(...new Uint8Array(content))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const able = self.Notification && navigator.serviceWorker && self.PushManager;
  const subscribed = async () => {
    await navigator.serviceWorker.register("/away/worker.js", { scope: "/away/" });
    const worker = await new Promise((done) => {
      const look = async () => {
        const found = await navigator.serviceWorker.getRegistration("/away/");
        if (found && found.active) done(found); else setTimeout(look, 100);
      };
      look();
    });
    const key = bytes(form.dataset.key), own = await worker.pushManager.getSubscription();
    if (own && text(own.options.applicationServerKey) !== form.dataset.key) await own.unsubscribe();
    return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  };
  const save = async (pressed) => {
    pressed.preventDefault();
    if (!able) { say("unable"); return; }
    const wanted = form.querySelectorAll("[name=topic]:checked").length > 0;
    if (wanted && (await Notification.requestPermission()) !== "granted") { say("denied"); return; }
    const found = await navigator.serviceWorker.getRegistration("/away/");
    let own = null;
    try { own = wanted ? await subscribed() : found && await found.pushManager.getSubscription(); }
    catch { say("unable"); return; }
    const fields = new URLSearchParams(new FormData(form));
    if (own) {
      fields.set("endpoint", own.endpoint);
      fields.set("p256dh", text(own.getKey("p256dh")));
      fields.set("auth", text(own.getKey("auth")));
    }
    let answer;
    try { answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "application/json" } }); }
    catch { say("offline"); return; }
    if (answer.redirected) { location.reload(); return; }
    const told = await answer.json();
    if (!answer.ok) { say("unable", told.words); return; }
    if (!wanted && own) await own.unsubscribe();
    say(told.topics.length ? "on" : "off");
  };
  form.addEventListener("submit", save);
})();
