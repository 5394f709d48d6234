"""A blank page of a real browser with the run-time script in it."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import elearn

SCRIPT = Path(elearn.__file__).parent / "static" / "player" / "runtime.js"


@pytest.fixture(scope="module")
def page():
    """One page for a whole module: the tests bring their own engines."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto("about:blank")
        page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
        yield page
        browser.close()
