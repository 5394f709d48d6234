"""cmi5, xAPI and AICC: which lessons a course has, where they begin, and what is missing."""

import pytest

from content_packages.facts import Kind
from tests.support.packages import HOME_PAGE
from tests.support.zips import simple_zip


def codes(facts):
    return [found.code for found in facts.findings]


def cmi5(*units):
    listed = "".join(
        f'<au id="u{number}"><title><langstring lang="en">Unit</langstring>'
        f'<langstring lang="vi">Bài {number}</langstring></title>'
        f"<url>{url}</url></au>"
        for number, url in enumerate(units, 1)
    )
    title = "<title><langstring>Địa chất</langstring></title>"
    return (
        '<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">'
        f'<course id="c">{title}<description><langstring>Đá và núi</langstring></description></course>'
        f'<block id="b">{listed}</block></courseStructure>'
    )


def tincan(launch):
    return (
        '<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities><activity id="a" type="course">'
        f"<name>Golf</name><description>Luật chơi</description><launch>{launch}</launch></activity>"
        "</activities></tincan>"
    )


AICC = {
    "c.crs": "[Course]\r\nCourse_Title = Vật lý\r\nCourse_Creator=Lan\r\nVersion=3.0\r\n"
    "[Course_Description]\r\nLực\r\n",
    "c.au": '"System_ID","File_Name"\r\n"A1","index.html"\r\n',
    "c.des": '"System_ID","Title","Description"\r\n"A1","Bài 1","Lực kéo"\r\n',
    "index.html": HOME_PAGE,
}


def test_a_cmi5_course_is_the_list_of_its_units(inspected):
    files = {"cmi5.xml": cmi5("index.html?x=1", "b/start.html"), "index.html": HOME_PAGE, "b/start.html": "<p>Núi</p>"}
    facts = inspected(simple_zip(files))
    assert (facts.kind, facts.standard, facts.title, facts.description) == (Kind.CMI5, "cmi5", "Địa chất", "Đá và núi")
    assert [(part.key, part.title, part.href) for part in facts.parts] == [
        ("u1", "Bài 1", "index.html"),
        ("u2", "Bài 2", "b/start.html"),
    ]
    assert "Hai phân số" in facts.parts[0].text
    assert facts.parts[1].text.endswith("Núi")
    assert dict(facts.properties) == {"entry": "index.html"}
    assert codes(facts) == ["results_not_recorded"]


def test_a_course_in_a_folder_finds_its_files_there(inspected):
    facts = inspected(simple_zip({"bai/cmi5.xml": cmi5("index.html"), "bai/index.html": HOME_PAGE}))
    assert [part.href for part in facts.parts] == ["bai/index.html"]


def test_an_xapi_package_opens_its_activity(inspected):
    facts = inspected(simple_zip({"tincan.xml": tincan("index.html"), "index.html": HOME_PAGE}))
    assert (facts.kind, facts.standard, facts.title) == (Kind.XAPI, "xAPI", "Golf")
    assert [(part.title, part.href) for part in facts.parts] == [("Golf", "index.html")]


def test_an_aicc_course_joins_its_three_files(inspected):
    facts = inspected(simple_zip(AICC))
    assert (facts.kind, facts.edition, facts.title) == (Kind.AICC, "3.0", "Vật lý")
    assert (facts.description, facts.authors) == ("Lực", ("Lan",))
    assert [(part.key, part.title, part.href) for part in facts.parts] == [("A1", "Bài 1", "index.html")]
    assert "Lực kéo" in facts.parts[0].text


@pytest.mark.parametrize("url", ["vang.html", "../../etc/passwd", "", "javascript-.html", "a b\\c.html"])
def test_a_course_of_which_nothing_is_there_is_refused(inspected, url):
    facts = inspected(simple_zip({"cmi5.xml": cmi5(url), "other.html": HOME_PAGE}))
    assert "launch_file_missing" in codes(facts)
    assert (facts.accepted, facts.table) == (False, None)


def test_a_course_of_which_something_is_there_is_accepted_with_a_warning(inspected):
    facts = inspected(simple_zip({"cmi5.xml": cmi5("index.html", "vang.html"), "index.html": HOME_PAGE}))
    assert codes(facts) == ["launch_files_missing", "results_not_recorded"]


@pytest.mark.parametrize("url", ["https://x.test/a.html", "//x.test/a", "javascript:alert(1)"])
def test_a_lesson_on_another_site_is_said_to_be_there(inspected, url):
    facts = inspected(simple_zip({"tincan.xml": tincan(url)}))
    assert codes(facts) == ["launch_outside", "not_played_yet"]
    assert [part.href for part in facts.parts] == [""]


def test_unit_identifiers_that_repeat_make_parts_with_keys_of_their_own(inspected):
    structure = cmi5("index.html", "index.html").replace('id="u2"', 'id="u1"')
    facts = inspected(simple_zip({"cmi5.xml": structure, "index.html": HOME_PAGE}))
    assert [part.key for part in facts.parts] == ["u1", "2"]


BROKEN = ["", "<a>" * 3000, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"\xff\xfe\0\1", "<tincan", "{}"]


@pytest.mark.parametrize("name", ["cmi5.xml", "tincan.xml"])
@pytest.mark.parametrize("data", BROKEN)
def test_a_broken_description_refuses_the_package(inspected, name, data):
    facts = inspected(simple_zip({name: data, "index.html": HOME_PAGE}))
    assert [(found.code, found.params) for found in facts.findings] == [("description_unreadable", {"name": name})]


@pytest.mark.parametrize("data", ["", "\0" * 50, '"' * 999, "a,b\n1\n", "=" * 300_000, b"\xff\xfe\xfd"])
def test_broken_tables_of_aicc_are_no_reason_to_fail(inspected, data):
    facts = inspected(simple_zip({"c.crs": data, "c.au": data, "c.des": data}))
    assert codes(facts)[0] == "launch_file_missing"


@pytest.mark.parametrize(("document", "kind"), [(cmi5("a"), "cmi5"), (tincan("a"), "xapi"), ("<manifest/>", "scorm")])
def test_a_description_without_its_package_is_told_apart(inspected, document, kind):
    facts = inspected(document, "cmi5.xml")
    assert [(found.code, found.params) for found in facts.findings] == [("manifest_without_package", {"kind": kind})]
