"""How the conformance driver uses this library: as a teacher, a reviewer and learners, through the ordinary pages.

The driver loads this file by its path. Its options (`-o name=value`): `base` is the address of the server,
`password` that of all accounts. `run.py` has made the accounts that are named here.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from adapters.base import Learner
from adapters.html_hooks import HtmlHooksAdapter

from tests.conformance.run import LEARNER, REVIEWER, TEACHER
from tests.support.packages import scorm_package

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import BrowserContext, Page

LANGUAGE = "en-GB"


class ElearnAdapter(HtmlHooksAdapter):
    """One worker of the driver; published packages and used learners are common to all of them."""

    name = "elearn"
    _numbers = itertools.count(1)
    _published: dict[str, str] = {}  # noqa: RUF012 - shared by the workers on purpose

    async def setup(self, browser: Any) -> None:
        """Sign the teacher and the reviewer in, each in a browser of their own."""
        self.browser = browser
        self.author = await self._signed_in(TEACHER)
        self.reviewer = await self._signed_in(REVIEWER)

    async def begin_case(
        self, context: BrowserContext, case: dict[str, Any], packages: dict[str, Path], learner: Learner | None
    ) -> Learner:
        """Publish the packages and give a learner nobody has been yet, or the one of the chain."""
        self.addresses = {
            name: await self._material(f"{name}.zip", path.read_bytes()) for name, path in packages.items()
        }
        self.page = await context.new_page()
        if learner is None:
            login = LEARNER.format(next(self._numbers))
            await self._sign_in(self.page, login)
            learner = Learner(id=await self._learner_id(case), name=login)
        return learner

    async def launch(self, package: str) -> None:
        """Press the one button of the material's page."""
        await self.page.goto(self.addresses[package])
        await self.page.locator("[data-launch]").click()
        await self.page.wait_for_url("**/play/**")

    async def leave(self) -> None:
        """Go somewhere else in the library."""
        await self.page.goto(self._address("/library"))

    async def teardown(self) -> None:
        """Close the browsers of teacher and reviewer."""
        await self.author.context.close()
        await self.reviewer.context.close()

    def _address(self, path: str) -> str:
        return self.options["base"].rstrip("/") + path

    async def _signed_in(self, login: str) -> Page:
        context = await self.browser.new_context(locale=LANGUAGE)
        page = await context.new_page()
        await self._sign_in(page, login)
        return page

    async def _sign_in(self, page: Page, login: str) -> None:
        await page.goto(self._address("/sign-in"))
        await page.locator("input[name=login]").fill(login)
        await page.locator("input[name=password]").fill(self.options["password"])
        await page.locator("input[name=password]").press("Enter")
        await page.wait_for_url(lambda address: "/sign-in" not in address)

    async def _learner_id(self, case: dict[str, Any]) -> str:
        """What `cmi.learner_id` will be, as a player page shows it; asked only where the case compares it."""
        if "learner_id" not in str(case["steps"]):
            return ""
        await self.page.goto(await self._material("who-am-i.zip", scorm_package("2004 4th Edition")))
        await self.page.locator("[data-launch]").click()
        shown = self.page.frame_locator("#player").locator("[data-learner-id]")
        return await shown.get_attribute("data-learner-id") or ""

    async def _material(self, name: str, data: bytes) -> str:
        """The address of the published material of a package; each package is uploaded once."""
        if name not in self._published:
            self._published[name] = await self._publish(name, data)
        return self._published[name]

    async def _publish(self, name: str, data: bytes) -> str:
        page = self.author
        await page.goto(self._address("/contribute"))
        file: Any = {"name": name, "mimeType": "application/zip", "buffer": data}
        await page.locator("#upload-file").set_input_files(file)
        await page.locator("#upload-submit").click()
        await page.wait_for_url("**/edit")
        await page.locator("input[name=levels]").first.check()
        await page.locator("select[name=licence]").select_option("cc")
        await page.locator("button[name=submit]").click()
        await page.wait_for_url(re.compile(r"/materials/[^/]+$"))
        address = page.url
        await self.reviewer.goto(address)
        await self.reviewer.locator("form[action$='/publish'] button:not([formaction])").click()
        await self.reviewer.locator("form[action$='/publish']").wait_for(state="detached")
        return address


ADAPTER = ElearnAdapter
