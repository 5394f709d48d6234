/*
 * On the start page: whether lessons that were cut off have left work on this device. Any page delivers it by itself;
 * this one says that it still has to, keeps trying, and lets the reader ask for it.
 */
(function () {
  "use strict";

  const EVERY = 60000; // ms
  const notice = document.getElementById("undelivered");
  const place = document.getElementById("undelivered-text");
  const { some, done } = notice.dataset;
  let timer = 0;

  window.addEventListener("journal", ({ detail: { left } }) => {
    clearTimeout(timer);
    const lessons = new Set(left.map((entry) => entry.attempt)).size;
    if (lessons) {
      notice.hidden = false;
      place.textContent = some.replace("{count}", String(lessons));
      timer = setTimeout(deliver, EVERY);
    } else if (!notice.hidden) {
      place.textContent = done;
      document.getElementById("undelivered-now").hidden = true;
    }
  });

  const deliver = () => Journal.drain().catch(() => {});
  document.getElementById("undelivered-now").addEventListener("click", deliver);
})();
