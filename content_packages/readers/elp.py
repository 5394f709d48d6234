"""Projects of eXeLearning: `.elpx` of version 3 (root `ode`) page by page, `.elp` of version 2 as one text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from content_packages.facts import Kind, PackageFacts
from content_packages.findings import finding
from content_packages.page_text import read_page
from content_packages.readers.authoring_tools import detect_tool
from content_packages.readers.descriptions import nearest
from content_packages.readers.part_list import PART_CHARACTERS, PartList
from content_packages.readers.xml_walk import Visitor, attribute, read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_packages.containers import Identity
    from content_packages.source import Source

_OLD: Final = ("contentv3.xml", "contentv2.xml")
_HEAD: Final = 64 * 1024
_UNDEFINED: Final = frozenset({"", "undefined", "null"})


def read(source: Source, identity: Identity) -> PackageFacts:
    """Read the project; the pickled form of version 0 and 1 (`content.data`) is never opened, only kept."""
    path = next(filter(None, (nearest(source, name) for name in (*_OLD, "content.xml"))), "")
    project = OldProject() if path.lower().endswith(_OLD) else Project()
    is_whole = bool(path) and read_xml(source, path, project)
    entry = nearest(source, "index.html")
    opened = entry if entry.count("/") == path.count("/") else ""
    remarks = [finding("results_not_recorded" if opened else "not_played_yet")]
    if not is_whole:
        remarks.insert(0, finding("document_partly_unreadable"))
    author = project.properties.get("author", "")
    return PackageFacts(
        Kind.ELP,
        identity.media_type,
        "eXeLearning",
        tool=detect_tool(source, source.read(path, _HEAD), "index.html"),
        title=project.properties.get("title", "") or source.stem,
        description=project.properties.get("description", ""),
        language=project.properties.get("lang", ""),
        authors=(author,) if author else (),
        rights=project.properties.get("license", ""),
        parts=project.finished().parts,
        findings=(*project.pages.findings(), *remarks),
        table=source.entries,
        properties={"entry": opened} if opened else {},
    )


class Project(Visitor):
    """`content.xml` of version 3: properties, pages, and on each page views in HTML."""

    def __init__(self) -> None:
        self.properties: dict[str, str] = {}
        self.pages = PartList("page")
        self._text: list[str] = []
        self._key = ""
        self._title = ""
        self._views: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin to listen anew."""
        del attributes
        self._text = []
        if name == "odeNavStructure":
            self._title, self._views = "", []

    def data(self, text: str) -> None:
        """Keep text of the element that is open."""
        self._text.append(text)

    def end(self, name: str) -> None:
        """Take what the element said."""
        text, self._text = "".join(self._text), []
        if name == "key":
            self._key = text.strip()
        elif name == "value" and self._key.startswith("pp_") and text.strip() not in _UNDEFINED:
            self.properties.setdefault(self._key.removeprefix("pp_"), text.strip())
        elif name == "pageName":
            self._title = text
        elif name == "htmlView":
            self._views.append(read_page(text[:PART_CHARACTERS].encode()).text)
        elif name == "odeNavStructure":
            self.pages.add(self._title, " ".join([self._title, *self._views]))

    def finished(self) -> PartList:
        """Return the pages."""
        return self.pages


class OldProject(Project):
    """`contentv3.xml` of version 2, a graph of objects: names and values alternate, and HTML is such a value."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take a name, or the value that follows it."""
        value = attribute(attributes, "value")
        if name == "string" and attribute(attributes, "role") == "key":
            self._key = value
        elif name == "unicode":
            self._take(value)
            self._key = ""

    def data(self, text: str) -> None:
        """Nothing is said outside of attributes."""

    def end(self, name: str) -> None:
        """Nothing is said outside of attributes."""

    def finished(self) -> PartList:
        """Return all words as one part."""
        if self._views:
            self.pages.add("", " ".join(self._views))
            self._views = []
        return self.pages

    def _take(self, value: str) -> None:
        if self._key in {"_title", "_author", "_description", "_lang"} and value.strip() not in _UNDEFINED:
            self.properties.setdefault(self._key.removeprefix("_"), value)
        if self._key == "_title":
            self._views.append(value)
        elif self._key == "content_w_resourcePaths":
            self._views.append(read_page(value[:PART_CHARACTERS].encode()).text)
