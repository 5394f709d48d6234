"""The player's scripts in a real browser on a stage: pages and answers are made up, nothing is served."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Template

import elearn
from elearn.paths import templates_folder

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page, Route

PATIENCE = 20  # seconds
SCRIPTS = Path(elearn.__file__).parent / "static" / "player"
APP, CONTENT = "http://localhost:9", "http://content.localhost:9"
CALM = ("opening", "saving", "saved", "ended")
TROUBLE = ("offline", "kept", "notKept", "refused", "failed", "signedOut", "network", "server", "noJournal")
COUNTED = {"kept": "kept {count}", "notKept": "notKept {count}"}
TEXTS = {
    "words": {state: state for state in (*CALM, *TROUBLE)} | COUNTED,
    "sentences": {state: f"({COUNTED.get(state, state)})" for state in (*CALM, *TROUBLE)},
}
SHELL = """<!doctype html><html lang="vi"><title>Bài</title>
<meta name="csrf-token" content="%(token)s"><meta name="elearn-account" content="%(account)s">
<div id="shell" data-attempt="luot" data-content="%(content)s" data-back="/back">%(badge)s
<button id="fullscreen"></button><iframe id="player" sandbox="allow-scripts allow-same-origin"></iframe></div>
<script type="application/json" id="shell-texts">%(texts)s</script>
<script src="/journal.js"></script><script src="/saved.js"></script><script src="/shell.js"></script>"""
PLAYER = """<!doctype html><title>Phần</title><script>
  window.heard = [];
  window.addEventListener("message", (event) => heard.push(event.data));
  const session = location.pathname.slice(3);
  const tell = (message) => parent.postMessage({ elearn: "player", session, ...message }, "%(app)s");
  const change = (number, delta) => tell({ type: "journal", message: { number, launch: 1, delta, final: false } });
  addEventListener("load", () => { document.body.dataset.session = session; });
  tell({ type: "ready" });
</script>"""
PORTAL = "<!doctype html><title>Wi-Fi</title><p>Xin đăng nhập mạng không dây"


class Stage:
    """What the browser gets: `answers` maps a path to (status, JSON or text), or to a function of the route."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.account, self.token = "lan", "mot"
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, Any]] = []
        self.codes = 0
        page.context.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.method == "POST":
            self.asked.append((path, route.request.post_data_json))
        answer = self.answers.get(path)
        if callable(answer):
            answer(route)
        elif answer is not None:
            self.fulfill(route, *answer)
        elif (SCRIPTS / path[1:]).is_file():
            route.fulfill(path=SCRIPTS / path[1:])
        else:
            self._usual(route, path)

    def fulfill(self, route: Route, status: int, body: Any) -> None:
        """Answer with JSON, or with a page when the body is text."""
        if isinstance(body, str):
            route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=status, json=body)

    def _usual(self, route: Route, path: str) -> None:
        if path == "/play/luot/code":
            self.codes += 1
            route.fulfill(json={"url": f"{CONTENT}/p/s{self.codes}", "session": f"s{self.codes}"})
        elif path == "/play/journal":
            route.fulfill(json={"number": route.request.post_data_json["number"], "repeated": False})
        elif path.endswith("/renew"):
            route.fulfill(json={"ok": True})
        elif path.startswith("/p/"):
            route.fulfill(body=PLAYER % {"app": APP}, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(body=self.shell(), content_type="text/html; charset=utf-8")

    def shell(self) -> str:
        """The page of the shell, for whoever is signed in."""
        badge = (templates_folder() / "player" / "saved.html").read_text(encoding="utf-8")
        shown = Template(badge).render(_=str)
        return SHELL % {
            "token": self.token,
            "account": self.account,
            "content": CONTENT,
            "badge": shown,
            "texts": json.dumps(TEXTS),
        }

    def open(self) -> Stage:
        """Open the shell and wait for its player."""
        self.page.goto(f"{APP}/play/luot")
        self.page.wait_for_selector("#saved[data-state=saved]")
        return self

    @property
    def player(self) -> Frame:
        """The frame of the player."""
        return self.page.main_frame.child_frames[0]

    def journal(self) -> list[dict[str, Any]]:
        """What the journal holds."""
        found: list[dict[str, Any]] = self.page.evaluate("() => Journal.all()")
        return found

    def await_journal(self, entries: int) -> None:
        """Wait until the journal holds so many entries."""
        end = time.monotonic() + PATIENCE
        while len(self.journal()) != entries:
            assert time.monotonic() < end, self.journal()
            self.page.wait_for_timeout(20)

    def posted(self, path: str) -> list[Any]:
        """The bodies of what was sent to a path."""
        return [body for where, body in self.asked if where == path]


# `begin(answers)`: an outbox whose network gives these answers in turn, the last one for ever. An answer is
# [status, JSON or text], "hangs", "fails", or {"after": ms, "answer": [...]}. `sent` are the messages.
OUTBOX = """
  function begin(given) {
    window.answers = given;
    window.sent = [];
    window.states = [];
    window.kept = [];
    window.renewals = 0;
    window.turn = (window.turn || 0) + 1;
    const own = `Bearer ${turn}`;
    window.fetch = (path, options) => {
      if (options.headers.Authorization !== own) return new Promise(() => {}); // an outbox of an earlier test
      sent.push({ path, ...options, message: JSON.parse(options.body) });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      return new Promise((resolve, reject) => {
        if (options.signal) options.signal.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        give(answer, JSON.parse(options.body), resolve, reject);
      });
    };
    window.outbox = new Outbox({
      token: String(turn),
      journal: (message) => kept.push(message),
      onState: (state, error) => states.push(error ? `${state}:${error.reason || "network"}` : state),
      onReceipt: () => {},
      renew: () => Promise.resolve((window.renewals += 1) < 3),
    });
    outbox.begin(1);
  }
  function give(answer, message, resolve, reject) {
    if (answer === "hangs") return;
    if (answer === "fails") return reject(new TypeError("Failed to fetch"));
    if (answer === "ok") return give([200, { number: message.number }], message, resolve, reject);
    if (answer.after) return setTimeout(() => give(answer.answer, message, resolve, reject), answer.after);
    const [status, body] = answer;
    const json = async () => JSON.parse(typeof body === "string" ? body : JSON.stringify(body));
    resolve({ status, ok: status < 300, json });
  }
"""
