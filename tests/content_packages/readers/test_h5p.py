"""H5P: its description, the texts of its content, and what it lacks."""

import json

import pytest

from content_packages.facts import Kind
from tests.support.zips import simple_zip


def h5p(content, files=None, **described):
    about = {"title": "Câu hỏi", "language": "vi", "mainLibrary": "H5P.Essay", **described}
    return simple_zip({"h5p.json": json.dumps(about), "content/content.json": json.dumps(content), **(files or {})})


def codes(facts):
    return [found.code for found in facts.findings]


def test_a_content_says_what_its_author_wrote_and_not_what_its_buttons_say(inspected):
    content = {
        "taskDescription": "<p>Em hãy <b>so sánh</b> hai phân số</p>",
        "checkButton": "Check",
        "l10n": {"retry": "Retry"},
        "media": {"params": {"alt": "Hình tròn", "path": "images/x.png", "mime": "image/png"}},
    }
    facts = inspected(h5p(content, authors=[{"name": "Lan"}], license="CC BY"), "bai.h5p")
    assert (facts.kind, facts.standard, facts.title, facts.language) == (Kind.H5P, "H5P", "Câu hỏi", "vi")
    assert (facts.authors, facts.rights, dict(facts.properties)) == (("Lan",), "CC BY", {"library": "H5P.Essay"})
    assert [part.text for part in facts.parts] == ["Em hãy so sánh hai phân số Hình tròn"]
    assert codes(facts) == ["results_not_recorded"]


def test_slides_are_parts_of_their_own(inspected):
    slides = [{"elements": [{"action": {}}, {"text": f"Trang {number}"}]} for number in (1, 2)]
    facts = inspected(h5p({"presentation": {"slides": slides}}))
    assert [(part.key, part.text) for part in facts.parts] == [("1", "Trang 1"), ("2", "Trang 2")]


def test_libraries_that_are_not_in_the_file_are_named(inspected):
    facts = inspected(
        h5p({}, preloadedDependencies=[{"machineName": "H5P.Essay", "majorVersion": 1, "minorVersion": 2}])
    )
    assert (facts.findings[0].code, facts.findings[0].params) == (
        "h5p_libraries_missing",
        {"count": 1, "names": "H5P.Essay-1.2"},
    )
    assert facts.accepted


def test_scripts_that_a_library_lists_and_lacks_are_named(inspected):
    library = {"H5P.Essay-1.2/library.json": json.dumps({"preloadedJs": [{"path": "a.js"}, {"path": "b.js"}]})}
    needed = [{"machineName": "H5P.Essay", "majorVersion": "1", "minorVersion": "2"}]
    facts = inspected(h5p({}, {**library, "H5P.Essay-1.2/b.js": "1"}, preloadedDependencies=needed))
    assert facts.findings[0].params == {"count": 1, "names": "H5P.Essay-1.2/a.js"}


def test_a_file_without_its_description_is_refused(inspected):
    facts = inspected(simple_zip({"content/content.json": "{}", "H5P.Essay-1.0/library.json": "{}"}), "bai.h5p")
    assert codes(facts) == ["h5p_without_h5p_json"]


def test_a_file_that_does_not_say_what_it_is_is_refused(inspected):
    assert "h5p_main_library_missing" in codes(inspected(h5p({}, mainLibrary="")))


ODD = ["", "{", "[1]", '"x"', "[" * 100_000, '{"a":' * 100_000, "9" * 5000, b"\xff\xfe\0", "NaN"]


@pytest.mark.parametrize("data", ODD, ids=range(len(ODD)))
def test_an_odd_description_refuses_the_file(inspected, data):
    assert codes(inspected(simple_zip({"h5p.json": data, "content/content.json": "{}"})))[0] == "description_unreadable"


@pytest.mark.parametrize("data", ["", "{", "[" * 100_000, b"\xff\xfe\0"])
def test_an_unreadable_content_refuses_the_file(inspected, data):
    described = json.dumps({"title": "x", "mainLibrary": "H5P.Essay"})
    facts = inspected(simple_zip({"h5p.json": described, "content/content.json": data}))
    assert codes(facts)[0] == "description_unreadable"


@pytest.mark.parametrize("value", [["x"], {"x": 1}, None, True, 7, "\0"])
def test_values_of_another_type_say_nothing_and_break_nothing(inspected, value):
    facts = inspected(
        h5p(value, title=value, language=value, authors=value, preloadedDependencies=value, license=value), "bai.h5p"
    )
    assert facts.kind is Kind.H5P
    assert "reader_failed" not in codes(facts)
