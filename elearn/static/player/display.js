/*
 * What the learner sees around the content: table of contents, navigation devices, notices, the result.
 * The page comes complete from the server; here it follows the views the server sends afterwards.
 */
(function (root) {
  "use strict";

  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => Array.from(from.querySelectorAll(selector));

  class Display {
    constructor(text, onNavigate) {
      this.text = text;
      this.stage = $("#stage");
      this.entries = new Map($$("[data-activity]").map((entry) => [entry.dataset.activity, entry]));
      for (const button of $$("[data-nav]")) {
        button.addEventListener("click", () => this.press(button, { kind: button.dataset.nav }));
      }
      for (const [id, entry] of this.entries) {
        entry.addEventListener("click", () => this.press(entry, { kind: "choice", target: id }));
      }
      $("#toc-toggle").addEventListener("click", () => this.toggleContents());
      this.onNavigate = onNavigate;
    }

    press(device, request) {
      if (device.disabled || device.getAttribute("aria-disabled") === "true") return;
      document.body.classList.remove("shows-toc");
      this.onNavigate(request);
    }

    toggleContents() {
      const shown = document.body.classList.toggle("shows-toc");
      $("#toc-toggle").setAttribute("aria-expanded", String(shown));
      const current = $('[aria-current="true"]') || $("[data-activity]");
      if (shown && current) current.focus();
    }

    /* Follow a whole view. */
    show(view) {
      this.follow(view);
      document.body.classList.toggle("is-ended", view.ended);
      if (view.ended) this.showEnd(view.summary);
    }

    /* Follow contents and devices while content goes on running. */
    follow({ toc, valid }) {
      const list = $("#toc-list");
      const told = new Set();
      for (const activity of toc) {
        const entry = this.entries.get(activity.id);
        if (!entry) continue;
        told.add(activity.id);
        this.showActivity(entry, activity);
        if (entry.closest("#toc-list")) list.append(entry.parentElement);
      }
      for (const [id, entry] of this.entries) if (!told.has(id)) entry.hidden = true;
      for (const button of $$("[data-nav]")) this.showDevice(button, valid);
    }

    showActivity(entry, activity) {
      entry.hidden = !activity.visible;
      entry.setAttribute("aria-disabled", String(!activity.selectable));
      if (activity.current) entry.setAttribute("aria-current", "true");
      else entry.removeAttribute("aria-current");
      const state = activity.success === "failed" ? "failed" : activity.success === "passed" ? "passed" : activity.completion;
      entry.dataset.state = state;
      $(".state", entry).textContent = this.text.states[state] || "";
    }

    showDevice(button, valid) {
      const name = button.dataset.nav;
      button.hidden = valid.hidden.includes(name);
      button.disabled = !valid[name];
    }

    busy(is) {
      document.body.classList.toggle("is-busy", is);
      this.stage.setAttribute("aria-busy", String(is));
    }

    notice(message, action = null) {
      const box = $("#notice");
      box.replaceChildren(message);
      box.hidden = !message;
      if (!action) return;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = action.label;
      button.addEventListener("click", action.run);
      box.append(" ", button);
    }

    showEnd(summary) {
      const template = $("#end");
      const panel = template.content.firstElementChild.cloneNode(true);
      const suspended = summary.status === "suspended";
      $("[data-end-title]", panel).textContent = suspended ? this.text.suspended : this.text.ended;
      const facts = [];
      if (!suspended) {
        const state = summary.success === "unknown" ? summary.completion : summary.success;
        facts.push(this.text.states[state] || "");
      }
      const score = summary.score_scaled !== null ? summary.score_scaled * 100 : summary.score_raw;
      if (score !== null) facts.push(this.text.score.replace("{score}", String(Math.round(score * 10) / 10)));
      $("[data-end-facts]", panel).textContent = facts.filter(Boolean).join(" · ");
      $("[data-end-leave]", panel).addEventListener("click", () => this.onLeave());
      this.stage.replaceChildren(panel);
      panel.focus();
    }
  }

  root.Display = Display;
})(window);
