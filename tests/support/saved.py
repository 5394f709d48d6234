"""Whether the work of a learner is saved, as the badge of the shell tells it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page

HEAR = """(html, word) => addEventListener("message", ({ data }) => {
  if (data === word) html.dataset.heard = word;
})"""
SAY = "(html, word) => parent.postMessage(word, '*')"
_numbers = itertools.count(1)


def expect_saved(shell: Page | FrameLocator) -> None:
    """Wait until all that content has set by now is saved.

    What was set a moment ago may not have come to the badge, which then tells of what was saved before. So a word goes
    the same way first, from the player's page to the shell's: what was said before it has come when it has.
    """
    word = f"said {next(_numbers)}"
    page = shell.locator("html")
    page.evaluate(HEAR, word)
    shell.frame_locator("#player").locator("html").evaluate(SAY, word)
    expect(page).to_have_attribute("data-heard", word)
    expect(shell.locator("#saved")).to_have_attribute("data-state", "saved")
