from __future__ import annotations

import pytest
from lxml import etree

from scorm.manifest.classification import ManifestClass, ManifestKind, classify_manifest, detect_edition
from scorm.manifest.model import Edition
from scorm.manifest.report import Report
from tests.support.manifests import NAMESPACES_12, NAMESPACES_2004, RESOURCE, codes, manifest_xml


def detect(text: str) -> tuple[Edition, set[str]]:
    report = Report()
    edition = detect_edition(etree.fromstring(text), report)
    return edition, codes(report.findings())


@pytest.mark.parametrize(
    ("version", "edition"),
    [
        ("1.2", Edition.SCORM_12),
        (" 1.2 ", Edition.SCORM_12),
        ("SCORM 1.2", Edition.SCORM_12),
        ("CAM 1.3", Edition.SCORM_2004_2ND),
        ("1.3", Edition.SCORM_2004_2ND),
        ("2004 2nd Edition", Edition.SCORM_2004_2ND),
        ("2004 3rd Edition", Edition.SCORM_2004_3RD),
        ("SCORM 2004 3rd Edition", Edition.SCORM_2004_3RD),
        ("2004 4TH EDITION", Edition.SCORM_2004_4TH),
        ("2004 Fourth Edition", Edition.SCORM_2004_4TH),
    ],
)
def test_schemaversion_names_the_edition(version: str, edition: Edition) -> None:
    namespaces = NAMESPACES_2004 if edition.is_2004 else NAMESPACES_12
    assert detect(manifest_xml(version, namespaces=namespaces)) == (edition, set())


@pytest.mark.parametrize(
    ("namespaces", "items", "edition"),
    [
        (NAMESPACES_12, "", Edition.SCORM_12),
        (NAMESPACES_2004, "", Edition.SCORM_2004_3RD),
        (
            NAMESPACES_2004,
            '<item identifier="i"><adlcp:completionThreshold completedByMeasure="true"/></item>',
            Edition.SCORM_2004_4TH,
        ),
        # A misspelt namespace still tells the family.
        ('xmlns:adlcp="https://www.adlnet.gov/xsd/adlcp_v1p3"', "", Edition.SCORM_2004_3RD),
    ],
)
@pytest.mark.parametrize("version", [None, "", "final"])
def test_without_a_known_schemaversion_namespaces_and_elements_decide(
    version: str | None, namespaces: str, items: str, edition: Edition
) -> None:
    assert detect(manifest_xml(version, namespaces=namespaces, items=items)) == (
        edition,
        {"manifest_edition_guessed"},
    )


def test_spelling_of_the_type_attribute_tells_the_family_without_namespaces() -> None:
    for spelling, edition in (("scormType", Edition.SCORM_2004_3RD), ("scormtype", Edition.SCORM_12)):
        text = manifest_xml(None, namespaces="", resources=f'<resource identifier="r" {spelling}="sco"/>')
        assert detect(text)[0] is edition


def test_declaration_against_the_namespaces_is_followed_and_told() -> None:
    assert detect(manifest_xml("1.2", namespaces=NAMESPACES_2004)) == (
        Edition.SCORM_12,
        {"manifest_edition_conflict"},
    )


def test_version_of_content_packaging_is_not_taken_for_that_of_scorm() -> None:
    text = manifest_xml(None, metadata="<schema>IMS Content</schema><schemaversion>1.1.4</schemaversion>")
    assert detect(text)[0] is Edition.SCORM_2004_3RD


CARTRIDGE = '<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1">{}</manifest>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (manifest_xml("1.2"), ManifestClass(ManifestKind.SCORM, "1.2")),
        (manifest_xml("2004 4th Edition"), ManifestClass(ManifestKind.SCORM, "2004 4th")),
        (manifest_xml(None), ManifestClass(ManifestKind.SCORM, "2004 3rd")),
        (CARTRIDGE.format(""), ManifestClass(ManifestKind.COMMON_CARTRIDGE, "1.3")),
        (
            CARTRIDGE.format(
                "<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion></metadata>"
            ),
            ManifestClass(ManifestKind.COMMON_CARTRIDGE, "1.3.0"),
        ),
        (
            '<manifest xmlns="http://www.imsglobal.org/xsd/imscc/imscp_v1p1"/>',
            ManifestClass(ManifestKind.COMMON_CARTRIDGE, "1.0"),
        ),
        (
            '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"/>',
            ManifestClass(ManifestKind.CONTENT_PACKAGE),
        ),
        ('<manifest identifier="lc"/>', ManifestClass(ManifestKind.CONTENT_PACKAGE)),
        ("<html/>", ManifestClass(ManifestKind.UNKNOWN)),
    ],
)
def test_kinds_of_manifest_are_told_apart(text: str, expected: ManifestClass) -> None:
    assert classify_manifest(etree.fromstring(text)) == expected


def test_scorm_without_any_namespace_is_recognised_by_its_attribute() -> None:
    text = manifest_xml(None, namespaces="", resources=RESOURCE.replace("adlcp:", ""))
    assert classify_manifest(etree.fromstring(text)).kind is ManifestKind.SCORM
