/*
 * The record of the calls of content, for whoever has asked to see them: small batches, beside the commits.
 *
 * It never keeps anything waiting: calls that cannot be sent stay a while, the oldest go first when there are too many.
 *
 *   const calls = new CallLog({ token });  calls.note({ method, args, result, error });  calls.farewell();
 */
(function (root) {
  "use strict";

  const EVERY = 4000; // ms
  const BATCH = 500;
  const LONGEST = 2000; // characters of a value
  const MOST = 5000; // calls that wait to be sent
  const KEEPALIVE_BYTES = 30000; // half of what a browser lets outlive a page; the commit has the other half

  const short = (value) => String(value).slice(0, LONGEST);

  class CallLog {
    constructor({ token }) {
      this.token = token;
      this.waiting = [];
      this.batch = null; // what is under way, with its number
      this.number = 0;
      this.over = false; // the server wants no more
      this.timer = setInterval(() => this.send(), EVERY);
    }

    note({ method, args, result, error }) {
      if (this.over) return;
      let given = [];
      try {
        given = Array.from(args, short);
      } catch (refused) {
        // An object that cannot be a string.
      }
      this.waiting.push([Date.now(), method, given, short(result), String(error)]);
      if (this.waiting.length > MOST) this.waiting.shift();
    }

    async send() {
      if (this.batch === null && this.waiting.length > 0) this.batch = this.take(BATCH);
      if (this.batch === null || this.sending || this.over) return;
      this.sending = true;
      try {
        const answer = await this.post(this.batch, false);
        await answer.text(); // an answer that nobody reads keeps its connection
        if (answer.ok || (answer.status >= 400 && answer.status < 500 && answer.status !== 401 && answer.status !== 429)) this.batch = null;
        if (answer.status === 409) this.stop();
      } catch (error) {
        // No network: the same batch goes again with the next turn.
      } finally {
        this.sending = false;
      }
    }

    take(count) {
      this.number += 1;
      return { number: this.number, calls: this.waiting.splice(0, count) };
    }

    post(batch, keepalive) {
      const headers = { "Content-Type": "application/json", Accept: "application/json", Authorization: `Bearer ${this.token}` };
      const body = JSON.stringify({ ...batch, now: Date.now() });
      return fetch("/rt/calls", { method: "POST", headers, body, credentials: "omit", cache: "no-store", keepalive });
    }

    /* The page goes away: what fits goes along, the newest calls first. */
    farewell() {
      clearInterval(this.timer);
      if (this.over) return;
      if (this.batch !== null && !this.sending) this.waiting.unshift(...this.batch.calls);
      const kept = [];
      let bytes = 200;
      while (this.waiting.length > 0 && kept.length < BATCH) {
        const call = this.waiting.pop();
        bytes += new Blob([JSON.stringify(call)]).size + 1;
        if (bytes > KEEPALIVE_BYTES) break;
        kept.unshift(call);
      }
      if (kept.length === 0) return;
      this.number += 1;
      this.post({ number: this.number, calls: kept }, true).catch(() => {});
    }

    stop() {
      this.over = true;
      this.waiting = [];
      clearInterval(this.timer);
    }
  }

  root.CallLog = CallLog;
})(window);
