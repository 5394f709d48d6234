"""Walking through foreign XML without building a tree: no DTD, no entities, bounded in bytes, tags and depth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from lxml import etree

from content_packages.page_text import collapse
from scorm.manifest.encoding import decode_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_packages.source import Source

PART_BYTES: Final = 12 * 1024 * 1024
_TAGS: Final = 400_000  # opening and closing; each costs a call
_DOCTYPE: Final = re.compile(r"<!DOCTYPE", re.IGNORECASE)
_NAMED_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^>\[]{0,1000}>")


class Visitor:
    """Is shown a document in its order; names come without their namespace, attributes as lxml writes them."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Meet an opening tag."""

    def data(self, text: str) -> None:
        """Meet text; one run of text may come in several pieces."""

    def end(self, name: str) -> None:
        """Meet a closing tag."""


class _EnoughError(Exception):
    """The document has more tags than anybody waits for."""


class _Target:
    """What lxml's parser calls (`parser target interface`): counts tags and strips namespaces."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._left = _TAGS
        self.data = visitor.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._count()
        self._visitor.start(tag.rpartition("}")[2], attributes)

    def end(self, tag: str) -> None:
        self._count()
        self._visitor.end(tag.rpartition("}")[2])

    def close(self) -> None:
        """Return nothing: the visitor holds the result."""

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _EnoughError


def walk(data: bytes, visitor: Visitor) -> bool:
    """Show a document to `visitor`; False when it has faults or no end, and then it was shown up to there.

    A document type that is only named is left out, one that declares anything is refused before the parser sees it.
    """
    text = _NAMED_DOCTYPE.sub("", decode_xml(data).text, count=1)
    if _DOCTYPE.search(text):
        return False
    parser = etree.XMLParser(
        target=cast("etree.ParserTarget[None]", _Target(visitor)),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, _EnoughError):
        return False
    return True


def read_xml(source: Source, path: str, visitor: Visitor, limit: int = PART_BYTES) -> bool:
    """Walk through a file of an archive; False when it is absent, too long or broken."""
    data = source.read(path, limit)
    if len(data) == limit:
        # Not inside a character: a cut one would make the whole text look like another encoding.
        data = data[: data.rfind(b">") + 1]
    return bool(data) and walk(data, visitor)


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """Return the attribute of that local name; the one without a namespace comes first."""
    plain = attributes.get(name)
    return plain if plain is not None else qualified(attributes, name)


def qualified(attributes: Mapping[str, str], name: str) -> str:
    """Return the attribute of that local name in whatever namespace (the strict forms have others), "" if absent."""
    return next((value for key, value in attributes.items() if key.endswith(f"}}{name}")), "")


class Leaves(Visitor):
    """Collects the text of every element of some names: `found` maps the name to the texts in their order."""

    def __init__(self, *names: str) -> None:
        self.found: dict[str, list[str]] = {name: [] for name in names}
        self._open: list[tuple[str, list[str]]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Begin to listen at an element that is wanted."""
        del attributes
        if name in self.found:
            self._open.append((name, []))

    def data(self, text: str) -> None:
        """Keep text of the element that is open."""
        if self._open:
            self._open[-1][1].append(text)

    def end(self, name: str) -> None:
        """Keep what was heard."""
        if self._open and self._open[-1][0] == name:
            self.found[name].append(collapse("".join(self._open.pop()[1])))

    def first(self, *names: str) -> str:
        """Return the first text that says something, in the order of the names."""
        return next((text for name in names for text in self.found[name] if text), "")


class Relationships(Visitor):
    """Reads a `.rels` part (ECMA-376 part 2, 9.3): `targets` maps the id to the target as written."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.by_type: dict[str, list[str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Keep a target inside the package."""
        if name == "Relationship" and attribute(attributes, "TargetMode") != "External":
            target = attribute(attributes, "Target")
            self.targets[attribute(attributes, "Id")] = target
            self.by_type.setdefault(attribute(attributes, "Type").rpartition("/")[2], []).append(target)
