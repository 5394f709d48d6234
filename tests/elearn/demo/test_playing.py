"""The lessons in a real browser, inside a small strict LMS of either standard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from elearn.demo.lessons import LESSONS
from scorm.datamodel import table_for
from scorm.runtime import LaunchData, Runtime, initial_document
from scorm.tolerance import STRICT

pytestmark = pytest.mark.journey
BY_SLUG = {lesson.slug: lesson for lesson in LESSONS}
EVERY_SCO = [
    pytest.param(lesson, sco, id=f"{lesson.slug}-{sco.identifier}") for lesson in LESSONS for sco in lesson.scos
]


def address(lesson, sco):
    return f"/{lesson.slug}/{sco.identifier.lower()}/index.html"


def play(room, sco, *, right=True):
    """Walk through all pages, answering as told, up to the last page."""
    asked = room.settings["questions"]
    pages = len(sco.pages) + bool(sco.max_score)
    for number in range(1, pages + 1):
        assert room.place == f"Trang {number}/{pages}"
        if f"p{number}" in asked:
            room.answer(f"p{number}", right=right)
        if number < pages:
            room.press("Trang sau")


# Walks through all pages inside the page, with the right answers: quick enough for every part of every lesson.
RIGHT_TO_THE_END = """() => {
    const questions = JSON.parse(document.getElementById("settings").textContent).questions;
    const write = {
        choice: (form, key) => key.forEach(value => { form.querySelector(`input[value=${value}]`).checked = true; }),
        typed: (form, key) => { form.querySelector("input").value = key[0].replace(".", ","); },
        matching: (form, key) => key.forEach(pair => {
            const [name, value] = pair.split(".");
            form.querySelector(`select[name=${name}]`).value = value;
        }),
        ordering: (form, key) => key.forEach(value => form.querySelector("ol").append(
            form.querySelector(`li[data-value=${value}]`)))
    };
    write.multiple = write.truefalse = write.choice;
    for (const section of document.querySelectorAll("section.page")) {
        const form = section.querySelector("form.question");
        if (form) {
            write[form.dataset.kind](form, questions[form.dataset.question].answer);
            form.requestSubmit();
        }
        document.getElementById("next").click();
    }
}"""


@pytest.mark.parametrize(("lesson", "sco"), EVERY_SCO)
def test_right_answers_to_the_end_give_the_highest_score_and_completion(classroom, lesson, sco):
    room = classroom(address(lesson, sco))
    room.enter("2004" if lesson.edition.is_2004 else "1.2")
    room.lesson.locator("html").evaluate(RIGHT_TO_THE_END)
    room.press("Kết thúc")
    told = room.told
    if lesson.edition.is_2004:
        assert told["cmi.completion_status"] == "completed"
        assert told["cmi.progress_measure"] == "1"
        assert told.get("cmi.success_status") == ("passed" if sco.max_score else None)
        assert told.get("cmi.score.raw") == told.get("cmi.score.max") == (str(sco.max_score) if sco.max_score else None)
        assert told.get("cmi.score.scaled") == ("1" if sco.max_score else None)
        assert told["cmi.exit"] == "normal"
        assert told["adl.nav.request"] == "continue"
    else:
        assert told["cmi.core.lesson_status"] == ("passed" if sco.max_score else "completed")
        assert told.get("cmi.core.score.raw") == ("100" if sco.max_score else None)
        assert told["cmi.core.exit"] == ""
    results = [value for name, value in told.items() if name.endswith(".result")]
    assert results == ["correct"] * len(list(sco.questions()))
    assert room.page.evaluate("sessions") == ["open", "closed"]
    assert room.refusals == []
    assert refused_by_our_runtime(lesson, room.page.evaluate("calls")) == []


def refused_by_our_runtime(lesson, calls):
    """The values set by a lesson that our own run-time environment would not take, at its strictest."""
    table = table_for(lesson.edition)
    launch = LaunchData("hs1", "Lan")
    runtime = Runtime(table, initial_document(table, launch), valid_requests={"continue": "true"}, tolerance=STRICT)
    assert runtime.initialize() == "true"
    return [(element, value) for element, value in calls if runtime.set_value(element, value) != "true"]


@pytest.mark.parametrize(
    ("slug", "part", "standard", "passed"),
    [
        ("toan5-so-thap-phan", 1, "1.2", {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "100"}),
        (
            "kh4-nuoc",
            0,
            "2004",
            {"cmi.success_status": "passed", "cmi.score.raw": "7", "cmi.score.max": "7", "cmi.score.min": "0"},
        ),
    ],
)
def test_every_kind_of_question_can_be_answered_by_hand(classroom, slug, part, standard, passed):
    lesson = BY_SLUG[slug]
    sco = lesson.scos[part]
    room = classroom(address(lesson, sco))
    room.enter(standard)
    play(room, sco)
    assert room.told.items() >= passed.items()
    assert room.refusals == []


@pytest.mark.parametrize(
    ("slug", "standard", "status"),
    [
        ("mn-hinh", "1.2", {"cmi.core.lesson_status": "failed", "cmi.core.score.raw": "0"}),
        (
            "khtn6-te-bao",
            "2004",
            {
                "cmi.completion_status": "completed",
                "cmi.success_status": "failed",
                "cmi.score.raw": "0",
                "cmi.score.scaled": "0",
            },
        ),
    ],
)
def test_wrong_answers_to_the_end_complete_the_lesson_without_passing(classroom, slug, standard, status):
    lesson = BY_SLUG[slug]
    room = classroom(address(lesson, lesson.scos[0]))
    room.enter(standard)
    play(room, lesson.scos[0], right=False)
    assert room.told.items() >= status.items()
    assert room.refusals == []


@pytest.mark.parametrize(
    ("slug", "standard", "core"), [("mn-hinh", "1.2", "cmi.core.lesson_"), ("khtn6-te-bao", "2004", "cmi.")]
)
def test_a_learner_who_leaves_midway_resumes_at_the_page_with_the_answers(classroom, slug, standard, core):
    lesson = BY_SLUG[slug]
    sco = lesson.scos[0]
    question = next(number for number, page in enumerate(sco.pages, 1) if page in list(sco.questions()))
    room = classroom(address(lesson, sco))
    room.enter(standard)
    for _ in range(question - 1):
        room.press("Trang sau")
    room.answer(f"p{question}")
    room.leave()
    assert room.told[f"{core}location"] == f"p{question}"
    assert room.told["cmi.core.exit" if standard == "1.2" else "cmi.exit"] == "suspend"
    room.launch()
    pages = len(sco.pages) + 1
    assert room.place == f"Trang {question}/{pages}"
    assert room.lesson.locator(f"#p{question} .mark").text_content() == "Đúng rồi!"
    for number in range(question + 1, pages + 1):
        room.press("Trang sau")
        if f"p{number}" in room.settings["questions"]:
            room.answer(f"p{number}")
    room.press("Kết thúc")
    assert "passed" in room.told.values()
    assert room.page.evaluate("sessions") == ["open", "closed", "open", "closed"]
    assert room.refusals == []


def test_answering_again_reuses_the_rows_and_keeps_the_best_score(classroom):
    lesson = BY_SLUG["mn-hinh"]
    room = classroom(address(lesson, lesson.scos[0]))
    room.enter("1.2")
    play(room, lesson.scos[0])
    room.press("Làm lại các câu hỏi")
    room.answer("p5", right=False)
    assert room.told["cmi.core.score.raw"] == "100"
    assert room.told["cmi.core.lesson_status"] == "passed"
    assert room.told["cmi.interactions.0.result"] == "wrong"
    assert room.page.evaluate("count") == 5
    assert room.refusals == []


@pytest.mark.parametrize(
    ("standard", "response", "pattern"), [("1.2", "student_response", "a,b"), ("2004", "learner_response", "a[,]b")]
)
def test_a_list_of_answers_is_spelt_as_the_standard_wants(classroom, standard, response, pattern):
    lesson = BY_SLUG["kh4-nuoc"]
    room = classroom(address(lesson, lesson.scos[0]))
    room.enter(standard)
    room.lesson.locator("html").evaluate(RIGHT_TO_THE_END)
    assert room.told["cmi.interactions.0.type"] == "sequencing"
    assert room.told[f"cmi.interactions.0.{response}"].startswith(pattern)
    assert room.told["cmi.interactions.0.correct_responses.0.pattern"].startswith(pattern)
    assert room.refusals == []


def test_an_answer_that_is_not_a_number_is_asked_for_again(classroom):
    lesson = BY_SLUG["toan5-so-thap-phan"]
    room = classroom(address(lesson, lesson.scos[0]))
    room.enter("1.2")
    for _ in range(3):
        room.press("Trang sau")
    room.lesson.locator("#p4 input").fill("sáu")
    room.press("Trả lời")
    assert room.lesson.locator("#p4 .mark").text_content() == "Hãy nhập một số."
    assert "cmi.interactions.0.id" not in room.told
    room.lesson.locator("#p4 input").fill(" 6,0 ")
    room.press("Trả lời")
    assert room.told["cmi.interactions.0.result"] == "correct"


def test_without_an_lms_the_lesson_says_so_and_still_works(classroom):
    lesson = BY_SLUG["khtn6-te-bao"]
    sco = lesson.scos[0]
    room = classroom(address(lesson, sco))
    room.enter("none")
    assert "tự học" in room.lesson.locator("#notice").text_content()
    play(room, sco)
    assert room.lesson.locator("#points").text_content() == str(sco.max_score)
    room.press("Kết thúc")
    assert room.place.startswith("Trang 1/")
    assert room.refusals == []


def test_before_the_first_page_comes_the_part_before(classroom):
    lesson = BY_SLUG["khtn6-te-bao"]
    room = classroom(address(lesson, lesson.scos[1]))
    room.enter("2004")
    room.press("Trang sau")
    room.press("Trang trước")
    assert "adl.nav.request" not in room.told
    room.press("Trang trước")
    assert room.told["adl.nav.request"] == "previous"
    assert room.page.evaluate("sessions") == ["open", "closed"]
    assert room.refusals == []


def test_where_no_part_comes_before_the_first_page_leads_nowhere(classroom):
    lesson = BY_SLUG["toan5-so-thap-phan"]
    room = classroom(address(lesson, lesson.scos[1]))
    room.enter("1.2")
    assert room.lesson.get_by_role("button", name="Trang trước").is_disabled()


def test_a_2004_lesson_in_a_1_2_lms_speaks_its_dialect(classroom):
    lesson = BY_SLUG["khtn6-te-bao"]
    room = classroom(address(lesson, lesson.scos[0]))
    room.enter("1.2")
    play(room, lesson.scos[0])
    assert room.told["cmi.core.lesson_status"] == "passed"
    assert room.refusals == []


def test_a_lesson_can_be_worked_through_with_the_keyboard_alone(classroom):
    lesson = BY_SLUG["khtn6-te-bao"]
    room = classroom(address(lesson, lesson.scos[0]))
    room.enter("2004")
    press = room.page.keyboard.press
    room.lesson.locator("#p1 h2").focus()
    press("ArrowRight")
    press("PageDown")
    assert room.place == "Trang 3/5"
    press("Tab")
    press("Space")  # takes the first option
    press("ArrowDown")  # moves to the second, within the question
    press("Enter")
    assert room.lesson.locator("#p3 .mark").text_content() == "Đúng rồi!"
    assert room.place == "Trang 3/5"
    assert room.refusals == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_the_pages_of_a_lesson_have_no_barriers_that_axe_finds(classroom, lesson):
    room = classroom(address(lesson, lesson.scos[0]))
    for sco in lesson.scos:
        room.page.goto(room.site + address(lesson, sco))
        room.page.locator("form.question").evaluate_all("forms => forms.forEach(form => form.requestSubmit())")
        room.page.locator("section.page").evaluate_all("pages => pages.forEach(page => { page.hidden = false; })")
        violations = Axe().run(room.page).response["violations"]
        assert [(found["id"], node["html"]) for found in violations for node in found["nodes"]] == []


WIDTHS = """pages => pages.map(page => {
    document.querySelector(`#contents [data-page=${page.id}]`).click();
    return document.documentElement.scrollWidth;
})"""


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_no_page_is_wider_than_a_small_phone(classroom, lesson):
    room = classroom(address(lesson, lesson.scos[0]), width=360, height=640)
    room.enter("none")
    for sco in lesson.scos:
        room.path = address(lesson, sco)
        room.launch()
        widths = room.lesson.locator("section.page").evaluate_all(WIDTHS)
        assert len(widths) > len(sco.pages)
        assert set(widths) == {360}
