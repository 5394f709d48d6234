"""H5P: what h5p.json says, the texts of content.json, and which libraries the file lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.page_text import collapse, read_page
from content_packages.readers.descriptions import folder_of, nearest, read_json
from content_packages.readers.part_list import PART_CHARACTERS, PartList
from content_packages.readers.units import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_packages.containers import Identity
    from content_packages.source import Source
    from scorm.findings import Finding

_STANDARD: Final = "H5P"
_DESCRIPTION: Final = "h5p.json"
_VALUES: Final = 50_000
_LIBRARIES: Final = 300
_CHILDREN: Final = frozenset({"slides", "chapters", "questions", "questionSet", "panels", "cards"})
# What the library says of itself and not the author: labels of buttons, settings, addresses.
_UNSAID: Final = re.compile(
    r"l10n|UI|ui|a11y|behaviou?r\w*|override\w*|copyright|license\w*|path|mime|library|subContentId|contentType|"
    r"metadata|\w*(?:Label|Button|Color|Id|ARIA|Template)|id|version|action|type|text(?:Next|Prev)\w*"
)
_MARKUP: Final = re.compile(r"[<&]")


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read the description and the content; without either nothing could ever play it."""
    path = nearest(source, _DESCRIPTION)
    described = read_json(source, path)
    if not isinstance(described, dict):
        code = "description_unreadable" if path else "h5p_without_h5p_json"
        broken = finding(code, name=_DESCRIPTION) if path else finding(code)
        return PackageFacts(Kind.H5P, identity.media_type, _STANDARD, title=source.stem, findings=(broken,))
    content = read_json(source, f"{folder_of(path)}content/content.json")
    parts = _parts(content)
    main = _text(described.get("mainLibrary"))
    language = _text(described.get("language") or described.get("defaultLanguage"))
    return PackageFacts(
        Kind.H5P,
        identity.media_type,
        _STANDARD,
        tool="H5P",
        title=_text(described.get("title")) or source.stem,
        description=_text(described.get("metaDescription")),
        keywords=tuple(filter(None, map(collapse, re.split("[,;]", _text(described.get("metaKeywords")))))),
        language="" if language == "und" else language,
        authors=tuple(_text(author.get("name")) for author in _dicts(described.get("authors"))),
        rights="" if described.get("license") == "U" else _text(described.get("license")),
        parts=parts.parts,
        findings=(
            *_faults(source, folder_of(path), described, content),
            *parts.findings(),
            finding("results_not_recorded"),
        ),
        table=source.entries,
        properties={name: value for name, value in (("library", main), ("base", folder_of(path))) if value},
    )


def _parts(content: Any) -> PartList:
    """Return a part for every slide, chapter or question where the content is a list of them, else one part."""
    parts = PartList("slide")
    pieces = _list_of_pieces(content)
    for piece in pieces:
        title = piece.get("metadata", {}).get("title") if isinstance(piece.get("metadata"), dict) else ""
        parts.add(_text(title), " ".join(_said(piece)))
    if not pieces and (said := " ".join(_said(content))):
        parts.add("", said)
    return parts


def _list_of_pieces(content: Any) -> list[dict[str, Any]]:
    """Look for the list at the top or one step below it (`presentation.slides`)."""
    if not isinstance(content, dict):
        return []
    for holder in (content, *(value for value in content.values() if isinstance(value, dict))):
        for name in _CHILDREN & holder.keys():
            pieces = _dicts(holder[name])
            if len(pieces) > 1:
                return pieces
    return []


def _said(content: Any) -> Iterator[str]:
    """Yield the texts of nested content in its order, without markup; a stack instead of a recursion."""
    stack, left, characters = [content], _VALUES, PART_CHARACTERS
    while stack and left > 0 and characters > 0:
        value = stack.pop()
        left -= 1
        if isinstance(value, dict):
            stack += [inner for name, inner in reversed(value.items()) if not _UNSAID.fullmatch(name)]
        elif isinstance(value, list):
            stack += reversed(value)
        elif isinstance(value, str) and value.strip():
            text = read_page(value[:characters].encode("utf-8", "replace")).text if _MARKUP.search(value) else value
            characters -= len(value)
            yield text


def _faults(source: Source, base: str, described: dict[str, Any], content: Any) -> Iterator[Finding]:
    """Say what keeps the content from playing, and what has to come from the site that plays it."""
    if content is None:
        yield finding("description_unreadable", name="content/content.json")
    main = _text(described.get("mainLibrary"))
    if not main:
        yield finding("h5p_main_library_missing")
    needed = dict.fromkeys(map(_library, _dicts(described.get("preloadedDependencies"))[:_LIBRARIES]))
    libraries = {name: read_json(source, f"{base}{name}/library.json") for name in needed}
    if absent := [name for name, library in libraries.items() if not isinstance(library, dict)]:
        yield finding("h5p_libraries_missing", count=len(absent), names=named(absent))
    files = [f"{base}{name}/{path}" for name, library in libraries.items() for path in _files_of(library)]
    if lost := [path for path in files if source.entries.lookup(path) is None]:
        yield finding("listed_files_missing", count=len(lost), names=named(lost))


def _files_of(library: Any) -> list[str]:
    """Return the scripts and styles that a library says it has."""
    if not isinstance(library, dict):
        return []
    listed = [*_dicts(library.get("preloadedJs")), *_dicts(library.get("preloadedCss"))]
    return [_text(entry.get("path")) for entry in listed]


def _library(entry: dict[str, Any]) -> str:
    return f"{_text(entry.get('machineName'))}-{_text(entry.get('majorVersion'))}.{_text(entry.get('minorVersion'))}"


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    """Return a text or a number as one line; anything else says nothing."""
    return collapse(str(value)[:2000]) if isinstance(value, str | int) and not isinstance(value, bool) else ""
