/*
 * What the server has not acknowledged yet, and how it gets there.
 *
 * Every message carries all changes since the last acknowledged one, so a lost, repeated or overtaken
 * message harms nothing. Nothing is forgotten before the server has said that it is stored.
 *
 *   const outbox = new Outbox({ token, journal, onState, renew });
 *   outbox.add(delta, final);  outbox.soon(300);  await outbox.request("/rt/navigate", { request });
 */
(function (root) {
  "use strict";

  const KEEPALIVE_BYTES = 60000; // browsers allow 64 KiB for requests that outlive their page
  const PATIENCE = [500, 1000, 2000, 4000, 8000, 15000];
  const TIME_LIMIT = 30000; // ms that an answer may take at first; each further try allows twice as many
  const LONGEST_LIMIT = 240000;
  const SLOWEST_LINE = 4; // bytes per ms: what a message needs to get through is added to the limit

  class Refusal extends Error {
    constructor(status, body) {
      super(body.message || String(status));
      this.status = status;
      this.code = body.error;
      this.reason = "server";
    }
  }

  /* An answer that is not ours: a proxy's error page, or a portal that says 200 to everything. It stored nothing. */
  class Strange extends Error {
    constructor(status) {
      super(String(status));
      this.reason = "server";
    }
  }

  const isView = (body) => Array.isArray(body.toc) && typeof body.valid === "object";
  const OURS = {
    "/rt/commit": (body, message) => Number.isInteger(body.number) && body.number >= message.number,
    "/rt/navigate": isView,
    "/rt/lease": isView,
    "/rt/beat": (body) => body.ok === true,
  };

  /* What the server has answered, and nobody in between. */
  async function read(path, message, response) {
    const body = (await response.json().catch(() => null)) || {};
    if (response.ok && OURS[path](body, message)) return body;
    if (response.ok || typeof body.error !== "string") throw new Strange(response.status);
    throw new Refusal(response.status, body);
  }

  class Outbox {
    constructor({ token, journal, onState, onReceipt, renew }) {
      Object.assign(this, { token, journal, onState, onReceipt, renew });
      this.changes = new Map(); // element -> { value, sentWith }
      this.final = null; // null, or { sentWith }
      this.number = 0;
      this.launch = 0;
      this.timer = 0;
      this.sentAt = 0; // ms of the page's own clock, which nobody can set
      this.queued = false; // a commit waits for its turn; it will take everything that is pending then
      this.wake = () => {}; // ends the pause before the next try
      this.turn = Promise.resolve(); // messages of one page go one after the other
    }

    begin(launch) {
      this.launch = launch;
      this.changes.clear();
      this.final = null;
    }

    get isClean() {
      return this.changes.size === 0 && this.final === null;
    }

    add(delta, final = false) {
      for (const [element, value] of Object.entries(delta)) this.changes.set(element, { value, sentWith: 0 });
      if (final && this.final === null) this.final = { sentWith: 0 };
      if (this.isClean) return;
      this.journal(this.peek());
      this.onState("saving");
    }

    /* The message as it would be sent now, with the number it would have. */
    peek() {
      const delta = {};
      for (const [element, change] of this.changes) delta[element] = change.value;
      return { number: this.number + 1, launch: this.launch, delta, final: this.final !== null };
    }

    take() {
      const message = this.peek();
      this.number = message.number;
      for (const change of this.changes.values()) change.sentWith = message.number;
      if (this.final) this.final.sentWith = message.number;
      return message;
    }

    acknowledge(number) {
      for (const [element, change] of this.changes) {
        if (change.sentWith && change.sentWith <= number) this.changes.delete(element);
      }
      if (this.final && this.final.sentWith && this.final.sentWith <= number) this.final = null;
      if (this.isClean) {
        this.journal(null);
        this.onState("saved");
      }
    }

    soon(delay) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush(), delay);
    }

    flush() {
      clearTimeout(this.timer);
      if (this.isClean || this.queued) return this.turn;
      this.queued = true;
      return this.request("/rt/commit", {}).then(this.onReceipt, () => {});
    }

    /* Somebody thinks that it could go now: the network is back, the learner has asked or signed in again. */
    hurry() {
      this.wake();
      this.flush();
    }

    /* Send everything pending to an endpoint and wait until the server has it, however long that takes. */
    request(path, extra) {
      const turn = this.turn.then(() => this.deliver(path, extra));
      this.turn = turn.catch(() => {});
      return turn;
    }

    async deliver(path, extra) {
      if (path === "/rt/commit") this.queued = false;
      const message = { ...this.take(), ...extra };
      for (let tries = 0; ; tries += 1) {
        try {
          const answer = await this.post(path, message, tries);
          this.acknowledge(message.number);
          return answer;
        } catch (error) {
          if (error instanceof Refusal && !(await this.mayRetry(error))) {
            this.onState("refused", error);
            throw error;
          }
          this.onState("offline", error);
          await this.pause(PATIENCE[Math.min(tries, PATIENCE.length - 1)] * (0.75 + Math.random() / 2));
        }
      }
    }

    pause(ms) {
      return new Promise((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, ms);
      });
    }

    async mayRetry(error) {
      if (error.status === 401 && error.code === "token_expired") return this.renew();
      return error.status >= 500 || error.status === 429;
    }

    /* A request that is never answered must not keep the others waiting for ever, nor a slow line be cut off. */
    async post(path, message, tries = 0) {
      const body = JSON.stringify(message);
      const limit = new AbortController();
      const allowed = Math.min(TIME_LIMIT * 2 ** tries, LONGEST_LIMIT) + body.length / SLOWEST_LINE;
      const timer = setTimeout(() => limit.abort(), allowed);
      try {
        this.sentAt = performance.now();
        return await read(path, message, await fetch(path, { ...this.options(body), signal: limit.signal }));
      } finally {
        clearTimeout(timer);
      }
    }

    options(body) {
      const headers = { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${this.token}` };
      return { method: "POST", headers, body, credentials: "omit", cache: "no-store", redirect: "error" };
    }

    /* Say something that is worth one try and no more. */
    mention(path, message) {
      fetch(path, { ...this.options(JSON.stringify(message)), keepalive: true }).catch(() => {});
    }

    /* Send everything pending in a message that outlives the page; the journal holds what does not fit. */
    sendForGood(path = "/rt/commit", extra = {}) {
      if (this.isClean) return;
      const message = { ...this.take(), ...extra };
      const body = JSON.stringify(message);
      const keepalive = new Blob([body]).size < KEEPALIVE_BYTES;
      fetch(path, { ...this.options(body), keepalive })
        .then((response) => read(path, message, response))
        .then(() => this.acknowledge(message.number))
        .catch(() => {}); // its changes are still pending, and in the journal
    }

    /* The page is going away: its last message also gives the lease up, so that no other window has to wait. */
    farewell(path) {
      clearTimeout(this.timer);
      if (!this.isClean) return this.sendForGood(path, { leave: true });
      fetch("/rt/release", { ...this.options("{}"), keepalive: true }).catch(() => {});
      return undefined;
    }
  }

  root.Outbox = Outbox;
})(window);
