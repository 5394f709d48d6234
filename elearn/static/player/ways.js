/*
 * How a learner goes on after the end of an attempt: once more, or with the next lesson of the course. What policy
 * and course allow is asked for when the attempt has ended, by the shell, because content must not know it.
 */
(function () {
  "use strict";

  const { content, ways } = document.getElementById("shell").dataset;
  const frame = document.getElementById("player");
  const form = document.getElementById("ways");

  async function tellWays() {
    const answer = { method: "GET", headers: { Accept: "application/json" }, redirect: "manual" };
    const response = await fetch(ways, answer).catch(() => null);
    if (!response || !response.ok) return; // without a network there is nothing to go on to
    frame.contentWindow.postMessage({ ...(await response.json()), type: "ways" }, content);
  }

  function go(way) {
    form.elements.way.value = way;
    form.submit();
  }

  const handlers = {
    ended: tellWays,
    retry: () => go("retry"),
    next: () => go("next"),
    resume: () => window.location.reload(),
  };
  window.addEventListener("message", (event) => {
    if (event.origin !== content || event.source !== frame.contentWindow) return;
    const message = event.data;
    if (message && message.elearn === "player" && Object.hasOwn(handlers, message.type)) handlers[message.type]();
  });
})();
