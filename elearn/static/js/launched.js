/*
 * Inside the frame of a learning platform: asks for the height that the page needs. The player fills what it gets,
 * so it asks for a good part of the screen. Outside a frame nobody needs a window of one's own.
 */
(function () {
  "use strict";

  const LEAST = 480; // CSS px
  const SHARE = 0.75; // of the screen, for the player
  const link = document.getElementById("own-window");
  let asked = 0;

  if (window.parent === window) {
    if (link) link.hidden = true;
    return;
  }

  function height() {
    if (document.getElementById("shell")) return Math.max(LEAST, Math.round(window.screen.availHeight * SHARE));
    return Math.ceil(document.body.getBoundingClientRect().height);
  }

  /* A height is no secret, and who frames us is nobody but the platform. Some read the message only as text. */
  function ask() {
    const message = { subject: "lti.frameResize", height: height() };
    if (message.height === asked) return;
    asked = message.height;
    window.parent.postMessage(message, "*");
    window.parent.postMessage(JSON.stringify(message), "*");
  }

  new ResizeObserver(ask).observe(document.body);
  window.addEventListener("load", ask);
})();
