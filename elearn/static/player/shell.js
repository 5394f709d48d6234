/*
 * The shell around a player, on the application's origin: it fetches one-time codes, keeps the journal, renews
 * the token with the learner's own sign-in, and shows whether everything is saved.
 */
(function () {
  "use strict";

  const REFUSED = { 400: "signedOut", 401: "signedOut", 409: "ended", 410: "signedOut" };
  const OVER = new Set(["signed_out", "launch_over"]);
  const LARGEST_MESSAGE = 4 * 1024 * 1024; // characters; the server takes no more bytes than that
  const PAUSE = 3000; // ms until the lesson is opened again, and as many more after each failure
  const LONGEST_PAUSE = 60000;
  const GREETING = 5000; // ms in which a page that has loaded must have spoken
  const GOODBYE = 1000; // ms in which a page that is taken away has gone
  const ECHO = 200; // ms in which what it has said last arrives here
  const HELD_UP = 6; // tries after which a lesson opens although an older message cannot be delivered
  const shell = document.getElementById("shell");
  const frame = document.getElementById("player");
  const { attempt, content, back } = shell.dataset;
  let part = shell.dataset.part; // where the lesson is to be opened, until it has been
  const saved = new SavedBadge(JSON.parse(document.getElementById("shell-texts").textContent), hurry);
  let session = "";
  let shown = ""; // the address of the page in the frame
  let greeted = false; // the page in the frame is a player, and not an error page of the browser
  let opening = 0; // the timer of the next try
  let tries = 0; // since a player has last opened
  let writes = Promise.resolve(); // journal writes in the order in which they were asked for

  const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16)).join("");

  /* A browser that gives no storage gives an error; then only this page knows its name. */
  function kept(storageName) {
    try {
      const storage = window[storageName];
      const name = storage.getItem("elearn-player") || newName();
      storage.setItem("elearn-player", name);
      return name;
    } catch (error) {
      return newName();
    }
  }

  /*
   * Who plays: one window of this browser at a time. Whoever gets the lock follows a window that has gone, by
   * reload, crash or a closed tab, and goes on in its name; a second living window has a name of its own and is
   * told. Without locks (no HTTPS) only a reload of the same tab is recognised.
   */
  function playerName() {
    if (!navigator.locks) return Promise.resolve(kept("sessionStorage"));
    return new Promise((resolve) => {
      const hold = (lock) => {
        resolve(lock ? kept("localStorage") : newName());
        return lock ? new Promise(() => {}) : undefined;
      };
      navigator.locks.request(`elearn-play-${attempt}`, { ifAvailable: true }, hold).catch(() => hold(null));
    });
  }

  /* The last words of the page in the frame, if there is one. */
  function takeAway() {
    if (!greeted) return Promise.resolve();
    greeted = false;
    return new Promise((resolve) => {
      frame.addEventListener("load", () => setTimeout(resolve, ECHO), { once: true });
      setTimeout(resolve, GOODBYE);
      shown = "";
      frame.contentWindow.location.replace("about:blank");
    });
  }

  /* Nothing of this attempt may be left behind when another page goes on with it: it would come too late. */
  async function isDelivered() {
    await takeAway();
    await writes;
    const left = await Journal.drain().catch(() => []);
    return tries > HELD_UP || !left.some((entry) => entry.attempt === attempt);
  }

  async function open() {
    if (opening < 0) return; // it is being opened
    clearTimeout(opening);
    opening = -1;
    if (!saved.state) saved.show("opening");
    const refused = await ask().catch(() => "offline");
    opening = 0;
    if (refused === "offline") again();
    else if (refused) refuse(refused);
  }

  /* Open the player in the frame; gives why not when that failed. */
  async function ask() {
    const tab = await player;
    if (!(await isDelivered())) return "offline";
    const { status, told } = await Journal.ask(`/play/${attempt}/code`, { tab, part });
    if (told === null || status >= 500 || status === 429) return "offline";
    if (!told.url) return { state: REFUSED[status] || "failed", detail: told.detail };
    session = told.session;
    greeted = false;
    saved.keeps(0, saved.isKept);
    saved.show("opening");
    showRefusal("");
    shown = told.url;
    frame.src = shown; // the origin of this attribute is the one that `allow` means
    return "";
  }

  function again() {
    tries += 1;
    saved.show("offline", { reason: "network" });
    opening = setTimeout(open, Math.min(PAUSE * tries, LONGEST_PAUSE));
  }

  /* The lesson does not open: an empty frame would leave the learner without a word and without a way on. */
  function refuse({ state, detail }) {
    saved.show(state);
    showRefusal(detail || saved.sentence());
  }

  function showRefusal(sentence) {
    const place = document.getElementById("refused");
    if (!place) return; // in teach mode
    place.firstElementChild.textContent = sentence;
    place.hidden = !sentence;
    frame.hidden = Boolean(sentence);
  }

  async function renew() {
    speak({ type: "renewed", ok: (await renewal()) !== "refused" });
  }

  /* "renewed", "refused", or "" when the server has not decided: then it is worth another try. */
  async function renewal() {
    const { told } = await Journal.ask(`/play/sessions/${session}/renew`, {}).catch(() => ({ told: null }));
    if (told === null || told.status >= 500 || told.status === 429) return "";
    return told.ok === true ? "renewed" : "refused";
  }

  function speak(message) {
    frame.contentWindow.postMessage(message, content);
  }

  /* Try at once whatever waits: the network is back, or the learner has asked, or has signed in elsewhere. */
  async function hurry() {
    if (opening < 0) return undefined;
    if (saved.isSignedOut && session && (await renewal()) !== "renewed") return undefined;
    // A page that was told of the end of its sign-in has taken its content away.
    if (!greeted || OVER.has(saved.why.code)) return open();
    return speak({ type: "hurry" });
  }

  /* Content can reach the player page, so what comes from there is kept only within reason. */
  function journal({ session: own, message }) {
    if (message && JSON.stringify(message).length > LARGEST_MESSAGE) return;
    const changes = message ? Math.max(1, Object.keys(message.delta || {}).length) : 0;
    const work = () => (message ? Journal.put(own, attempt, message) : Journal.remove(own));
    writes = writes.then(work).then(
      () => saved.keeps(changes, true),
      () => saved.keeps(changes, false),
    );
  }

  const handlers = {
    ready: () => {
      tries = 0;
      saved.show("saved");
    },
    state: ({ state, reason, code }) => saved.show(state, { reason, code }),
    journal,
    renew,
    again: open,
    ended: () => saved.show("ended"),
    leave: () => window.location.assign(back),
  };

  window.addEventListener("message", (event) => {
    const isLastWord = event.source === null; // its page has gone by the time it arrives
    if (event.origin !== content || (!isLastWord && event.source !== frame.contentWindow)) return;
    const message = event.data;
    if (!message || message.elearn !== "player" || (isLastWord && message.type !== "journal")) return;
    if (!isLastWord) greeted = true;
    part = undefined;
    if (message.session !== session && message.type !== "again" && message.type !== "ended") return;
    if (Object.hasOwn(handlers, message.type)) handlers[message.type](message);
  });
  /* The connection may fail between the code and the page: then the frame holds what the browser says about it. */
  frame.addEventListener("load", () => {
    const address = shown;
    setTimeout(() => {
      if (address && address === shown && !greeted && !opening) again();
    }, GREETING);
  });
  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && (opening > 0 || saved.changes || saved.isSignedOut)) hurry();
  });
  window.addEventListener("beforeunload", (event) => {
    if (saved.isAtRisk) event.preventDefault();
  });

  const player = playerName();
  open();
})();
