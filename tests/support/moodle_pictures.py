"""The pictures of docs/moodle.md: a platform of the tests is registered at a running demo, and gets into trouble.

The demo must let this machine be asked: `ELEARN_PRIVATE_HOSTS=127.0.0.1 elearn run --demo`, then
`python -m tests.support.moodle_pictures http://localhost:8000`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.support.chromium import chromium
from tests.support.lti_site import lti_site
from tests.support.screenshots import keep_pictures, signed_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLATFORMS = "/administration/platforms"


def main(site: str) -> None:
    """Walk through a registration and take a picture at each step."""
    with lti_site() as platform, chromium() as browser:
        platform.clock = 240.0
        page = signed_in(browser, site, "quantri")
        page.goto(f"{site}{PLATFORMS}/invite")
        page.fill("#name", "Moodle Trường Lê Lợi")
        keep_pictures(page, "platform-invite")
        page.click("main form button[type=submit]")
        address = page.input_value("#address")
        keep_pictures(page, "platform-invited")
        page.goto(f"{platform.issuer}/register?tool={address}")
        page.frame_locator("iframe").locator("#close").wait_for()
        keep_pictures(page, "platform-registered")
        page.frame_locator("iframe").locator("#close").click()
        page.get_by_text("org.imsglobal.lti.close").wait_for()
        _accept(page, site)
        client = next(iter(platform.clients))
        page.goto(f"{platform.issuer}/view?user=2&client={client}")
        page.wait_for_timeout(1500)
        platform.reaches_tool = False
        _trouble(page, site)


def _accept(page: Page, site: str) -> None:
    page.goto(f"{site}{PLATFORMS}")
    page.click(f'main a[href^="{PLATFORMS}/0"]')
    keep_pictures(page, "platform-waiting")
    page.click('form[action$="/accept"] button')


def _trouble(page: Page, site: str) -> None:
    """Our pages after a launch from a platform with a wrong clock, whose settings do not let it read our keyset."""
    page.goto(f"{site}{PLATFORMS}")
    page.click(f'main a[href^="{PLATFORMS}/0"]')
    one = page.url
    page.click('form[action$="/connection"] button')
    keep_pictures(page, "platform-connection")
    page.goto(one)
    keep_pictures(page, "platform")
    page.goto(f"{site}{PLATFORMS}")
    keep_pictures(page, "platforms")
    page.goto(f"{site}{PLATFORMS}/new?address=moodle.truongleloi.edu.vn")
    keep_pictures(page, "platform-by-hand")
    page.goto(f"{site}{PLATFORMS}/check")
    page.click("main form button[type=submit]")
    keep_pictures(page, "platform-check")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
