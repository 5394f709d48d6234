"""A record as simple Dublin Core in XML: the fifteen elements (ISO 15836-1) in the container of `oai_dc`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml.builder import ElementMaker

from scorm.plain_text import several_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorm.records.record import Record

DC: Final = "http://purl.org/dc/elements/1.1/"
OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_DC: Final = ElementMaker(namespace=DC)
_OAI: Final = ElementMaker(namespace=OAI_DC, nsmap={"oai_dc": OAI_DC, "dc": DC})


def dublin_core(record: Record) -> bytes:
    """The whole document, UTF-8 with an XML declaration; elements about which nothing is known are left out."""
    root = _OAI.dc(*(_DC(name, several_lines(value)) for name, value in _elements(record) if value))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _elements(record: Record) -> Iterator[tuple[str, str]]:
    yield "title", record.title
    for name in record.authors:
        yield "creator", name
    for term in record.subjects:
        yield "subject", term.name
    yield "subject", record.topic
    for word in record.keywords:
        yield "subject", word
    yield "description", record.description
    yield "publisher", record.publisher
    day = record.published or record.created
    yield "date", day.isoformat() if day else ""
    yield "type", record.dcmi_type
    yield "type", record.resource_type.name if record.resource_type else ""
    yield "format", record.format
    yield "format", f"{record.size} bytes" if record.size is not None else ""
    yield "identifier", record.identifier
    yield "identifier", record.url if record.url != record.identifier else ""
    yield "language", record.language
    for term in (*record.levels, *record.grades):
        yield "coverage", term.name
    yield "rights", record.rights
    yield "rights", record.rights_url
