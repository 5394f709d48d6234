import io
import json
import zipfile

import pytest
from lxml import etree, html

from elearn.demo.builder import (
    Choice,
    Edition,
    Lesson,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Page,
    Sco,
    ShortAnswer,
    TrueFalse,
    build,
)
from elearn.demo.builder.manifest import NAMESPACES_2004
from elearn.demo.builder.model import Question
from scorm.manifest import read_manifest

BOTH = {"prompt": "Hỏi?", "explanation": "Vì vậy."}


def lesson_of(*pages, edition=Edition.SCORM_12, **more):
    described = {
        "slug": "thu",
        "title": "Bài thử",
        "level": "TH",
        "grade": "4",
        "subject": "TOAN",
        "description": "Mô tả",
        "keywords": ("thử",),
        "author": "Nguyễn Văn An",
    }
    return Lesson(**(described | more), edition=edition, scos=(Sco("MOT", "Phần một", pages),))


def entry(lesson, name):
    return zipfile.ZipFile(io.BytesIO(build(lesson))).read(name)


def settings_of(lesson):
    return json.loads(html.fromstring(entry(lesson, "mot/index.html")).get_element_by_id("settings").text)


@pytest.mark.parametrize(
    ("question", "interaction", "key"),
    [
        (Choice(**BOTH, options=("x", "y"), answer=1), "choice", ["b"]),
        (MultipleChoice(**BOTH, options=("x", "y", "z"), answers=frozenset({2, 0})), "choice", ["a", "c"]),
        (TrueFalse(**BOTH, answer=False), "true-false", ["f"]),
        (Numeric(**BOTH, answer=0.25), "numeric", ["0.25"]),
        (ShortAnswer(**BOTH, accepted=("hơn", "hơn hẳn")), "fill-in", ["hơn", "hơn hẳn"]),
        (Matching(**BOTH, pairs=(("1", "một"), ("2", "hai"))), "matching", ["a.1", "b.2"]),
        (Ordering(**BOTH, items=("nhỏ", "vừa", "to")), "sequencing", ["a", "b", "c"]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_of_question_tells_its_interaction_type_and_key(question, interaction, key):
    told = settings_of(lesson_of(question))["questions"]["p1"]
    assert (told["type"], told["answer"]) == (interaction, key)


@pytest.mark.parametrize("items", [("a", "b"), ("nhỏ", "vừa", "to"), ("0,09", "0,32", "0,4", "1,1")])
def test_things_to_order_are_never_offered_in_the_right_order(items):
    question = Ordering(**BOTH, items=items)
    assert [text for _, text in question.mixed] != list(items)
    assert sorted(text for _, text in question.mixed) == sorted(items)


def test_a_text_of_the_author_can_neither_add_tags_nor_end_the_settings():
    hostile = "</script><img src=x onerror=alert(1)>"
    page = entry(
        lesson_of(Choice(prompt=hostile, explanation=hostile, options=(hostile, "y"), answer=0)), "mot/index.html"
    )
    assert b"<img src=x" not in page
    assert page.count(b"</script>") == 3


@pytest.mark.parametrize(
    ("edition", "expected"),
    [(Edition.SCORM_2004_3RD, (None, "1.0")), (Edition.SCORM_2004_4TH, ("1.0", None))],
)
def test_the_completion_threshold_is_written_as_its_edition_wants(edition, expected):
    manifest = etree.fromstring(entry(lesson_of(Page("Trang", ("Chữ",)), edition=edition), "imsmanifest.xml"))
    threshold = manifest.find(".//adlcp:completionThreshold", {"adlcp": NAMESPACES_2004["adlcp"]})
    assert (threshold.get("minProgressMeasure"), threshold.text) == expected


def test_mastery_is_asked_only_where_there_are_questions():
    told = entry(lesson_of(Page("Trang", ("Chữ",))), "imsmanifest.xml")
    asked = entry(lesson_of(TrueFalse(**BOTH, answer=True), passing=0.75), "imsmanifest.xml")
    assert b"masteryscore" not in told
    assert b">75</adlcp:masteryscore>" in asked


def test_questions_without_a_title_are_numbered():
    page = html.fromstring(
        entry(
            lesson_of(TrueFalse(**BOTH, answer=True), Page("Nghỉ", ("Chữ",)), TrueFalse(**BOTH, answer=False)),
            "mot/index.html",
        )
    )
    titles = [title.text for title in page.xpath("//section[starts-with(@id, 'p')]/h2")]
    assert titles == ["Câu hỏi 1", "Nghỉ", "Câu hỏi 2"]


def test_a_kind_of_question_that_knows_no_right_answer_cannot_be_made():
    class Riddle(Question):
        """A question whose author forgot `key`."""

    with pytest.raises(TypeError, match="key"):
        Riddle(prompt="?", explanation="")


@pytest.mark.parametrize("edition", [Edition.SCORM_2004_3RD, Edition.SCORM_2004_4TH])
def test_a_lesson_of_2004_asks_for_no_second_pair_of_devices(edition):
    lesson = lesson_of(Page("Trang", ("Chữ",)), edition=edition)
    names = zipfile.ZipFile(io.BytesIO(build(lesson))).namelist()
    manifest, _ = read_manifest(entry(lesson, "imsmanifest.xml"), names)
    assert [item.hide_lms_ui for item in manifest.organization.walk()] == [frozenset({"previous", "continue"})]
