"""What keeps people from using a page, as axe finds it, wide and on a small phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

PHONE = {"width": 360, "height": 740}


def has_no_barriers(page: Page) -> None:
    """Axe finds nothing on the page, once it is there as a whole, and it fits a small phone."""
    page.wait_for_load_state()
    size = page.viewport_size
    for width in (size, PHONE):
        page.set_viewport_size(width)
        violations = Axe().run(page).response["violations"]
        assert [(found["id"], node["html"]) for found in violations for node in found["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width["width"]
    page.set_viewport_size(size)
