// Sends one file in parts (tus 1.0) and goes on where it was: after a broken line, a pause, a restart, from another tab.
"use strict";

window.Tus = (() => {
  const SMALLEST = 256 * 1024;
  const LARGEST = 8 * 1024 * 1024; // what every proxy of ours lets pass
  const QUICK = 4000; // milliseconds; a part that takes less may be longer next time
  const LONGEST_REST = 30000;

  const token = () => document.querySelector('meta[name="csrf-token"]').content;
  const headers = (more) => ({ "Tus-Resumable": "1.0.0", "X-CSRFToken": token(), Accept: "application/json", ...more });
  const ask = (address, method, more = {}) =>
    fetch(address, { method, headers: headers(more), cache: "no-store", redirect: "manual" });
  const inBase64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  // What the server will not take, however often it is asked.
  class Refused extends Error {
    constructor(status, detail) {
      super(detail || String(status));
      this.status = status;
      this.detail = detail || "";
    }
  }

  async function refusal(answer) {
    const said = await answer.json().catch(() => ({}));
    return new Refused(answer.type === "opaqueredirect" ? 401 : answer.status, said.detail);
  }

  async function underWay(base) {
    const answer = await ask(base, "GET");
    if (!answer.ok) throw await refusal(answer);
    return (await answer.json()).uploads;
  }

  const isOf = (upload, file) =>
    upload.name === file.name && upload.length === file.size && upload.modified === String(file.lastModified);

  class Transfer {
    // `told(done, length)` follows the bytes; `waits(isWaiting)` says that the line is away, or back.
    constructor(base, file, told, waits) {
      Object.assign(this, { base, file, told, waits, upload: null, size: 1024 * 1024, isPaused: false, request: null });
    }

    // Gives the uid when every byte has arrived, null when it was paused. Throws Refused.
    async run() {
      this.isPaused = false;
      let rest = 1000;
      while (!this.isPaused) {
        try {
          await this.find();
          while (!this.isPaused && this.upload.received < this.file.size) {
            await this.sendPart();
            rest = 1000;
          }
          if (!this.isPaused) return this.upload.uid;
        } catch (error) {
          if (error instanceof Refused && !this.isPassing(error)) throw error;
          if (this.isPaused) break;
          this.size = Math.max(SMALLEST, this.size / 2);
          this.waits(true);
          await this.sleep(rest);
          this.waits(false);
          rest = Math.min(2 * rest, LONGEST_REST);
        }
      }
      return null;
    }

    // Another tab is at it, it was given up elsewhere, or the server is busy: look again.
    isPassing({ status }) {
      return [404, 409, 410, 423, 429, 460, 502, 503, 504].includes(status) && Boolean(this.upload);
    }

    async find() {
      const known = (await underWay(this.base)).find((upload) => isOf(upload, this.file));
      this.upload = known || null;
      if (!known) await this.begin();
      this.told(this.upload.received, this.file.size);
    }

    async begin() {
      const said = { filename: this.file.name, modified: String(this.file.lastModified) };
      const metadata = Object.entries(said).map(([key, value]) => `${key} ${inBase64(value)}`);
      const answer = await ask(this.base, "POST", {
        "Upload-Length": String(this.file.size),
        "Upload-Metadata": metadata.join(","),
      });
      if (!answer.ok) throw await refusal(answer);
      const address = answer.headers.get("Location");
      this.upload = { uid: address.split("/").pop(), address, received: 0 };
    }

    sendPart() {
      const start = this.upload.received;
      const part = this.file.slice(start, start + this.size);
      const began = performance.now();
      return new Promise((resolve, reject) => {
        const request = (this.request = new XMLHttpRequest());
        request.open("PATCH", this.upload.address);
        const said = headers({ "Upload-Offset": String(start), "Content-Type": "application/offset+octet-stream" });
        for (const [name, value] of Object.entries(said)) request.setRequestHeader(name, value);
        request.upload.addEventListener("progress", (event) => this.told(start + event.loaded, this.file.size));
        for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => reject(new Error(name)));
        request.addEventListener("load", () => {
          if (request.status !== 204) {
            reject(new Refused(request.status, detailOf(request.responseText)));
            return;
          }
          this.upload.received = Number(request.getResponseHeader("Upload-Offset"));
          this.told(this.upload.received, this.file.size);
          if (performance.now() - began < QUICK) this.size = Math.min(LARGEST, 2 * this.size);
          resolve();
        });
        request.send(part);
      });
    }

    // Over when the time is, when the line comes back, or when somebody pauses.
    sleep(milliseconds) {
      return new Promise((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, milliseconds);
        window.addEventListener("online", resolve, { once: true });
      });
    }

    pause() {
      this.isPaused = true;
      if (this.request) this.request.abort();
      if (this.wake) this.wake();
    }
  }

  function detailOf(text) {
    try {
      return JSON.parse(text).detail;
    } catch {
      return "";
    }
  }

  // The server may still be at the part that was sent last.
  async function giveUp(address) {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      if ((await ask(address, "DELETE")).status !== 423) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  return { Transfer, Refused, underWay, isOf, giveUp };
})();
