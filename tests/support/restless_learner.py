"""A learner in Chromium whose lesson never rests, and the account of what was set, acknowledged and kept."""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error
from sqlalchemy import func, select

from bench.support import PASSWORD
from elearn.models.account import Account
from elearn.models.learning import ActivityState, Attempt, Registration
from elearn.models.usage import ActKind, UsageAct
from tests.support.restless import COURSES, step_of, told_by

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Frame, Page

    from elearn.house import House
    from tests.support.installation import Server

PATIENCE = 180  # seconds until everything must have come to rest; backoff alone may take twenty
LONG = 60  # seconds without content after which a learner reloads the page

# In every frame: what is acknowledged is told, and the network fails in the way that `window.fault` says.
WATCH = """(() => {
  const send = window.fetch.bind(window);
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const headers = { "Content-Type": "text/html" };
  const page = (status) => new Response("<!doctype html><title>Wi-Fi</title>", { status, headers });
  async function failing(path, options) {
    const fault = (window.fault || [])[Math.floor(Math.random() * (window.fault || []).length)];
    if (fault === "gone") throw new TypeError("Failed to fetch");
    if (fault === "portal") return page(200);
    if (fault === "busy") return page(503);
    if (fault === "late" || fault === "both") await wait(Math.random() * 800);
    const answer = await send(path, options);
    if (fault === "slow" || fault === "both") await wait(Math.random() * 800);
    if (fault === "lost") throw new TypeError("Failed to fetch");
    return answer;
  }
  window.fetch = async (path, options) => {
    const answer = await failing(path, options);
    if (!window.told || !/^[/]rt[/](commit|navigate)$/.test(path) || !answer.ok) return answer;
    const isOurs = (answer.headers.get("Content-Type") || "").includes("json");
    const data = JSON.parse(options.body).delta["cmi.suspend_data"];
    if (isOurs && data) window.told({ acknowledged: data.slice(0, 40) });
    return answer;
  };
})();"""
FAULTS = ("lost", "late", "slow", "both", "portal", "busy")
STEPS_KEPT = """async () => (await Journal.all()).map(
  (entry) => Number((entry.message.delta["cmi.suspend_data"] || "").split(":")[1]))"""
KEPT = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("elearn-journal", 1);
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => resolve([]);
  opening.onsuccess = () => {
    const all = opening.result.transaction("commits").objectStore("commits").getAll();
    all.onsuccess = () => { opening.result.close(); resolve(all.result); };
    all.onerror = () => reject(all.error);
  };
})"""


def login_of(course: str) -> str:
    """Who plays a course."""
    return f"hoc.sinh.{course}"


class RestlessLearner:
    """One learner with one course: plays, is hit by faults, and knows what must be there afterwards."""

    def __init__(self, context: BrowserContext, server: Server, house: House, course: str, material: str) -> None:
        self.server, self.house = server, house
        self.course, self.material, self.login = course, material, login_of(course)
        self.set: dict[str, int] = defaultdict(int)
        self.acknowledged: dict[str, int] = defaultdict(int)
        self.seconds = 0.0
        self.attempt = 0
        self.reloads = 0
        self.lesson = ""
        self.takes_over = False
        self.enter(context)

    def enter(self, context: BrowserContext) -> None:
        """Sit down at a browser."""
        self.context = context
        context.add_init_script(WATCH)
        context.expose_binding("told", lambda _, what: self.hear(what))
        self.page = self.new_page()

    def new_page(self) -> Page:
        """Open another tab."""
        page = self.context.new_page()
        page.set_default_timeout(30_000)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def hear(self, what: dict[str, Any]) -> None:
        """Note what a page tells."""
        if "set" in what:
            activity = what["activity"]
            self.set[activity] = max(self.set[activity], what["set"])
        if "acknowledged" in what:
            activity = what["acknowledged"][0]
            step = int(what["acknowledged"].split(":")[1])
            self.acknowledged[activity] = max(self.acknowledged[activity], step)

    def begin(self) -> RestlessLearner:
        """Be ready for another round, whatever has become of the last one."""
        if self.page.is_closed() or not self.sco():
            self.context.set_offline(False)
            self.page.close()
            self.page = self.new_page()
            self.page.goto(f"http://localhost:{self.server.port}/account")
            if "/sign-in" in self.page.url:
                self.sign_in()
            self.launch()
        self.stored()
        self.set.clear()
        self.acknowledged.clear()
        return self

    # What the learner does

    def sign_in(self) -> None:
        """Sign in with the form."""
        self.page.goto(f"http://localhost:{self.server.port}/sign-in")
        self.page.locator("input[name=login]").fill(self.login)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url(lambda address: "/sign-in" not in address)

    def come_back(self) -> None:
        """Open the lesson by its own address, as from the history of the browser."""
        self.page.goto(self.lesson)
        self.wait_for_content()

    def launch(self) -> None:
        """Open the course from its page."""
        self.page.goto(f"http://localhost:{self.server.port}/materials/{self.material}")
        self.page.locator("[data-launch]").click()
        self.page.wait_for_url("**/play/**")
        self.lesson = self.page.url
        self.wait_for_content()

    def play(self, pace: int = 200) -> None:
        """Let the content set values from now on."""
        sco = self.sco()
        assert sco
        sco.evaluate("pace => { rest(); play(pace); }", pace)

    def wait(self, ms: float) -> None:
        """Let the learner go on for a while."""
        self.page.wait_for_timeout(ms)

    def press(self, device: str) -> None:
        """Press a navigation device if it is offered, and wait for nothing; nobody walks off the end of a course."""
        script = """([name, last]) => {
          const isLast = document.querySelector("[aria-current=true]")?.dataset.activity === last;
          if (name === "continue" && isLast) return;
          document.querySelector(`[data-nav='${name}']:not([hidden]):not(:disabled)`)?.click();
        }"""
        player = self.player()
        if player:
            player.evaluate(script, [device, COURSES[self.course][1][-1]])

    def cut(self) -> None:
        """Cut the network: of the browser, and at once of the requests in every frame, which it may take a while."""
        self.disturb(["gone"])
        self.context.set_offline(True)

    def mend(self) -> None:
        """Let the network be back."""
        self.context.set_offline(False)
        if not self.page.is_closed():
            self.disturb([])

    def disturb(self, faults: list[str]) -> None:
        """Let requests of this page fail in these ways at random; an empty list ends it."""
        for frame in (self.page.main_frame, self.player()):
            if frame:
                with suppress(Error):  # it may just be going away
                    frame.evaluate("faults => { window.fault = faults; }", faults)

    # Where things are

    def player(self) -> Frame | None:
        """The frame of the player page."""
        inside = self.page.main_frame.child_frames
        return inside[0] if inside else None

    def sco(self) -> Frame | None:
        """The frame of the content that runs, once it has begun."""
        player = self.player()
        for frame in player.child_frames if player else ():
            if self.ask(frame, "() => typeof window.found === 'string'"):
                return frame
        return None

    def ask(self, frame: Frame, script: str) -> Any:
        """What a frame answers; None when it went away meanwhile."""
        try:
            return frame.evaluate(script)
        except Error:
            return None

    def wait_for_content(self) -> None:
        """Wait until content runs; a learner who sees none for long reloads the page.

        Where `takes_over` is set, the learner also presses the button that takes the lesson over from another window.
        """
        patience = time.monotonic() + PATIENCE
        reload_at = time.monotonic() + LONG
        while not self.sco():
            if self.takes_over and (player := self.player()):
                self.ask(player, "() => document.querySelector('#notice button')?.click()")
            assert time.monotonic() < patience, self.look()
            if time.monotonic() > reload_at:
                self.reloads += 1
                self.page.reload()
                reload_at = time.monotonic() + LONG
            self.wait(50)

    def rest(self) -> None:
        """Let the content pause and wait until the badge says that everything is saved."""
        self.wait_for_content()
        patience = time.monotonic() + PATIENCE
        while True:
            sco = self.sco()
            if sco and self.ask(sco, "() => rest()") is not None and self.is_calm():
                return
            assert time.monotonic() < patience, self.look()
            self.wait(50)

    def is_calm(self) -> bool:
        """Whether no navigation is under way and everything is saved, as the page says; it is asked twice."""
        player = self.player()
        for _ in range(2):
            self.wait(130)
            saved = self.ask(self.page.main_frame, "() => document.getElementById('saved').dataset.state === 'saved'")
            idle = player and self.ask(player, "() => !document.body.classList.contains('is-busy')")
            if not (saved and idle):
                return False
        return self.sco() is not None

    def look(self) -> str:
        """What a failure should tell of the page."""
        badge = self.ask(self.page.main_frame, "() => document.getElementById('saved')?.outerHTML")
        player = self.player()
        words = player and self.ask(player, "() => document.body.innerText")
        return f"{self.course} {self.page.url} {badge} {words} {[frame.url for frame in self.page.frames]}"

    def rest_in_the_journal(self) -> dict[str, int]:
        """Let the content pause and wait until this browser keeps what it has set; gives that."""
        sco = self.sco()
        assert sco
        step = sco.evaluate("() => rest()")
        patience = time.monotonic() + PATIENCE
        while step not in self.page.evaluate(STEPS_KEPT):
            assert time.monotonic() < patience, self.look()
            self.wait(50)
        return {activity: found for activity, found in self.set.items() if found == step}

    # What must be true

    def kept(self) -> dict[str, int]:
        """The newest step of each activity in the journal of this browser, read from a page that delivers nothing."""
        self.page.goto(f"http://localhost:{self.server.port}/healthz")
        found: dict[str, int] = defaultdict(int)
        for entry in self.page.evaluate(KEPT):
            data = entry["message"]["delta"].get("cmi.suspend_data", "")
            step = step_of(data)
            if step:
                found[data[0]] = max(found[data[0]], step)
        return found

    def stored(self) -> dict[str, int]:
        """The step of each activity that the server has; nothing of it may be half, twice, or less than before."""
        with self.house.database.read() as session:
            newest = select(Attempt).join(Registration).join(Account, Account.id == Registration.account_id)
            attempt = session.scalars(newest.where(Account.login == self.login).order_by(Attempt.id.desc())).first()
            assert attempt
            if attempt.id != self.attempt:
                self.attempt, self.seconds = attempt.id, 0.0
                self.set.clear()
                self.acknowledged.clear()
            assert attempt.time_seconds >= self.seconds, "the learner's time shrank"
            self.seconds = attempt.time_seconds
            acts = select(func.count()).where(UsageAct.kind == ActKind.COMPLETION, UsageAct.attempt_id == attempt.id)
            is_done = attempt.completion == "completed"
            counted = session.scalar(acts)
            assert counted == 1 or (counted == 0 and not is_done), f"{counted} acts, {attempt.completion}"
            states = session.scalars(select(ActivityState).where(ActivityState.attempt_id == attempt.id))
            is_alone = len(COURSES[self.course][1]) == 1
            return {"a" if is_alone else state.activity: told_by(state.document, self.course) for state in states}

    def check_resumed(self, kept: dict[str, int], stored: dict[str, int]) -> None:
        """After coming back the server has the newest of what it had and what the journal had kept."""
        after = self.stored()
        for activity in {*kept, *stored}:
            assert after[activity] >= max(kept[activity], stored.get(activity, 0))
        found = self.sco().evaluate("() => window.found")
        if found:
            assert step_of(found) == after[found[0]]
