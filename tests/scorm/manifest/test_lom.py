from __future__ import annotations

import pytest
from lxml import etree

from scorm.manifest import read_manifest
from scorm.manifest.lom import merge_loms, read_lom
from scorm.manifest.model import Lom
from tests.support.manifests import ENTRIES, codes, manifest_xml

VCARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Nguyễn Văn An\nN:Nguyễn;An\nEND:VCARD"

LOM_10 = f"""<lom xmlns="http://ltsc.ieee.org/xsd/LOM">
  <general>
    <title><string language="en">Fractions</string><string language="vi-VN"> Phân  số </string></title>
    <language>vi</language>
    <description><string language="vi">Ôn tập.</string></description>
    <description><string language="vi">Có bài tập.</string></description>
    <keyword><string language="vi">toán, phân số;</string></keyword>
    <keyword><string language="vi">lớp 5</string><string language="en">grade 5</string></keyword>
    <keyword><string>toán</string></keyword>
  </general>
  <lifeCycle>
    <version><string>2.1</string></version>
    <contribute><role><source>LOMv1.0</source><value>author</value></role><entity>{VCARD}</entity></contribute>
    <contribute><role><source>LOMv1.0</source><value>publisher</value></role><entity>Nhà xuất bản</entity></contribute>
  </lifeCycle>
  <educational><typicalLearningTime><duration>PT45M</duration></typicalLearningTime></educational>
  <rights><description><string language="vi">CC BY 4.0</string></description></rights>
</lom>"""

IMSMD_12 = f"""<imsmd:lom xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
  <imsmd:general>
    <imsmd:title><imsmd:langstring xml:lang="en">Fractions</imsmd:langstring>
      <imsmd:langstring xml:lang="vi">Phân số</imsmd:langstring></imsmd:title>
    <imsmd:language>vi</imsmd:language>
    <imsmd:description><imsmd:langstring xml:lang="vi">Ôn tập.
      Có bài tập.</imsmd:langstring></imsmd:description>
    <imsmd:keyword><imsmd:langstring xml:lang="vi">toán</imsmd:langstring></imsmd:keyword>
    <imsmd:keyword><imsmd:langstring xml:lang="vi">phân số</imsmd:langstring></imsmd:keyword>
    <imsmd:keyword><imsmd:langstring xml:lang="vi">lớp 5</imsmd:langstring></imsmd:keyword>
  </imsmd:general>
  <imsmd:lifecycle>
    <imsmd:version><imsmd:langstring>2.1</imsmd:langstring></imsmd:version>
    <imsmd:contribute><imsmd:role><imsmd:value><imsmd:langstring>Author</imsmd:langstring></imsmd:value></imsmd:role>
      <imsmd:centity><imsmd:vcard>{VCARD}</imsmd:vcard></imsmd:centity></imsmd:contribute>
  </imsmd:lifecycle>
  <imsmd:educational><imsmd:typicallearningtime><imsmd:datetime>PT45M</imsmd:datetime></imsmd:typicallearningtime>
  </imsmd:educational>
  <imsmd:rights><imsmd:description><imsmd:langstring>CC BY 4.0</imsmd:langstring></imsmd:description></imsmd:rights>
</imsmd:lom>"""

EXPECTED = Lom(
    title="Phân số",
    description="Ôn tập.\nCó bài tập.",
    keywords=("toán", "phân số", "lớp 5"),
    language="vi",
    authors=("Nguyễn Văn An",),
    version="2.1",
    rights="CC BY 4.0",
    typical_learning_time="PT45M",
)


def test_lom_10_is_read() -> None:
    assert read_lom(etree.fromstring(LOM_10)) == EXPECTED


@pytest.mark.parametrize("root", ["lom", "record"])
@pytest.mark.parametrize(
    "namespace",
    ["http://www.imsglobal.org/xsd/imsmd_rootv1p2p1", "http://www.imsproject.org/xsd/imsmd_rootv1p1", "x:y"],
)
def test_ims_metadata_is_read_in_every_version(root: str, namespace: str) -> None:
    text = IMSMD_12.replace("http://www.imsglobal.org/xsd/imsmd_rootv1p2p1", namespace)
    found = read_lom(etree.fromstring(text.replace("imsmd:lom", f"imsmd:{root}")))
    assert found == Lom(**{**_fields(EXPECTED), "description": "Ôn tập. Có bài tập."})


def _fields(lom: Lom) -> dict[str, object]:
    return {name: getattr(lom, name) for name in Lom.__dataclass_fields__}


@pytest.mark.parametrize(
    ("strings", "default", "title"),
    [
        ('<string language="en">E</string><string language="vi">V</string>', "en", "V"),
        ('<string language="en">E</string><string language="fr-FR">F</string>', "fr", "F"),
        ('<string language="en">E</string><string language="fr">F</string>', "", "E"),
        ('<string language="x-none">N</string><string language="de">D</string>', "", "N"),
        ('<string language="vi"/><string language="en">E</string>', "", "E"),
        ("Bare text", "", "Bare text"),
        ("", "", ""),
    ],
)
def test_text_is_vietnamese_then_in_the_default_language_then_the_first(strings: str, default: str, title: str) -> None:
    lom = etree.fromstring(f"<lom><general><title>{strings}</title></general></lom>")
    assert read_lom(lom, default).title == title


@pytest.mark.parametrize(
    ("entity", "author"),
    [
        ("Trần Thị Bình", "Trần Thị Bình"),
        ("BEGIN:VCARD FN:Trần Thị Bình END:VCARD", "Trần Thị Bình"),
        ("begin:vcard\r\nfn;charset=utf-8:Trần Thị Bình\r\nend:vcard", "Trần Thị Bình"),
        ("BEGIN:VCARD\\nFN;CHARSET=UTF-8:Trần Thị Bình\\nEND:VCARD", "Trần Thị Bình"),
        ("BEGIN:VCARD\nORG:Trường THCS Ba Đình;\nEND:VCARD", "Trường THCS Ba Đình"),
        ("BEGIN:VCARD\nN:;;\nEND:VCARD", None),
    ],
)
def test_author_is_the_name_of_the_vcard(entity: str, author: str | None) -> None:
    lom = etree.fromstring(f"<lom><lifeCycle><contribute><entity>{entity}</entity></contribute></lifeCycle></lom>")
    assert read_lom(lom).authors == ((author,) if author else ())


def test_what_has_no_lom_is_empty() -> None:
    assert read_lom(None) == Lom()
    assert read_lom(etree.fromstring("<metadata><a><b><lom/></b></a></metadata>")) == Lom()


def test_merging_fills_only_what_is_lacking() -> None:
    merged = merge_loms(Lom(title="A", keywords=("k",)), Lom(title="B", language="vi", keywords=("x",)))
    assert merged == Lom(title="A", keywords=("k",), language="vi")


def test_inline_metadata_of_the_manifest_is_read() -> None:
    manifest, findings = read_manifest(manifest_xml(metadata=LOM_10).encode(), ENTRIES)
    assert manifest is not None
    assert manifest.lom == EXPECTED
    assert findings == ()


LOCATION = "<adlcp:location>meta/lom.xml</adlcp:location>"


def test_external_metadata_is_read_through_the_callback() -> None:
    asked = []

    def read_entry(name: str) -> bytes:
        asked.append(name)
        return LOM_10.encode()

    entries = (*ENTRIES, "meta/lom.xml")
    manifest, findings = read_manifest(manifest_xml(metadata=LOCATION).encode(), entries, read_entry=read_entry)
    assert manifest is not None
    assert manifest.lom == EXPECTED
    assert asked == ["meta/lom.xml"]
    assert findings == ()


@pytest.mark.parametrize(
    ("entries", "data", "code"),
    [
        ((), b"", "manifest_metadata_file_missing"),
        (("meta/lom.xml",), None, "manifest_metadata_file_unreadable"),
        (("meta/lom.xml",), b"<lom>", "manifest_metadata_file_unreadable"),
        (
            ("meta/lom.xml",),
            b'<!DOCTYPE lom [<!ENTITY x SYSTEM "file:///etc/passwd">]><lom>&x;</lom>',
            "manifest_metadata_file_unreadable",
        ),
    ],
)
def test_unusable_external_metadata_is_told_and_harmless(
    entries: tuple[str, ...], data: bytes | None, code: str
) -> None:
    manifest, findings = read_manifest(
        manifest_xml(metadata=LOCATION).encode(), (*ENTRIES, *entries), read_entry=lambda _: data
    )
    assert manifest is not None
    assert manifest.lom == Lom()
    assert codes(findings) == {code}
    assert not any(finding.refuses for finding in findings)
