import io
import json
import re
import zipfile

import pytest
from lxml import etree, html

from elearn.demo.builder import Edition, build
from elearn.demo.builder.manifest import NAMESPACES_12, NAMESPACES_2004, SCHEMA_VERSIONS
from elearn.demo.lessons import LESSONS

EACH_LESSON = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)


def opened(lesson):
    return zipfile.ZipFile(io.BytesIO(build(lesson)))


def manifest_of(lesson):
    return etree.fromstring(opened(lesson).read("imsmanifest.xml"))


def names_for(lesson):
    namespaces = NAMESPACES_2004 if lesson.edition.is_2004 else NAMESPACES_12
    return {prefix or "cp": address for prefix, address in namespaces.items()}


def pages_of(lesson):
    archive = opened(lesson)
    return [(sco, html.fromstring(archive.read(f"{sco.identifier.lower()}/index.html"))) for sco in lesson.scos]


@EACH_LESSON
def test_a_lesson_is_built_to_the_same_bytes_every_time(lesson):
    assert build(lesson) == build(lesson)


@EACH_LESSON
def test_the_manifest_is_the_first_entry_and_names_its_edition(lesson):
    assert opened(lesson).namelist()[0] == "imsmanifest.xml"
    version = manifest_of(lesson).findtext("cp:metadata/cp:schemaversion", namespaces=names_for(lesson))
    assert version == SCHEMA_VERSIONS[lesson.edition]


@EACH_LESSON
def test_every_file_of_the_manifest_is_in_the_archive_and_every_entry_in_the_manifest(lesson):
    manifest = manifest_of(lesson)
    listed = {file.get("href") for file in manifest.iterfind(".//cp:resource/cp:file", names_for(lesson))}
    launched = {resource.get("href") for resource in manifest.iterfind(".//cp:resource[@href]", names_for(lesson))}
    assert listed == set(opened(lesson).namelist()) - {"imsmanifest.xml"}
    assert launched <= listed


@EACH_LESSON
def test_every_item_launches_a_sco_and_every_sco_depends_on_the_shared_files(lesson):
    names = names_for(lesson)
    resources = {r.get("identifier"): r for r in manifest_of(lesson).iterfind(".//cp:resource", names)}
    attribute = "scormType" if lesson.edition.is_2004 else "scormtype"
    for item in manifest_of(lesson).iterfind(".//cp:item", names):
        resource = resources[item.get("identifierref")]
        assert resource.get(f"{{{names['adlcp']}}}{attribute}") == "sco"
        assert resource.find("cp:dependency", names).get("identifierref") in resources


@EACH_LESSON
def test_the_metadata_give_title_language_and_keywords(lesson):
    texts = [text for text in manifest_of(lesson).find("cp:metadata", names_for(lesson)).itertext() if text.strip()]
    assert {lesson.title, lesson.description, "vi", *lesson.keywords} <= set(texts)


@EACH_LESSON
def test_a_page_refers_only_to_files_of_its_own_package(lesson):
    archive = opened(lesson)
    for sco, page in pages_of(lesson):
        folder = sco.identifier.lower()
        for address in page.xpath("//@src | //link/@href"):
            assert archive.getinfo(address.replace("../", "") if address.startswith("../") else f"{folder}/{address}")


@EACH_LESSON
def test_no_script_or_style_sheet_asks_another_host(lesson):
    archive = opened(lesson)
    for name in archive.namelist():
        if name.endswith((".html", ".js", ".css")):
            assert not re.search(rb"(https?:)?//[a-z]", archive.read(name)), name


@EACH_LESSON
def test_the_points_of_the_questions_add_up_to_the_highest_score_of_each_part(lesson):
    for sco, page in pages_of(lesson):
        questions = json.loads(page.get_element_by_id("settings").text)["questions"]
        assert sum(question["points"] for question in questions.values()) == sco.max_score
        assert len(page.xpath("//form[@data-question]")) == len(questions)


@EACH_LESSON
def test_every_right_answer_can_be_given_on_the_page(lesson):
    for _, page in pages_of(lesson):
        for identifier, question in json.loads(page.get_element_by_id("settings").text)["questions"].items():
            form = page.xpath(f"//form[@data-question='{identifier}']")[0]
            offered = form.xpath(".//input/@value | .//li/@data-value")
            pairs = [
                f"{name}.{value}" for name in form.xpath(".//select/@name") for value in form.xpath(".//option/@value")
            ]
            typed = question["answer"] if form.get("data-kind") == "typed" else []
            assert set(question["answer"]) <= {*offered, *pairs, *typed}


@EACH_LESSON
def test_every_picture_is_a_well_formed_drawing_and_is_told_in_words(lesson):
    archive = opened(lesson)
    for name in archive.namelist():
        if name.endswith(".svg"):
            assert etree.fromstring(archive.read(name)).tag == "{http://www.w3.org/2000/svg}svg"
    for _, page in pages_of(lesson):
        assert all(image.get("alt") for image in page.iter("img"))


def test_a_part_without_questions_does_not_weigh_in_the_score_of_a_2004_lesson():
    for lesson in LESSONS:
        if lesson.edition.is_2004:
            rules = manifest_of(lesson).findall(".//imsss:rollupRules", names_for(lesson))
            assert len(rules) == sum(not sco.max_score for sco in lesson.scos)


def test_identifiers_are_unique_over_all_lessons():
    assert len({lesson.slug for lesson in LESSONS}) == len(LESSONS)


@pytest.mark.parametrize("edition", [Edition.SCORM_12, Edition.SCORM_2004_4TH])
def test_the_lessons_cover_several_editions(edition):
    assert any(lesson.edition is edition for lesson in LESSONS)
