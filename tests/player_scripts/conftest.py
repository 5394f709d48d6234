"""The stage on which the player's scripts are tried, and an outbox without any page around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.stage import OUTBOX, SCRIPTS, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture
def stage(browser: Browser) -> Iterator[Stage]:
    """A stage in a browser profile of its own."""
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    yield Stage(page)
    context.close()


@pytest.fixture(scope="module")
def outbox_page(browser: Browser) -> Iterator[Page]:
    """A page with the outbox in it, for all tests of a module."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.goto("about:blank")
    page.add_script_tag(content=(SCRIPTS / "outbox.js").read_text(encoding="utf-8"))
    page.add_script_tag(content=OUTBOX)
    yield page
    context.close()


@pytest.fixture
def outbox(outbox_page: Page) -> Callable[..., Page]:
    """A page with an outbox whose network answers as told."""

    def begin(*answers: Any) -> Page:
        outbox_page.evaluate("answers => begin(answers)", list(answers))
        return outbox_page

    return begin
