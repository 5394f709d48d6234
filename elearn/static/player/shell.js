/*
 * The shell around a player, on the application's origin: it fetches one-time codes, keeps the journal, renews
 * the token with the learner's own sign-in, and shows whether everything is saved.
 */
(function () {
  "use strict";

  const REFUSED = { 0: "signedOut", 401: "signedOut", 409: "ended" };
  const LARGEST_MESSAGE = 4 * 1024 * 1024; // characters; the server takes no more bytes than that
  const shell = document.getElementById("shell");
  const frame = document.getElementById("player");
  const badge = document.getElementById("saved");
  const { attempt, content, back } = shell.dataset;
  const texts = JSON.parse(document.getElementById("shell-texts").textContent);
  let session = "";
  let writes = Promise.resolve(); // journal writes in the order in which they were asked for

  const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("");

  function kept(storage) {
    const name = storage.getItem("elearn-player") || newName();
    storage.setItem("elearn-player", name);
    return name;
  }

  /*
   * Who plays: one window of this browser at a time. Whoever gets the lock follows a window that has gone, by
   * reload, crash or a closed tab, and goes on in its name; a second living window has a name of its own and is
   * told. Without locks (no HTTPS) only a reload of the same tab is recognised.
   */
  function playerName() {
    if (!navigator.locks) return Promise.resolve(kept(sessionStorage));
    return new Promise((resolve) => {
      navigator.locks.request(`elearn-play-${attempt}`, { ifAvailable: true }, (lock) => {
        resolve(lock ? kept(localStorage) : newName());
        return lock ? new Promise(() => {}) : undefined;
      });
    });
  }

  function show(state) {
    badge.dataset.state = state;
    badge.textContent = texts[state] || "";
  }

  async function open() {
    show("opening");
    try {
      await Journal.drain(session);
      const response = await Journal.post(`/play/${attempt}/code`, { tab: await player });
      if (!response.ok) return refuse(response);
      const { url, session: opened } = await response.json();
      session = opened;
      frame.src = url;
    } catch (error) {
      show("offline");
      setTimeout(open, 3000);
    }
    return undefined;
  }

  /* The lesson does not open: an empty frame would leave the learner without a word and without a way on. */
  async function refuse(response) {
    const state = REFUSED[response.status] || "failed";
    const told = await response.json().catch(() => ({}));
    const place = document.getElementById("refused");
    show(state);
    place.firstElementChild.textContent = told.detail || texts[state];
    place.hidden = false;
    frame.hidden = true;
  }

  async function renew() {
    let ok = false;
    try {
      ok = (await Journal.post(`/play/sessions/${session}/renew`, {})).ok;
    } catch (error) {
      ok = true; // the network is away: the player tries again
    }
    if (!ok) show("signedOut");
    frame.contentWindow.postMessage({ type: "renewed", ok }, content);
  }

  /* Content can reach the player page, so what comes from there is kept only within reason. */
  function journal({ message }) {
    if (message && JSON.stringify(message).length > LARGEST_MESSAGE) return;
    const work = message ? () => Journal.put(session, message) : () => Journal.remove(session);
    writes = writes.then(work).catch(() => show("noJournal"));
  }

  const handlers = {
    ready: () => show("saved"),
    state: ({ state }) => show(state),
    journal,
    renew,
    again: open,
    ended: () => show("ended"),
    leave: () => window.location.assign(back),
  };

  window.addEventListener("message", (event) => {
    if (event.origin !== content || event.source !== frame.contentWindow) return;
    const message = event.data;
    if (!message || message.elearn !== "player") return;
    if (message.session !== session && message.type !== "again") return;
    if (Object.hasOwn(handlers, message.type)) handlers[message.type](message);
  });

  const player = playerName();
  open();
})();
