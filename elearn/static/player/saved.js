/*
 * What the learner is told about the work: saved, on its way, kept on this device, or not saved and why.
 *
 * A badge that explains itself when it is pressed. Screen readers hear what begins and ends to be a trouble, and not
 * every saving.
 *
 *   const saved = new SavedBadge(texts, onTry);  saved.show("offline", { reason: "network" });  saved.keeps(5, true);
 */
(function (root) {
  "use strict";

  const CALM = new Set(["opening", "saving", "saved", "ended"]);
  const SIGNED_OUT = new Set(["signed_out", "launch_over", "token_expired", "token_unknown"]);
  const $ = (id) => document.getElementById(id);

  class SavedBadge {
    constructor(texts, onTry) {
      this.texts = texts;
      this.badge = $("saved");
      this.state = "";
      this.why = {};
      this.changes = 0; // how many the server has not acknowledged
      this.since = null; // when the first of them was made
      this.isKept = true; // whether this browser keeps them
      this.badge.addEventListener("click", () => this.explain($("saved-why").hidden));
      $("saved-now").addEventListener("click", onTry);
      document.addEventListener("keydown", (event) => event.key === "Escape" && this.explain(false));
    }

    show(state, why = {}) {
      const wasCalm = CALM.has(this.state);
      if (state === "saving" && !wasCalm && this.state) return; // the trouble lasts until something is saved
      Object.assign(this, { state, why });
      this.draw();
      if (!CALM.has(state) || !wasCalm) this.say(CALM.has(state) && state !== "saved" ? "" : this.badge.textContent);
    }

    /* How many changes the server has not acknowledged, and whether this browser keeps them meanwhile. */
    keeps(changes, isKept) {
      if (changes && !this.changes) this.since = new Date();
      Object.assign(this, { changes, isKept });
      this.draw();
    }

    get isSignedOut() {
      return this.key === "signedOut";
    }

    /* Whether leaving now loses something. */
    get isAtRisk() {
      return this.changes > 0 && !this.isKept;
    }

    draw() {
      this.badge.dataset.state = this.state;
      this.badge.dataset.kept = this.isKept ? "yes" : "no";
      this.badge.textContent = this.word();
      $("saved-text").textContent = this.sentence();
      $("saved-now").hidden = CALM.has(this.state) || this.why.code === "launch_over"; // nothing brings that back
    }

    say(sentence) {
      if (sentence) $("saved-told").textContent = sentence;
    }

    explain(isOpen) {
      $("saved-why").hidden = !isOpen;
      this.badge.setAttribute("aria-expanded", String(isOpen));
    }

    get key() {
      if (this.state === "refused" && SIGNED_OUT.has(this.why.code)) return "signedOut";
      if (this.state === "offline" && this.changes) return this.isKept ? "kept" : "notKept";
      return this.state;
    }

    word() {
      return (this.texts.words[this.key] || "").replace("{count}", String(this.changes));
    }

    sentence() {
      const { sentences } = this.texts;
      const parts = [sentences[this.key] || ""];
      if (this.state === "offline") parts.unshift(sentences[this.why.reason === "server" ? "server" : "network"]);
      else if (!CALM.has(this.state) && this.changes) parts.push(sentences[this.isKept ? "kept" : "notKept"]);
      else if (CALM.has(this.state) && !this.isKept) parts.push(sentences.noJournal);
      return parts.join(" ").replace("{count}", String(this.changes)).replace("{time}", this.time()).trim();
    }

    time() {
      const given = { hour: "2-digit", minute: "2-digit" };
      return this.since ? this.since.toLocaleTimeString(document.documentElement.lang, given) : "";
    }
  }

  root.SavedBadge = SavedBadge;
})(window);
