"""A learner at a Chromium who plays lessons of an application that a thread of this process serves."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from werkzeug.serving import make_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FrameLocator, Locator, Page

    from tests.support import web

PATIENCE = 30_000  # ms, as Playwright waits by itself
LAYER = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>%(title)s</title><h1>%(title)s</h1>
<button id="take">Trong bài</button>
<script>
  let home = window;
  while (!home.API && !home.API_1484_11) home = home.parent === home ? home.opener : home.parent;
  const api = home.API_1484_11 || home.API;
  const is2004 = api === home.API_1484_11;
  api[is2004 ? "Initialize" : "LMSInitialize"]("");
  const set = (name, value) => api[is2004 ? "SetValue" : "LMSSetValue"](name, value);
  const end = () => api[is2004 ? "Terminate" : "LMSFinish"]("");
  %(script)s
</script>"""


def speaking(title: str, script: str = "") -> str:
    """A page of content that has found its API; `script` may use `api`, `set(element, value)` and `end()`."""
    return LAYER % {"title": title, "script": script}


@contextmanager
def served(app: Any) -> Iterator[str]:
    """The address of an application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Desk:
    """A browser of its own in which somebody is signed in already."""

    def __init__(self, browser: Browser, origin: str, plain: web.Browser, **options: Any) -> None:
        self.context = browser.new_context(locale="vi-VN", base_url=origin, reduced_motion="reduce", **options)
        self.context.add_cookies([{"name": "elearn", "value": str(plain.cookie()), "url": origin}])
        self.page: Page = self.context.new_page()

    @property
    def player(self) -> FrameLocator:
        """The player's page within the shell."""
        return self.page.frame_locator("#player")

    @property
    def content(self) -> FrameLocator:
        """What is shown on its stage."""
        return self.player.frame_locator("#stage iframe")

    def launch(self, material: str) -> None:
        """Press the button on the page of a material."""
        self.page.goto(f"/materials/{material}")
        self.page.locator("[data-launch]").click()
        self.page.wait_for_url("**/play/**")

    def part(self, name: str) -> Locator:
        """An entry of the contents."""
        return self.player.locator(f'[data-activity="{name}"]')

    def device(self, name: str) -> Locator:
        """A navigation device."""
        return self.player.locator(f'[data-nav="{name}"]')
