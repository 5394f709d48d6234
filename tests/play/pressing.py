"""Presses through content as a learner without ideas would: answers, buttons that lead on, then anything else."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Frame, Page

    from tests.play.watching import Log

CHOOSE = Path(__file__).with_name("press.js").read_text(encoding="utf-8")
MARKED = "[data-play-press]"
SETTLE = 350  # ms in which a press shows what it does
SEEN = "() => document.body ? document.body.innerText.length + '|' + document.body.innerHTML.length + location : ''"
WORTH = 6  # what leads on has a smaller rank; from here on things are only tried


class Presser:
    """Presses in the content of one player page; remembers what had no effect, and what the keyboard could do."""

    def __init__(self, page: Page, log: Log) -> None:
        self.page = page
        self.log = log
        self.tried: dict[str, float] = defaultdict(float)
        self.by_keyboard = 0
        self.by_mouse = 0

    @property
    def player(self) -> Frame | None:
        """The frame of the player page."""
        return next((frame for frame in self.page.frames if "/p/" in frame.url), None)

    def places(self) -> list[Frame]:
        """The frames of content, also in windows it has opened; the innermost first."""
        found = [frame for frame in self.page.frames if self._is_inside(frame)]
        for window in self.page.context.pages:
            if window is not self.page:
                found.extend(window.frames)
        return found[::-1]

    def step(self, *, only_forward: bool = False) -> bool:
        """Press one thing; False: there is nothing left to press."""
        choices = [(choice["rank"], number, place, choice) for number, place, choice in self._choices()]
        if not choices:
            return False
        rank, _, place, choice = min(choices, key=lambda each: each[:2])
        if only_forward and rank >= WORTH:
            return False
        before = self._seen()
        with suppress(Error):
            self._press(place, choice, before)
        # A thing that leads on may be pressed again and again, as long as something happens.
        self.tried[choice["key"]] += 1 if self._seen() == before or rank >= WORTH else 0.1
        return True

    def _is_inside(self, frame: Frame) -> bool:
        parent = frame.parent_frame
        while parent is not None:
            if parent is self.player:
                return True
            parent = parent.parent_frame
        return False

    def _choices(self) -> list[tuple[int, Frame, dict[str, Any]]]:
        found = []
        for number, place in enumerate(self.places()):
            with suppress(Error):
                choice = place.evaluate(CHOOSE, dict(self.tried))
                if choice:
                    found.append((number, place, choice))
        return found

    def _press(self, place: Frame, choice: dict[str, Any], before: str) -> None:
        element = place.query_selector(MARKED)
        if element is None:
            return
        if choice["kind"] == "SELECT":
            element.select_option(index=1, timeout=1000)
        elif choice["kind"] == "TEXTAREA" or choice["type"] in {"text", "number"}:
            element.fill("1", timeout=1000)
        elif self._with_keyboard(element, choice, before):
            self.by_keyboard += 1
        else:
            self.by_mouse += 1
            element.click(timeout=1500, force=True)
            self._wait()

    def _with_keyboard(self, element: ElementHandle, choice: dict[str, Any], before: str) -> bool:
        element.focus()
        element.press("Space" if choice["type"] in {"radio", "checkbox"} else "Enter", timeout=1000, no_wait_after=True)
        self._wait()
        return self._seen() != before

    def _wait(self) -> None:
        self.page.wait_for_timeout(SETTLE)

    def _seen(self) -> str:
        seen = [str(len(self.log.calls)), str(len(self.log.launches))]
        for place in self.places():
            with suppress(Error):
                seen.append(place.evaluate(SEEN))
        return "¦".join(seen)
