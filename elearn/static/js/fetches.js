// While files are being fetched, looks again every two seconds; nothing is drawn anew when nothing has changed.
"use strict";

(() => {
  async function look() {
    const list = document.getElementById("fetches");
    if (!list || !("busy" in list.dataset)) return;
    const answer = await fetch(window.location.pathname, { cache: "no-store" }).catch(() => null);
    if (answer && answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("fetches");
      if (fresh && fresh.innerHTML !== list.innerHTML && !list.contains(document.activeElement)) list.replaceWith(document.adoptNode(fresh));
    }
    window.setTimeout(look, 2000);
  }
  window.setTimeout(look, 2000);
})();
