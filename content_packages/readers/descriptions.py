"""The small XML and JSON files that describe a package: found, parsed and resolved against its files."""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from content_packages.page_text import decode_page
from scorm.manifest.elements import attribute, children, label_of
from scorm.manifest.xml_document import MAX_BYTES, parse_document

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from content_packages.source import Source

_NAMED_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^>\[]{0,1000}>")
_OUTSIDE: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def nearest(source: Source, name: str) -> str:
    """Return the path of the file of that last name (in lower case) that is nearest to the top, "" if absent."""
    found = [entry.path for entry in source.entries if entry.path.rpartition("/")[2].lower() == name]
    return min(found, key=lambda path: (path.count("/"), path), default="")


def folder_of(path: str) -> str:
    """Return the folder of a path with a final "/", "" at the top."""
    return path[: path.rfind("/") + 1]


def read_element(source: Source, path: str) -> Element | None:
    """Return the root of an XML file of the package; None when it is absent or cannot be parsed."""
    return parse_element(source.read(path, MAX_BYTES + 1)) if path else None


def parse_element(data: bytes) -> Element | None:
    """Parse XML; a document type that is only named does no harm and is left out."""
    root, _ = parse_document(_NAMED_DOCTYPE.sub(b"", data, count=1))
    return root


def read_json(source: Source, path: str) -> Any:
    """Return what a JSON file of the package says; None when it is absent or cannot be parsed."""
    data = source.read(path, MAX_BYTES + 1) if path else b""
    if not data or len(data) > MAX_BYTES:
        return None
    try:
        return json.loads(decode_page(data).removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None


def in_best_language(element: Element | None, preferred: str = "vi") -> str:
    """Return the text of an element that holds one `langstring` for each language, or the text itself."""
    if element is None:
        return ""
    strings = list(children(element, "langstring"))
    if not strings:
        return label_of(element)
    chosen = next((string for string in strings if (attribute(string, "lang") or "").startswith(preferred)), strings[0])
    return label_of(chosen)


def is_outside(href: str) -> bool:
    """Whether an address leads out of the package: it names a scheme or a host."""
    return _OUTSIDE.match(href.strip()) is not None


def entry_of(source: Source, folder: str, href: str) -> str:
    """Return the path of the entry that an address in a file of `folder` means, "" when there is none."""
    if is_outside(href):
        return ""
    try:
        path = urlsplit(href.strip().replace("\\", "/")).path
    except ValueError:
        return ""
    joined = posixpath.normpath(posixpath.join(folder, path.lstrip("/"))) if path else ""
    entry = source.entries.lookup(joined) if joined and not joined.startswith("..") else None
    return entry.path if entry else ""
