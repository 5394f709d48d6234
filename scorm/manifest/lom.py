"""IEEE 1484.12 (LOM) metadata: LOM 1.0, and IMS Learning Resource Meta-data 1.1 and 1.2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scorm.manifest.elements import attribute, child, children, label_of, text_of
from scorm.manifest.model import Lom
from scorm.namespaces import XML, local_name
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

PREFERRED_LANGUAGE: Final = "vi"
_NO_LANGUAGE: Final = frozenset({"", "none", "x-none", "und"})
_ROOTS: Final = frozenset({"lom", "record"})  # version 1.1 calls its root "record"
_LONGEST_VCARD: Final = 2000  # characters; the search below is quadratic in runs of white space
_MOST_TAXA: Final = 100
_KEYWORD_SEPARATOR: Final = re.compile(r"[,;\n]")
_VCARD_NAME: Final = re.compile(
    r"\b(?:FN|ORG)\b[^:\n]{0,80}:"
    r"(.*?)(?=\s*(?:$|\b(?:END|N|FN|ORG|EMAIL|TEL|ADR|URL|NOTE|TITLE)\b[^:\s]{0,80}:))",
    re.IGNORECASE | re.MULTILINE,
)


def read_lom(root: Element | None, default_language: str = "") -> Lom:
    """The part of a LOM a library uses, from `<lom>`, `<record>` or any element which holds one.

    Of texts in several languages Vietnamese is taken, then `default_language`, then the first.
    Elements are recognised by local name, so a wrong namespace does no harm; what is absent is "".
    """
    lom = find_lom(root)
    if lom is None:
        return Lom()
    general, rights = child(lom, "general"), child(lom, "rights")
    language = next((code for code in map(_language_code, _texts(general, "language")) if code), "")
    preferred = (PREFERRED_LANGUAGE, _primary(default_language), _primary(language))
    return Lom(
        title=_choose(child(general, "title"), preferred),
        description="\n".join(_all_chosen(general, "description", preferred)),
        keywords=_keywords(general, preferred),
        language=language,
        authors=tuple(dict.fromkeys(_authors(child(lom, "lifecycle")))),
        version=_choose(child(lom, "lifecycle", "version"), preferred),
        rights=_choose(child(rights, "description"), preferred),
        typical_learning_time=_duration(child(lom, "educational", "typicallearningtime")),
        resource_types=_resource_types(child(lom, "educational")),
        requirements=_choose(child(lom, "technical", "otherplatformrequirements"), preferred),
        disciplines=_taxa(lom, "discipline"),
        educational_levels=_taxa(lom, "educational level"),
    )


def find_lom(root: Element | None) -> Element | None:
    """The element itself if it is a LOM, else the first LOM among its children and grandchildren."""
    if root is None or local_name(str(root.tag)) in _ROOTS:
        return root
    near = (*root.iterchildren(), *(grand for near in root.iterchildren() for grand in near.iterchildren()))
    return next((element for element in near if local_name(str(element.tag)) in _ROOTS), None)


def merge_loms(first: Lom, second: Lom) -> Lom:
    """The first LOM, with what it lacks taken from the second."""
    names = Lom.__dataclass_fields__
    return Lom(**{name: getattr(first, name) or getattr(second, name) for name in names})


def _strings(element: Element | None) -> list[tuple[str, str]]:
    """The non-empty texts of an element as (primary language code, text), in document order."""
    if element is None:
        return []
    strings = [item for item in element.iterchildren() if local_name(str(item.tag)) in {"langstring", "string"}]
    # Sloppy tools write the text straight into the element.
    pairs = [(_primary(_written_language(item)), label_of(item)) for item in strings or [element]]
    return [(language, text) for language, text in pairs if text]


def _written_language(element: Element) -> str:
    return element.get(f"{{{XML}}}lang") or attribute(element, "language") or attribute(element, "lang") or ""


def _in_best_language(element: Element | None, preferred: Iterable[str]) -> list[str]:
    """All texts of an element in the best language it has."""
    strings = _strings(element)
    languages = {language for language, _ in strings}
    best = next((language for language in preferred if language and language in languages), None)
    chosen = strings[0][0] if best is None and strings else best
    return [text for language, text in strings if language == chosen]


def _choose(element: Element | None, preferred: Iterable[str]) -> str:
    return next(iter(_in_best_language(element, preferred)), "")


def _all_chosen(parent: Element | None, name: str, preferred: Iterable[str]) -> list[str]:
    elements = () if parent is None else children(parent, name)
    return [text for element in elements if (text := _choose(element, preferred))]


def _keywords(general: Element | None, preferred: Iterable[str]) -> tuple[str, ...]:
    """Distinct keywords; one string often holds several, separated by commas or semicolons."""
    if general is None:
        return ()
    elements = (*children(general, "keyword"), *children(general, "keywords"))
    texts = (text for element in elements for text in _in_best_language(element, preferred))
    words = (word.strip() for text in texts for word in _KEYWORD_SEPARATOR.split(text))
    return tuple(dict.fromkeys(word for word in words if word))


def _authors(lifecycle: Element | None) -> Iterator[str]:
    for contribution in () if lifecycle is None else children(lifecycle, "contribute"):
        # LOM 1.0 writes <role><source/><value>author</value></role>, version 1.1 the bare word.
        value = child(contribution, "role", "value")
        role = label_of(child(contribution, "role") if value is None else value).lower()
        if role in {"", "author"}:
            for name in ("entity", "centity"):
                yield from (
                    author for entity in children(contribution, name) if (author := _vcard_name(text_of(entity)))
                )


def _vcard_name(text: str) -> str:
    """The formatted name or organization of a vCard (RFC 2426), or the text where it is none."""
    card = text[:_LONGEST_VCARD].replace("\\n", "\n")
    if "BEGIN:VCARD" not in card.upper():
        return one_line(text)
    names = (one_line(_unescaped(match[1].strip(" ;\t"))) for match in _VCARD_NAME.finditer(card))
    return next(filter(None, names), "")


def _unescaped(value: str) -> str:
    """A value of a vCard without the backslashes before its commas and semicolons (RFC 2426, 4)."""
    return re.sub(r"\\([\\,;])", r"\1", value)


def _resource_types(educational: Element | None) -> tuple[str, ...]:
    """The words of 5.2; version 1.1 writes them without <value>."""
    elements = () if educational is None else children(educational, "learningresourcetype")
    words = (label_of(child(element, "value")) or label_of(element) for element in elements)
    return tuple(dict.fromkeys(word.lower() for word in words if word))


def _taxa(lom: Element, purpose: str) -> tuple[str, ...]:
    """Ids and entries of all taxa of a purpose (9.1), in document order."""
    found: list[str] = []
    for classification in children(lom, "classification"):
        written = label_of(child(classification, "purpose", "value")) or label_of(child(classification, "purpose"))
        if written.lower() != purpose:
            continue
        for taxon in (taxon for path in children(classification, "taxonpath") for taxon in children(path, "taxon")):
            found += [label_of(child(taxon, "id")), *(text for _, text in _strings(child(taxon, "entry")))]
    return tuple(dict.fromkeys(filter(None, found)))[:_MOST_TAXA]


def _duration(element: Element | None) -> str:
    """The ISO 8601 duration as written, which stands in `<duration>` or (versions 1.1, 1.2) `<datetime>`."""
    written = label_of(child(element, "duration")) or label_of(child(element, "datetime"))
    return written if written.upper().startswith("P") else ""


def _texts(parent: Element | None, name: str) -> list[str]:
    return [] if parent is None else [label_of(element) for element in children(parent, name)]


def _language_code(written: str) -> str:
    return "" if written.lower() in _NO_LANGUAGE else written


def _primary(language: str) -> str:
    """The primary subtag of a language tag (BCP 47) in lower case: "vi" of "vi-VN"."""
    code = re.split("[-_]", language.strip().lower(), maxsplit=1)[0]
    return "" if code in _NO_LANGUAGE or code == "x" else code
