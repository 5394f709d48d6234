"""Web pages: where a site begins, its words, and the tool that made it; archives of anything."""

import pytest

from content_packages.facts import Kind
from tests.support.packages import HOME_PAGE
from tests.support.zips import simple_zip

OTHER = "<title>Khác</title><p>Hình tròn</p>"


def codes(facts):
    return [found.code for found in facts.findings]


@pytest.mark.parametrize(
    ("paths", "first"),
    [
        (["index.html", "b.html"], "index.html"),
        (["story.html", "a.html"], "story.html"),
        (["INDEX.HTM", "a.htm"], "INDEX.HTM"),
        (["bai/index_lms.html", "bai/a.html", "bai/c/index.html"], "bai/index_lms.html"),
        (["bai 1.xhtml", "a.js"], "bai 1.xhtml"),
        (["multiscreen.html", "a.html"], "multiscreen.html"),
    ],
)
def test_a_site_begins_with_the_page_people_and_tools_mean(inspected, paths, first):
    facts = inspected(simple_zip(dict.fromkeys(paths, HOME_PAGE)))
    assert (facts.kind, facts.properties["entry"], facts.parts[0].href) == (Kind.HTML5, first, first)


def test_every_page_is_a_part_with_its_words(inspected):
    facts = inspected(simple_zip({"a.html": OTHER, "index.html": HOME_PAGE}))
    assert facts.title == "Bài 1"
    assert [(part.key, part.title) for part in facts.parts] == [("index.html", "Bài 1"), ("a.html", "Khác")]
    assert "Hình tròn" in facts.parts[1].text
    assert codes(facts) == ["results_not_recorded"]


@pytest.mark.parametrize(
    ("files", "tool"),
    [
        ({"index.html": "<!-- Created with iSpring --><!-- version 9.7.2 -->"}, "iSpring 9.7.2"),
        ({"story.html": "<!-- Created using Storyline 3 --><!-- version: 3.5.1 -->"}, "Articulate Storyline 3.5.1"),
        ({"index.html": "x", "assets/js/CPXHRLoader.js": "1"}, "Adobe Captivate"),
    ],
)
def test_the_tool_is_named(inspected, files, tool):
    assert inspected(simple_zip(files)).tool == tool


def test_a_page_that_came_alone_is_only_downloaded(inspected):
    facts = inspected(HOME_PAGE, "bai.html")
    assert (facts.kind, facts.title, codes(facts)) == (Kind.HTML5, "Bài 1", ["single_page_downloaded"])
    assert "Hai phân số" in facts.parts[0].text


def test_a_key_of_any_length_gives_way_to_the_number(inspected):
    path = "/".join(["thu muc dai" * 10] * 3) + "/index.html"
    (part,) = inspected(simple_zip({"index.html": "", path: HOME_PAGE})).parts[1:]
    assert (part.key, part.href) == ("2", path)


def test_an_archive_of_anything_is_kept_and_found_by_the_names_in_it(inspected):
    facts = inspected(simple_zip({"De thi/Toan_lop_6.doc": "x", "b.dat": "y"}), "de thi.zip")
    assert (facts.kind, facts.accepted, facts.properties) == (Kind.ARCHIVE, True, {"files": 2})
    assert "Toan lop 6.doc" in facts.parts[0].text
    assert codes(facts) == ["kept_as_download"]


@pytest.mark.parametrize("data", [b"Rar!\x1a\x07\0" + b"x" * 40, b"7z\xbc\xaf\x27\x1c" + b"x" * 40])
def test_an_archive_of_another_form_is_kept(inspected, data):
    facts = inspected(data, "a.rar")
    assert (facts.kind, codes(facts)) == (Kind.ARCHIVE, ["kept_as_download"])


@pytest.mark.parametrize("paths", [["a/b/imsmanifest.xml"], ["a/imsmanifest.xml", "b/imsmanifest.xml"]])
def test_a_manifest_in_the_wrong_place_refuses_what_can_be_mended(inspected, paths):
    facts = inspected(simple_zip(dict.fromkeys(paths, "<manifest/>")))
    assert [(f.code, f.place) for f in facts.findings if f.refuses] == [("manifest_too_deep", paths[0])]


def test_a_hostile_archive_is_told_its_cause_and_nothing_else(inspected):
    facts = inspected(simple_zip({"index.html": HOME_PAGE, "../x": "1"}))
    assert (facts.kind, facts.table) == (Kind.HTML5, None)
    assert codes(facts) == ["name_traversal"]
