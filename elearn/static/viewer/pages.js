// Turning pages with the arrow keys, and looking again while a page is being drawn.
"use strict";

(() => {
  const waiting = document.querySelector("[data-wait]");
  if (waiting) {
    setTimeout(() => location.reload(), 2500);
  }
  const sheet = document.querySelector(".sheet");
  if (sheet) {
    const undrawn = () => {
      sheet.hidden = true;
      document.getElementById("undrawn").hidden = false;
    };
    sheet.addEventListener("error", undrawn);
    if (sheet.complete && !sheet.naturalWidth) {
      undrawn();
    }
  }
  document.querySelector(".strip [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input") || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const way = { ArrowRight: "on", PageDown: "on", ArrowLeft: "back", PageUp: "back" }[event.key];
    const link = way && document.getElementById(way);
    if (link) {
      event.preventDefault();
      link.click();
    }
  });
})();
