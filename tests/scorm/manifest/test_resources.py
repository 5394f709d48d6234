from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scorm.manifest import read_manifest
from tests.support.manifests import ENTRIES, ITEM, codes, manifest_xml, sco

if TYPE_CHECKING:
    from scorm.manifest.model import Manifest

EDITIONS = ["1.2", "2004 3rd Edition"]
OUTSIDE = "https://example.org/x?y"


def read(text: str, entries: tuple[str, ...] = ENTRIES) -> tuple[Manifest, dict[str, dict[str, str | int]]]:
    manifest, findings = read_manifest(text.encode(), entries)
    assert manifest is not None
    return manifest, {finding.code: dict(finding.params) for finding in findings}


def test_resource_has_its_entry_files_and_dependencies() -> None:
    inside = (
        '<file href="index.html"/><file href="a%20b.png"/><file href="index.html"/><dependency identifierref="shared"/>'
    )
    resources = sco("r1", "index.html?x=1#y", inside=inside) + (
        '<resource identifier="shared" type="webcontent" adlcp:scormType="asset"><file href="lib.js"/></resource>'
    )
    manifest, findings = read(manifest_xml(resources=resources), (*ENTRIES, "a b.png", "lib.js"))
    resource = manifest.resources["r1"]
    assert (resource.scorm_type, resource.href, resource.query) == ("sco", "index.html", "?x=1#y")
    assert resource.files == ("index.html", "a b.png")
    assert resource.dependencies == ("shared",)
    assert (manifest.resources["shared"].scorm_type, manifest.resources["shared"].href) == ("asset", "")
    assert findings == {}


@pytest.mark.parametrize("attribute", ["adlcp:scormtype", "adlcp:scormType", "scormtype", "adlcp:SCORMTYPE"])
def test_type_is_read_in_every_spelling(attribute: str) -> None:
    manifest, _ = read(manifest_xml(resources=f'<resource identifier="r1" href="index.html" {attribute}="SCO"/>'))
    assert manifest.resources["r1"].scorm_type == "sco"


def test_xml_base_of_manifest_resources_and_resource_are_joined() -> None:
    text = manifest_xml(
        attributes='xml:base="course/"', resources=sco("r1", "a.html", attributes='xml:base="lesson/"')
    ).replace("<resources>", '<resources xml:base="sco/">')
    manifest, findings = read(text, ("course/sco/lesson/a.html",))
    assert manifest.resources["r1"].href == "course/sco/lesson/a.html"
    assert findings == {}


def test_absent_files_are_counted_in_one_warning_with_the_first_names() -> None:
    inside = "".join(f'<file href="f{number}.js"/>' for number in range(210))
    manifest, findings = read(manifest_xml(resources=sco("r1", "index.html", inside=inside)))
    assert manifest.resources["r1"].files == ()
    assert findings == {
        "manifest_files_missing": {"count": 210, "names": "f0.js, f1.js, f2.js, f3.js, f4.js"},
    }


def test_launch_file_in_other_case_is_used_with_a_warning() -> None:
    manifest, findings = read(manifest_xml(resources=sco("r1", "Index.HTML")))
    assert manifest.resources["r1"].href == "index.html"
    assert findings == {"manifest_file_names_differ": {"count": 1, "names": "Index.HTML"}}


def test_course_without_any_launch_file_is_refused_and_still_named() -> None:
    manifest, findings = read_manifest(manifest_xml(resources=sco("r1", "gone.html")).encode(), ENTRIES)
    assert manifest is not None
    assert manifest.title == "Toán lớp 5"
    assert manifest.resources["r1"].href == ""
    assert [(f.code, f.refuses, f.params, f.place) for f in findings] == [
        ("manifest_launch_file_missing", True, {"name": "gone.html"}, "imsmanifest.xml:1")
    ]


def test_course_with_some_launch_file_is_accepted_with_a_warning() -> None:
    items = ITEM + '<item identifier="i2" identifierref="r2"><title>2</title></item>'
    resources = sco("r1", "index.html") + sco("r2", "gone.html")
    _, findings = read(manifest_xml(items=items, resources=resources))
    assert findings == {"manifest_launch_files_missing": {"count": 1, "names": "gone.html"}}


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "//evil.example/x", "../../etc/passwd"])
def test_hostile_launch_address_is_never_kept(href: str) -> None:
    manifest, findings = read(manifest_xml(resources=sco("r1", href)))
    assert manifest.resources["r1"].href == ""
    assert set(findings) == {"manifest_launch_addresses_refused", "manifest_nothing_to_launch"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_course_that_begins_only_on_another_site_is_refused_with_that_cause(edition: str) -> None:
    manifest, findings = read_manifest(manifest_xml(edition, resources=sco("r1", OUTSIDE)).encode(), ENTRIES)
    assert manifest is not None
    assert manifest.resources["r1"].href == OUTSIDE
    assert [(f.code, f.refuses, f.params) for f in findings] == [
        ("manifest_launch_only_outside", True, {"count": 1, "names": OUTSIDE})
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_course_with_some_items_on_another_site_is_accepted_with_a_warning(edition: str) -> None:
    items = ITEM + '<item identifier="i2" identifierref="r2"><title>2</title></item>'
    resources = sco("r1", "index.html") + sco("r2", OUTSIDE)
    _, findings = read_manifest(manifest_xml(edition, items=items, resources=resources).encode(), ENTRIES)
    assert [(f.code, f.refuses, f.params) for f in findings] == [
        ("manifest_launch_addresses_external", False, {"count": 1, "names": OUTSIDE})
    ]


def test_course_of_absent_files_and_other_sites_is_told_both() -> None:
    items = ITEM + '<item identifier="i2" identifierref="r2"><title>2</title></item>'
    _, findings = read(manifest_xml(items=items, resources=sco("r1", OUTSIDE) + sco("r2", "gone.html")))
    assert set(findings) == {"manifest_launch_only_outside", "manifest_launch_file_missing"}


def test_what_is_reported_of_many_places_names_the_first_lines() -> None:
    resources = "".join("\n" + sco(f"r{n}", f"gone{n}.html", inside=f'<file href="gone{n}.html"/>') for n in range(8))
    _, findings = read_manifest(manifest_xml(resources=sco("r1", "index.html") + resources).encode(), ENTRIES)
    missing = next(finding for finding in findings if finding.code == "manifest_files_missing")
    assert missing.place == "imsmanifest.xml:2, 3, 4, 5, 6, …"


def test_of_resources_with_one_identifier_the_first_is_kept() -> None:
    manifest, findings = read(manifest_xml(resources=sco("r1", "index.html") + sco("r1", "other.html")))
    assert manifest.resources["r1"].href == "index.html"
    assert findings == {"manifest_identifiers_duplicate": {"count": 1, "names": "r1"}}


def test_identifiers_differing_in_case_are_different_resources() -> None:
    resources = sco("Seq01", "other.html") + sco("r1", "index.html")
    manifest, _ = read(manifest_xml(resources=resources), (*ENTRIES, "other.html"))
    assert set(manifest.resources) == {"Seq01", "r1"}


def test_resource_without_identifier_cannot_be_used_and_is_told() -> None:
    resources = sco("r1", "index.html") + '<resource href="x.html"/>'
    manifest, findings = read(manifest_xml(resources=resources))
    assert set(manifest.resources) == {"r1"}
    assert findings == {"manifest_identifiers_missing": {"count": 1, "names": "x.html"}}


def test_dependency_on_nothing_is_told() -> None:
    _, findings = read(manifest_xml(resources=sco("r1", "index.html", inside='<dependency identifierref="no"/>')))
    assert findings == {"manifest_dependencies_missing": {"count": 1, "names": "no"}}


def test_resources_of_sub_manifests_can_be_launched() -> None:
    nested = f'<manifest identifier="sub" xml:base="sub/"><resources>{sco("r9", "a.html")}</resources></manifest>'
    items = '<item identifier="i1" identifierref="r9"><title>x</title></item>'
    manifest, findings = read(manifest_xml("1.2", items=items, resources="", tail=nested), ("sub/a.html",))
    assert manifest.resources["r9"].href == "sub/a.html"
    assert findings == {"manifest_submanifests_merged": {"count": 1}}


def test_manifest_in_a_folder_is_read_from_there_with_a_warning() -> None:
    manifest, findings = read_manifest(
        manifest_xml().encode(), ("bai1/imsmanifest.xml", "bai1/index.html"), base="bai1/"
    )
    assert manifest is not None
    assert manifest.resources["r1"].href == "bai1/index.html"
    assert codes(findings) == {"manifest_in_subfolder"}
