/* A player address works once: a reloaded frame asks the shell for a new one. */
(function () {
  "use strict";

  const { app, reason } = document.currentScript.dataset;
  const type = reason === "code_used" ? "again" : "ended";
  if (window.parent !== window) window.parent.postMessage({ elearn: "player", type }, app);
  else window.location.replace(app); // opened by hand, outside any shell
})();
