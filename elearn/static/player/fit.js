/*
 * Content that was made for one size, as Flash-era courses were: shown whole and in the middle, smaller where there
 * is less room, never larger than it is. The author's size counts before what the first page says of itself.
 */
(function (root) {
  "use strict";

  const SMALLEST = 480; // px: narrower pages are made for phones and grow by themselves
  const LARGEST = 4000; // px
  const WORDS = 200; // characters beside a film or Flash that is the whole page

  const number = (text) => (/^\s*\d+(\.\d+)?(px)?\s*$/.test(String(text)) ? Math.round(parseFloat(text)) : 0);
  const within = (value, least) => value >= least && value <= LARGEST;

  function fromViewport(page) {
    const meta = page.querySelector('meta[name="viewport" i]');
    const says = (name) => number((new RegExp(`(?:^|[,;\\s])${name}\\s*=\\s*([\\w.]+)`, "i").exec(meta.content) || [])[1]);
    return meta ? { width: says("width"), height: says("height") } : null;
  }

  /* One object of a fixed size that is all there is. */
  function fromObject(page) {
    const found = page.querySelectorAll("object[width][height], embed[width][height]");
    const whole = found.length && Array.from(found).every((each) => each === found[0] || found[0].contains(each));
    if (!whole || (page.body.innerText || "").trim().length > WORDS) return null;
    return { width: number(found[0].getAttribute("width")), height: number(found[0].getAttribute("height")) };
  }

  /* The size a page declares, {width, height} in px with 0 for a height it leaves open; null when it fits itself in. */
  function declaredSize(page) {
    for (const size of [fromViewport(page), fromObject(page)]) {
      if (size && within(size.width, SMALLEST)) return { ...size, height: within(size.height, SMALLEST / 2) ? size.height : 0 };
    }
    return null;
  }

  class Fit {
    constructor(stage, chosen) {
      this.stage = stage;
      this.chosen = chosen && chosen.width ? chosen : null;
      this.watcher = new ResizeObserver(() => this.lay());
      this.watcher.observe(stage);
    }

    /* Follow a frame from now on. */
    follow(frame) {
      this.frame = frame;
      this.size = this.chosen;
      frame.addEventListener("load", () => this.read());
      this.lay();
    }

    /* The stage shows something else, which fits itself. */
    release() {
      this.frame = null;
      this.stage.classList.remove("is-fitted");
    }

    read() {
      try {
        this.size = this.chosen || declaredSize(this.frame.contentDocument);
      } catch (error) {
        this.size = this.chosen; // a page of another site
      }
      this.lay();
    }

    lay() {
      if (!this.frame || !this.frame.isConnected) return;
      this.stage.classList.toggle("is-fitted", Boolean(this.size));
      if (!this.size) return this.frame.removeAttribute("style");
      const room = { width: this.stage.clientWidth, height: this.stage.clientHeight };
      const { width } = this.size;
      const scale = Math.min(1, room.width / width, this.size.height ? room.height / this.size.height : 1);
      const height = this.size.height || room.height / scale;
      const left = Math.max(0, (room.width - width * scale) / 2);
      const top = Math.max(0, (room.height - height * scale) / 2);
      const transform = `translate(${left}px, ${top}px) scale(${scale})`;
      return Object.assign(this.frame.style, { width: `${width}px`, height: `${height}px`, transform });
    }
  }

  root.Fit = Fit;
})(window);
