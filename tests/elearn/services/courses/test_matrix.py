"""The matrix of a class, one learner's dossier, feedback, and the table for spreadsheets."""

import io
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import event

from elearn.models.account import Role
from elearn.models.learning import ActivityState, AttemptStatus
from elearn.services import courses
from elearn.services.courses import Standing
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.sheets import write_csv, write_xlsx
from tests.support.courses import HANOI, TODAY

QUERIES_OF_A_MATRIX = 5


@pytest.fixture
def course(place):
    course = place.course(place.lesson("Một"), place.lesson("Hai"))
    place.open(course)
    return place.seen(course)


def finish(session, launch, score=None, success="unknown"):
    launch.attempt.completion, launch.attempt.success, launch.attempt.score_scaled = "completed", success, score
    launch.attempt.status = AttemptStatus.ENDED
    session.flush()


def matrix_of(place, course):
    return courses.class_matrix(place.session, place.teacher, place.seen(course).openings[0])


def test_learners_stand_by_given_name_with_a_cell_per_item(place, session, course):
    for person, key in zip(place.persons, "4231", strict=True):
        person.sort_name = key
    session.flush()
    finish(session, place.launch(place.pupils[1], course), 0.8, "passed")
    place.launch(place.pupils[2], course)
    matrix = matrix_of(place, course)
    assert [row.learner.person.full_name[-1] for row in matrix.rows] == ["D", "B", "C", "A"]
    by_name = {row.learner.person.full_name[-1]: row for row in matrix.rows}
    assert [cell.result.standing for cell in by_name["B"].cells] == [Standing.PASSED, Standing.NOT_STARTED]
    assert (by_name["B"].done, by_name["B"].score) == (1, 0.8)
    assert by_name["C"].cells[0].result.standing is Standing.IN_PROGRESS
    assert (by_name["A"].done, by_name["A"].score) == (0, None)
    assert matrix.done_at(0) == 1


def test_attempts_of_two_accounts_are_one_learners(place, session, course):
    second = place.world.identity(place.account_of(place.persons[0], Role.STUDENT, place.school))
    finish(session, place.launch(place.pupils[0], course), 0.3)
    finish(session, place.launch(second, course), 0.7)
    result = matrix_of(place, course).rows[0].cells[0].result
    assert (result.score, result.attempts) == (0.7, 2)


def test_a_pupil_without_an_account_is_in_the_list(place, session, course):
    person = place.world.person("Không tài khoản")
    place.world.enrolment(person, place.school_class)
    row = next(row for row in matrix_of(place, course).rows if row.learner.person.id == person.id)
    assert row.learner.account_ids == ()
    item = courses.items_of(place.seen(course))[0]
    with pytest.raises(ConflictError, match="learner_without_account"):
        courses.give_feedback(session, place.teacher, item, row.learner, text="Cố lên")


@pytest.mark.parametrize(
    ("since", "until", "there"), [(-30, -10, False), (-30, -1, False), (-30, 0, True), (1, None, False)]
)
def test_who_was_in_the_class_on_no_day_of_the_course_is_not_in_the_list(place, course, since, until, there):
    days = {
        "since": TODAY + timedelta(days=since),
        "valid_to": None if until is None else TODAY + timedelta(days=until),
    }
    person = place.pupil("Khác", **days)
    assert (person.id in {row.learner.person.id for row in matrix_of(place, course).rows}) is there


def test_the_matrix_asks_as_many_queries_for_many_learners_as_for_few(place, session, course):
    def asked():
        opening = place.seen(course).openings[0]
        statements = []
        listen = lambda *arguments: statements.append(arguments[2])  # noqa: E731 - removed again by name
        event.listen(session.get_bind(), "before_cursor_execute", listen)
        try:
            courses.class_matrix(session, place.teacher, opening)
        finally:
            event.remove(session.get_bind(), "before_cursor_execute", listen)
        return len(statements)

    few = asked()
    for number in range(20):
        place.pupil(f"Trần Thị {number}")
    for number in range(10):
        courses.add_item(session, place.teacher, course, place.lesson(f"Bài {number}"))
    for pupil in place.pupils:
        for item in courses.items_of(place.seen(course))[:3]:
            place.launch(pupil, course, item)
    assert asked() == few <= QUERIES_OF_A_MATRIX


def test_who_does_not_see_the_course_sees_no_matrix(place, session, course):
    opening = course.openings[0]
    for somebody in (place.pupils[0], place.world.somebody(Role.TEACHER, place.school)):
        with pytest.raises(ForbiddenError):
            courses.class_matrix(session, somebody, opening)
        with pytest.raises(ForbiddenError):
            courses.dossier_of(session, somebody, course, courses.learner_of(session, opening, place.persons[0].uid))


@pytest.mark.parametrize("uid", ["", "x", "0" * 32])
def test_a_learner_of_no_class_of_the_course_is_not_found(place, session, course, uid):
    with pytest.raises(NotFoundError, match="learner_not_found"):
        courses.learner_of(session, course.openings[0], uid)


def test_a_class_without_the_course_is_not_found(place, course):
    other = place.world.school_class(place.school, "4B")
    with pytest.raises(NotFoundError, match="course_class_not_found"):
        courses.opening_of(course, other.uid)


# Feedback.


@pytest.fixture
def learner(place, session, course):
    return courses.learner_of(session, course.openings[0], place.persons[0].uid)


def test_feedback_reaches_the_learner_and_a_grade_by_hand_counts(place, session, course, learner):
    item = courses.items_of(course)[0]
    finish(session, place.launch(place.pupils[0], course), 0.4)
    courses.give_feedback(session, place.teacher, item, learner, text="Khá lắm", score=0.85)
    courses.give_feedback(session, place.teacher, item, learner, text="Đọc lại phần 2")
    step = courses.learner_course(session, place.pupils[0], course.uid).steps[0]
    assert [(row.text, row.teacher.id) for row in step.feedback] == [
        ("Khá lắm", place.teacher.account_id),
        ("Đọc lại phần 2", place.teacher.account_id),
    ]
    assert (step.cell.result.score, step.cell.result.by_hand) == (0.85, True)
    assert matrix_of(place, course).rows[0].cells[0].result.score == 0.85


def test_the_newest_grade_wins_and_the_old_one_stays(place, session, course, learner, clock):
    item = courses.items_of(course)[0]
    for score in (0.5, 0.9, 0.0):
        courses.give_feedback(session, place.teacher, item, learner, text="", score=score)
    step = courses.learner_course(session, place.pupils[0], course.uid).steps[0]
    assert (step.cell.result.score, len(step.feedback)) == (0.0, 3)


def test_feedback_sent_twice_is_kept_once(place, session, course, learner, clock):
    item = courses.items_of(course)[0]
    said = [courses.give_feedback(session, place.teacher, item, learner, text="Tốt").is_new for _ in range(2)]
    clock.shift(timedelta(minutes=2))
    said.append(courses.give_feedback(session, place.teacher, item, learner, text="Tốt").is_new)
    assert said == [True, False, True]


@pytest.mark.parametrize(
    ("text", "score", "code"),
    [
        (" ", None, "feedback_needed"),
        ("", 1.1, "score_range"),
        ("Tốt", -0.1, "score_range"),
        ("", float("nan"), "score_range"),
    ],
)
def test_feedback_that_says_nothing_or_grades_beyond_the_scale_is_refused(
    place, session, course, learner, text, score, code
):
    with pytest.raises(ServiceError, match=code):
        courses.give_feedback(session, place.teacher, courses.items_of(course)[0], learner, text=text, score=score)


@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.INSPECTOR, Role.TEACHER, Role.STUDENT])
def test_only_teachers_of_the_course_give_feedback(place, session, course, learner, role):
    somebody = place.world.somebody(role, place.school)
    with pytest.raises(ForbiddenError):
        courses.give_feedback(session, somebody, courses.items_of(course)[0], learner, text="Tốt")


# One learner's dossier.


def test_the_dossier_has_every_attempt_with_its_number_and_answers(place, session, course, learner):
    pupil, item = place.pupils[0], courses.items_of(course)[0]
    first = place.launch(pupil, course)
    document = {f"cmi.interactions.{n}.result": result for n, result in enumerate(["correct", "wrong", "correct"])}
    session.add(
        ActivityState(attempt_id=first.attempt.id, activity="a", document={**document, "cmi.interactions.0.id": "x"})
    )
    finish(session, first, 0.5, "failed")
    courses.reset_item(session, place.teacher, item, learner)
    finish(session, place.launch(pupil, course), 0.9, "passed")
    one, two = courses.dossier_of(session, place.teacher, place.seen(course), learner)
    assert [(tried.number, tried.score, tried.is_reset) for tried in one.attempts] == [(2, 0.9, False), (1, 0.5, True)]
    assert (one.attempts[1].answers, one.attempts[1].right) == (3, 2)
    assert (one.cell.result.score, one.cell.result.attempts) == (0.9, 1)
    assert (one.can_reset, two.can_reset, two.attempts) == (True, False, ())


# The table.

HEADINGS = {"number": "TT", "code": "Mã", "name": "Họ và tên", "state": "Ghi chú", "done": "Xong", "mean": "TB"}
HEADINGS |= {"score": "Điểm", "date": "Ngày", "left": "đã chuyển"}


def sheet_of(place, course):
    standings = {standing: standing.value for standing in Standing}
    return courses.matrix_sheet(matrix_of(place, course), HEADINGS.__getitem__, standings, HANOI)


def test_the_table_has_numbers_as_numbers_and_no_formulas(place, session, course):
    item = courses.items_of(course)[0]
    place.decide(item, title="=1+1" + "x" * 296)
    place.persons[0].full_name = "@SUM(A1)"
    finish(session, place.launch(place.pupils[0], course), 0.85, "passed")
    file = io.BytesIO()
    write_xlsx(file, [sheet_of(place, course)])
    page = openpyxl.load_workbook(file)["4A"]
    rows = list(page.iter_rows())
    assert rows[0][6].data_type == "s"
    assert (rows[0][6].value, rows[1][2].value) == ("=1+1" + "x" * 296, "@SUM(A1)")
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}
    first = [cell.value for cell in rows[1]]
    assert (first[0], first[4], first[5], first[6], first[7]) == (1, 1, 8.5, "passed", 8.5)
    assert first[8].date() == TODAY
    plain = io.BytesIO()
    write_csv(plain, sheet_of(place, course))
    assert "'=1+1x" in plain.getvalue().decode("utf-8-sig")
    assert "'@SUM(A1)" in plain.getvalue().decode("utf-8-sig")


@pytest.mark.parametrize(("score", "points"), [(None, None), (0.0, 0.0), (1.0, 10.0), (0.855, 8.55), (2 / 3, 6.67)])
def test_scores_are_out_of_ten(score, points):
    assert courses.points(score) == points
