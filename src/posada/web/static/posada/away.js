// Check-ins offline: sealed here with a key that can only close, sent once, each with an id of its own.
(() => {
  "use strict";
  const STORE = "posada-away";
  const by = (id) => document.getElementById(id);
  const say = (code) => document.querySelector(`[data-say="${code}"]`).textContent;
  const bytes = (text) => new TextEncoder().encode(text);
  const packed = (content) => btoa(String.fromCharCode(...new Uint8Array(content))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const unpacked = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  const made = (name, text = "", more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);

  // What lies on the device: the closing key, what was taken along, and what is sealed and not sent.
  const opened = () => new Promise((done, failed) => {
    const asked = indexedDB.open(STORE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("device", { keyPath: "here" });
      asked.result.createObjectStore("taken", { keyPath: "id" });
      asked.result.createObjectStore("sealed", { keyPath: "form" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  const act = async (name, mode, does) => {
    const store = await opened();
    try {
      return await new Promise((done, failed) => {
        const turn = store.transaction(name, mode, mode === "readwrite" ? { durability: "strict" } : {});
        const asked = does(turn.objectStore(name));
        turn.oncomplete = () => done(asked && asked.result);
        turn.onabort = turn.onerror = () => failed(turn.error);
      });
    } finally { store.close(); }
  };
  const all = (name) => act(name, "readonly", (store) => store.getAll());
  const put = (name, each) => act(name, "readwrite", (store) => store.put(each));
  const drop = (name, key) => act(name, "readwrite", (store) => store.delete(key));

  const said = (code, more = []) => {
    const line = made("p", say(code), { className: "banner plain" });
    line.dataset.said = code;
    for (const each of more) line.append(" ", each);
    by("away-said").replaceChildren(line);
    return line;
  };
  // That what was written lies here in safety is not to be wiped away by a connection that only seemed to be there.
  const noConnection = () => { if (!by("away-said").querySelector("[data-said=saved]")) said("offline"); };

  const seal = async (device, told, fields) => {
    const theirs = await crypto.subtle.importKey("raw", unpacked(device.key), { name: "ECDH", namedCurve: "P-256" }, false, []);
    const once = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, once.privateKey, 256);
    const salt = crypto.getRandomValues(new Uint8Array(16)), nonce = crypto.getRandomValues(new Uint8Array(12));
    const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info: bytes("posada away 1") }, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const bound = bytes([told.device, told.form, told.check_in, told.version].join("/"));
    const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: bound }, key, bytes(JSON.stringify(fields)));
    return { ...told, point: packed(await crypto.subtle.exportKey("raw", once.publicKey)), salt: packed(salt), nonce: packed(nonce), closed: packed(closed) };
  };

  // What the office refused can be thrown away here; nothing else could ever end it but signing out.
  const discardOf = (each) => {
    const press = made("button", say("discard"), { type: "button", className: "btn quiet" });
    press.append(made("span", ` ${each.label}`, { className: "vh" }));
    press.addEventListener("click", async () => {
      if (!confirm(say("discard-sure"))) return;
      while (sending) await sending; // a form that is on its way would be put back
      await drop("sealed", each.form);
      await shownSealed();
      if (by("away-taken")) await shownTaken();
    });
    return press;
  };
  const shownSealed = async () => {
    const waiting = await all("sealed");
    by("away-waiting").hidden = !waiting.length;
    by("away-sealed").replaceChildren(...waiting.map((each) => {
      const line = made("li", "", { className: "row apart" });
      line.dataset.form = each.form;
      line.append(made("span", `${each.label}: ${each.fault || say("sealed")}`));
      if (each.fault) line.append(discardOf(each));
      return line;
    }));
    return waiting;
  };

  // Sending: one after the other; a form leaves the device only after the office's receipt.
  let sending = null;
  const send = () => { sending = sending || sendAll().finally(() => { sending = null; }); return sending; };
  const sendAll = async () => {
    const waiting = await shownSealed();
    if (!waiting.length) return;
    let state;
    try {
      const answer = await fetch("/away/state/", { headers: { Accept: "application/json" }, cache: "no-store" });
      state = answer.ok && !answer.redirected ? await answer.json() : null;
    } catch { noConnection(); return; }
    if (!state) { said("sign-in", [made("a", say("sign-in-now"), { href: "/away/" })]); return; }
    for (const each of waiting) {
      let answer, receipt;
      try {
        const { label, fault, ...told } = each;
        answer = await fetch("/away/send/", { method: "POST", body: new URLSearchParams(told), headers: { "X-CSRFToken": state.token, Accept: "application/json" }, cache: "no-store" });
        receipt = answer.redirected ? null : await answer.json();
      } catch { noConnection(); break; }
      if (!receipt) { said("sign-in", [made("a", say("sign-in-now"), { href: "/away/" })]); break; }
      if (answer.ok) {
        await drop("sealed", each.form);
        await drop("taken", each.check_in);
        if (receipt.state === "conflict") said("conflict", [made("a", say("choose"), { href: receipt.page })]);
        else said("sent");
      } else {
        await put("sealed", { ...each, fault: receipt.state === "gone" ? say("gone") : [say("refused"), ...(receipt.words || [])].join(" ") });
      }
    }
    await shownSealed();
    if (by("away-taken")) await shownTaken();
  };

  // The offline page.
  let open = null;
  const leave = () => { open = null; by("away-form").reset(); by("away-form").hidden = true; };
  const shownTaken = async () => {
    const taken = await all("taken"), waiting = new Set((await all("sealed")).filter((each) => !each.fault).map((each) => each.check_in));
    by("away-none").hidden = taken.length > 0;
    by("away-taken").replaceChildren(...taken.map((each) => {
      const line = made("li", "", { className: "row apart" }), press = made("button", say("fill"), { type: "button", className: "btn quiet" });
      press.append(made("span", ` ${each.label}`, { className: "vh" }));
      press.addEventListener("click", () => {
        open = { ...each, form: crypto.randomUUID() };
        by("away-form").reset();
        by("away-form").hidden = false;
        by("away-which").textContent = `${each.label} · ${each.kind}`;
        by("away-fault").hidden = true;
        by("away-outcome").focus();
      });
      line.append(made("span", `${each.label} · ${each.kind}, ${say("due")} ${each.due}${waiting.has(each.id) ? ` (${say("sealed")})` : ""}`));
      if (!waiting.has(each.id)) line.append(press);
      return line;
    }));
  };
  const today = () => { const now = new Date(); return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10); };
  const save = async (pressed) => {
    pressed.preventDefault();
    const [device] = await all("device");
    const fields = { outcome: by("away-outcome").value, on: by("away-on").value, note: by("away-note").value, address_confirmed: by("away-address").checked };
    if (!open || !device || !fields.outcome || !fields.on || fields.on > by("away-on").max) {
      by("away-fault").textContent = say("missing");
      by("away-fault").hidden = false;
      return;
    }
    const told = { form: open.form, device: device.id, check_in: open.id, version: open.version };
    await put("sealed", { ...(await seal(device, told, fields)), label: open.label });
    leave();
    said("saved");
    await shownTaken();
    await shownSealed();
    if (navigator.onLine) await send();
  };

  // The online page: what to take along.
  const take = async (pressed) => {
    pressed.preventDefault();
    const form = by("away-take");
    for (const each of form.querySelectorAll("[data-wrong]")) each.hidden = true;
    if (!form.querySelector("[name=take]:checked")) { said("nothing"); return; }
    let answer;
    try { answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } }); }
    catch { said("offline"); return; }
    if (answer.redirected) { location.reload(); return; }
    const told = await answer.json();
    for (const [id, words] of Object.entries(told.wrong || {})) {
      const line = form.querySelector(`[data-wrong="${CSS.escape(id)}"]`);
      line.textContent = words;
      line.hidden = false;
    }
    if (!answer.ok) return;
    await put("device", { here: 1, id: told.device, key: told.key, ends: told.ends });
    for (const each of await all("taken")) await drop("taken", each.id);
    for (const each of told.taken) await put("taken", each);
    await navigator.serviceWorker.register("/away/worker.js", { scope: "/away/" });
    await navigator.serviceWorker.ready;
    said("taken", [made("a", say("open"), { href: by("away-home").dataset.shell })]);
  };

  const begin = async () => {
    if (!(self.crypto && crypto.subtle && self.indexedDB && navigator.serviceWorker)) { said("unsafe"); return; }
    if (by("away-take")) by("away-take").addEventListener("submit", take);
    if (by("away-shell")) {
      by("away-on").max = today();
      by("away-form").addEventListener("submit", save);
      by("away-leave").addEventListener("click", leave);
      addEventListener("beforeunload", (going) => { if (open && by("away-note").value) going.preventDefault(); });
      await shownTaken();
    }
    by("away-send").addEventListener("click", send);
    addEventListener("online", send);
    await send();
  };
  begin();
})();
