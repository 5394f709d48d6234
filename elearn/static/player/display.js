/*
 * What the learner sees around the content: navigation devices, notices, the result.
 * The page comes complete from the server; here it follows the views the server sends afterwards.
 */
(function (root) {
  "use strict";

  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const KEYS = { PageDown: "continue", PageUp: "previous" };

  const isUsable = (device) => device.getAttribute("aria-disabled") !== "true";

  class Display {
    constructor(text, onNavigate) {
      this.text = text;
      this.stage = $("#stage");
      this.contents = new Contents(text, (entry, id) => this.press(entry, { kind: "choice", target: id }));
      for (const button of $$("[data-nav]")) {
        button.addEventListener("click", () => this.press(button, { kind: button.dataset.nav }));
      }
      document.addEventListener("keydown", (event) => this.key(event));
      this.onNavigate = onNavigate;
    }

    /* The page comes before its scripts: until they listen, a click would be lost, so nothing can be clicked. */
    begin() {
      for (const place of [$("#toc"), $(".devices")]) place.inert = false;
    }

    /* Whether a request leads anywhere as the page stands: not to the part that runs already. */
    offers({ kind, target }) {
      const device = target ? this.contents.entries.get(target) : $(`[data-nav="${kind}"]`);
      return Boolean(device) && !device.hidden && isUsable(device) && !device.hasAttribute("aria-current");
    }

    /* A device that does nothing now says why: it stays in reach of keyboard and screen reader. */
    press(device, request) {
      if (!isUsable(device)) return this.remark(device.title || this.text.notPossible);
      this.remark("");
      $(".more").open = false;
      if (this.contents.isOpen) this.contents.open(false);
      return this.onNavigate(request);
    }

    /* Keys pressed in the content never come here, so none is taken from it. */
    key(event) {
      const device = event.altKey && !event.ctrlKey && !event.metaKey && $(`[data-nav="${KEYS[event.key]}"]`);
      if (!device || device.hidden) return;
      event.preventDefault();
      device.click();
    }

    /* Follow a whole view. */
    show(view) {
      this.follow(view);
      document.body.classList.toggle("is-ended", view.ended);
      if (view.ended) this.showEnd(view.summary);
    }

    /* Follow contents and devices while content goes on running. */
    follow({ toc, valid }) {
      const why = valid.why || {};
      this.contents.follow(toc, why.choice || {});
      for (const button of $$("[data-nav]")) this.showDevice(button, valid, why[button.dataset.nav]);
    }

    showDevice(button, valid, refused) {
      const name = button.dataset.nav;
      button.hidden = valid.hidden.includes(name);
      if (valid[name]) button.removeAttribute("aria-disabled");
      else button.setAttribute("aria-disabled", "true");
      button.title = valid[name] ? button.dataset.says : this.text.why[refused] || "";
    }

    /* What belongs to the running part besides: a glossary, a table to look things up. */
    showExtras(extras, files) {
      const links = extras.map(({ title, path }) => {
        const link = document.createElement("a");
        const href = /^https?:/.test(path) ? path : files + path;
        return Object.assign(link, { className: "device", textContent: title, href, target: "_blank", rel: "noopener" });
      });
      $("#extras").replaceChildren(...links);
      $("#extras").hidden = links.length === 0;
    }

    busy(is) {
      document.body.classList.toggle("is-busy", is);
      this.stage.setAttribute("aria-busy", String(is));
    }

    /* After a step the keyboard goes on in what is shown; not while it is elsewhere, as with a clicker in teach mode. */
    takeFocus() {
      if (document.hasFocus()) ($("iframe", this.stage) || $("[tabindex], button, a", this.stage) || this.stage).focus();
    }

    /* Whether work is safe; the outbox says so and takes it back. */
    notice(message, action = null) {
      this.fill($("#notice"), message, action);
    }

    /* Everything else that the learner should know; it stays until it is closed or the learner goes on. */
    remark(message, action = null) {
      const box = $("#remark");
      if (!message && box.contains(document.activeElement)) this.takeFocus();
      this.fill(box, message, action);
      if (message) box.append(this.button("✕", () => this.remark(""), { className: "closing", ariaLabel: this.text.close }));
    }

    fill(box, message, action) {
      if (!action && box.dataset.says === message) return;
      box.dataset.says = message;
      box.replaceChildren(message);
      box.hidden = !message;
      if (action) box.append(" ", this.button(action.label, action.run));
    }

    button(label, run, more = {}) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: label, ...more });
      button.addEventListener("click", run);
      return button;
    }

    showEnd(summary) {
      const panel = $("#end").content.firstElementChild.cloneNode(true);
      const suspended = summary.status === "suspended";
      const state = summary.success === "unknown" ? summary.completion : summary.success;
      panel.dataset.state = suspended ? "suspended" : state;
      $("[data-end-title]", panel).textContent = suspended ? this.text.suspended : this.text.ended[state] || this.text.ended.unknown;
      $("[data-end-facts]", panel).textContent = suspended ? "" : this.facts(summary, state).join(" · ");
      $("[data-end-resume]", panel).hidden = !suspended;
      for (const way of ["leave", "retry", "next", "resume"]) {
        $(`[data-end-${way}]`, panel).addEventListener("click", () => this.onLeave(way));
      }
      this.stage.replaceChildren(panel);
      if (document.hasFocus()) panel.focus();
    }

    facts(summary, state) {
      const score = summary.score_scaled !== null ? summary.score_scaled * 100 : summary.score_raw;
      const rounded = score === null ? "" : String(Math.round(score * 10) / 10);
      return [this.text.states[state] || "", rounded && this.text.score.replace("{score}", rounded)].filter(Boolean);
    }

    /* What the shell has learnt about going on: whether there is another attempt, which lesson of the course follows. */
    showWays({ retry, next }) {
      const panel = $("[data-attempt-ended]");
      if (!panel) return;
      $("[data-end-retry]", panel).hidden = retry !== true;
      const button = $("[data-end-next]", panel);
      button.hidden = typeof next !== "string";
      button.textContent = this.text.next.replace("{title}", () => String(next));
    }
  }

  root.Display = Display;
})(window);
