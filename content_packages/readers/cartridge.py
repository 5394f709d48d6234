"""IMS Common Cartridge 1.0 to 1.3 and plain content packages: outline, and the words behind every entry of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from content_packages.containers import manifest_location
from content_packages.facts import PackageFacts
from content_packages.findings import finding
from content_packages.kinds import STANDARDS
from content_packages.page_text import read_page
from content_packages.readers.authoring_tools import detect_tool
from content_packages.readers.descriptions import entry_of, is_outside, read_element
from content_packages.readers.pages import PageReader, is_page
from content_packages.readers.part_list import PartList
from content_packages.readers.units import named
from content_packages.readers.xml_walk import Leaves, read_xml
from scorm.manifest.elements import attribute, child, children, label_of, xml_base
from scorm.manifest.lom import read_lom

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from content_packages.containers import Identity
    from content_packages.source import Source
    from scorm.findings import Finding

_MANIFEST_BYTES: Final = 64 * 1024
_XML_BYTES: Final = 1024 * 1024
_ENTRIES: Final = 2_000
_DEEPEST: Final = 20
_WEB: Final = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)
# A word of a resource's type -> what it is.
_KINDS: Final = MappingProxyType(
    {"imswl": "link", "imsdt": "topic", "imsqti": "quiz", "imsbasiclti": "tool", "assignment": "topic"}
)


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of the manifest: the entry it begins with ("" when absent), all its entries, and what it is.

    `kind` is one of `PartFacts.kind`; "section" is a file that a browser may show.
    """

    href: str
    files: tuple[str, ...]
    kind: str = "section"


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read manifest, outline and texts; resources that the outline does not name follow it."""
    location = manifest_location(source)
    entry, base = (location.entry, location.base) if location else ("imsmanifest.xml", "")
    root = read_element(source, entry)
    standard = STANDARDS.get(identity.kind, "")
    if root is None:
        broken = finding("description_unreadable", name="imsmanifest.xml")
        return PackageFacts(identity.kind, identity.media_type, standard, title=source.stem, findings=(broken,))
    missing: list[str] = []
    resources = _resources(source, root, base, missing)
    pages, parts = PageReader(source), PartList("section")
    for key, title, resource, depth in _outline(root, resources):
        said = _text(source, resource, pages) if resource else ("", "")
        kind = resource.kind if resource else "heading"
        href = _address(source, resource) if resource else ""
        parts.add(title or said[0], f"{title} {said[1]}", key, href, kind=kind, depth=depth)
    lom = read_lom(child(root, "metadata"))
    opened = next((part.href for part in parts.parts if is_page(part.href)), "")
    return PackageFacts(
        identity.kind,
        identity.media_type,
        standard,
        edition=identity.edition,
        tool=detect_tool(source, source.read(entry, _MANIFEST_BYTES), opened),
        title=lom.title or _organization_title(root) or source.stem,
        description=lom.description,
        keywords=lom.keywords,
        language=lom.language,
        authors=lom.authors,
        rights=lom.rights,
        lom=lom,
        parts=parts.parts,
        findings=(*_missing(missing), *pages.findings(), *parts.findings(), finding("results_not_recorded")),
        table=source.entries,
        properties={"entry": opened} if opened else {},
    )


def _resources(source: Source, root: Element, base: str, missing: list[str]) -> dict[str, Resource]:
    """Return the resources by identifier; what is listed and absent goes into `missing`."""
    found: dict[str, Resource] = {}
    group = child(root, "resources")
    for resource in children(group, "resource") if group is not None else ():
        folder = base + xml_base(resource)
        hrefs = [attribute(resource, "href") or "", *(attribute(f, "href") or "" for f in children(resource, "file"))]
        written = [href for href in dict.fromkeys(hrefs) if href and not is_outside(href)]
        entries = [entry_of(source, folder, href) for href in written]
        missing += [href for href, entry in zip(written, entries, strict=True) if not entry]
        files = tuple(dict.fromkeys(filter(None, entries)))
        first = entry_of(source, folder, hrefs[0]) or next(iter(files), "")
        found[attribute(resource, "identifier") or ""] = Resource(first, files, _kind(resource))
    return found


def _kind(resource: Element) -> str:
    """Return what a resource is by its type (Common Cartridge 1.3, 4.2); versions only differ in their numbers."""
    written = (attribute(resource, "type") or "").lower()
    return next((kind for word, kind in _KINDS.items() if word in written), "section")


def _outline(root: Element, resources: dict[str, Resource]) -> Iterator[tuple[str, str, Resource | None, int]]:
    """Yield key, title, resource and depth of every item, then of every resource with words that no item names."""
    used: set[str] = set()
    for item, depth in _titled(root)[:_ENTRIES]:
        reference = attribute(item, "identifierref") or ""
        used.add(reference)
        yield attribute(item, "identifier") or "", label_of(child(item, "title")), resources.get(reference), depth
    for identifier, resource in list(resources.items())[:_ENTRIES]:
        if identifier not in used and (is_page(resource.href) or resource.href.lower().endswith(".xml")):
            yield identifier, "", resource, 0


def _titled(root: Element) -> list[tuple[Element, int]]:
    """Return the items with a title, and how many such items each is in; a cartridge's root item has none."""
    depths: dict[Element, int] = {}
    found = []
    for item in root.iter("{*}item"):
        parent = item.getparent()
        above = -1 if parent is None else depths.get(parent, -1)
        has_title = child(item, "title") is not None
        depths[item] = above + has_title
        if has_title:
            found.append((item, min(depths[item], _DEEPEST)))
    return found


def _address(source: Source, resource: Resource) -> str:
    """Return the entry that a resource opens; of a link to the web its address, when it is one of the web."""
    if resource.kind != "link":
        return resource.href
    root = read_element(source, resource.href)
    written = [] if root is None else [attribute(url, "href") or "" for url in root.iter("{*}url")]
    address = next(iter(written), "").strip()
    return address if _WEB.fullmatch(address) else ""


def _text(source: Source, resource: Resource, pages: PageReader) -> tuple[str, str]:
    """Return title and words of a resource: its pages, and what its XML says in topics, links and questions."""
    titles, texts = [], []
    for path in resource.files:
        if is_page(path):
            page = pages.read(path)
            titles.append(page.title)
            texts.append(page.text)
        elif path.lower().endswith(".xml"):
            said = Leaves("title", "text", "mattext")
            read_xml(source, path, said, _XML_BYTES)
            titles.append(said.first("title"))
            texts += [read_page(text.encode()).text for name in said.found for text in said.found[name] if text]
    title = next(filter(None, titles), "")
    return title, " ".join(dict.fromkeys(filter(None, [title, *texts])))


def _organization_title(root: Element) -> str:
    return label_of(child(root, "organizations", "organization", "title"))


def _missing(missing: list[str]) -> list[Finding]:
    return [finding("listed_files_missing", count=len(missing), names=named(missing))] if missing else []
