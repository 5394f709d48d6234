/* Gives the answer to the page that has opened this window, if it is one of ours. */
(function () {
  "use strict";

  const { answer } = document.getElementById("answer").dataset;
  if (window.opener) window.opener.postMessage({ subject: "elearn.connected", answer }, window.location.origin);
})();
