"""What a teacher sees of a link: every learner of the course once, those who never opened it last."""

import pytest
from sqlalchemy import select

from elearn.models.course import Grading
from elearn.models.learning import PlacementKind
from elearn.models.lti_courses import LtiGrade, LtiMember
from elearn.services.lti import outbox
from elearn.services.lti.results import link_results
from elearn.services.player.attempts import open_at, placement_at
from tests.support.moodle import INSTRUCTOR


@pytest.fixture
def link(place, moodle):
    return moodle.link(place.lesson())


@pytest.fixture
def does(session, inside):
    """Let an account come to a result at a link."""

    def do(account, placement, score=None, completion="completed"):
        attempt = open_at(session, inside(account), placement)
        attempt.completion, attempt.score_scaled, attempt.time_seconds = completion, score, 60.0
        session.flush()
        return attempt

    return do


def names(results):
    return [row.name for row in results.rows]


def test_learners_in_the_order_of_given_names_and_those_who_never_opened_last(moodle, session, link, does):
    moodle.member("9", "Lê Văn An")
    for subject, name in (("1", "Vừ A Tủa"), ("2", "Trần Thị Bích")):
        does(moodle.person(subject, name), link.placement, 0.8)
    results = link_results(session, link)
    assert names(results) == ["Trần Thị Bích", "Vừ A Tủa", "Lê Văn An"]
    assert (results.opened, results.waiting) == (2, 1)
    assert [row.score for row in results.rows] == [0.8, 0.8, None]


def test_teachers_are_no_learners(moodle, session, link, does):
    does(moodle.person("1", role=INSTRUCTOR), link.placement)
    assert names(link_results(session, link)) == []


def test_who_has_left_is_shown_only_with_work(moodle, session, link, does):
    moodle.member("8", "Lê An", is_active=False)
    gone = moodle.person("9", "Lê Bình")
    does(gone, link.placement)
    session.scalar(select(LtiMember).where(LtiMember.subject == "9")).is_active = False
    results = link_results(session, link)
    assert [(row.name, row.has_left) for row in results.rows] == [("Lê Bình", True)]
    assert results.waiting == 0


def test_work_at_another_link_is_not_shown(place, moodle, session, link, does):
    other = moodle.link(place.lesson("khác"))
    does(moodle.person("1"), other.placement)
    assert [row.attempts for row in link_results(session, link).rows] == [0]


def test_the_best_attempt_counts_and_the_grade_stands_beside(moodle, session, link, does, inside):
    account = moodle.person("1")
    does(account, link.placement, 0.9)
    open_at(session, inside(account), link.placement, anew=True).score_scaled = 0.4
    session.add(
        LtiGrade(link_id=link.id, account_id=account.id, subject="1", share=0.9, activity="Completed", grading="x")
    )
    session.flush()
    (row,) = link_results(session, link).rows
    assert (row.attempts, row.score, row.seconds, row.done) == (2, 0.9, 60.0, 1)
    assert row.grade.share == 0.9


def test_a_course_counts_its_required_lessons(place, moodle, session, does):
    first, second = place.lesson("a"), place.lesson("b")
    course = place.course(first, second)
    link = moodle.link(first, course=course)
    does(moodle.person("1"), placement_at(session, first, PlacementKind.LTI, link.uid), 0.5)
    (row,) = (results := link_results(session, link)).rows
    assert (results.lessons, row.done, row.score) == (2, 1, 0.25)


@pytest.mark.parametrize("grading", list(Grading))
@pytest.mark.parametrize(
    "reached", [[(0.9, "completed"), (0.4, "completed")], [(None, "completed")], [(None, "incomplete")], [(0.2, "x")]]
)
def test_the_score_is_the_grade_whichever_attempt_counts(moodle, session, link, inside, grading, reached):
    account = moodle.person("1")
    for number, (score, completion) in enumerate(reached):
        attempt = open_at(session, inside(account), link.placement, anew=number > 0)
        attempt.score_scaled, attempt.completion = score, completion
    session.flush()
    outbox.set_grading(session, link, grading.value)
    grade = outbox.follow_learner(session, link, account.id)
    (row,) = link_results(session, link).rows
    assert row.score == grade.share


@pytest.mark.parametrize("scores", [(0.5, 1.0), (0.5, None), (None, None)])
def test_the_score_of_a_course_is_its_grade_too(place, moodle, session, does, scores):
    lessons = [place.lesson("a"), place.lesson("b")]
    link = moodle.link(lessons[0], course=place.course(*lessons))
    account = moodle.person("1")
    for lesson, score in zip(lessons, scores, strict=True):
        if score is not None:
            does(account, placement_at(session, lesson, PlacementKind.LTI, link.uid), score)
    grade = outbox.follow_learner(session, link, account.id)
    (row,) = link_results(session, link).rows
    assert row.score == grade.share
