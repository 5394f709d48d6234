/*
 * A launch ends some hours after it began, in the middle of whatever is done then. This says so some minutes before,
 * and again when it is over. The server counts the seconds, since the clock of this machine may be wrong; what passes
 * after that is measured by the difference of its times, so that a laptop that slept is told as soon as it wakes.
 */
(function () {
  "use strict";

  const SOON = 600; // seconds before the end; the server says the same to pages that are loaded within them
  const LOOK = 10000; // ms between two looks
  const region = document.getElementById("launch-ends");
  if (!region) return;

  const loaded = Date.now();
  const seconds = Number(region.dataset.seconds);

  function say(words) {
    if (region.textContent !== words) region.textContent = words;
  }

  function look() {
    const left = seconds - (Date.now() - loaded) / 1000;
    if (left <= 0) {
      say(region.dataset.over);
      clearInterval(timer);
    } else if (left <= SOON) {
      say(region.dataset.soon);
    }
  }

  const timer = setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
  look();
})();
