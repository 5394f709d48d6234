// Says when a browser cannot play a file, and shows the captions of a sound, for which browsers have no place.
"use strict";

(() => {
  const media = document.getElementById("media");
  const source = media.querySelector("source");
  const refuse = () => {
    document.getElementById("unplayed").hidden = false;
  };
  source.addEventListener("error", refuse);
  media.addEventListener("error", refuse);
  if (media.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) {
    refuse();
  }
  const lines = document.getElementById("lines");
  if (lines) {
    for (const track of media.textTracks) {
      const show = () => lines.replaceChildren(...[...(track.activeCues || [])].map((cue) => cue.getCueAsHTML()));
      track.addEventListener("cuechange", show);
      if (track.activeCues && track.activeCues.length) show(); // it plays already
    }
  }
})();
