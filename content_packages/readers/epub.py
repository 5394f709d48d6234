"""EPUB 2 and 3: metadata of the package document, and the chapters in the order of the spine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.readers.descriptions import entry_of, folder_of, nearest, read_element
from content_packages.readers.pages import PageReader
from content_packages.readers.part_list import PARTS, PartList
from content_packages.readers.units import named
from scorm.manifest.elements import attribute, child, children, label_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from content_packages.containers import Identity
    from content_packages.source import Source
    from scorm.findings import Finding

_CONTAINER: Final = "META-INF/container.xml"
# Keys of Adobe and of Readium's LCP; encrypted fonts alone are no protection of the book.
_PROTECTION: Final = ("META-INF/rights.xml", "META-INF/license.lcpl")
_STANDARD: Final = "EPUB"
_LONGEST_EDITION: Final = 10


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read the book; one that only a bought key opens is refused."""
    path = _package_path(source)
    root = read_element(source, path)
    code = "epub_protected" if any(source.entries.lookup(name) for name in _PROTECTION) else ""
    if root is None or code:
        cause = finding(code) if code else finding("description_unreadable", name=path or _CONTAINER)
        return PackageFacts(Kind.EPUB, identity.media_type, _STANDARD, title=source.stem, findings=(cause,))
    folder, metadata = folder_of(path), child(root, "metadata")
    files = _manifest(root)
    navigation = next((entry_of(source, folder, href) for href, is_nav in files.values() if is_nav), "")
    titles = _titles(source, navigation) or _titles(source, _old_navigation(source, root, folder, files))
    spine = [entry_of(source, folder, href) for href in _spine(root, files)]
    pages, chapters = PageReader(source), PartList("chapter")
    for chapter in filter(None, spine):
        page = pages.read(chapter)
        chapters.add(titles.get(chapter) or page.title, page.text, chapter, chapter)
    missing = _missing(_spine(root, files), spine)
    entry = navigation or next((part.href for part in chapters.parts if part.href), "")
    return PackageFacts(
        Kind.EPUB,
        identity.media_type,
        _STANDARD,
        edition=(attribute(root, "version") or "")[:_LONGEST_EDITION],
        title=next(iter(_texts(metadata, "title")), "") or source.stem,
        description="\n".join(_texts(metadata, "description")),
        keywords=tuple(_texts(metadata, "subject")),
        language=next(iter(_texts(metadata, "language")), ""),
        authors=tuple(_texts(metadata, "creator")),
        rights=next(iter(_texts(metadata, "rights")), ""),
        parts=chapters.parts,
        findings=(*missing, *pages.findings(), *chapters.findings()),
        table=source.entries,
        properties={"chapters": len(chapters.parts), **({"entry": entry} if entry else {})},
    )


def _package_path(source: Source) -> str:
    """Return the package document that `container.xml` names (OCF 3.3, 4.2.6.3), else the first there is."""
    container = read_element(source, _CONTAINER)
    if container is not None:
        for rootfile in container.iter("{*}rootfile"):
            if path := entry_of(source, "", attribute(rootfile, "full-path") or ""):
                return path
    return next((entry.path for entry in source.entries if entry.path.lower().endswith(".opf")), "")


def _manifest(root: Element) -> dict[str, tuple[str, bool]]:
    """Return identifier -> (address, whether it is the navigation document)."""
    group = child(root, "manifest")
    items = children(group, "item") if group is not None else ()
    return {
        attribute(item, "id") or "": (
            attribute(item, "href") or "",
            "nav" in (attribute(item, "properties") or "").split(),
        )
        for item in items
    }


def _spine(root: Element, files: dict[str, tuple[str, bool]]) -> list[str]:
    """Return the addresses of the chapters in the order of reading (EPUB 3.3, 5.7)."""
    spine = child(root, "spine")
    items = list(children(spine, "itemref"))[:PARTS] if spine is not None else []
    return [files.get(attribute(item, "idref") or "", ("", False))[0] for item in items]


def _missing(written: list[str], entries: list[str]) -> list[Finding]:
    absent = [href for href, entry in zip(written, entries, strict=True) if not entry]
    return [finding("listed_files_missing", count=len(absent), names=named(absent))] if absent else []


def _old_navigation(source: Source, root: Element, folder: str, files: dict[str, tuple[str, bool]]) -> str:
    """Return the NCX of EPUB 2, which the spine names."""
    spine = child(root, "spine")
    named_by_spine = (attribute(spine, "toc") or "") if spine is not None else ""
    return entry_of(source, folder, files.get(named_by_spine, ("", False))[0]) or nearest(source, "toc.ncx")


def _titles(source: Source, path: str) -> dict[str, str]:
    """Return entry -> title by a navigation document (`a`) or an NCX (`navPoint`); the first of several counts."""
    root = read_element(source, path)
    if root is None:
        return {}
    links = [(attribute(link, "href") or "", label_of(link)) for link in root.iter("{*}a")]
    for point in root.iter("{*}navPoint"):
        content, label = child(point, "content"), child(point, "navlabel", "text")
        links.append(((attribute(content, "src") or "") if content is not None else "", label_of(label)))
    titles: dict[str, str] = {}
    for href, title in links:
        if title:
            titles.setdefault(entry_of(source, folder_of(path), href), title)
    return titles


def _texts(metadata: Element | None, name: str) -> list[str]:
    """Return the texts of Dublin Core elements; EPUB 2 of old tools wraps them in `dc-metadata`."""
    found = [] if metadata is None else [label_of(element) for element in metadata.iter(f"{{*}}{name}")]
    return [text for text in found if text]
