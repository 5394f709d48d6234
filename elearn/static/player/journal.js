/*
 * The journal of commits the server has not acknowledged: IndexedDB of the application's origin, out of
 * reach of any content. Every page of the same account delivers what an earlier player could not.
 */
(function (root) {
  "use strict";

  const NAME = "elearn-journal";
  const STORE = "commits";

  function open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "session" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async function inStore(mode, work) {
    const database = await open();
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, mode);
        const request = work(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  }

  const meta = (name) => {
    const element = document.querySelector(`meta[name="${name}"]`);
    return element ? element.content : "";
  };

  const Journal = {
    account: meta("elearn-account"),

    put(session, message) {
      const entry = { session, account: Journal.account, message, at: Date.now() };
      return inStore("readwrite", (store) => store.put(entry));
    },

    remove(session) {
      return inStore("readwrite", (store) => store.delete(session));
    },

    /* Forget an entry, unless its page has written a newer one meanwhile. */
    settle({ session, message }) {
      return inStore("readwrite", (store) => {
        const request = store.get(session);
        request.onsuccess = () => {
          const newest = request.result;
          if (newest && newest.message.number === message.number) store.delete(session);
        };
        return request;
      });
    },

    all() {
      return inStore("readonly", (store) => store.getAll());
    },

    /* Somebody who is signed out is sent elsewhere; that is no answer, so it is not followed (status 0). */
    post(path, body) {
      const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meta("csrf-token") };
      const options = { method: "POST", headers, body: JSON.stringify(body), credentials: "same-origin" };
      return fetch(path, { ...options, redirect: "manual" });
    },

    /* Whether the server has taken an entry or refused it for what it is, and not for who asked or when. */
    async isSettled(response) {
      if (response.ok || response.status === 413) return true;
      if (response.status < 400 || response.status >= 500) return false;
      const told = await response.json().catch(() => ({}));
      return Boolean(told.code);
    },

    /* Deliver what earlier pages left behind. A refusal of the entry settles it too; silence keeps it. */
    async drain(except = "") {
      let delivered = 0;
      for (const entry of await Journal.all()) {
        if (entry.account !== Journal.account || entry.session === except) continue;
        const response = await Journal.post("/play/journal", { session: entry.session, ...entry.message });
        if (await Journal.isSettled(response)) await Journal.settle(entry);
        if (response.ok) delivered += 1;
      }
      return delivered;
    },
  };

  root.Journal = Journal;
  const drain = () => Journal.drain().catch(() => {});
  const isShell = document.getElementById("shell") !== null; // it drains at its own time
  if (Journal.account && !isShell) {
    root.addEventListener("load", drain);
    root.addEventListener("online", drain);
  }
})(window);
