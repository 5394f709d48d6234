/*
 * The contents of the course: nested lists of buttons with the status of every part, which can be folded, walked
 * with the arrow keys, and opened as a drawer on small screens. The page comes with it from the server; selection
 * and randomization may move and hide entries afterwards.
 */
(function (root) {
  "use strict";

  const FINISHED = ["completed", "passed"];
  const NARROW = "(max-width: 50rem)";
  const $ = (selector) => document.querySelector(selector);

  /* One word for the status of a part: elearn.web.content.contents.Node.state is its twin. */
  function stateOf({ success, completion, current }) {
    if (success !== "unknown") return success;
    if (completion === "not attempted" && !current) return "not attempted";
    return completion === "completed" ? "completed" : "incomplete";
  }

  class Contents {
    constructor(text, onChoice) {
      this.text = text;
      this.place = $("#toc");
      this.toggle = $("#toc-toggle");
      this.entries = new Map();
      for (const button of this.place.querySelectorAll("[data-activity]")) {
        this.entries.set(button.dataset.activity, button);
        button.addEventListener("click", () => onChoice(button, button.dataset.activity));
      }
      this.place.addEventListener("click", (event) => this.fold(event.target.closest(".twisty")));
      this.place.addEventListener("keydown", (event) => this.key(event));
      this.toggle.addEventListener("click", () => this.open(!this.isOpen));
      $("#toc-close").addEventListener("click", () => this.open(false));
      document.addEventListener("keydown", (event) => event.key === "Escape" && this.isOpen && this.open(false));
      document.addEventListener("pointerdown", (event) => {
        if (this.isOpen && !this.place.contains(event.target) && !this.toggle.contains(event.target)) this.open(false);
      });
      window.matchMedia(NARROW).addEventListener("change", () => this.isOpen && this.open(false));
    }

    /* The drawer of small screens. What lies beside it cannot be reached meanwhile. */

    get isOpen() {
      return document.body.classList.contains("shows-toc");
    }

    open(is) {
      document.body.classList.toggle("shows-toc", is);
      this.toggle.setAttribute("aria-expanded", String(is));
      $("#stage").inert = is;
      const current = this.place.querySelector('[aria-current="true"]') || this.shown()[0];
      if (!is) return this.toggle.focus();
      if (current) current.focus();
      return this.reveal();
    }

    /* Following what the server tells */

    follow(toc, why) {
      const told = new Set();
      for (const activity of toc) {
        const button = this.entries.get(activity.id);
        if (!button) continue;
        told.add(activity.id);
        this.show(button, activity, why);
      }
      for (const [id, button] of this.entries) if (!told.has(id)) this.hide(button, true);
      this.arrange(toc.filter((activity) => activity.visible && this.entries.has(activity.id)));
      this.count(toc);
      this.reveal();
    }

    show(button, activity, why) {
      this.hide(button, !activity.visible);
      button.setAttribute("aria-disabled", String(!activity.selectable));
      button.title = activity.selectable ? "" : this.text.why[why[activity.id]] || "";
      if (activity.current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      const state = stateOf(activity);
      if (button.dataset.state === state) return;
      button.dataset.state = state;
      button.querySelector(".state").textContent = this.text.states[state];
    }

    /* Parts of a part that is not shown may be shown themselves, so only its own row goes. */
    hide(button, is) {
      button.hidden = is;
      const row = button.closest(".row");
      if (row) row.hidden = is;
    }

    /* Bring entries into the order told. Nothing is moved that stands right: moving takes the focus away. */
    arrange(toc) {
      const lists = new Map([[$("#toc-list"), []]]);
      const path = [];
      for (const activity of toc) {
        while (path.length && path[path.length - 1].depth >= activity.depth) path.pop();
        const item = this.entries.get(activity.id).closest("li");
        const above = path.length ? path[path.length - 1].list : $("#toc-list");
        const list = item ? item.querySelector("ol") || this.listFor(item, activity, toc) : $("#toc-list");
        path.push({ depth: activity.depth, list: list || above });
        if (item && above) lists.set(above, [...(lists.get(above) || []), item]);
      }
      for (const [list, items] of lists) if (list) this.order(list, items);
    }

    order(list, items) {
      const standing = Array.from(list.children).filter((item) => items.includes(item));
      if (standing.length === items.length && standing.every((item, at) => item === items[at])) return;
      const focused = document.activeElement;
      list.append(...items);
      if (this.place.contains(focused)) focused.focus();
    }

    /* A cluster that had no parts when the page came: they were all left out then. */
    listFor(item, activity, toc) {
      const next = toc[toc.indexOf(activity) + 1];
      if (!next || next.depth <= activity.depth) return null;
      const list = document.createElement("ol");
      list.id = `parts-of-${this.place.querySelectorAll("ol").length}`;
      const twisty = document.createElement("button");
      Object.assign(twisty, { type: "button", className: "twisty" });
      twisty.setAttribute("aria-expanded", "true");
      twisty.setAttribute("aria-controls", list.id);
      twisty.setAttribute("aria-label", this.text.parts.replace("{title}", () => activity.title || activity.id));
      item.querySelector(".row").append(twisty);
      item.append(list);
      return list;
    }

    count(toc) {
      const shown = toc.filter((activity) => activity.visible);
      const leaves = shown.filter((activity, at) => !shown[at + 1] || shown[at + 1].depth <= activity.depth);
      const done = leaves.filter((activity) => FINISHED.includes(stateOf(activity))).length;
      const words = this.text.done.replace("{done}", String(done)).replace("{count}", String(leaves.length));
      $("#done").hidden = leaves.length < 2;
      if ($("#done-words").textContent === words) return;
      $("#done-words").textContent = words;
      Object.assign($("#done-bar"), { max: Math.max(leaves.length, 1), value: done });
    }

    /* Unfold and scroll to the running part; only when it has changed, for the learner may be reading elsewhere. */
    reveal() {
      const current = this.place.querySelector('[aria-current="true"]');
      if (!current || (current === this.revealed && !this.isOpen)) return;
      this.revealed = current;
      for (let list = current.closest("ol"); list; list = list.parentElement.closest("ol")) {
        const twisty = this.twistyOf(list);
        if (twisty && list.hidden) this.fold(twisty);
      }
      const [at, view] = [current.getBoundingClientRect(), this.place.getBoundingClientRect()];
      if (at.top < view.top || at.bottom > view.bottom) this.place.scrollTop += at.top - view.top - view.height / 3;
    }

    /* Folding */

    twistyOf(list) {
      return list && list.id ? this.place.querySelector(`[aria-controls="${list.id}"]`) : null;
    }

    fold(twisty) {
      if (!twisty) return;
      const list = document.getElementById(twisty.getAttribute("aria-controls"));
      list.hidden = !list.hidden;
      twisty.setAttribute("aria-expanded", String(!list.hidden));
    }

    /* Keys */

    shown() {
      return Array.from(this.entries.values())
        .filter((button) => button.offsetParent !== null)
        .sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    }

    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const button = event.target.closest("[data-activity]");
      const target = button && this.target(button, event.key);
      if (!target) return;
      event.preventDefault();
      target.focus();
    }

    target(button, key) {
      const shown = this.shown();
      const at = shown.indexOf(button);
      const item = button.closest("li");
      const twisty = item && item.querySelector(":scope > .row > .twisty");
      const isOpen = twisty && twisty.getAttribute("aria-expanded") === "true";
      if (key === "ArrowDown") return shown[at + 1];
      if (key === "ArrowUp") return shown[at - 1];
      if (key === "Home") return shown[0];
      if (key === "End") return shown[shown.length - 1];
      if (key === "ArrowRight" && twisty) return isOpen ? shown[at + 1] : this.folded(twisty, button);
      if (key === "ArrowLeft") return isOpen ? this.folded(twisty, button) : this.above(item);
      return null;
    }

    folded(twisty, button) {
      this.fold(twisty);
      return button;
    }

    above(item) {
      const list = item && item.parentElement.closest("li");
      return list && list.querySelector(":scope > .row > [data-activity]:not([hidden])");
    }
  }

  root.Contents = Contents;
})(window);
