// Suggestions below a search box: the combobox of the WAI-ARIA practices (list autocomplete, manual selection).
"use strict";

(() => {
  const PAUSE = 150; // ms without a key after which the server is asked
  const SHORTEST = 2;

  class Suggestions {
    constructor(input, number) {
      this.input = input;
      this.rows = [];
      this.active = -1;
      this.known = new Map();
      this.list = document.createElement("ul");
      this.list.className = "suggestions";
      this.list.id = `suggestions-${number}`;
      this.list.hidden = true;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", input.dataset.suggestLabel);
      this.said = document.createElement("span");
      this.said.className = "visually-hidden";
      this.said.setAttribute("role", "status");
      input.form.append(this.list, this.said);
      const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
      for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
      input.addEventListener("input", () => this.later());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      // The box must not lose the focus before the click has arrived.
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.go(Number(option.dataset.number));
      });
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    }

    async ask() {
      const typed = this.input.value.trim();
      if (this.asking) this.asking.abort();
      if (typed.length < SHORTEST) return this.show([]);
      this.asking = new AbortController();
      const rows = this.known.get(typed) || (await this.fetched(typed, this.asking.signal));
      if (rows === null || typed !== this.input.value.trim()) return undefined;
      this.known.set(typed, rows);
      return this.show(document.activeElement === this.input ? rows : []);
    }

    // Null when there is no answer: the box then goes on as a plain form.
    async fetched(typed, signal) {
      try {
        const answer = await fetch(`${this.input.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal });
        return answer.ok ? await answer.json() : null;
      } catch (error) {
        return null;
      }
    }

    show(rows) {
      this.rows = rows;
      this.list.replaceChildren(...rows.map((row, number) => this.option(row, number)));
      this.list.hidden = rows.length === 0;
      this.input.setAttribute("aria-expanded", String(rows.length > 0));
      this.mark(-1);
      this.said.textContent = rows.length ? this.input.dataset.suggestCount.replace("{count}", rows.length) : "";
    }

    option({ text, kind }, number) {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${number}`;
      option.dataset.number = number;
      option.setAttribute("role", "option");
      option.append(Object.assign(document.createElement("span"), { textContent: text }));
      if (kind) option.append(" ", Object.assign(document.createElement("small"), { textContent: kind }));
      return option;
    }

    mark(number) {
      this.active = number;
      this.list.childNodes.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
      if (number < 0) return this.input.removeAttribute("aria-activedescendant");
      const option = this.list.childNodes[number];
      this.input.setAttribute("aria-activedescendant", option.id);
      return option.scrollIntoView({ block: "nearest" });
    }

    // Up from the box is the last, down from the last is the box again.
    move(by) {
      const places = this.rows.length + 1;
      this.mark(((this.active + 1 + by + places) % places) - 1);
    }

    key(event) {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      if (this.list.hidden) {
        if (event.key === "ArrowDown") this.ask();
        return;
      }
      if (event.key === "ArrowDown") this.move(1);
      else if (event.key === "ArrowUp") this.move(-1);
      else if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && this.active >= 0) this.go(this.active);
      else return;
      event.preventDefault();
    }

    go(number) {
      window.location.assign(this.rows[number].url);
    }

    close() {
      clearTimeout(this.timer);
      if (this.asking) this.asking.abort();
      this.show([]);
    }
  }

  document.querySelectorAll("input[data-suggest]").forEach((input, number) => new Suggestions(input, number));
})();
