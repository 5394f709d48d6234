"""The HTML pages of one package, each read once, within a budget for the whole package."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from content_packages.findings import finding
from content_packages.page_text import PageText, read_page

if TYPE_CHECKING:
    from content_packages.source import Source
    from scorm.findings import Finding

PAGE_BYTES: Final = 1024 * 1024
TOTAL_BYTES: Final = 12 * 1024 * 1024
SECONDS: Final = 3.0  # a page of a million tags is slow for its size
HOSTS_SHOWN: Final = 10
_PAGE: Final = re.compile(r".+\.(?:x?html?|asp|php)", re.IGNORECASE)


class PageReader:
    """Reads pages of a source and remembers what was left out and which outside hosts they need."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pages: dict[str, PageText] = {}
        self._left = TOTAL_BYTES
        self._deadline = time.monotonic() + SECONDS
        self._shortened = 0

    def read(self, path: str) -> PageText:
        """Return the page at `path`; an absent page or one beyond the budget is empty."""
        if path not in self._pages:
            self._pages[path] = self._read(path)
        return self._pages[path]

    def paths(self) -> list[str]:
        """Return all pages of the package in the order of their names."""
        return sorted(entry.path for entry in self._source.entries if is_page(entry.path))

    def findings(self) -> tuple[Finding, ...]:
        """Return remarks about pages that were shortened, and a warning for every outside host."""
        hosts = sorted({host for page in self._pages.values() for host in page.hosts})
        found = [finding("outside_host", host=host) for host in hosts[:HOSTS_SHOWN]]
        if self._shortened:
            found.append(finding("text_shortened", count=self._shortened))
        return tuple(found)

    def _read(self, path: str) -> PageText:
        entry = self._source.entries.lookup(path)
        if entry is None or not is_page(entry.path):
            return PageText()
        limit = min(PAGE_BYTES, self._left) if time.monotonic() < self._deadline else 0
        self._shortened += entry.size > limit
        self._left -= min(entry.size, limit)
        return read_page(self._source.read(entry.path, limit)) if limit else PageText()


def is_page(path: str) -> bool:
    """Whether the path is that of an HTML page."""
    return _PAGE.fullmatch(path) is not None
