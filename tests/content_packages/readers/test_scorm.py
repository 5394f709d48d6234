"""SCORM packages: title, edition, the words of every page, and what does not work."""

import pytest

from content_packages.facts import Kind
from content_packages.readers import pages, sco_texts
from tests.support.manifests import manifest_xml, sco
from tests.support.packages import HOME_PAGE, scorm_files, scorm_package
from tests.support.zips import ZipEntry, build_zip, simple_zip

TWO_ITEMS = (
    '<item identifier="i1" identifierref="r1"><title>Bài 1</title></item>'
    '<item identifier="i2" identifierref="r2"><title>Bài 2</title></item>'
)


def course(items=TWO_ITEMS, resources=None, **files):
    resources = resources or sco("r1", "bai1/a.html") + sco("r2", "bai2/a.html")
    manifest = manifest_xml("2004 3rd Edition", items=items, resources=resources)
    given = {name.replace("__", "/") + ".html": f"<p>{text}</p>" for name, text in files.items()}
    return simple_zip({"imsmanifest.xml": manifest, "bai1/a.html": "một", "bai2/a.html": "hai", **given})


def codes(facts):
    return [finding.code for finding in facts.findings]


@pytest.mark.parametrize(
    ("version", "edition"),
    [("1.2", "1.2"), ("CAM 1.3", "2004 2nd"), ("2004 3rd Edition", "2004 3rd"), ("2004 4th Edition", "2004 4th")],
)
def test_every_edition_is_accepted_under_its_name(inspected, version, edition):
    facts = inspected(scorm_package(version))
    assert facts.accepted
    assert (facts.kind, facts.standard, facts.edition) == (Kind.SCORM, "SCORM", edition)


def test_an_accepted_package_brings_manifest_and_table(inspected):
    facts = inspected(scorm_package())
    assert facts.title == "Toán lớp 5"
    assert facts.manifest.organization.items[0].identifier == "i1"
    assert {entry.path for entry in facts.table} == {"imsmanifest.xml", "index.html"}


def test_a_part_is_an_item_with_the_words_of_its_page(inspected):
    (part,) = inspected(scorm_package()).parts
    assert (part.key, part.title, part.kind, part.href) == ("i1", "Bài 1", "sco", "index.html")
    assert part.text == "Bài 1 Phân số bằng nhau Hai phân số"


def test_every_item_has_its_own_words(inspected):
    assert [(p.key, p.text) for p in inspected(course()).parts] == [("i1", "một"), ("i2", "hai")]


def test_unlisted_pages_belong_to_the_nearest_item(inspected):
    facts = inspected(course(bai2__sau__b="ba", bai1__b="bốn", le="năm"))
    assert [(p.key, p.text) for p in facts.parts] == [("i1", "một bốn năm"), ("i2", "hai ba")]


def test_listed_pages_belong_to_the_item_that_lists_them(inspected):
    listed = '<file href="bai1/chung.html"/>'
    resources = sco("r1", "bai1/a.html") + sco("r2", "bai2/a.html", inside=listed)
    facts = inspected(course(resources=resources, bai1__chung="chung"))
    assert [(p.key, p.text) for p in facts.parts] == [("i1", "một"), ("i2", "hai chung")]


def test_a_package_in_a_folder_is_read_from_there(inspected):
    facts = inspected(simple_zip({f"bai 1/{name}": data for name, data in scorm_files().items()}))
    assert facts.accepted
    assert codes(facts) == ["manifest_in_subfolder"]
    assert facts.parts[0].href == "bai 1/index.html"
    assert facts.parts[0].href in facts.table


def test_a_sloppy_href_finds_its_page(inspected):
    manifest = manifest_xml("1.2", resources=sco("r1", "B%C3%A0i%201.HTML"))
    facts = inspected(simple_zip({"imsmanifest.xml": manifest, "Bài 1.html": HOME_PAGE}))
    assert facts.accepted
    assert facts.parts[0].href == "Bài 1.html"
    assert "Phân số" in facts.parts[0].text


def test_the_page_names_a_package_whose_organization_does_not(inspected):
    manifest = manifest_xml("1.2", organizations="<organizations/>")
    assert inspected(simple_zip({"imsmanifest.xml": manifest, "index.html": HOME_PAGE})).title == "Bài 1"


def test_the_file_names_a_package_that_cannot_be_read(inspected):
    facts = inspected(simple_zip({"imsmanifest.xml": "<manifest>"}), "Phân số.zip")
    assert (facts.title, facts.accepted, facts.table) == ("Phân số", False, None)


def test_a_missing_launch_page_refuses_the_package(inspected):
    facts = inspected(simple_zip({"imsmanifest.xml": scorm_files()["imsmanifest.xml"]}))
    assert "manifest_launch_file_missing" in codes(facts)
    assert facts.title == "Toán lớp 5"


def test_a_refused_archive_is_still_named_but_never_served(inspected):
    files = [ZipEntry(name, data.encode()) for name, data in scorm_files().items()]
    facts = inspected(build_zip(*files, ZipEntry("../evil.html", b"x")))
    assert (facts.kind, facts.edition, facts.title) == (Kind.SCORM, "1.2", "Toán lớp 5")
    assert codes(facts) == ["name_traversal"]
    assert (facts.table, facts.parts) == (None, ())


def test_pages_that_load_from_outside_are_named(inspected):
    page = '<script src="https://cdn.example.vn/scorm.js"></script>'
    facts = inspected(scorm_package(index__html=page))
    assert [(f.code, dict(f.params)) for f in facts.findings] == [("outside_host", {"host": "cdn.example.vn"})]
    assert facts.accepted


def test_a_lesson_of_flash_films_is_said_to_be_empty_today(inspected):
    facts = inspected(scorm_package(viewer__swf="x", slide__SWF="x"))
    assert [(f.code, dict(f.params)) for f in facts.findings] == [("flash_needed", {"count": 2})]
    assert facts.accepted


def test_films_beside_pages_of_today_are_no_fault(inspected):
    assert codes(inspected(scorm_package(story__swf="x", index_lms_html5__html=HOME_PAGE))) == []


def test_a_long_text_is_shortened_and_said_to_be(inspected, monkeypatch):
    monkeypatch.setattr(pages, "PAGE_BYTES", 20)
    assert codes(inspected(scorm_package(index__html="<p id=scorm>" + "chữ " * 99))) == ["text_shortened"]


def test_the_words_of_a_whole_package_are_bounded(inspected, monkeypatch):
    monkeypatch.setattr(sco_texts, "TOTAL_CHARACTERS", 5)
    assert [p.text for p in inspected(course()).parts] == ["một", "ha"]


def test_a_script_in_a_title_is_only_text(inspected):
    manifest = manifest_xml(
        "1.2",
        items='<item identifier="i1" identifierref="r1"><title>&lt;script&gt;alert(1)&lt;/script&gt;</title></item>',
    )
    facts = inspected(simple_zip({"imsmanifest.xml": manifest, "index.html": HOME_PAGE}))
    assert facts.parts[0].title == "<script>alert(1)</script>"


def test_the_tool_is_known_by_its_traces(inspected):
    files = {
        "story_content/user.js": "1",
        "meta.xml": '<meta><application name="Articulate Storyline" version="3.80.1"/></meta>',
    }
    assert inspected(simple_zip({**scorm_files(), **files})).tool == "Articulate Storyline 3.80.1"


def test_an_unknown_tool_is_called_what_it_calls_itself(inspected):
    page = '<meta name="generator" content="Soạn bài 2.1"><p>x'
    assert inspected(scorm_package(index__html=page)).tool == "Soạn bài 2.1"
