from __future__ import annotations

import pytest

from scorm.manifest import read_manifest
from scorm.manifest.model import CompletionThreshold, Manifest
from scorm.manifest.reader import MAX_ITEMS
from tests.support.manifests import ENTRIES, ITEM, codes, manifest_xml, sco


def read(text: str, entries: tuple[str, ...] = ENTRIES) -> tuple[Manifest, set[str]]:
    manifest, findings = read_manifest(text.encode(), entries)
    assert manifest is not None
    return manifest, codes(findings)


def organizations(default: str, *names: str) -> str:
    each = "".join(f'<organization identifier="{n}"><title>Title {n}</title>{ITEM}</organization>' for n in names)
    return f"<organizations {default}>{each}</organizations>"


def test_manifest_has_identifier_version_title_and_edition() -> None:
    manifest, findings = read(manifest_xml())
    assert (manifest.identifier, manifest.version, manifest.title) == ("m1", "1.0", "Toán lớp 5")
    assert manifest.organization.title == "Toán lớp 5"
    assert findings == set()


@pytest.mark.parametrize(
    ("default", "played", "expected"),
    [
        ('default="b"', "b", set()),
        ("", "a", set()),
        ('default=""', "a", set()),
        ('default="nowhere"', "a", {"manifest_default_organization_unknown"}),
    ],
)
def test_default_organization_is_the_declared_one_or_the_first(default: str, played: str, expected: set[str]) -> None:
    manifest, findings = read(manifest_xml(organizations=organizations(default, "a", "b")))
    assert manifest.organization.identifier == played
    assert manifest.title == f"Title {played}"
    assert len(manifest.organizations) == 2
    assert findings == expected


def test_default_organization_without_items_gives_way_to_another() -> None:
    empty = '<organizations default="e"><organization identifier="e"/>'
    text = organizations("", "a").replace("<organizations >", empty)
    manifest, findings = read(manifest_xml(organizations=text))
    assert manifest.organization.identifier == "a"
    assert findings == {"manifest_default_organization_empty"}


@pytest.mark.parametrize(
    "none", ["", "<organizations/>", "<organizations><organization identifier='o'/></organizations>"]
)
def test_package_without_items_is_played_as_its_scos(none: str) -> None:
    resources = sco("r1", "sso/launch.page.html") + sco("r2", "gone.html") + '<resource identifier="r3" href="b.html"/>'
    manifest, findings = read(manifest_xml(organizations=none, resources=resources), ("sso/launch.page.html", "b.html"))
    (item,) = manifest.organization.items
    assert (item.identifier, item.title, item.resource_id) == ("r1", "launch.page", "r1")
    assert manifest.title == ""  # none was written, and a file name is no title of a course
    assert findings == {"manifest_organization_missing"}


def test_package_without_items_and_scos_is_played_as_its_assets() -> None:
    resources = '<resource identifier="organization" href="index.html" adlcp:scormType="asset"/>'
    manifest, _ = read(manifest_xml(organizations="", resources=resources))
    assert [item.resource_id for item in manifest.organization.items] == ["organization"]
    assert manifest.organization.identifier == "organization-1"


def test_package_without_anything_to_launch_is_refused() -> None:
    manifest, findings = read(manifest_xml(organizations="", resources=""))
    assert manifest.organization.items == ()
    assert findings == {"manifest_organization_missing", "manifest_nothing_to_launch"}


@pytest.mark.parametrize(
    ("organization", "metadata", "title"),
    [
        ("<title>A</title>", "<lom><general><title><string>B</string></title></general></lom>", "A"),
        ("<title/>", "<lom><general><title><string>B</string></title></general></lom>", "B"),
        ("", "", "Bài 1"),  # its only item's
    ],
)
def test_title_is_that_of_the_organization_the_metadata_or_the_only_item(
    organization: str, metadata: str, title: str
) -> None:
    text = f'<organizations><organization identifier="o">{organization}{ITEM}</organization></organizations>'
    manifest, _ = read(manifest_xml(organizations=text, metadata=metadata))
    assert manifest.title == title
    assert manifest.organization.title == title


def test_organization_has_threshold_sequencing_and_scopes() -> None:
    inside = (
        '<adlcp:completionThreshold completedByMeasure="true"/><imsss:sequencing><imsss:controlMode flow="true"/>'
        "</imsss:sequencing>"
    )
    manifest, findings = read(
        manifest_xml(
            items=ITEM + inside,
            organization_attributes=('adlseq:objectivesGlobalToSystem="false" adlcp:sharedDataGlobalToSystem="false"'),
        )
    )
    organization = manifest.organization
    assert organization.completion_threshold == CompletionThreshold(completed_by_measure=True)
    assert organization.sequencing is not None
    assert organization.sequencing.control.flow is True
    assert (organization.objectives_global_to_system, organization.shared_data_global_to_system) == (False, False)
    assert findings == set()


def test_organizations_may_reuse_item_identifiers_of_each_other() -> None:
    manifest, findings = read(manifest_xml(organizations=organizations("", "a", "b")))
    assert [organization.items[0].identifier for organization in manifest.organizations] == ["i1", "i1"]
    assert findings == set()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<html/>", "manifest_root_unexpected"),
        (b'<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"/>', "manifest_not_scorm"),
        (b"<manifest/>", "manifest_not_scorm"),
        (manifest_xml(items="<item/>" * (MAX_ITEMS + 1)).encode(), "manifest_too_many_items"),
        (b"not xml", "xml_not_well_formed"),
    ],
)
def test_what_is_no_scorm_manifest_is_refused(data: bytes, expected: str) -> None:
    manifest, findings = read_manifest(data, ENTRIES)
    assert manifest is None
    assert [(finding.code, finding.refuses) for finding in findings] == [(expected, True)]
