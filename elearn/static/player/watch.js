/*
 * Content that misbehaves: what can be noticed from outside, said to the learner once and quietly, and told to its
 * author. It counts and never stops anything; a lesson that only looks odd must go on.
 *
 *   const watch = new Watch({ text, say, report, onWindow });
 *   watch.begin(() => frame.contentWindow, isSco);  watch.heard(call);  watch.end(runtime);
 */
(function (root) {
  "use strict";

  const SILENCE = 30000; // ms after which content that should speak has said nothing
  const STORM = 25; // calls of the API in a row that went wrong
  const SCRIPT_ERRORS = 5; // until the learner is told; one or two break hardly any lesson
  const DIALOGS = 5; // within DIALOG_TIME
  const DIALOG_TIME = 10000; // ms
  const PLACES = 5; // of one kind, told to the author
  const LONGEST_PLACE = 200;
  const ABOUT_ERRORS = /Get(LastError|ErrorString|Diagnostic)$/; // they tell of the call before
  const LINKED = new Set(["img", "script", "link", "audio", "video"]); // what a page fetches by itself has its own way with errors
  const NO_VALUE = new Set(["403", "401"]); // asking for what is not there is how content looks around

  /* Where a file lies within the package: its address without origin and capability. */
  function placeOf(address) {
    const path = String(address || "").split(/[?#]/)[0];
    return path.replace(/^.*\/f\/[^/]+\//, "").slice(-LONGEST_PLACE);
  }

  class Watch {
    constructor({ text, say, report, onWindow }) {
      Object.assign(this, { text, say, report, onWindow });
      this.told = new Set(); // codes and places the author has been told
      this.silence = 0;
      this.search = 0;
      this.forget();
    }

    forget() {
      clearTimeout(this.silence);
      clearTimeout(this.search);
      this.seen = new WeakSet(); // windows that are watched
      this.look = () => null;
      this.spoke = false;
      this.isSco = false;
      Object.assign(this, { wrong: 0, shout: STORM, scripts: 0, dialogs: [], said: new Set() });
    }

    /* Content is shown; `look` gives its window, which is there before its scripts run, though no event says when. */
    begin(look, isSco) {
      this.forget();
      Object.assign(this, { look, isSco });
      if (isSco) this.silence = setTimeout(() => this.silent(), SILENCE);
      this.seek();
    }

    seek() {
      const place = this.look();
      if (hasDocument(place)) this.attach(place);
      else this.search = setTimeout(() => this.seek(), 20);
    }

    heard({ method, args, error }) {
      this.attach(this.look());
      if (!this.spoke) this.speaks();
      if (ABOUT_ERRORS.test(method)) return;
      const isWrong = error && String(error) !== "0" && !(/GetValue$/.test(method) && NO_VALUE.has(String(error)));
      this.wrong = isWrong ? this.wrong + 1 : 0;
      if (this.wrong < this.shout) return;
      this.shout *= 2;
      this.tell("api_errors", args && args[0]);
      this.say(this.text.storm.replace("{count}", String(this.wrong)));
    }

    speaks() {
      this.spoke = true;
      clearTimeout(this.silence);
      if (this.said.has("silent")) this.say("");
    }

    silent() {
      this.once("silent");
      this.tell("silent", "");
    }

    /* What was shown is taken away. A lesson that was left in the middle says goodbye; others hope to be killed. */
    end(runtime) {
      if (this.isSco && this.spoke && runtime && runtime.state === "running") this.tell("not_terminated", "");
      this.forget();
    }

    /* Its window */

    loaded() {
      const place = this.look();
      if (!hasDocument(place)) return;
      const [entry] = place.performance.getEntriesByType("navigation");
      if (entry && entry.responseStatus >= 400) {
        this.once("missing");
        this.tell("launch_missing", placeOf(place.location.href));
      }
      this.attach(place);
    }

    /* What cannot be looked into is of another site, or has not come however often it was asked for. */
    unreachable() {
      if (this.spoke) return; // it has gone on to another site by itself
      this.once("blocked");
      this.tell("launch_blocked", "");
    }

    attach(place) {
      if (!hasDocument(place) || this.seen.has(place.document)) return;
      this.seen.add(place.document);
      this.onWindow(place);
      place.addEventListener("error", (event) => this.failed(event), true);
      this.failedBefore(place);
      place.addEventListener("unhandledrejection", () => this.scriptError("promise"));
      place.document.addEventListener("securitypolicyviolation", (event) => this.tell("blocked", hostOf(event.blockedURI)));
      for (const name of ["alert", "confirm", "prompt"]) this.count(place, name);
      place.document.addEventListener("DOMContentLoaded", () => this.attachFrames(place));
      place.addEventListener("load", () => this.attachFrames(place));
      this.attachFrames(place);
    }

    attachFrames(place) {
      for (let at = 0; at < place.frames.length; at += 1) {
        if (hasDocument(place.frames[at])) this.attach(place.frames[at]);
      }
    }

    failed(event) {
      const source = event.target && (event.target.src || event.target.href);
      if (source) this.tell("missing_file", placeOf(source));
      else this.scriptError(`${placeOf(event.filename)}:${event.lineno || 0}`);
    }

    /* What failed before anybody listened: a frame is found a moment after its document has begun. */
    failedBefore(place) {
      for (const { initiatorType, responseStatus, name } of place.performance.getEntriesByType("resource")) {
        if (responseStatus >= 400 && LINKED.has(initiatorType)) this.tell("missing_file", placeOf(name));
      }
    }

    scriptError(place) {
      this.scripts += 1;
      this.tell("script_error", place);
      if (this.scripts >= SCRIPT_ERRORS) this.once("scripts");
    }

    count(place, name) {
      const original = place[name];
      place[name] = (...words) => {
        this.dialog();
        return original.apply(place, words);
      };
    }

    dialog() {
      const now = Date.now();
      this.dialogs = this.dialogs.filter((at) => now - at < DIALOG_TIME).concat(now);
      if (this.dialogs.length < DIALOGS) return;
      this.once("dialogs");
      this.tell("dialogs", "");
    }

    /* To the learner: each sentence once for each content. To the author: each place once in this page. */

    once(name) {
      if (this.said.has(name)) return;
      this.said.add(name);
      this.say(this.text[name]);
    }

    tell(code, place) {
      const told = `${code} ${String(place || "").slice(0, LONGEST_PLACE)}`;
      const places = Array.from(this.told).filter((each) => each.startsWith(`${code} `)).length;
      if (this.told.has(told) || places >= PLACES) return;
      this.told.add(told);
      this.report({ code: `content_${code}`, place: told.slice(code.length + 1) });
    }
  }

  /* Whether a window can be looked into and shows something. */
  function hasDocument(place) {
    try {
      return Boolean(place && place.document && place.document.URL !== "about:blank");
    } catch (error) {
      return false;
    }
  }

  function hostOf(address) {
    const found = /^[a-z]+:\/\/([^/]+)/.exec(String(address));
    return found ? found[1] : String(address).slice(0, 40);
  }

  root.Watch = Watch;
})(window);
