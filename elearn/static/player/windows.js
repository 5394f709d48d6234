/*
 * Content in windows of its own: packages for which the author has switched that on, and windows that content opens
 * by itself. They find the API through `window.opener`; when they go, what they still have to say is heard first.
 */
(function (root) {
  "use strict";

  const LOOK = 300; // ms between two looks at whether the window is still there
  const NAME = "elearn-lesson";
  const LAST_WORDS = ["beforeunload", "pagehide", "unload"];

  /* Let content save as if its page went away. Closing a window runs its handlers too late for its opener. */
  function announce(place, events) {
    try {
      for (let at = 0; at < place.frames.length; at += 1) announce(place.frames[at], events);
      for (const name of events) place.dispatchEvent(new Event(name, { cancelable: true }));
    } catch (error) {
      // A page of another site: it has no API to save with.
    }
  }

  class OwnWindow {
    constructor({ text, size, onShown, onOpened, onClosed }) {
      Object.assign(this, { text, size, onShown, onOpened, onClosed });
      this.place = null;
      this.address = "";
      this.timer = 0;
    }

    get isOpen() {
      return Boolean(this.place) && !this.place.closed;
    }

    /* Show content: in the window that is open already, else behind a button, for windows open only at a press. */
    show(address, title) {
      Object.assign(this, { address, title });
      if (!this.isOpen) return this.card(this.text.offer, this.text.open, () => this.open());
      this.place.location.replace(address);
      return this.watch();
    }

    card(sentence, label, run) {
      const card = document.createElement("section");
      card.className = "own-window";
      const heading = Object.assign(document.createElement("h1"), { textContent: this.title });
      const words = Object.assign(document.createElement("p"), { textContent: sentence });
      card.append(heading, words);
      if (label) {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "device primary", textContent: label });
        button.addEventListener("click", run);
        card.append(button);
      }
      this.onShown(card);
      return card;
    }

    open() {
      const { width, height } = this.size;
      const features = width ? `popup,width=${width},height=${height || Math.round(width * 0.75)}` : "popup,width=1100,height=760";
      this.place = window.open(this.address, NAME, features);
      if (!this.place) return this.card(this.text.stopped, this.text.open, () => this.open());
      return this.watch();
    }

    watch() {
      clearInterval(this.timer);
      this.timer = setInterval(() => !this.isOpen && this.gone(), LOOK);
      this.onOpened();
      return this.card(this.text.running, this.text.front, () => this.place && this.place.focus());
    }

    gone() {
      clearInterval(this.timer);
      this.place = null;
      this.onClosed();
    }

    closed() {
      return this.card(this.text.closed, "", null);
    }

    /* Take the content away, but keep the window: the next part can only be shown in one that is open. */
    clear() {
      clearInterval(this.timer);
      if (this.isOpen) announce(this.place, LAST_WORDS);
    }

    close() {
      this.clear();
      if (this.isOpen) this.place.close();
      this.place = null;
    }
  }

  /* Windows that content opens by itself go away with it. */
  class Children {
    constructor(onStopped) {
      this.onStopped = onStopped;
      this.windows = [];
    }

    /* Notice what a window of content opens, and that the browser has stopped it. */
    follow(place) {
      const original = place.open;
      place.open = (...about) => {
        const opened = original.apply(place, about);
        if (opened) this.windows.push(opened);
        else this.onStopped(() => this.windows.push(original.apply(place, about)));
        return opened;
      };
    }

    close() {
      for (const child of this.windows) {
        if (!child || child.closed) continue;
        announce(child, LAST_WORDS);
        child.close();
      }
      this.windows = [];
    }
  }

  Object.assign(root, { OwnWindow, Children, announceEnd: announce });
})(window);
