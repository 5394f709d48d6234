"""Common Cartridge and content packages: outline, words of pages, topics and questions, and missing files."""

import pytest

from content_packages.facts import Kind
from tests.support.packages import HOME_PAGE
from tests.support.zips import simple_zip

TOPIC = "<topic><title>Thảo luận</title><text>&lt;p&gt;Vì sao?&lt;/p&gt;</text></topic>"
QUESTION = "<questestinterop><item><mattext>&lt;b&gt;Hai nửa&lt;/b&gt;</mattext></item></questestinterop>"


def manifest(items="", resources="", metadata="", version="1.1.0"):
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="m">'
        f"<metadata><schema>IMS Common Cartridge</schema><schemaversion>{version}</schemaversion>{metadata}</metadata>"
        f'<organizations><organization identifier="o"><item identifier="root">{items}</item></organization>'
        f"</organizations><resources>{resources}</resources></manifest>"
    )


def item(identifier, title, resource=""):
    return f'<item identifier="{identifier}" identifierref="{resource}"><title>{title}</title></item>'


def resource(identifier, *files):
    listed = "".join(f'<file href="{name}"/>' for name in files)
    return f'<resource identifier="{identifier}" type="webcontent">{listed}</resource>'


def codes(facts):
    return [found.code for found in facts.findings]


def test_a_cartridge_is_read_along_its_outline(inspected):
    items = item("i1", "Chương 1") + item("i2", "Phân số", "r1") + item("i3", "Hỏi", "r2") + item("i4", "Thi", "r3")
    resources = resource("r1", "bai%201.html") + resource("r2", "t.xml") + resource("r3", "q.xml")
    files = {"bai 1.html": HOME_PAGE, "t.xml": TOPIC, "q.xml": QUESTION}
    facts = inspected(simple_zip({"imsmanifest.xml": manifest(items, resources), **files}), "khoa.imscc")
    assert (facts.kind, facts.standard, facts.edition) == (Kind.COMMON_CARTRIDGE, "Common Cartridge", "1.1.0")
    assert [(part.key, part.title) for part in facts.parts] == [
        ("i1", "Chương 1"), ("i2", "Phân số"), ("i3", "Hỏi"), ("i4", "Thi"),
    ]  # fmt: skip
    assert "Hai phân số" in facts.parts[1].text
    assert "Vì sao?" in facts.parts[2].text
    assert facts.parts[3].text == "Thi Hai nửa"
    assert codes(facts) == ["results_not_recorded"]


def test_the_metadata_gives_title_and_keywords(inspected):
    lom = (
        "<lom><general><title><string>Đại số</string></title><keyword><string>toán</string></keyword>"
        "<language>vi</language></general></lom>"
    )
    facts = inspected(simple_zip({"imsmanifest.xml": manifest(metadata=lom)}))
    assert (facts.title, facts.keywords, facts.language) == ("Đại số", ("toán",), "vi")


def test_resources_that_no_item_names_are_found_too(inspected):
    facts = inspected(
        simple_zip({"imsmanifest.xml": manifest(resources=resource("r1", "a.html")), "a.html": HOME_PAGE})
    )
    assert [(part.key, part.title) for part in facts.parts] == [("r1", "Bài 1")]


def test_files_that_are_listed_and_absent_are_named(inspected):
    facts = inspected(simple_zip({"imsmanifest.xml": manifest(resources=resource("r1", "vang.html", "../x"))}))
    assert [(found.code, found.params) for found in facts.findings][:1] == [
        ("listed_files_missing", {"count": 2, "names": "vang.html, ../x"})
    ]
    assert facts.accepted


def test_a_plain_content_package_opens_its_first_page(inspected):
    described = (
        '<manifest identifier="m"><organizations><organization><title>Sử</title>'
        '<item identifier="i" identifierref="r"><title>Bài</title></item></organization></organizations>'
        '<resources><resource identifier="r" href="index.html"/></resources></manifest>'
    )
    facts = inspected(simple_zip({"imsmanifest.xml": described, "index.html": HOME_PAGE}))
    assert (facts.kind, facts.title, dict(facts.properties)) == (Kind.CONTENT_PACKAGE, "Sử", {"entry": "index.html"})
    assert codes(facts) == ["results_not_recorded"]


@pytest.mark.parametrize("data", ["", "<a>" * 3000, b"\xff\xfe\0", '<!DOCTYPE a [<!ENTITY b "c">]><topic><title>&b;'])
def test_a_broken_topic_is_no_reason_to_fail(inspected, data):
    described = manifest(item("i1", "Hỏi", "r"), resource("r", "t.xml"))
    facts = inspected(simple_zip({"imsmanifest.xml": described, "t.xml": data}))
    assert [part.text for part in facts.parts] == ["Hỏi"]


def test_a_version_of_any_length_is_shortened(inspected):
    assert len(inspected(simple_zip({"imsmanifest.xml": manifest(version="1." * 500)})).edition) == 32
