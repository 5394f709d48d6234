"""Opens what was taken in with Chromium, through the ordinary pages, and listens for errors of our own pages."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playwright.sync_api import Error

from tests.play.lesson import IS_READY, LOADING, PATIENCE, SHOWS, WIDE, learner
from tests.play.watching import watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Frame, Page, StorageState

    from tests.play.watching import Log

WHOLE = "() => [...document.images].every((image) => !image.complete || image.naturalWidth > 0 || !image.currentSrc)"
# While the page of the lesson is on its way, that of the material is still there.
HAS_BEGUN = "() => !['opening', undefined].includes(document.getElementById('saved')?.dataset.state)"
OPEN_TO_CHOICE = ':visible:not([aria-disabled="true"])'
CHOICE = ", ".join(f'#toc-list [data-state="{state}"]{OPEN_TO_CHOICE}' for state in ("not attempted", "unknown"))
# Of H5P our viewer and an empty frame are there whatever happens; what counts is whether the player has filled it.
H5P_SHOWS = """() => {
  if (!document.getElementById("h5p")) return true;
  const frame = document.querySelector("#h5p iframe");
  return Boolean(frame?.contentDocument?.querySelector(".h5p-container > :not(.h5p-content-controls)"));
}"""


@dataclass
class Opened:
    """How a material opened: in the player, as a file or in our viewer, or not at all because it is a download."""

    how: str = ""  # "played", "opened" or "download"
    came: bool = False  # a page of the content was answered
    shows: bool = False  # and something is to be seen on it
    card: bool = False
    ours: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """What must never happen with what was accepted."""
        found = [f"error of ours: {error}" for error in self.ours]
        if self.how in {"played", "opened"} and not self.came:
            found.append("no page of the content came")
        if not self.card:
            found.append("its page shows a broken picture")
        return found

    def words(self) -> str:
        """In a word for the table."""
        if self.faults:
            return "FAULT: " + "; ".join(self.faults)
        empty = ", its page is empty" if self.came and not self.shows else ""
        theirs = f", errors of its own: {len(self.content)}" if self.content else ""
        return f"{self.how}{empty}{theirs}"


class Opener:
    """Somebody who is signed in and opens one material after the other, each in a browser without memory."""

    def __init__(self, browser: Browser, address: str, login: str, pictures: Path | None) -> None:
        self.browser, self.address, self.pictures = browser, address, pictures
        with learner(browser, address, login) as (page, _):
            self.signed_in: StorageState = page.context.storage_state()

    def open(self, material: str, name: str) -> Opened:
        """Look at the material's page, open it from there as a reader would, and tell what happened."""
        opened = Opened()
        with self._context() as (context, log):
            page = context.new_page()
            try:
                page.goto(f"{self.address}/materials/{material}")
                page.wait_for_load_state("load")
                opened.card = page.evaluate(WHOLE)
                self._picture(page, name, "0-page")
                self._open(page, opened, name)
            except Error as error:
                opened.ours.append(str(error).splitlines()[0][:200])
            opened.ours += dict.fromkeys(log.ours)
            opened.content += dict.fromkeys([*log.content, *log.missing, *log.blocked])
        return opened

    @contextmanager
    def _context(self) -> Iterator[tuple[BrowserContext, Log]]:
        context = self.browser.new_context(viewport=WIDE, locale="vi-VN", storage_state=self.signed_in)
        context.set_default_timeout(PATIENCE)
        try:
            yield context, watch(context)
        finally:
            context.close()

    def _open(self, page: Page, opened: Opened, name: str) -> None:
        way_in = page.locator(".material-actions a[target=_blank]")
        if page.locator("[data-launch]").count():
            opened.how = "played"
            page.locator("[data-launch]").first.click()
            page.wait_for_function(HAS_BEGUN)
            _choose(page)
        elif way_in.count():
            opened.how = "opened"
            with page.context.expect_page() as window:
                way_in.first.click()
            page = window.value
            page.wait_for_load_state("load")
        else:
            opened.how = "download"
            return
        page.wait_for_timeout(LOADING)
        opened.came, opened.shows = _looks(page)
        self._picture(page, name, "1-open")

    def _picture(self, page: Page, name: str, stage: str) -> None:
        if self.pictures:
            with suppress(Error):
                page.screenshot(path=self.pictures / f"{re.sub(r'[^0-9A-Za-z]+', '-', name)[-60:]}-{stage}.png")


def _choose(page: Page) -> None:
    """Where a lesson leaves the choice to the learner, take its first part."""
    player = page.frame_locator("#player")
    with suppress(Error):
        player.locator("#stage iframe").wait_for(timeout=LOADING)
        return
    with suppress(Error):
        first = player.locator(CHOICE).first
        if first.count():
            first.press("Enter", timeout=LOADING)


def _looks(page: Page) -> tuple[bool, bool]:
    """Whether a page of the content came, in a frame or a window it opened, and whether it says or draws something."""
    frames = [frame for window in page.context.pages for frame in window.frames]
    # Where our viewer frames a page, that page is what counts, and not the viewer.
    wanted = [frame for frame in frames if re.search(r"/[fo]/", frame.url)] or [f for f in frames if "/w/" in f.url]
    came = [frame for frame in wanted if _says(frame, IS_READY)]
    return bool(came), any(_says(frame, SHOWS) and _says(frame, H5P_SHOWS) for frame in came)


def _says(frame: Frame, question: str) -> bool:
    with suppress(Error):
        return bool(frame.evaluate(question))
    return False
