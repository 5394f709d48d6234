"""The real pages as a player that a case can walk through: sign-in, the one button, devices, contents, content."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Error

from bench.support import PASSWORD
from tests.conformance.player import Controls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Frame

    from tests.conformance.cases import Course

LOOKS, LOOK = 12, 5_000  # how often, and for how many milliseconds, a launched page is waited for
CALL = """([name, given]) => {
  const answer = window.api[name](...given);
  return [String(answer), name === "GetLastError" ? String(answer) : String(window.api.GetLastError())];
}"""
# What has been asked for in this turn of the page has begun when a later turn comes; then it is over soon.
AT_REST = """() => new Promise((resolve) => {
  const look = () => (document.body.classList.contains("is-busy") ? setTimeout(look, 10) : resolve());
  setTimeout(look, 10);
})"""
SHOWN = """() => {
  const isOff = (element) => element.disabled || element.getAttribute("aria-disabled") === "true";
  const state = (element) => (!element.checkVisibility() ? "hidden" : isOff(element) ? "disabled" : "enabled");
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    devices: all("[data-nav]").map((each) => [each.dataset.nav, state(each)]),
    entries: all("[data-activity]").map((each) => [each.dataset.activity, state(each)]),
  };
}"""
NEW_LAUNCH = """() => {
  const shown = document.querySelector("#stage iframe");
  const isNew = shown !== null && !("seen" in shown.dataset);
  if (isNew) shown.dataset.seen = "";
  return isNew;
}"""


class BrowserContent:
    """A launched page in its frame; its script has put the API it found under `api`."""

    def __init__(self, frame: Frame, behaviours: Mapping[str, str]) -> None:
        self._frame = frame
        address = urlsplit(frame.url)
        self.arguments = {name: values[0] for name, values in parse_qs(address.query).items()}
        self.behaviour = behaviours[address.path.rpartition("/")[2]]

    def call(self, function: str, *arguments: str) -> tuple[str, str]:
        """What a call answers, and the error after it."""
        answer, error = self._frame.evaluate(CALL, [function, list(arguments)])
        return answer, error


class BrowserPlayer:
    """One learner who has signed in; `materials` are the addresses of the courses by their packages."""

    def __init__(self, browser: Browser, site: str, login: str, materials: Mapping[str, str]) -> None:
        self._context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
        self._page = self._context.new_page()
        self._page.set_default_timeout(30_000)
        self._site, self._materials = site, materials
        self.content: BrowserContent | None = None
        self.has_ended = False
        self.launches = 0
        self._page.goto(f"{site}/sign-in")
        self._page.locator("input[name=login]").fill(login)
        self._page.locator("input[name=password]").fill(PASSWORD)
        self._page.locator("input[name=password]").press("Enter")
        self._page.wait_for_url(lambda address: "/sign-in" not in address)

    @property
    def learner_id(self) -> str:
        """What `cmi.learner_id` answers."""
        return self._player.locator("[data-learner-id]").get_attribute("data-learner-id") or ""

    def launch(self, course: Course) -> None:
        """Press the one button of the material's page."""
        self._behaviours = course.pages
        self._page.goto(self._materials[course.name])
        self._page.locator("[data-launch]").click()
        self._page.wait_for_url("**/play/**")
        self._page.frame_locator("#player").locator("[data-activity]").first.wait_for(state="attached")
        self._follow()

    def leave(self) -> None:
        """Go somewhere else in the library."""
        self._page.goto(f"{self._site}/library")

    def press(self, kind: str, target: str = "") -> None:
        """Click a device, or an entry of the table of contents."""
        device = f'[data-activity="{target}"]' if target else f'[data-nav="{kind}"]'
        self._player.locator(device).click()
        self._follow()

    def content_has_terminated(self) -> None:
        """Wait until what content has asked for is done."""
        self._follow()

    def controls(self) -> Controls:
        """Devices and table of contents as they are displayed."""
        shown: dict[str, Any] = self._player.evaluate(SHOWN)
        entries = {name: (state != "hidden", state == "enabled") for name, state in shown["entries"]}
        return Controls(dict(shown["devices"]), entries)

    def close(self) -> None:
        """Close the browser of this learner."""
        self._context.close()

    @property
    def _player(self) -> Frame:
        frame = self._page.locator("#player").element_handle().content_frame()
        assert frame is not None
        return frame

    def _follow(self) -> None:
        player = self._player
        player.wait_for_load_state()
        player.evaluate(AT_REST)
        self.has_ended = player.locator("[data-attempt-ended]").count() > 0
        if player.evaluate(NEW_LAUNCH):
            self.launches += 1
        frame = self._content_frame()
        if frame is None:
            self.content = None
        elif self.content is None or self.content._frame is not frame:
            self.content = BrowserContent(frame, self._behaviours)

    def _content_frame(self) -> Frame | None:
        """The frame of the launched page, once its script has found the API; the frame may be exchanged meanwhile."""
        stage = self._player.locator("#stage iframe")
        for _ in range(LOOKS):
            frame = stage.element_handle().content_frame() if stage.count() else None
            if frame is None:
                return None
            with suppress(Error):
                frame.wait_for_function("() => window.api !== undefined", timeout=LOOK)
                return frame
        raise AssertionError("the launched page has found no API")
