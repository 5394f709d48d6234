"""Kinds that are not taken in yet are named with their title and refused politely."""

import pytest

from content_packages.facts import Kind
from tests.content_packages.test_detection import CARTRIDGE, COURSE, TINCAN
from tests.support.manifests import manifest_xml, sco
from tests.support.packages import HOME_PAGE
from tests.support.zips import simple_zip

TITLED_CARTRIDGE = CARTRIDGE.replace(
    "<organizations/>", "<organizations><organization><title>Đại số</title></organization></organizations>"
)
OPF = '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Sách</dc:title></metadata></package>'
PACKAGES = {
    "h5p": ({"h5p.json": '{"title": "Câu hỏi"}'}, "H5P", "", "Câu hỏi"),
    "h5p unreadable": ({"h5p.json": "{"}, "H5P", "", "upload"),
    "h5p odd": ({"h5p.json": '{"title": ["x"]}'}, "H5P", "", "upload"),
    "cmi5": ({"cmi5.xml": COURSE}, "cmi5", "", "Địa chất"),
    "xapi": ({"tincan.xml": TINCAN}, "xAPI", "", "Golf"),
    "cartridge": ({"imsmanifest.xml": TITLED_CARTRIDGE}, "Common Cartridge", "1.1.0", "Đại số"),
    "exelearning 2": (
        {"contentv3.xml": '<instance><string role="key" value="_title"></string>\n<unicode value="Bài"></unicode>'},
        "eXeLearning", "", "Bài",
    ),
    "exelearning 3": (
        {"content.xml": '<!DOCTYPE ode SYSTEM "content.dtd"><ode><key>pp_title</key> <value>Bài</value>'},
        "eXeLearning", "", "Bài",
    ),
    "aicc": ({"c.crs": "[Course]\r\nCourse_Title = Vật lý\r\n", "c.au": ""}, "AICC", "", "Vật lý"),
    "epub": ({"mimetype": "application/epub+zip", "OPS/b.opf": OPF}, "EPUB", "", "Sách"),
    "site": ({"index.html": HOME_PAGE}, "", "", "Bài 1"),
}  # fmt: skip


@pytest.mark.parametrize(("files", "standard", "edition", "title"), PACKAGES.values(), ids=PACKAGES.keys())
def test_a_package_is_named(inspected, files, standard, edition, title):
    facts = inspected(simple_zip(files))
    assert (facts.standard, facts.edition, facts.title) == (standard, edition, title)
    assert [(f.code, dict(f.params)) for f in facts.findings] == [
        ("kind_not_yet_supported", {"kind": facts.kind.value})
    ]


@pytest.mark.parametrize("document", [COURSE, TINCAN])
def test_a_description_without_its_package_is_told_apart(inspected, document):
    assert [f.code for f in inspected(document, "cmi5.xml").findings] == [
        "manifest_without_package",
        "kind_not_yet_supported",
    ]


def test_a_manifest_without_its_package_is_told_only_that(inspected):
    assert [f.code for f in inspected("<manifest/>", "imsmanifest.xml").findings] == ["manifest_without_package"]


def test_an_h5p_without_its_description_is_told_so(inspected):
    facts = inspected(simple_zip({"content/content.json": "{}", "H5P.Essay-1.0/library.json": "{}"}), "bai.h5p")
    assert [f.code for f in facts.findings] == ["h5p_without_h5p_json", "kind_not_yet_supported"]


@pytest.mark.parametrize("paths", [["a/b/imsmanifest.xml"], ["a/imsmanifest.xml", "b/imsmanifest.xml"]])
def test_a_manifest_in_the_wrong_place_is_pointed_out(inspected, paths):
    facts = inspected(simple_zip(dict.fromkeys(paths, "<manifest/>")))
    assert [(f.code, f.place) for f in facts.findings] == [("manifest_too_deep", paths[0])]


def test_a_hostile_archive_is_told_its_cause_and_not_its_kind(inspected):
    facts = inspected(simple_zip({"index.html": HOME_PAGE, "../x": "1"}))
    assert facts.kind is Kind.HTML5
    assert [f.code for f in facts.findings] == ["name_traversal"]


def test_a_hostile_scorm_package_is_not_blamed_for_what_its_refused_files_lack(inspected):
    facts = inspected(
        simple_zip({"imsmanifest.xml": manifest_xml(resources=sco("r1", "../page.html")), "../page.html": HOME_PAGE})
    )
    assert facts.kind is Kind.SCORM
    assert [f.code for f in facts.findings] == ["name_traversal"]
