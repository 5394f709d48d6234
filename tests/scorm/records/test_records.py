"""One record in three standards: what stands where, and what is left out."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from scorm.manifest.lom import read_lom
from scorm.records import Record, Term, dublin_core, json_ld, lom_xml

WHOLE = Record(
    identifier="https://thu-vien.example/materials/1",
    url="https://thu-vien.example/materials/1",
    title="Phân số <bằng> nhau",
    description="So sánh hai phân số.",
    keywords=("toán", "phân số"),
    authors=("Nguyễn Thị Lan, Tổ 4", "Trần Văn Bình"),
    publisher="Trường Tiểu học Bản Mây",
    version="2.1",
    status="final",
    created=date(2026, 9, 1),
    published=date(2026, 9, 7),
    format="application/zip",
    size=1234,
    requirements="Loa",
    operating_systems=("windows", "android"),
    resource_type=Term("worksheet", "Phiếu học tập"),
    lom_types=("exercise",),
    dcmi_type="InteractiveResource",
    minutes=95,
    levels=(Term("TH", "Tiểu học"),),
    grades=(Term("4", "Lớp 4"),),
    subjects=(Term("TOAN", "Toán"),),
    topic="Phân số, bài 3",
    programme="Chương trình 2018",
    contexts=("school",),
    ages="9-10",
    rights="CC BY 4.0",
    rights_url="https://creativecommons.org/licenses/by/4.0/",
    is_free=True,
)
LEAST = Record(identifier="urn:x:1", title="Bài")


def test_what_is_written_as_lom_is_read_again() -> None:
    said = read_lom(etree.fromstring(lom_xml(WHOLE)))
    assert (said.title, said.keywords, said.language) == (WHOLE.title, WHOLE.keywords, "vi")
    assert said.authors == WHOLE.authors
    assert (said.version, said.requirements) == ("2.1", "Loa")
    assert said.typical_learning_time == "PT1H35M"
    assert said.resource_types == ("exercise",)
    assert said.disciplines == ("TOAN", "Toán", "Phân số, bài 3")
    assert said.educational_levels == ("TH", "Tiểu học", "4", "Lớp 4")
    assert said.rights == "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"


def test_the_parts_of_a_lom_stand_in_the_order_of_the_standard() -> None:
    names = [etree.QName(part).localname for part in etree.fromstring(lom_xml(WHOLE))]
    categories = ["general", "lifeCycle", "metaMetadata", "technical", "educational", "rights"]
    assert names == [*categories, "classification", "classification"]


def test_what_xml_cannot_hold_is_left_out() -> None:
    hostile = Record(identifier="urn:x", title="a\x00b\x1f\ufffe]]>&<x>", description="\ud800", keywords=("\x0b",))
    assert read_lom(etree.fromstring(lom_xml(hostile))).title == "ab]]>&<x>"
    assert etree.fromstring(dublin_core(hostile))[0].text == "ab ]]>&<x>"


@pytest.mark.given("lom_schema")
@pytest.mark.parametrize("record", [WHOLE, LEAST])
def test_a_lom_is_valid_by_the_schema_of_the_standard(record: Record, request: pytest.FixtureRequest) -> None:
    schema = etree.XMLSchema(etree.parse(request.config.getoption("lom_schema")))
    schema.assertValid(etree.fromstring(lom_xml(record)))


def test_dublin_core_has_elements_of_the_fifteen_only() -> None:
    root = etree.fromstring(dublin_core(WHOLE))
    said = [(etree.QName(element).localname, element.text) for element in root]
    assert {etree.QName(element).namespace for element in root} == {"http://purl.org/dc/elements/1.1/"}
    for pair in (
        ("creator", "Trần Văn Bình"),
        ("subject", "Phân số, bài 3"),
        ("date", "2026-09-07"),
        ("type", "InteractiveResource"),
        ("rights", "https://creativecommons.org/licenses/by/4.0/"),
    ):
        assert pair in said
    assert [name for name, _ in said].count("identifier") == 1


def test_schema_org_says_what_search_engines_look_for() -> None:
    said = json_ld(WHOLE)
    assert (said["@type"], said["timeRequired"], said["license"]) == ("LearningResource", "PT1H35M", WHOLE.rights_url)
    assert said["author"][1] == {"@type": "Person", "name": "Trần Văn Bình"}
    assert [term["termCode"] for term in said["educationalLevel"]] == ["TH", "4"]
    assert said["educationalAlignment"][0]["targetName"] == "Phân số, bài 3"


def test_what_nobody_has_said_is_left_out() -> None:
    assert set(json_ld(LEAST)) == {
        "@context", "@type", "@id", "identifier", "name", "inLanguage", "creativeWorkStatus", "audience",
    }  # fmt: skip
    assert [element.text for element in etree.fromstring(dublin_core(LEAST))] == ["Bài", "urn:x:1", "vi"]
    assert b"rights" not in lom_xml(LEAST)


@pytest.mark.parametrize(("minutes", "written"), [(None, ""), (0, ""), (45, "PT45M"), (60, "PT1H"), (95, "PT1H35M")])
def test_minutes_as_a_duration(minutes: int | None, written: str) -> None:
    assert Record(identifier="urn:x", title="A", minutes=minutes).duration == written
