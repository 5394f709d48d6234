"""Web pages: a ZIP with a page to begin with, whichever tool made it, or a single page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from content_packages.containers import HOME_PAGES
from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.page_text import read_page
from content_packages.readers.authoring_tools import detect_tool, named_generator
from content_packages.readers.pages import PAGE_BYTES, PageReader, is_page
from content_packages.readers.part_list import PartList

if TYPE_CHECKING:
    from content_packages.containers import Identity
    from content_packages.source import Source

_STEM: Final = re.compile(r"([^/]+)\.x?html?", re.IGNORECASE)


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read every page, the first one first."""
    if not len(source.entries):
        return _read_single(source, identity)
    pages, parts = PageReader(source), PartList("page")
    entry = first_page(source)
    for path in dict.fromkeys(filter(None, [entry, *pages.paths()])):
        page = pages.read(path)
        if page.title or page.text or path == entry:
            parts.add(page.title, f"{page.title} {page.text}", path, path)
    opened = pages.read(entry)
    return PackageFacts(
        Kind.HTML5,
        identity.media_type,
        tool=detect_tool(source, b"", entry) or named_generator([opened.generator]),
        title=opened.title or source.stem,
        parts=parts.parts,
        findings=(*pages.findings(), *parts.findings(), finding("results_not_recorded")),
        table=source.entries,
        properties={"entry": entry} if entry else {},
    )


def first_page(source: Source) -> str:
    """Return the page a site begins with: in the folder nearest to the top, by its name, else the only one there."""
    paths = [entry.path for entry in source.entries if is_page(entry.path)]
    nearest = min((path.count("/") for path in paths), default=0)
    return min((path for path in paths if path.count("/") == nearest), key=_rank, default="")


def _rank(path: str) -> tuple[int, str]:
    match = _STEM.fullmatch(path.rpartition("/")[2])
    stem = match[1].lower() if match else ""
    return (HOME_PAGES.index(stem) if stem in HOME_PAGES else len(HOME_PAGES), path)


def _read_single(source: Source, identity: Identity) -> PackageFacts:
    """Read a page that came alone: it is never opened here, only downloaded."""
    page, parts = read_page(source.head(PAGE_BYTES)), PartList("page")
    parts.add(page.title, page.text)
    return PackageFacts(
        Kind.HTML5,
        identity.media_type,
        tool=named_generator([page.generator]),
        title=page.title or source.stem,
        parts=parts.parts,
        findings=(*parts.findings(), finding("single_page_downloaded")),
    )
