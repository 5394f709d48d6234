"""Parsing of untrusted XML: no DTD, no entities, no network, bounded in size, depth and elements."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from scorm.manifest.encoding import decode_xml
from scorm.manifest.report import Report

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from scorm.findings import Finding

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_TAGS: Final = 120_000  # opening and closing; libxml2 needs over 100 bytes for each element
MAX_AMPERSANDS: Final = 20_000  # in a text that needs mending, where each one costs time
MAX_DEPTH: Final = 100  # the readers recurse; no course is deeper

_DEEPER_THAN_ALLOWED: Final = etree.XPath("boolean(/" + "/".join(["*"] * (MAX_DEPTH + 1)) + ")")
_STRAY_AMPERSAND: Final = re.compile(
    r"&(?!#[0-9]{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(?:[A-Za-z][A-Za-z0-9]{1,30};)?"
)
_ILLEGAL_CHARACTER: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parse_document(data: bytes) -> tuple[Element | None, tuple[Finding, ...]]:
    """Parse XML of unknown origin; comments and processing instructions are dropped.

    Returns the root, or None with a finding that refuses the document. XInclude elements stay
    ordinary elements. A document whose only faults are stray ampersands, entities of HTML, control
    characters or undeclared prefixes is mended and reported. Nothing is raised for any bytes.
    """
    report = Report()
    root = None if len(data) > MAX_BYTES else _parse_bytes(data, report)
    if len(data) > MAX_BYTES:
        report.add("xml_too_large", size=len(data), limit=MAX_BYTES)
    return root, report.findings()


def _parse_bytes(data: bytes, report: Report) -> Element | None:
    decoded = decode_xml(data)
    if decoded.guessed:
        report.add("xml_encoding_guessed", encoding=decoded.encoding)
    if decoded.declared:
        report.add("xml_encoding_misdeclared", declared=decoded.declared, encoding=decoded.encoding)
    if not decoded.text:
        report.add("xml_empty")
    elif decoded.text.count("<") > MAX_TAGS:
        report.add("xml_too_many_elements", limit=MAX_TAGS)
    elif _has_doctype(decoded.text):
        report.add("xml_doctype_refused")
    else:
        return _parse_text(decoded.text, report)
    return None


def _has_doctype(text: str) -> bool:
    """Whether a document type declaration stands before the root element (XML 1.0, production 22).

    It is looked for before libxml2 sees the text, because the parser would already read entities
    declared in it.
    """
    position = 0
    while True:
        position = text.find("<", position)
        if text.startswith("<!--", position):
            end = text.find("-->", position + 4)
        elif text.startswith("<?", position):
            end = text.find("?>", position + 2)
        else:
            return position >= 0 and text[position : position + 9].upper() == "<!DOCTYPE"
        if end < 0:
            return False
        position = end


def _parse_text(text: str, report: Report) -> Element | None:
    try:
        return _bounded(_parse_strictly(text), report)
    except etree.XMLSyntaxError as error:
        first = error
    try:
        root = _parse_mended(text, first, report)
    except etree.XMLSyntaxError:
        _report_syntax_error(first, report)
        return None
    return _bounded(root, report)


def _parse_mended(text: str, fault: etree.XMLSyntaxError, report: Report) -> Element:
    """Parse once more with the faults mended that real exporters are known for.

    Raises:
        XMLSyntaxError: there are other faults, or too many.
    """
    if text.count("&") > MAX_AMPERSANDS:
        raise fault
    mended = _mend(text)
    try:
        root = _parse_strictly(mended)
    except etree.XMLSyntaxError as error:
        if error.code != etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE:
            raise
        root = _parse_without_prefixes(mended)
        report.add("xml_prefix_undeclared")
    if mended != text:
        report.add("xml_repaired", line=fault.position[0] or 0, reason=_reason(fault))
    return root


def _mend(text: str) -> str:
    """Write stray ampersands and entities of HTML out, outside CDATA; drop characters XML forbids."""
    parts = []
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0 and (end := text.find("]]>", start)) >= 0:
        parts += [_STRAY_AMPERSAND.sub(_written_out, text[position:start]), text[start:end]]
        position = end
    parts.append(_STRAY_AMPERSAND.sub(_written_out, text[position:]))
    return _ILLEGAL_CHARACTER.sub("", "".join(parts))


def _written_out(match: re.Match[str]) -> str:
    return html.escape(html.unescape(match[0]) if match[0].endswith(";") else match[0])


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _parse_strictly(text: str) -> Element:
    return etree.fromstring(text.encode("utf-8", errors="replace"), _parser())


def _parse_without_prefixes(text: str) -> Element:
    """Parse in libxml2's recovery mode, which is accepted only when all faults are of namespaces.

    Raises:
        XMLSyntaxError: something else is wrong as well.
    """
    parser = _parser(recover=True)
    root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    faults = [entry for entry in parser.error_log if entry.domain != etree.ErrorDomains.NAMESPACE]
    if faults or root is None:
        raise etree.XMLSyntaxError("more than prefixes is wrong", 0, 0, 0)
    return root


def _bounded(root: Element, report: Report) -> Element | None:
    if _DEEPER_THAN_ALLOWED(root):
        report.add("xml_too_deep", limit=MAX_DEPTH)
        return None
    # The text was searched for it, so this holds only if libxml2 sees a prolog we do not.
    if root.getroottree().docinfo.doctype:
        report.add("xml_doctype_refused")
        return None
    return root


def _report_syntax_error(error: etree.XMLSyntaxError, report: Report) -> None:
    if error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        report.add("xml_too_deep", limit=MAX_DEPTH)
        return
    line, column = error.position
    report.add("xml_not_well_formed", line=line or 0, column=column or 0, reason=_reason(error))


def _reason(error: etree.XMLSyntaxError) -> str:
    """Libxml2's name of the error, such as "ERR_TAG_NAME_MISMATCH": a code, not a sentence."""
    names = vars(etree.ErrorTypes).items()
    return next((name for name, code in names if code == error.code), str(error.code))
