"""How the player treats a material: switches of its author or a reviewer, which other rows do not need to know."""

import pytest
from sqlalchemy import select

from elearn.models.account import Account, AuditEvent, Role
from elearn.models.material import Status
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.player.options import PlayOptions, play_options, set_play_options
from scorm.tolerance import Tolerance


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def author(world, school):
    return world.somebody(Role.TEACHER, school)


@pytest.fixture
def lesson(session, world, school, author):
    return world.material(school, session.get(Account, author.account_id), Status.PUBLISHED)


def test_a_material_that_says_nothing_has_the_defaults(lesson):
    assert play_options(lesson) == PlayOptions()


def test_author_and_reviewer_set_what_the_row_keeps(session, world, school, author, lesson):
    for identity, value in ((author, True), (world.somebody(Role.REVIEWER, school), False)):
        set_play_options(session, identity, lesson, api_log=value)
        session.refresh(lesson)
        assert play_options(lesson).api_log is value


def test_only_what_differs_from_the_defaults_is_kept(session, author, lesson):
    set_play_options(session, author, lesson, api_log=True)
    assert lesson.play_options == {"api_log": True}
    set_play_options(session, author, lesson, api_log=False)
    assert lesson.play_options == {}


@pytest.mark.parametrize("role", [Role.TEACHER, Role.STUDENT, Role.INSPECTOR])
def test_others_set_nothing(session, world, school, lesson, role):
    with pytest.raises(ForbiddenError):
        set_play_options(session, world.somebody(role, school), lesson, api_log=True)
    assert lesson.play_options == {}


@pytest.mark.parametrize("changes", [{"unknown": True}, {"api_log": "yes"}, {"api_log": None}])
def test_what_is_no_option_is_refused(session, author, lesson, changes):
    with pytest.raises(ServiceError, match="play_option_malformed"):
        set_play_options(session, author, lesson, **changes)


def test_a_row_with_an_option_of_another_program_is_read_without_it():
    assert PlayOptions.from_json({"api_log": "yes", "of_tomorrow": 3}) == PlayOptions()


def changes_of(session):
    return session.scalars(select(AuditEvent).where(AuditEvent.action == "material.play_options")).all()


def test_switches_of_tolerance_are_kept_and_told_to_the_audit_log(session, author, lesson):
    wanted = Tolerance(long_values=False, loose_times=True)
    set_play_options(session, author, lesson, tolerance=wanted)
    session.refresh(lesson)

    assert play_options(lesson).tolerance == wanted
    [event] = changes_of(session)
    assert event.subject_uid == lesson.uid
    assert event.details == {"tolerance": wanted.as_dict()}


def test_what_stays_as_it_was_is_no_event(session, author, lesson):
    set_play_options(session, author, lesson, tolerance=Tolerance(), api_log=False)

    assert changes_of(session) == []
    assert lesson.play_options == {}


def test_a_tolerance_of_another_program_is_read_without_what_is_unknown():
    stored = {"tolerance": {"loose_words": True, "loose_numbers": "1", "of_tomorrow": True}}

    assert PlayOptions.from_json(stored).tolerance == Tolerance(loose_words=True)
    assert PlayOptions.from_json({"tolerance": "all"}) == PlayOptions()
