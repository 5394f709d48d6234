/*
 * Teach mode, on the application's origin: heartbeats while the page is visible, the clock, page turning by
 * keyboard and clicker, full screen. Content never sends a heartbeat, and nothing sent here is believed but
 * that the page was visible: the server counts by its own clock.
 */
(function () {
  "use strict";

  const BEAT = 15000; // ms between two heartbeats
  const RETRY = 5000; // ms until a heartbeat that did not arrive is tried again
  const REFOCUS = 200; // ms after a page of a lesson was turned
  const LONGEST_GAP = 30; // seconds the server credits at most, so the clock shows no more
  const shell = document.getElementById("shell");
  const words = document.getElementById("words");
  const clock = document.getElementById("clock");
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const texts = read("teach-texts");
  const token = document.querySelector('meta[name="csrf-token"]').content;

  let state = read("teach-state");
  let answeredAt = Date.now();
  let timer = 0;
  let sending = false;

  function say(sentence, counts) {
    if (words.textContent !== sentence) words.textContent = sentence;
    words.dataset.counts = counts;
  }

  function tick() {
    const since = document.hidden ? 0 : Math.min((Date.now() - answeredAt) / 1000, LONGEST_GAP);
    const seconds = Math.max(0, Math.floor(state.active + since));
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(beat, wait);
  }

  async function beat() {
    if (sending || document.hidden) return;
    sending = true;
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": token };
      const response = await fetch(shell.dataset.beat, { method: "POST", headers, redirect: "manual" });
      await follow(response);
    } catch (error) {
      say(texts.cut, "cut");
      later(RETRY);
    } finally {
      sending = false;
    }
  }

  async function follow(response) {
    if (response.status === 0 || response.status === 401) return say(texts.again, "cut");
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    if (!response.ok) return say(texts.refused, "cut");
    state = await response.json();
    answeredAt = Date.now();
    if (state.ended) return window.location.assign(shell.dataset.ended);
    say(state.words, state.counts ? "yes" : "no");
    later(BEAT);
    return undefined;
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) say(texts.paused, "no");
    else beat();
  });
  window.addEventListener("online", beat);
  setInterval(tick, 500);
  tick();
  later(BEAT);

  /* Pages of a document: a frame that begins at the page, for browsers do not follow a changed fragment. */

  const file = document.getElementById("file");
  const pages = file ? Number(file.dataset.pages) : 0;
  let page = 1;

  function turn(step) {
    const wanted = Math.min(Math.max(page + step, 1), pages);
    if (wanted === page) return;
    page = wanted;
    const shown = document.getElementById("file");
    const next = shown.cloneNode();
    next.src = `${file.dataset.address}#page=${page}&view=Fit&toolbar=0&navpanes=0`;
    shown.replaceWith(next);
    tellPage();
  }

  function tellPage() {
    document.getElementById("page").textContent = `${page}/${pages}`;
  }

  for (const button of document.querySelectorAll("[data-turn]")) {
    button.addEventListener("click", () => turn(Number(button.dataset.turn)));
  }

  /* Keyboard and clicker. Keys that a focused lesson takes never come here. */

  const FORWARD = new Set(["PageDown", "ArrowRight", "ArrowDown"]);
  const BACK = new Set(["PageUp", "ArrowLeft", "ArrowUp"]);
  const player = document.getElementById("player");

  function step(forward) {
    if (pages) turn(forward ? 1 : -1);
    else if (player) turnLesson(forward);
  }

  /* Lessons like to focus what they show; the next key of the clicker must come here again. */
  function turnLesson(forward) {
    player.contentWindow.postMessage({ type: "turn", forward }, shell.dataset.content);
    setTimeout(() => {
      if (document.activeElement === player) player.blur();
      window.focus();
    }, REFOCUS);
  }

  function toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else shell.requestFullscreen();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const forward = FORWARD.has(event.key);
    if (forward || BACK.has(event.key)) step(forward);
    else if (event.key === "f" || event.key === "F") toggleFullScreen();
    else return;
    event.preventDefault();
  });
  if (!player) document.getElementById("fullscreen").addEventListener("click", toggleFullScreen); // else fullscreen.js does
})();
