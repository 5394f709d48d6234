"""People with real browsers on the real server with the demo province."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from elearn.demo.accounts import PASSWORD
from tests.support.site import running_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.support.site import Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site")) as site:
        yield site


@contextmanager
def visitors(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Somebody at a browser of their own: `person("giaovien.th")` gives the page after signing in."""
    contexts = []

    def arrive(login: str | None = None, *, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(120_000)  # the worker draws the whole demo meanwhile
        if login:
            page.goto(f"{site.address}/sign-in")
            page.locator("input[name=login]").fill(login)
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("input[name=password]").press("Enter")
            page.wait_for_url(lambda address: "/sign-in" not in address)
        return page

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def person(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    with visitors(site, browser) as arrive:
        yield arrive


@pytest.fixture(scope="module")
def module_person(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    with visitors(site, browser) as arrive:
        yield arrive
