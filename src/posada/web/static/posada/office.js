// Small comforts; every page works without this file.
(() => {
  "use strict";
  const body = document.body;
  const typing = (at) => at.closest("input, textarea, select, [contenteditable]");
  let before = "";
  document.addEventListener("keydown", (pressed) => {
    if (!body.hasAttribute("data-keys") || pressed.ctrlKey || pressed.metaKey || pressed.altKey || typing(pressed.target)) return;
    if (pressed.key === "/") {
      const search = document.querySelector("[type=search]");
      if (search) { pressed.preventDefault(); search.focus(); }
    } else if (pressed.key === "?") location.assign("/keys/");
    else if (before === "g" && pressed.key === "h") location.assign("/");
    else if (before === "g") {
      const there = document.querySelector(`a[data-key="${CSS.escape(pressed.key)}"]`);
      if (there) there.click();
    }
    before = pressed.key;
  });
  // Signing out clears this device: first say what was sealed on it and not sent, then take it away here too.
  const unsent = () => new Promise((done) => {
    const asked = indexedDB.open("posada-away", 1);
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => done(0);
    asked.onsuccess = () => {
      const counted = asked.result.transaction("sealed").objectStore("sealed").count();
      counted.onsuccess = () => { asked.result.close(); done(counted.result); };
      counted.onerror = () => { asked.result.close(); done(0); };
    };
  });
  document.addEventListener("submit", async (sent) => {
    const form = sent.target;
    if (!form.dataset.unsent || !self.indexedDB) return;
    sent.preventDefault();
    sent.stopPropagation();
    const count = await unsent().catch(() => 0);
    if (count && !confirm(form.dataset.unsent)) return;
    indexedDB.deleteDatabase("posada-away");
    if (self.caches) for (const name of await caches.keys()) await caches.delete(name);
    const workers = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations().catch(() => []) : [];
    for (const each of workers) await each.unregister();  // some browsers leave them when told to clear everything
    form.submit();
  }, true);
  document.addEventListener("submit", (sent) => {
    const form = sent.target;
    if (form.dataset.sent) { sent.preventDefault(); return; }
    if (form.method === "post") { form.dataset.sent = "1"; setTimeout(() => delete form.dataset.sent, 8000); }
  });
  // A form that was kept when a session ended: its text goes back into the fields of the same names.
  const kept = document.getElementById("kept-fields");
  const address = kept && document.getElementById("kept-form").dataset.address;
  const its = (form) => form.method === "post" && !form.dataset.kept && new URL(form.getAttribute("action") || "", location.href).pathname === address;
  const form = kept && [...document.forms].find(its);
  for (const [name, values] of form ? JSON.parse(kept.textContent) : []) {
    const fields = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    fields.forEach((field, place) => {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.type === "select-multiple") for (const each of field.options) each.selected = values.includes(each.value);
      else if (!["hidden", "file", "submit"].includes(field.type) && values[place] !== undefined) field.value = values[place];
    });
  }
  // Two minutes before an idle session ends: say so, and let one press put it off. Other tabs count as being here.
  const ending = document.getElementById("session-end");
  if (ending && body.dataset.idle) {
    const seen = "posada-seen", idle = () => Number(body.dataset.idle) * 1000;
    const here = () => { try { localStorage.setItem(seen, String(Date.now())); } catch { /* a browser that keeps nothing */ } started = Date.now(); };
    const last = () => { try { return Math.max(started, Number(localStorage.getItem(seen)) || 0); } catch { return started; } };
    let started = Date.now();
    here();
    body.addEventListener("htmx:afterRequest", here);
    body.addEventListener("htmx:afterSettle", () => {  // where a sealed field was shown, it ends sooner
      const shown = document.querySelector("main [data-idle]");
      if (shown) body.dataset.idle = shown.dataset.idle;
    });
    setInterval(() => { ending.hidden = Date.now() - last() < idle() - 120000; }, 5000);
    ending.querySelector("form").addEventListener("submit", async (sent) => {
      sent.preventDefault();
      const form = sent.target;
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      if (answer.status === 204) { here(); ending.hidden = true; delete form.dataset.sent; } else location.reload();
    });
  }
  addEventListener("pageshow", (shown) => { if (shown.persisted && body.dataset.idle) location.reload(); });
})();
