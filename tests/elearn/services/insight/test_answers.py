"""What a class answered at an item, and the statistics of its questions."""

from statistics import correlation

import pytest
from sqlalchemy import event

from elearn.models.account import Role
from elearn.models.learning import AttemptStatus
from elearn.services import courses, insight
from elearn.services.errors import ForbiddenError

QUERIES_OF_A_CLASS = 5


def answers_of(place, course, item):
    course = place.seen(course)
    return insight.class_answers(place.session, place.teacher, course.openings[0], courses.item_of(course, item.uid))


def test_answers_stand_by_learner_and_attempt(place, course, item, answer):
    answer(place.pupils[1], course, ("q1", "b", "wrong", 20))
    answer(place.pupils[0], course, ("q1", "a", "correct", 10), ("q2", "c", "neutral", 5))
    found = answers_of(place, course, item)
    assert [each.learner.person.full_name[-1] for each in found.attempts] == ["A", "B"]
    first = found.attempts[0]
    assert [(each.part, each.interaction.identifier, each.interaction.given) for each in first.given] == [
        ("Bài 1", "q1", "a"),
        ("Bài 1", "q2", "c"),
    ]


def test_only_the_newest_attempt_with_answers_that_was_not_taken_back_counts(place, session, course, item, answer):
    first = answer(place.pupils[0], course, ("q1", "b", "wrong", 20))
    first.status = AttemptStatus.ENDED
    session.flush()
    answer(place.pupils[0], course, ("q1", "a", "correct", 10))
    found = answers_of(place, course, item)
    assert [(each.number, each.is_counted) for each in found.attempts] == [(1, False), (2, True)]
    found.attempts[1].attempt.registration.reset_at = found.attempts[1].attempt.started_at
    session.flush()
    assert [each.is_counted for each in answers_of(place, course, item).attempts] == [False, False]


def test_a_class_costs_as_many_queries_whether_few_answered_or_many(place, session, course, item, answer):
    def asked():
        opening = place.seen(course).openings[0]
        wanted = courses.items_of(opening.course)[0]
        statements = []
        listen = lambda *arguments: statements.append(arguments[2])  # noqa: E731 - removed again by name
        event.listen(session.get_bind(), "before_cursor_execute", listen)
        try:
            insight.class_answers(session, place.teacher, opening, wanted)
        finally:
            event.remove(session.get_bind(), "before_cursor_execute", listen)
        return len(statements)

    answer(place.pupils[0], course, ("q1", "a", "correct", 10))
    asked()  # the manifest stays in memory from now on
    few = asked()
    for number in range(41):
        place.persons.append(place.pupil(f"Trần Thị {number}"))
    for pupil in place.pupils[1:]:
        answer(pupil, course, *((f"q{number}", "a", "correct", 10) for number in range(10)))
    assert asked() == few <= QUERIES_OF_A_CLASS
    found = answers_of(place, course, item)
    assert (len(found.counted), sum(len(each.given) for each in found.attempts)) == (45, 1 + 44 * 10)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.UNIT_MANAGER, Role.INSPECTOR, Role.STUDENT])
def test_only_teachers_of_the_course_see_single_answers(place, session, course, item, role):
    somebody = place.world.somebody(role, place.school)
    with pytest.raises(ForbiddenError):
        insight.class_answers(session, somebody, place.seen(course).openings[0], item)


class TestStatistics:
    def test_of_a_question(self, place, course, item, answer):
        for pupil, given, result, seconds in zip(
            place.pupils, "aabz", ("correct", "correct", "wrong", "neutral"), (10, 20, 30, 40), strict=True
        ):
            answer(pupil, course, ("q1", given, result, seconds))
        (question,) = insight.item_statistics(answers_of(place, course, item).counted)
        assert (question.answered, question.judged, question.latency) == (4, 3, 25.0)
        assert question.right == pytest.approx(2 / 3)
        assert [(share.given, share.count, share.is_right) for share in question.answers] == [
            ("a", 2, True),
            ("b", 1, False),
            ("z", 1, None),
        ]
        assert question.discrimination is None

    def test_the_last_record_of_a_question_in_an_attempt_counts(self, place, course, item, answer):
        answer(place.pupils[0], course, ("q1", "b", "wrong", 9), ("q1", "a", "correct", 9))
        (question,) = insight.item_statistics(answers_of(place, course, item).counted)
        assert (question.answered, question.right) == (1, 1.0)

    def test_discrimination_correlates_with_the_other_questions_from_ten_answers_on(self, place, course, item, answer):
        for number in range(6):
            place.persons.append(place.pupil(f"Trần {number}"))
        marks = [(number >= 4, number >= 5, number % 3 == 0) for number in range(10)]
        for pupil, several in zip(place.pupils, marks, strict=True):
            records = [(f"q{n}", "a", "correct" if right else "wrong", 5) for n, right in enumerate(several)]
            answer(pupil, course, *records)
        first, *_ = insight.item_statistics(answers_of(place, course, item).counted)
        expected = correlation([float(a) for a, _, _ in marks], [float(b + c) for _, b, c in marks])
        assert first.discrimination == pytest.approx(expected)
        fewer = answers_of(place, course, item).counted[:9]
        assert insight.item_statistics(fewer)[0].discrimination is None

    def test_a_question_that_all_have_right_tells_nobody_apart(self, place, course, item, answer):
        for number in range(6):
            place.persons.append(place.pupil(f"Trần {number}"))
        for pupil in place.pupils:
            answer(pupil, course, ("q1", "a", "correct", 5))
        assert insight.item_statistics(answers_of(place, course, item).counted)[0].discrimination is None

    def test_of_nobody_there_are_none(self, place, course, item):
        assert insight.item_statistics(answers_of(place, course, item).counted) == []
