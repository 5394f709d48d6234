/*
 * The player page: launches content, gives it the API, sends what it sets, walks the course.
 *
 * It lives on the content origin together with the content. What the learner has done is also handed to the
 * shell on the application's origin, which keeps a journal that no content can reach.
 */
(function () {
  "use strict";

  const EAGER = 300; // ms from a value being set to its way to the server
  const BEAT = 30000; // ms without a message after which the page says that it is still there
  const INSISTENCE = 3000; // ms after which content that the network did not bring is looked for again
  const ARRIVALS = 3; // how often content is loaded anew
  const UNDECIDED = 10000; // ms that pass at most between the warning that a page may go away and its going
  const REMARK = 3000; // ms in which remarks on the package gather
  const NOTHING = "_none_";
  const OVER = new Set(["signed_out", "launch_over"]);
  // What the learner may ask for during a navigation: it means the same wherever that leads, unlike "continue".
  const LASTING = new Set(["choice", "suspendAll", "exitAll", "abandonAll"]);

  const start = JSON.parse(document.getElementById("start").textContent);
  const text = start.text;
  const tell = (message) => window.parent.postMessage({ elearn: "player", session: start.session, ...message }, start.app);

  let runtime = null;
  let frame = null;
  let walking = null; // the navigation under way
  let wish = null; // what the learner has asked for meanwhile
  let asked = false; // the content has ended and wants to be navigated
  let leaving = false; // the page is going away
  let warned = false; // the browser has told everybody here that the page may go away
  let renewal = null; // the one request for a longer life of the token that is under way
  let arrivals = 0; // how often the frame was loaded and content had not come
  let waiting = 0; // the timer after which what content has set is collected
  let asset = false; // what is shown never speaks, unless it does

  const outbox = new Outbox({
    token: start.token,
    journal: (message) => tell({ type: "journal", message }),
    onState: showState,
    onReceipt: (receipt) => {
      if (receipt.late) lost();
      else if (receipt.toc && !walking) follow(receipt);
    },
    renew,
  });
  const calls = start.calls ? new CallLog({ token: start.token }) : null;
  const display = new Display(text, (request) => walk(request, true));
  const fit = new Fit(display.stage, start.play.size);
  const watch = new Watch({
    text: text.watch,
    say: (sentence) => display.remark(sentence),
    report: remarkSoon,
    onWindow: (place) => children.follow(place),
  });
  const children = new Children((open) => display.remark(text.own.stopped, { label: text.own.open, run: open }));
  const own = new OwnWindow({
    text: text.own,
    size: start.play.size,
    onShown: (card) => display.stage.replaceChildren(card),
    onOpened: () => watch.begin(() => own.place, !asset),
    onClosed: () => windowClosed(),
  });
  display.onLeave = (way) => tell({ type: way });

  /* The shell renews for this page; whoever asks meanwhile waits for the same answer. */
  function renew() {
    if (renewal === null) {
      renewal = {};
      renewal.told = new Promise((resolve) => (renewal.tell = resolve));
      tell({ type: "renew" });
    }
    return renewal.told;
  }

  function showState(state, error) {
    const shown = state === "saved" && waiting ? "saving" : state; // what was set a moment ago is still to be collected
    tell({ type: "state", state: shown, ...why(error) });
    if (state === "saved") return display.notice("");
    if (state === "offline") return display.notice(text.offline);
    if (state === "refused") return refuse(error);
    return undefined;
  }

  function why(error) {
    return error ? { reason: error.reason || "network", code: error.code || "" } : {};
  }

  function refuse(error) {
    if (error.code === "lease_lost") return lost();
    if (OVER.has(error.code) && isShown()) removeContent(); // its last words stay in the journal
    return display.notice(error.message || text.refused);
  }

  /* Another page writes now. What is still unsaved here goes as a late commit; the content is taken away. */
  function lost() {
    if (isShown()) removeContent();
    outbox.flush();
    display.notice(text.elsewhere, { label: text.take, run: takeOver });
  }

  /* Content */

  const isShown = () => frame !== null || own.isOpen;

  function deliver(delivery) {
    removeContent({ forGood: false });
    asked = false;
    outbox.begin(delivery.launch);
    runtime = new ScormRuntime({
      table: window.SCORM_TABLE,
      document: delivery.document,
      standard: start.standard,
      onSet: () => collectSoon(),
      onCommit: () => collect(false, 0),
      onTerminate: () => terminated(),
      tolerance: start.tolerance,
      onTolerated: (name) => remarkSoon({ code: `tolerated_${name}` }),
      onCall: (call) => {
        watch.heard(call);
        if (calls) calls.note(call);
      },
    });
    if (start.standard === "1.2") window.API = runtime.api12();
    else window.API_1484_11 = runtime.api2004();
    asset = delivery.type === "asset";
    document.title = delivery.title;
    if (!delivery.path) return display.stage.replaceChildren(remark(text.nothing));
    if (/^https?:/.test(delivery.path)) return display.stage.replaceChildren(outside(delivery.path));
    if (start.play.own_window) return own.show(start.files + delivery.path, delivery.title);
    return frameContent(delivery);
  }

  function frameContent(delivery) {
    frame = document.createElement("iframe");
    frame.title = delivery.title;
    frame.allow = "fullscreen; autoplay; unload";
    frame.src = start.files + delivery.path;
    frame.addEventListener("load", insist);
    arrivals = 0;
    frame.addEventListener("load", ({ currentTarget: place }) => place.contentDocument && watch.loaded());
    display.stage.replaceChildren(frame);
    fit.follow(frame);
    watch.begin(() => frame && frame.contentWindow, !asset);
  }

  /* The learner has closed the window of the content: it is left, as if the page had been; nothing stays unsaved. */
  function windowClosed() {
    if (!runtime) return undefined;
    collect(false, 0);
    if (walking || leaving) return undefined;
    if (runtime.state === "running" && !asset) return walk({ kind: "suspendAll" }, true);
    return own.closed();
  }

  /* Content that the network did not bring: the frame holds what the browser says about it, which nobody may look into. */
  async function insist({ currentTarget: place }) {
    if (place.contentDocument) return place.removeEventListener("load", insist);
    if (arrivals >= ARRIVALS) return watch.unreachable();
    arrivals += 1;
    while (place === frame && !(await isThere(place.src))) {
      display.notice(text.offline);
      await new Promise((resolve) => setTimeout(resolve, INSISTENCE));
    }
    if (place !== frame) return undefined;
    display.notice("");
    place.src = place.src; // loads it anew
    return undefined;
  }

  function isThere(address) {
    return fetch(address, { method: "HEAD", credentials: "omit", cache: "no-store" }).then(
      (response) => response.ok,
      () => false,
    );
  }

  function remark(sentence) {
    const place = document.createElement("p");
    place.className = "waiting";
    place.textContent = sentence;
    return place;
  }

  /* Pages of other sites are never framed: the learner decides whether to go there. */
  function outside(address) {
    const place = remark(text.outside + " ");
    const link = document.createElement("a");
    Object.assign(link, { href: address, textContent: address, target: "_blank", rel: "noopener noreferrer" });
    place.append(link);
    return place;
  }

  /*
   * Taking the frame away runs the `pagehide` and `unload` handlers of the content, also in frames of its own,
   * while the API still answers. Only `beforeunload` is left out by browsers then, and some content saves in it.
   * A window of the content stays open for the next part unless it is taken away for good.
   */
  function removeContent({ forGood = true } = {}) {
    if (runtime) runtime.leave();
    if (frame && !warned) announceEnd(frame.contentWindow, ["beforeunload"]);
    children.close();
    fit.release();
    if (frame) frame.remove();
    if (forGood) own.close();
    else own.clear();
    watch.end(runtime);
    frame = null;
    display.stage.replaceChildren();
  }

  function collectSoon() {
    if (waiting) return;
    waiting = setTimeout(() => collect(false, EAGER - 100), 100);
    tell({ type: "state", state: "saving" });
  }

  function collect(final, delay) {
    clearTimeout(waiting);
    waiting = 0;
    gather(final);
    if (outbox.isClean) return tell({ type: "state", state: "saved" }); // it has set what was there already
    if (!walking && !leaving) outbox.soon(delay);
    return undefined;
  }

  /* What content has set since; what it still sets after its goodbye goes out as a second one. */
  function gather(final) {
    const delta = runtime.takeDelta();
    const late = runtime.state === "terminated" && Object.keys(delta).length > 0;
    outbox.add(delta, final || late);
  }

  function terminated() {
    collect(true, 0);
    asked = !walking && asks();
    if (asked && !leaving) setTimeout(() => walk(null, false));
  }

  /* Whether the content wants to be navigated. One that leaves to be resumed is not ended with its page. */
  function asks() {
    const wish = runtime.peek("adl.nav.request") || NOTHING;
    const exit = runtime.peek("cmi.exit") || runtime.peek("cmi.core.exit") || "";
    if (leaving && exit === "suspend") return false;
    // In SCORM 1.2 a completed page is commonly left with "logout"; its course goes on all the same.
    return wish !== NOTHING || exit === "time-out" || (exit === "logout" && start.standard !== "1.2");
  }

  /* Navigation */

  async function walk(request, byLearner) {
    if (leaving) return undefined;
    if (walking) return byLearner && wishFor(request);
    walking = { request };
    display.busy(true);
    if (byLearner) removeContent({ forGood: false });
    if (runtime) gather(false);
    try {
      show(await outbox.request("/rt/navigate", { request }), byLearner);
    } catch (error) {
      // The outbox has said why.
    } finally {
      walking = null;
      display.busy(false);
    }
    display.takeFocus();
    return wish && fulfil();
  }

  function wishFor(request) {
    const isSame = walking.request && walking.request.kind === request.kind && walking.request.target === request.target;
    wish = LASTING.has(request.kind) && !isSame ? request : null;
  }

  function fulfil() {
    const request = wish;
    wish = null;
    return display.offers(request) && walk(request, true);
  }

  function show(view, byLearner = true) {
    if (view.delivery) deliver(view.delivery);
    else if (!view.running) removeContent();
    if (!view.running || view.delivery) display.showExtras(view.delivery ? view.delivery.extras : [], start.files);
    if (!view.delivery && !view.running && view.lease) display.stage.replaceChildren(remark(text.choose));
    display.show(view);
    follow(view);
    if (view.exception && byLearner) display.remark(text.why[view.exception] || text.notPossible);
    if (!view.lease) display.stage.replaceChildren();
    if (!view.lease) display.notice(text.elsewhere, { label: text.take, run: takeOver });
    if (view.ended) tell(view.summary.status === "suspended" ? { type: "state", state: "saved" } : { type: "ended" });
  }

  function follow(view) {
    display.follow(view);
    if (runtime) runtime.setValidRequests(asWords(view.valid));
  }

  /* The run-time answers with words: true and false as strings, however deep. */
  function asWords(valid) {
    if (typeof valid === "boolean") return String(valid);
    if (valid === null || typeof valid !== "object" || Array.isArray(valid)) return valid;
    return Object.fromEntries(Object.entries(valid).map(([name, value]) => [name, asWords(value)]));
  }

  async function takeOver() {
    display.notice("");
    try {
      show(await outbox.post("/rt/lease", {}));
    } catch (error) {
      display.notice(error.code ? error.message || text.refused : text.offline);
    }
  }

  /* What the author should know of the package goes out by itself, a little later and all at once. */

  let remarks = [];
  function remarkSoon(remark) {
    if (!remarks.length) setTimeout(sendRemarks, REMARK);
    remarks.push(remark);
  }

  function sendRemarks() {
    if (remarks.length) outbox.mention("/rt/remarks", { remarks });
    remarks = [];
  }

  /* Staying in touch */

  window.addEventListener("message", (event) => {
    if (event.origin !== start.app || event.source !== window.parent) return;
    if (event.data.type === "renewed" && renewal) {
      renewal.tell(event.data.ok);
      renewal = null;
    }
    if (event.data.type === "hurry") outbox.hurry();
    if (event.data.type === "turn") turn(event.data.forward === true);
    if (event.data.type === "ways") display.showWays(event.data);
  });

  /* A clicker at the shell of teach mode: the content gets the key; what does not take it is walked from outside. */
  function turn(forward) {
    const place = frame && frame.contentDocument;
    const key = { key: forward ? "PageDown" : "PageUp", bubbles: true, cancelable: true };
    const target = place && (place.activeElement || place.body);
    if (target && !target.dispatchEvent(new frame.contentWindow.KeyboardEvent("keydown", key))) return;
    const device = document.querySelector(`[data-nav="${forward ? "continue" : "previous"}"]`);
    if (device && !device.hidden) device.click();
  }

  setInterval(() => {
    const quiet = performance.now() - outbox.sentAt >= BEAT;
    if (isShown() && !leaving && quiet) outbox.post("/rt/beat", {}).catch(heedRefusal);
  }, BEAT / 2);

  /* A beat is not worth repeating, but what it learns is; without a network nothing is learnt. */
  function heedRefusal(error) {
    if (error.code === "token_expired") renew();
    else if (error.code) refuse(error);
  }
  window.addEventListener("online", () => outbox.hurry());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && runtime && !leaving) {
      gather(false);
      outbox.sendForGood();
    }
  });
  window.addEventListener("beforeunload", () => {
    warned = true;
    setTimeout(() => (warned = false), UNDECIDED); // the learner may have decided to stay
  });

  /* The content says its last words before the page does; then one message takes them all and ends the lease. */
  window.addEventListener("pagehide", () => {
    leaving = true;
    const shown = isShown();
    removeContent();
    const seen = asset && shown && runtime.state === "not_initialized";
    if (runtime) gather(seen);
    sendRemarks();
    outbox.farewell(asked && asks() ? "/rt/navigate" : "/rt/commit");
    if (calls) calls.farewell();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) tell({ type: "again" });
  });

  tell({ type: "ready" });
  show(start.view, false); // nobody has asked for anything yet
  display.begin();

  /* A lesson that goes on elsewhere than at the part that was searched for leads there at the learner's word. */
  const searched = start.view.toc.find((entry) => entry.id === start.part && entry.selectable && !entry.current);
  if (searched) {
    const run = () => {
      display.remark("");
      walk({ kind: "choice", target: searched.id }, true);
    };
    display.remark(text.searched.replace("{title}", searched.title), { label: text.goThere, run });
  }
})();
