// Starts the installed player of H5P on the content, whose files lie below this version's own address.
"use strict";

(() => {
  const PATIENCE = 6000; // ms; a slow line may need longer, then the note goes again
  const LOOK = 1000;
  const options = JSON.parse(document.getElementById("start").textContent);
  const note = document.getElementById("unplayed");

  // A library that is missing fails inside the player's frame, and nobody is told.
  const shows = () => {
    const frame = document.querySelector("#h5p iframe");
    // The player puts its own buttons into the container; everything else is the content's.
    return Boolean(frame?.contentDocument?.querySelector(".h5p-container > :not(.h5p-content-controls)"));
  };
  const look = () => {
    note.hidden = shows();
    if (!note.hidden) setTimeout(look, LOOK);
  };
  addEventListener("load", () => {
    setTimeout(look, PATIENCE);
    try {
      new window.H5PStandalone.H5P(document.getElementById("h5p"), options).then?.(() => {}, look);
    } catch {
      look();
    }
  });
})();
