// Starts the installed player of H5P on the content, whose files lie below this version's own address.
"use strict";

(() => {
  const options = JSON.parse(document.getElementById("start").textContent);
  const refuse = () => {
    document.getElementById("unplayed").hidden = false;
  };
  addEventListener("load", () => {
    try {
      new window.H5PStandalone.H5P(document.getElementById("h5p"), options).then?.(() => {}, refuse);
    } catch {
      refuse();
    }
  });
})();
