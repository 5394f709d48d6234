"""A record as LOM 1.0 in XML (IEEE 1484.12.1 for the elements, IEEE 1484.12.3 for their form and order)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml.builder import ElementMaker

from scorm.namespaces import LOM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

    from scorm.records.record import Record, Term

_E: Final = ElementMaker(namespace=LOM, nsmap={None: LOM})
_VOCABULARY: Final = "LOMv1.0"
_LONGEST: Final = 1000  # characters of a title, an entry or a keyword (smallest permitted maximum of 1484.12.1)
_NOT_IN_XML: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# 4.4.1.2: the names a standard client knows; others are written into 4.6.
_SYSTEMS: Final = {"windows": "ms-windows", "linux": "unix", "macos": "macos"}


def lom_xml(record: Record) -> bytes:
    """The whole LOM document, UTF-8 with an XML declaration; parts about which nothing is known are left out."""
    parts = (
        _general(record),
        _life_cycle(record),
        _meta_metadata(record),
        _technical(record),
        _educational(record),
        _rights(record),
        *_classifications(record),
    )
    root = _E.lom(*(part for part in parts if len(part)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _general(record: Record) -> Element:
    return _E.general(
        _identifier(record.identifier),
        _texts("title", record.title, record.language),
        _E.language(record.language),
        *([_texts("description", record.description, record.language)] if record.description else []),
        *(_texts("keyword", word, record.language) for word in record.keywords),
    )


def _life_cycle(record: Record) -> Element:
    part = _E.lifeCycle()
    if record.version:
        part.append(_texts("version", record.version[:50], record.language))
    part.append(_word("status", record.status))
    for name in record.authors:
        part.append(_author(name, record))
    if record.publisher:
        contribution = _E.contribute(_word("role", "publisher"), _E.entity(_vcard(record.publisher, is_person=False)))
        if record.published:
            contribution.append(_E.date(_E.dateTime(record.published.isoformat())))
        part.append(contribution)
    return part


def _author(name: str, record: Record) -> Element:
    """One author; the day is that of the upload."""
    contribution = _E.contribute(_word("role", "author"), _E.entity(_vcard(name)))
    if record.created:
        contribution.append(_E.date(_E.dateTime(record.created.isoformat())))
    return contribution


def _meta_metadata(record: Record) -> Element:
    return _E.metaMetadata(_E.metadataSchema(_VOCABULARY), _E.language(record.metadata_language))


def _technical(record: Record) -> Element:
    part = _E.technical()
    if record.format:
        part.append(_E.format(record.format))
    if record.size is not None:
        part.append(_E.size(str(record.size)))
    if record.url:
        part.append(_E.location(record.url))
    known = [name for name in (_SYSTEMS.get(system) for system in record.operating_systems) if name]
    if known:
        # Alternatives stand in one requirement (4.4.1), different requirements would all have to hold.
        part.append(_E.requirement(*(_or_composite(name) for name in dict.fromkeys(known))))
    if record.requirements:
        part.append(_texts("otherPlatformRequirements", record.requirements, record.language))
    return part


def _or_composite(name: str) -> Element:
    return _E.orComposite(_word("type", "operating system"), _word("name", name))


def _educational(record: Record) -> Element:
    part = _E.educational()
    for word in record.lom_types:
        part.append(_word("learningResourceType", word))
    for word in ("teacher", "learner"):
        part.append(_word("intendedEndUserRole", word))
    for word in record.contexts:
        part.append(_word("context", word))
    if record.ages:
        part.append(_texts("typicalAgeRange", record.ages, record.metadata_language))
    if record.duration:
        part.append(_E.typicalLearningTime(_E.duration(record.duration)))
    part.append(_E.language(record.language))
    return part


def _rights(record: Record) -> Element:
    part = _E.rights()
    if record.is_free is not None:
        part.append(_word("cost", "no"))
        part.append(_word("copyrightAndOtherRestrictions", "no" if record.rights_url.endswith("zero/1.0/") else "yes"))
    said = " ".join(filter(None, (record.rights, record.rights_url)))
    if said:
        part.append(_texts("description", said, record.metadata_language))
    return part


def _classifications(record: Record) -> Iterable[Element]:
    """Subjects with the topic below them as "discipline", levels and grades as "educational level" (9.1)."""
    topic = [_taxon("", record.topic, record.metadata_language)] if record.topic else []
    disciplines = [_path(record, [term], topic) for term in record.subjects]
    if topic and not disciplines:
        disciplines = [_path(record, [], topic)]
    levels = [_path(record, [term], []) for term in (*record.levels, *record.grades)]
    for purpose, paths in (("discipline", disciplines), ("educational level", levels)):
        if paths:
            yield _E.classification(_word("purpose", purpose), *paths)


def _path(record: Record, terms: list[Term], further: list[Element]) -> Element:
    taxa = [_taxon(term.code, term.name, record.metadata_language) for term in terms]
    copies = [etree.fromstring(etree.tostring(taxon)) for taxon in further]
    return _E.taxonPath(_texts("source", record.programme or "-", record.metadata_language), *taxa, *copies)


def _taxon(code: str, name: str, language: str) -> Element:
    return _E.taxon(*([_E.id(code)] if code else []), _texts("entry", name, language))


def _identifier(uri: str) -> Element:
    return _E.identifier(_E.catalog("URI"), _E.entry(uri))


def _texts(name: str, text: str, language: str) -> Element:
    longest = 20_000 if name == "description" else _LONGEST
    return _E(name, _E.string(_seen(text)[:longest], language=language))


def _word(name: str, value: str) -> Element:
    return _E(name, _E.source(_VOCABULARY), _E.value(value))


def _vcard(name: str, *, is_person: bool = True) -> str:
    """A vCard 3.0 (RFC 2426) with the one thing that is known."""
    escaped = _seen(name).replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{escaped}", f"N:{escaped};;;;"]
    if not is_person:
        lines.append(f"ORG:{escaped}")
    return "\n".join([*lines, "END:VCARD"])


def _seen(text: str) -> str:
    """Without the characters XML 1.0 cannot hold (2.2)."""
    return _NOT_IN_XML.sub("", text)
