"""The browser of the tests: the system's Chromium, without anything that looks for a network.

Chromium's headless shell is the same engine without windows and profiles. New contexts and pages cost it less, so the
tests take it where it is installed.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SHELL = "chromium-headless-shell"
# Playwright switches the partitioning of storage off; the last of these switches counts.
AS_SHIPPED = "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,OptimizationHints,PaintHolding"
expect.set_options(timeout=30_000)  # ms, as Playwright waits for all else: the machine may have much to do
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", SHELL)


def executable(*preferred: str) -> str:
    """The path of Chromium, or of what is preferred to it; `make test` has installed one."""
    names = (*preferred, *NAMES)
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert found, "no Chromium: run `make browser`"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser until the end of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(SHELL), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def strict_chromium(beside: Browser) -> Iterator[Browser]:
    """A second browser that gives no cookies to third parties; not the headless shell, which knows none."""
    arguments = [*ARGUMENTS, AS_SHIPPED, "--test-third-party-cookie-phaseout"]
    browser = beside.browser_type.launch(executable_path=executable(), args=arguments)
    try:
        yield browser
    finally:
        browser.close()
