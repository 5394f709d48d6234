"""The words of an HTML page for search: what a reader sees, without scripts, styles and markup."""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from scorm.manifest.encoding import decode_xml

_META_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,40})""", re.IGNORECASE)
# Encodings that a page may declare; Python knows others (utf-7, punycode) which only hide markup.
_DECLARABLE: Final = re.compile(r"iso8859-\d+|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc_(?:jp|kr)")
_MEANT: Final = {"iso8859-1": "cp1252"}
_UNREAD: Final = frozenset({"script", "style", "template", "svg", "object", "applet", "noembed"})
_INLINE_NAMES: Final = """
    a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike
    strong sub sup tt u var wbr
"""
_INLINE: Final = frozenset(_INLINE_NAMES.split())
_LOADING: Final = {
    "script": "src", "link": "href", "img": "src", "iframe": "src", "frame": "src", "video": "src",
    "audio": "src", "source": "src", "embed": "src", "object": "data",
}  # fmt: skip
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PageText:
    """What one page says; `hosts` are the outside hosts it loads scripts, pictures or frames from."""

    title: str = ""
    text: str = ""
    generator: str = ""  # <meta name="generator">: the authoring tool in its own words
    hosts: frozenset[str] = frozenset()


def decode_page(data: bytes) -> str:
    """Decode by byte order mark, UTF-8, `<meta charset>`, then the Windows code pages, to NFC; never raises.

    UTF-8 comes before the declaration, because the declaration of a converted page is often left over.
    """
    return unicodedata.normalize("NFC", _decode(data))


def read_page(data: bytes) -> PageText:
    """Read a page (or its beginning); whatever the bytes are, the answer is text, at worst an empty one."""
    text = _CONTROL.sub(" ", decode_page(data))
    # Comments and declarations go by the parser, so the encoding named in them cannot confuse it.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    except etree.LxmlError:
        root = None
    return PageText() if root is None else _read_tree(root)


def collapse(text: str) -> str:
    """Return `text` with every run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_xml(data).text
    declared = _declared_encoding(data)
    with suppress(UnicodeDecodeError):
        return _decode_utf8(data.removeprefix(codecs.BOM_UTF8))
    if declared:
        with suppress(UnicodeDecodeError):
            # Not final: a page cut off at the limit may end inside a character.
            return codecs.getincrementaldecoder(declared)().decode(data)
    return decode_xml(data).text


def _decode_utf8(data: bytes) -> str:
    """Decode UTF-8 without the character in which the page was cut off; UnicodeDecodeError if it is not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        # A single odd byte at the end of plain ASCII is no cut character but another encoding.
        if error.reason != "unexpected end of data" or data[: error.start].isascii():
            raise
        return data[: error.start].decode()


def _declared_encoding(data: bytes) -> str:
    """Return the encoding of `<meta charset>` as Python names it; "" when there is none or an odd one."""
    match = _META_CHARSET.search(data[:4096])
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else ""
    except LookupError:
        return ""
    name = _MEANT.get(name, name)
    return name if _DECLARABLE.fullmatch(name) else ""


def _read_tree(root: etree._Element) -> PageText:
    """Walk the tree once, collecting words, title, generator and hosts."""
    words: list[str] = []
    title, generator = "", ""
    hosts: set[str] = set()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "end":
            words += [" " if tag not in _INLINE else "", element.tail or ""]
            continue
        hosts |= _outside_hosts(element, tag)
        if tag == "title":
            title = title or collapse("".join(map(str, element.itertext())))
        elif tag == "meta" and (element.get("name") or "").lower() == "generator":
            generator = generator or collapse(element.get("content") or "")
        if tag in _UNREAD or tag == "title":
            walker.skip_subtree()
            continue
        words += [" " if tag not in _INLINE else "", element.text or "", _label(element, tag)]
    return PageText(title, collapse("".join(words)), generator, frozenset(hosts))


def _label(element: etree._Element, tag: str) -> str:
    """Return the text alternative of a picture or a button's caption."""
    if tag == "img":
        return f" {element.get('alt') or ''} "
    if tag == "input" and (element.get("type") or "").lower() in ("button", "submit"):
        return f" {element.get('value') or ''} "
    return ""


def _outside_hosts(element: etree._Element, tag: str) -> set[str]:
    """Return the host that the element makes the browser load from by itself, unless it is the package's own."""
    address = (element.get(_LOADING.get(tag, "")) or "").strip() if tag in _LOADING else ""
    if not address.lower().startswith(("http:", "https:", "//")):
        return set()
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return set()
    return {host.lower()} if host else set()
