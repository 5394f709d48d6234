"""One learner at a link: every attempt, and a teacher who takes them back, with the grade in the platform."""

import pytest
from sqlalchemy import select

from elearn.lti.grades import SCORE_SCOPE
from elearn.models.account import AuditEvent
from elearn.models.learning import Attempt, AttemptStatus, Registration
from elearn.models.lti_courses import LtiGrade
from elearn.services.errors import ConflictError, NotFoundError
from elearn.services.lti import outbox
from elearn.services.lti.learners import learner_at, reset_learner
from elearn.services.lti.results import link_results
from elearn.services.player.attempts import open_at
from tests.support.moodle import INSTRUCTOR


@pytest.fixture
def link(place, moodle):
    row = moodle.link(place.lesson())
    row.scopes, row.line_item = [SCORE_SCOPE], "https://moodle.truong.example/1/lineitem"
    return row


@pytest.fixture
def learner(moodle, session, link, inside):
    """Somebody with a grade that the platform has."""
    account = moodle.person("1", "Lê An")
    attempt = open_at(session, inside(account), link.placement)
    attempt.completion, attempt.score_scaled = "completed", 0.8
    session.flush()
    grade = outbox.follow_learner(session, link, account.id)
    grade.is_graded, grade.sent_number, grade.next_at = True, grade.number, None
    session.flush()
    return account


@pytest.fixture
def teacher(moodle, inside):
    return inside(moodle.person("2", "Cô Hòa", INSTRUCTOR))


def test_attempts_with_those_of_before(session, link, learner, inside):
    open_at(session, inside(learner), link.placement, anew=True)
    found = learner_at(session, link, learner.uid)
    assert (found.name, [attempt.number for attempt in found.attempts], found.can_be_reset) == ("Lê An", [2, 1], True)


def test_attempts_that_are_taken_back_take_the_grade_along(session, link, learner, teacher, inside):
    assert reset_learner(session, teacher, link, learner_at(session, link, learner.uid)) == 1
    grade = session.scalars(select(LtiGrade)).one()
    assert (grade.share, grade.grading) == (None, "NotReady")
    assert grade.next_at is not None
    assert grade.number > grade.sent_number
    assert session.scalars(select(Attempt)).one().status is AttemptStatus.ENDED
    assert [row.never_opened for row in link_results(session, link).rows] == [True]
    found = learner_at(session, link, learner.uid)
    assert (len(found.attempts), found.can_be_reset) == (1, False)
    assert open_at(session, inside(learner), link.placement).number == 1
    assert len(session.scalars(select(Registration)).all()) == 2


def test_it_is_written_down_who_did_it(session, link, learner, teacher):
    reset_learner(session, teacher, link, learner_at(session, link, learner.uid))
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "lti.reset")).one()
    assert (event.account_id, event.subject_uid) == (teacher.account_id, link.uid)
    assert event.details == {"learner": learner.uid}


def test_what_was_taken_back_is_not_taken_back_again(session, link, learner, teacher):
    reset_learner(session, teacher, link, learner_at(session, link, learner.uid))
    with pytest.raises(ConflictError, match="nothing_to_reset"):
        reset_learner(session, teacher, link, learner_at(session, link, learner.uid))


def test_work_elsewhere_stays(place, moodle, session, link, learner, teacher, inside):
    other = moodle.link(place.lesson("khác"))
    elsewhere = open_at(session, inside(learner), other.placement)
    reset_learner(session, teacher, link, learner_at(session, link, learner.uid))
    assert elsewhere.registration.reset_at is None
    assert elsewhere.status is not AttemptStatus.ENDED


def test_only_learners_who_have_begun_here_are_found(place, moodle, session, link, learner, teacher, inside):
    other = moodle.link(place.lesson("khác"))
    colleague = moodle.person("3", role=INSTRUCTOR)
    open_at(session, inside(colleague), link.placement)
    for at, uid in (
        (other, learner.uid),
        (link, colleague.uid),
        (link, "x"),
        (link, "\0"),
        (link, "0" * 32),
        (None, learner.uid),
    ):
        with pytest.raises(NotFoundError, match="lti_learner_not_found"):
            learner_at(session, at, uid)
