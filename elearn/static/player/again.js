/* A player address works once: a reloaded frame asks the shell for a new one. */
(function () {
  "use strict";

  const { app, reason } = document.currentScript.dataset;
  const type = reason === "code_used" ? "again" : "ended";
  window.parent.postMessage({ elearn: "player", type }, app);
})();
