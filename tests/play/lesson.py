"""One lesson played by a learner: opened, pressed through, reloaded on the way, finished; and what was kept of it."""

from __future__ import annotations

import re
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error
from sqlalchemy import select

from bench.support import PASSWORD
from elearn.models.learning import Attempt, Registration
from elearn.models.material import Material, Version
from tests.play.pressing import Presser
from tests.play.watching import Log, watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from elearn.house import House

PATIENCE = 30_000  # ms for a page of ours on a busy machine
LOADING = 4_000  # ms an authoring tool's loader may need
STEPS = 14  # presses before the reload, and as many after it; three times as many in a long course
AT_LEAST = 4
SECONDS = 75  # of pressing, each time
IS_READY = "() => performance.getEntriesByType('navigation').every((entry) => entry.responseStatus < 400)"
SHOWS = (
    "() => Boolean(document.body && (document.body.innerText.trim() || document.querySelector('img,canvas,svg,video')))"
)
MARKS = ("cmi.core.lesson_location", "cmi.location", "cmi.suspend_data")
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}


@dataclass
class Result:
    """What became of a package."""

    file: str
    standard: str = ""
    tool: str = ""
    opened: bool = False
    blank: bool = True
    parts: int = 0
    found_api: bool = False
    calls: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    completion: str = ""
    success: str = ""
    score: str = ""
    ended: bool = False
    resumes: str = ""
    by_keyboard: int = 0
    by_mouse: int = 0
    windows: int = 0
    ours: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)

    @property
    def faults(self) -> list[str]:
        """What must never happen with a package that was accepted."""
        found = [f"error of ours: {error}" for error in self.ours]
        if not self.opened:
            found.append("no page of the content was opened")
        if self.resumes.startswith("LOST"):
            found.append(self.resumes)
        said = set(self.said.values())
        if (
            self.parts == 1
            and said & {"completed", "passed"}
            and self.completion != "completed"
            and self.success != "passed"
        ):
            found.append(f"content said {self.said}, kept is {self.completion}, {self.success}")
        return found


@contextmanager
def learner(browser: Browser, address: str, login: str) -> Iterator[tuple[Page, Log]]:
    """Somebody who has signed in, in a browser that is listened to."""
    context = browser.new_context(viewport=WIDE, locale="vi-VN")
    context.set_default_timeout(PATIENCE)
    log = watch(context)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda where: "/sign-in" not in where)
    try:
        yield page, log
    finally:
        context.close()


class Walk:
    """A learner with one lesson."""

    def __init__(self, page: Page, log: Log, result: Result, pictures: Path | None) -> None:
        self.page, self.log, self.result, self.pictures = page, log, result, pictures
        self.presser = Presser(page, log)
        page.context.on("page", self._window)
        page.on("dialog", lambda dialog: dialog.accept())

    def play(self, address: str) -> None:
        """Open the lesson from its page, walk through half of it, reload, walk through the rest, finish."""
        self.page.goto(address)
        self.page.locator("[data-launch]").click()
        self._loaded()
        self._look()
        if self.presser.player:
            self.result.parts = self.presser.player.locator("[data-activity]").count() - 1  # the root is no part
        self.picture("1-start")
        self.walk(STEPS, parts=1)
        self.picture("2-walked")
        self._reload()
        self.page.set_viewport_size(NARROW)
        self.page.wait_for_timeout(500)
        self.picture("3-phone")
        self.page.set_viewport_size(WIDE)
        self.walk(STEPS * 3)
        self.picture("4-late")
        self._finish()
        self.picture("5-end")

    def walk(self, steps: int, parts: int = STEPS) -> None:
        """Press on until nothing leads anywhere, also through the player's own devices to so many other parts."""
        until = time.monotonic() + SECONDS
        for number in range(steps):
            if time.monotonic() > until or self._ended():
                return
            # Some content calls itself completed when it opens: a few steps are walked all the same.
            done = self.log.done and number >= AT_LEAST
            if done or not self.presser.step(only_forward=self.log.finished):
                parts -= 1
                if parts < 0 or not self._on():
                    return
                self._look()

    def _on(self) -> bool:
        """The player's own way on: its next button, or the first part of the contents that was not played yet."""
        player = self.presser.player
        if player is None:
            return False
        for device in (
            '[data-nav="continue"]:not([disabled])',
            '#toc-list [data-state="not attempted"]',
            '#toc-list [data-state="unknown"]',
        ):
            found = player.locator(f'{device}:visible:not([aria-disabled="true"]):not([aria-current="true"])').first
            with suppress(Error):
                if found.count():
                    found.press("Enter", timeout=3000)
                    self._loaded()
                    return True
        return False

    def _loaded(self) -> None:
        self.page.wait_for_function("() => document.getElementById('saved').dataset.state !== 'opening'")
        with suppress(Error):
            self.page.frame_locator("#player").locator("#stage > *").first.wait_for(timeout=PATIENCE)
        self._arrived()
        self.page.wait_for_timeout(LOADING if not self.log.calls else LOADING / 4)

    def _arrived(self) -> None:
        """Wait until content that is framed has come with all it brings; authoring tools need a little more then."""
        until = time.monotonic() + PATIENCE / 1000
        while self.page.frame_locator("#player").locator("#stage iframe").count() and time.monotonic() < until:
            content = next((frame for frame in self.page.frames if "/f/" in frame.url), None)
            if content:
                with suppress(Error):
                    content.wait_for_load_state(timeout=PATIENCE)
                return
            self.page.wait_for_timeout(50)

    def _look(self) -> None:
        """See whether a page of the content is there, and whether it shows anything: words, or something drawn."""
        for place in self.presser.places():
            with suppress(Error):
                self.result.opened |= "/f/" in place.url and place.evaluate(IS_READY)
                self.result.blank &= not place.evaluate(SHOWS)

    def _reload(self) -> None:
        """Reload the page on the way; what content had kept must be given back."""
        if self._ended():
            self.result.resumes = "ended before"
            return
        launched = len(self.log.launches)
        self.page.reload()
        self.presser.tried.clear()
        self._loaded()
        given = self.log.launches[-1] if len(self.log.launches) > launched else None
        self.result.resumes = resumption(self.log.before, given)

    def _ended(self) -> bool:
        player = self.presser.player
        return bool(player and player.locator("[data-attempt-ended]").count())

    def _finish(self) -> None:
        player = self.presser.player
        if player and not self._ended():
            device = player.locator('[data-nav="exitAll"]:visible:not([disabled])')
            if device.count():
                device.press("Enter")
                with suppress(Error):
                    player.locator("[data-attempt-ended]").wait_for()
        self.result.ended = self._ended()

    def _window(self, window: Page) -> None:
        self.result.windows += 1
        window.on("dialog", lambda dialog: dialog.accept())

    def picture(self, name: str) -> None:
        """A picture of what the learner sees, where pictures are wanted."""
        if self.pictures:
            stem = re.sub(r"\W+", "-", self.result.file)[-60:]
            with suppress(Error):
                self.page.screenshot(path=self.pictures / f"{stem}-{name}.png", timeout=10_000)


def resumption(set_before: dict[str, list[str]], given: dict[str, str] | None) -> str:
    """In words, whether a new page got what content had kept: its place and its suspend data.

    What content says while its page goes away may not reach the log, so a value that was never seen is a newer one; a
    value that content had replaced before, or none at all, is a loss.
    """
    if given is None:
        return "ended"
    wanted = {name: set_before[name] for name in MARKS if set_before.get(name, [""])[-1]}
    if not wanted:
        return "keeps nothing"
    lost = {name: values[-1] for name, values in wanted.items() if is_older(given.get(name, ""), values)}
    entry = given.get("cmi.core.entry", given.get("cmi.entry", ""))
    return f"LOST {lost}" if lost else f"place given back, entry “{entry}”"


def is_older(given: str, values: list[str]) -> bool:
    """Whether a value is not the last, and not one that came after it."""
    return given != values[-1] and (not given or given in values)


def play(browser: Browser, address: str, login: str, material: str, result: Result, pictures: Path | None) -> None:
    """Play a material as a learner, and write into `result` what the browser told."""
    with learner(browser, address, login) as (page, log):
        walk = Walk(page, log, result, pictures)
        try:
            walk.play(f"{address}/materials/{material}")
        finally:
            page.wait_for_timeout(300)
            result.found_api, result.calls, result.said = log.found_api, len(log.calls), log.said
            result.errors = dict(log.errors().most_common(12))
            result.by_keyboard, result.by_mouse = walk.presser.by_keyboard, walk.presser.by_mouse
            for name in ("ours", "content", "missing", "blocked"):
                setattr(result, name, list(dict.fromkeys(getattr(log, name)))[:12])


def read_outcome(house: House, material: str, result: Result) -> None:
    """Write into `result` what the server has kept of the newest attempt."""
    query = (
        select(Attempt)
        .join(Registration).join(Version).join(Material)
        .where(Material.uid == material)
        .order_by(Attempt.id.desc())
    )  # fmt: skip
    with house.database.read() as session:
        attempt = session.scalars(query).first()
        if attempt is None:
            return
        result.completion, result.success = attempt.completion, attempt.success
        score = attempt.score_scaled if attempt.score_scaled is not None else attempt.score_raw
        result.score = "" if score is None else f"{score:g}"
