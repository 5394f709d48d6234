"""A blank page of a real browser with the run-time scripts in it."""

from pathlib import Path

import pytest

import elearn

SCRIPTS = [Path(elearn.__file__).parent / "static" / "player" / name for name in ("lenient.js", "runtime.js")]


@pytest.fixture(scope="module")
def page(browser):
    """One page for a whole module: the tests bring their own engines."""
    page = browser.new_page()
    page.goto("about:blank")
    for script in SCRIPTS:
        page.add_script_tag(content=script.read_text(encoding="utf-8"))
    yield page
    page.close()
