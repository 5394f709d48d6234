"""The pictures of docs/screenshots, from a running demo: `python -m tests.support.screenshots http://localhost:8000`."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.support.chromium import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
PASSWORD = "elearn-demo-2026"
WIDTHS = {1280: 900, 360: 760}
LONGEST = 2  # windows below each other: more of a page says nothing new
COLOURS = 128

# Name of the picture, login, address; `*` follows the first link that matches, as one who does not know the uid must.
PAGES = (
    ("search", "giaovien.th", "/library?q=phan+so"),
    ("material", "giaovien.th", "/library?q=phan+so*/materials/"),
    ("home-teacher", "giaovien.th", "/"),
    ("home-student", "hocsinh.th", "/"),
    ("home-reviewer", "nguoiduyet", "/"),
    ("home-head", "hieutruong.th", "/"),
    ("home-officer", "lanhdao.so", "/"),
    ("home-inspector", "thanhtra", "/"),
    ("home-administrator", "quantri", "/"),
    ("ratio", "lanhdao.so", "/reports/ict"),
    ("ratio-subjects", "lanhdao.so", "/reports/ict/subjects"),
    ("ratio-persons", "hieutruong.th", "/reports/ict/persons"),
    ("ratio-own", "giaovien.th", "/reports/own"),
    ("course", "hocsinh.th", "/courses*/courses/"),
    ("course-teacher", "giaovien.th", "/courses*/courses/"),
    ("matrix", "giaovien.th", "/courses*/courses/*/classes/"),
    ("software", "hieutruong.th", "/software"),
    ("software-title", "lanhdao.so", "/software*/materials/"),
    ("software-plan", "lanhdao.so", "/software*/software/plan/"),
    ("software-installed", "lanhdao.so", "/software*/software/installed/"),
    ("software-spending", "lanhdao.so", "/software*/software/plan/*/software/spending/"),
    ("units", "quantri", "/administration/units"),
    ("health", "quantri", "/administration/health"),
)


def main(site: str) -> None:
    """Take every picture, each person signed in once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for login in dict.fromkeys(login for _, login, _ in PAGES):
            page = signed_in(browser, site, login)
            for name, _, address in (row for row in PAGES if row[1] == login):
                _go(page, site, address)
                keep_pictures(page, name)
            page.context.close()


def keep_pictures(page: Page, name: str) -> None:
    """Keep a page as it is, wide and as on a phone."""
    for width, picture in _pictures(page):
        _keep(picture, FOLDER / f"{name}-{width}.png")


def signed_in(browser: Browser, site: str, login: str) -> Page:
    """A page in which a person of the demo is signed in."""
    page = browser.new_context(locale="vi-VN", reduced_motion="reduce").new_page()
    page.goto(f"{site}/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    return page


def _go(page: Page, site: str, address: str) -> None:
    start, *links = address.split("*")
    page.goto(site + start)
    for part in links:
        found = page.locator(f'main a[href*="{part}"]:not([href$="/new"]):not([href*="/export"])').first
        page.goto(site + str(found.get_attribute("href")).partition("#")[0])


def _pictures(page: Page) -> Iterator[tuple[int, bytes]]:
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        whole = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(whole, height * LONGEST)}
        yield width, page.screenshot(full_page=True, clip=clip)


def _keep(picture: bytes, path: Path) -> None:
    """A palette of a few colours makes a page of text a third as large, and nobody sees it."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} kB")  # noqa: T201 - this is a command


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
