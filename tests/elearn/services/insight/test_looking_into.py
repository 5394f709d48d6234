"""Who may look into an attempt."""

import pytest

from elearn.models.account import Role
from elearn.services import insight
from elearn.services.errors import ForbiddenError, NotFoundError
from elearn.services.player.attempts import open_attempt


@pytest.fixture
def attempt(place, course):
    return place.launch(place.pupils[0], course).attempt


def test_a_teacher_of_the_course_does(session, place, attempt):
    found = insight.look_into(session, place.teacher, attempt.uid)
    assert (found.attempt, found.item.title, found.learner_name) == (attempt, "Một", "Nguyễn Văn A")


@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.INSPECTOR, Role.TEACHER, Role.ADMINISTRATOR])
def test_nobody_else_does_whatever_the_role(session, place, attempt, role):
    for unit in (place.school, place.root):
        with pytest.raises(NotFoundError, match="attempt_not_found"):
            insight.look_into(session, place.world.somebody(role, unit), attempt.uid)


def test_the_learner_does_not(session, place, attempt):
    with pytest.raises(ForbiddenError, match="may_not"):
        insight.look_into(session, place.pupils[0], attempt.uid)
    with pytest.raises(NotFoundError):
        insight.look_into(session, place.pupils[1], attempt.uid)


def test_author_and_reviewer_look_into_their_own_trials_only(session, place):
    lesson = place.lesson()
    reviewer = place.world.somebody(Role.REVIEWER, place.school)
    trials = {identity: open_attempt(session, identity, lesson) for identity in (place.teacher, reviewer)}
    for identity, trial in trials.items():
        assert insight.look_into(session, identity, trial.uid).item is None
    with pytest.raises(NotFoundError):
        insight.look_into(session, place.teacher, trials[reviewer].uid)


def test_the_author_does_not_look_into_attempts_of_learners_at_home(session, place):
    attempt = open_attempt(session, place.pupils[0], place.lesson())
    with pytest.raises(NotFoundError):
        insight.look_into(session, place.teacher, attempt.uid)


@pytest.mark.parametrize("uid", ["", "x", "0" * 32, "../etc"])
def test_what_does_not_exist_is_not_found(session, place, uid):
    with pytest.raises(NotFoundError):
        insight.look_into(session, place.teacher, uid)
