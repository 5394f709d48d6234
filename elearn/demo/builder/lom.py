"""Writes a lesson's metadata: IMS Metadata 1.2.1 for SCORM 1.2, IEEE LOM (1484.12.3) for SCORM 2004."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.builder import ElementMaker

if TYPE_CHECKING:
    from lxml import etree

    from elearn.demo.builder.model import Lesson

LANGUAGE = "vi"
RIGHTS = "CC BY 4.0: được dùng lại, sửa đổi và chia sẻ khi ghi tên tác giả."
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
IMSMD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"


def vcard(name: str) -> str:
    """Return the vCard 3.0 (RFC 2426) of a person of whom only the name is known."""
    return f"BEGIN:VCARD\nVERSION:3.0\nN:{name}\nFN:{name}\nEND:VCARD"


def lom_12(lesson: Lesson) -> etree._Element:
    """Return the `<lom>` of IMS Metadata 1.2.1."""
    e = ElementMaker(namespace=IMSMD, nsmap={None: IMSMD})

    def words(text: str, language: str = LANGUAGE) -> etree._Element:
        return e.langstring({XML_LANG: language}, text)

    def term(name: str, value: str) -> etree._Element:
        return e(name, e.source(words("LOMv1.0", "x-none")), e.value(words(value, "x-none")))

    return e.lom(
        e.general(
            e.title(words(lesson.title)),
            e.language(LANGUAGE),
            e.description(words(lesson.description)),
            *(e.keyword(words(keyword)) for keyword in lesson.keywords),
        ),
        e.lifecycle(
            e.version(words("1.0", "x-none")),
            term("status", "Final"),
            e.contribute(term("role", "Author"), e.centity(e.vcard(vcard(lesson.author)))),
        ),
        e.metametadata(e.metadatascheme("ADL SCORM 1.2"), e.language(LANGUAGE)),
        e.technical(e.format("text/html")),
        e.educational(e.typicallearningtime(e.datetime(f"PT{lesson.minutes}M")), e.language(LANGUAGE)),
        e.rights(term("cost", "no"), term("copyrightandotherrestrictions", "yes"), e.description(words(RIGHTS))),
    )


def lom_2004(lesson: Lesson) -> etree._Element:
    """Return the `<lom>` of IEEE 1484.12.3."""
    e = ElementMaker(namespace=LOM, nsmap={None: LOM})

    def words(text: str) -> etree._Element:
        return e.string({"language": LANGUAGE}, text)

    def term(name: str, value: str) -> etree._Element:
        return e(name, e.source("LOMv1.0"), e.value(value))

    return e.lom(
        e.general(
            e.title(words(lesson.title)),
            e.language(LANGUAGE),
            e.description(words(lesson.description)),
            *(e.keyword(words(keyword)) for keyword in lesson.keywords),
        ),
        e.lifeCycle(
            e.version(words("1.0")),
            term("status", "final"),
            e.contribute(term("role", "author"), e.entity(vcard(lesson.author))),
        ),
        e.metaMetadata(e.metadataSchema("LOMv1.0"), e.language(LANGUAGE)),
        e.technical(e.format("text/html")),
        e.educational(e.typicalLearningTime(e.duration(f"PT{lesson.minutes}M")), e.language(LANGUAGE)),
        e.rights(term("cost", "no"), term("copyrightAndOtherRestrictions", "yes"), e.description(words(RIGHTS))),
    )
