/*
 * The journal of commits the server has not acknowledged: IndexedDB of the application's origin, out of
 * reach of any content. Every page of the same account delivers what an earlier player could not.
 */
(function (root) {
  "use strict";

  const NAME = "elearn-journal";
  const STORE = "commits";
  const TIME_LIMIT = 30000; // ms for an answer
  const SLOWEST_LINE = 4; // bytes per ms
  const PATIENCE = 5000; // ms for the browser's own storage, which on some devices never answers

  const within = (ms, work) =>
    Promise.race([work, new Promise((resolve, reject) => setTimeout(() => reject(new Error("storage is silent")), ms))]);

  /* What a network request gives within its time; `read` takes the answer, which may stop midway as well. */
  async function limited(ms, path, options, read) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), ms);
    try {
      return await read(await fetch(path, { ...options, signal: limit.signal }));
    } finally {
      clearTimeout(timer);
    }
  }

  function open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "session" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  async function inStore(mode, work) {
    const database = await within(PATIENCE, open());
    try {
      return await within(PATIENCE, inTransaction(database, mode, work));
    } finally {
      database.close();
    }
  }

  function inTransaction(database, mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error); // a full disk says so only here
    });
  }

  const meta = (name, page = document) => {
    const element = page.querySelector(`meta[name="${name}"]`);
    return element ? element.content : "";
  };

  const base = meta("elearn-base"); // inside a learning platform all addresses begin with the handle of the launch

  const Journal = {
    account: meta("elearn-account"),

    put(session, attempt, message) {
      const entry = { session, attempt, account: Journal.account, message, at: Date.now() };
      return inStore("readwrite", (store) => store.put(entry));
    },

    remove(session) {
      return inStore("readwrite", (store) => store.delete(session));
    },

    /* Forget an entry, unless its page has written another one meanwhile. */
    settle(entry) {
      const delivered = JSON.stringify(entry.message);
      return inStore("readwrite", (store) => {
        const request = store.get(entry.session);
        request.onsuccess = () => {
          const newest = request.result;
          if (newest && JSON.stringify(newest.message) === delivered) store.delete(entry.session);
        };
        return request;
      });
    },

    all() {
      return inStore("readonly", (store) => store.getAll());
    },

    /* What this account has left on this device; that of others is nobody's business here. */
    async own() {
      return (await Journal.all()).filter((entry) => entry.account === Journal.account);
    },

    /*
     * Ask the application: { status, told }. `told` is the JSON it has answered, or null when somebody in between
     * has answered for it: a proxy's error page, a portal that says 200, a redirect to a page of somebody's.
     */
    async ask(path, body) {
      const answer = await Journal.post(path, body);
      const isStale = answer.status === 400 && answer.told !== null && !answer.told.code;
      return isStale && (await Journal.refresh()) ? Journal.post(path, body) : answer;
    },

    /*
     * The token of our forms changes with every sign-in; one of the same account is as good as the old one.
     * That of a launch stays as long as it lasts.
     */
    async refresh() {
      if (base) return false;
      const text = await limited(TIME_LIMIT, "/account", { credentials: "same-origin" }, (response) => response.text());
      const page = new DOMParser().parseFromString(text, "text/html");
      if (!Journal.account || meta("elearn-account", page) !== Journal.account) return false;
      document.querySelector('meta[name="csrf-token"]').content = meta("csrf-token", page);
      return true;
    },

    async post(path, body) {
      const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meta("csrf-token") };
      const text = JSON.stringify(body);
      const options = { method: "POST", headers, body: text, credentials: "same-origin", redirect: "manual" };
      return limited(TIME_LIMIT + text.length / SLOWEST_LINE, base + path, options, async (response) => {
        const told = await response.json().catch(() => null);
        const isOurs = told !== null && typeof told === "object" && (response.ok || "request_id" in told);
        return { status: response.status, told: isOurs ? told : null };
      });
    },

    /* Whether the server has taken an entry or refused it for what it is, and not for who asked or when. */
    isSettled({ status, told }) {
      if (told === null) return false;
      if (status < 300) return Number.isInteger(told.number);
      return status === 413 || (status < 500 && status !== 429 && Boolean(told.code));
    },

    /* Deliver what earlier pages have left; gives the entries that have to wait. Silence keeps an entry. */
    async drain() {
      const left = [];
      for (const entry of await Journal.own()) {
        const answer = await Journal.ask("/play/journal", { session: entry.session, ...entry.message }).catch(() => null);
        if (answer && Journal.isSettled(answer)) await Journal.settle(entry);
        else left.push(entry);
      }
      root.dispatchEvent(new CustomEvent("journal", { detail: { left } }));
      return left;
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
