/*
 * The button for full screen. Where a page cannot have it (Safari of iPhones), there is no button.
 * The whole shell is shown, so that the way back and the badge stay.
 */
(function () {
  "use strict";

  const button = document.getElementById("fullscreen");
  const shell = document.getElementById("shell");
  const enter = shell.requestFullscreen || shell.webkitRequestFullscreen;
  const leave = document.exitFullscreen || document.webkitExitFullscreen;
  const isFull = () => Boolean(document.fullscreenElement || document.webkitFullscreenElement);

  if (!enter || !(document.fullscreenEnabled || document.webkitFullscreenEnabled)) {
    button.hidden = true;
    return;
  }
  function follow() {
    const label = isFull() ? button.dataset.leave : button.dataset.enter;
    button.setAttribute("aria-label", label);
    button.title = label;
    button.dataset.full = String(isFull());
  }
  button.addEventListener("click", () => (isFull() ? leave.call(document) : enter.call(shell)));
  for (const event of ["fullscreenchange", "webkitfullscreenchange"]) document.addEventListener(event, follow);
  follow();
})();
