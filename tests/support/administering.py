"""Changing units and the register through their pages: looking at a preview, and confirming it."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from elearn.models.organisation import UnitKind

if TYPE_CHECKING:
    from tests.support.web import Browser

LONG_AGO, REFORM = date(2010, 1, 1), date(2025, 7, 1)
# Code, name, kind, first day and parent of a small province after the reform.
UNITS = (
    ("XA", "Phường Hoa Lư", UnitKind.COMMUNE, REFORM, "SO"),
    ("B", "Xã Bình Minh", UnitKind.COMMUNE, REFORM, "SO"),
    ("A1", "Tiểu học Kim Đồng", UnitKind.SCHOOL, REFORM, "XA"),
    ("B1", "Trung học cơ sở Lê Lợi", UnitKind.SCHOOL, REFORM, "B"),
)


def seen_on(page: Any) -> str:
    """The mark that a form carries; empty on a page without one."""
    found = re.search(r'name="seen" value="(\w*)"', page.text)
    return found[1] if found else ""


def preview(browser: Browser, address: str, form: dict[str, Any], seen: Any = None) -> Any:
    """Open the form, fill it and send it."""
    mark = seen_on(seen or browser.get(address))
    return browser.post(address, {**form, "seen": mark})


def confirmed(browser: Browser, address: str, form: dict[str, Any], seen: Any = None) -> Any:
    """Fill the form and say yes; `seen` is the page whose mark the form carries (default: a fresh one)."""
    return preview(browser, address, {**form, "confirmed": "yes"}, seen)


def told(page: Any) -> str:
    """The sentences of a preview."""
    assert page.status_code == 200, page.text
    return html.unescape(re.sub(r"<[^>]+>", "", re.search(r'<ul id="told">(.*?)</ul>', page.text, re.DOTALL)[1]))
