"""Which file of a package shows what it is: the cover of a book, the picture of an H5P, a tool's own thumbnail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from content_packages.facts import Kind
from content_packages.readers.descriptions import entry_of, folder_of, nearest, read_element, read_json
from scorm.manifest.elements import attribute, child, children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from content_packages.archive.table import Entry
    from content_packages.source import Source

LARGEST: Final = 30 * 1024 * 1024  # bytes of a picture
_SMALLEST: Final = 1024  # bytes: what is smaller is an icon
_PICTURE: Final = re.compile(r".*\.(?:png|jpe?g|gif|webp|svg)", re.IGNORECASE)
# What Storyline, iSpring, Captivate, eXeLearning, Office and people by hand call the picture of the whole.
_NAMED: Final = re.compile(
    r"(?:thumbnail|thumb|cover|poster|preview|screenshot|presentation_thumbnail|splash)\.(?:png|jpe?g|gif|webp)",
    re.IGNORECASE,
)
_VALUES: Final = 20_000


def cover_of(source: Source, kind: Kind) -> Entry | None:
    """Return the entry of the picture to put on a package's card; None when there is none that says so.

    A picture out of the middle of a lesson is not taken: it would be a logo or an arrow more often than not.
    """
    for path in _candidates(source, kind):
        entry = source.entries.lookup(path) if path else None
        if entry is not None and _PICTURE.fullmatch(entry.path) and _SMALLEST <= entry.size <= LARGEST:
            return entry
    return None


def _candidates(source: Source, kind: Kind) -> Iterator[str]:
    if kind is Kind.EPUB:
        yield from _book_covers(source)
    elif kind is Kind.H5P:
        yield from _h5p_pictures(source)
    yield from sorted((e.path for e in source.entries if _NAMED.fullmatch(e.path.rpartition("/")[2])), key=_depth)


def _depth(path: str) -> tuple[int, str]:
    return path.count("/"), path


def _book_covers(source: Source) -> Iterator[str]:
    """Yield what EPUB 3 (`cover-image`, 7.3.2) and EPUB 2 (`<meta name="cover">`) call the cover."""
    path = nearest(source, "container.xml")
    container = read_element(source, path)
    names = [] if container is None else [attribute(file, "full-path") or "" for file in container.iter("{*}rootfile")]
    for name in names:
        package = entry_of(source, "", name)
        root = read_element(source, package)
        if root is None:
            continue
        items = _items(root)
        named = {attribute(meta, "content") for meta in root.iter("{*}meta") if attribute(meta, "name") == "cover"}
        for identifier, (href, properties) in items.items():
            if "cover-image" in properties or identifier in named:
                yield entry_of(source, folder_of(package), href)


def _items(root: Element) -> dict[str, tuple[str, list[str]]]:
    group = child(root, "manifest")
    items = children(group, "item") if group is not None else ()
    return {
        attribute(item, "id") or "": (attribute(item, "href") or "", (attribute(item, "properties") or "").split())
        for item in items
    }


def _h5p_pictures(source: Source) -> Iterator[str]:
    """Yield the pictures of the content in their order, which begin with those of the first slide or question."""
    base = folder_of(nearest(source, "h5p.json"))
    stack, left = [read_json(source, f"{base}content/content.json")], _VALUES
    while stack and left:
        value: Any = stack.pop()
        left -= 1
        if isinstance(value, dict):
            path, mime = value.get("path"), value.get("mime")
            if isinstance(path, str) and isinstance(mime, str) and mime.startswith("image/"):
                yield f"{base}content/{path}"
            stack += reversed(value.values())
        elif isinstance(value, list):
            stack += reversed(value)


def office_thumbnail(source: Source) -> Entry | None:
    """Return the picture of the first page that Office and OpenDocument programs leave in their files."""
    for path in ("docProps/thumbnail.jpeg", "docProps/thumbnail.png", "Thumbnails/thumbnail.png"):
        entry = source.entries.lookup(path)
        if entry is not None and entry.size <= LARGEST:
            return entry
    return None
