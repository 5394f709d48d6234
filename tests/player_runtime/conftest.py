"""A blank page of a real browser with the run-time script in it."""

from pathlib import Path

import pytest

import elearn

SCRIPT = Path(elearn.__file__).parent / "static" / "player" / "runtime.js"


@pytest.fixture(scope="module")
def page(browser):
    """One page for a whole module: the tests bring their own engines."""
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield page
    page.close()
