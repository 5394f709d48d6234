"""The session that a launch leaves, on both databases: found by its handle, ended, and swept away."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import BrowserSession, Role
from elearn.models.lti import LtiPlatform
from elearn.models.lti_courses import LtiSession
from elearn.services.housekeeping import purge_sessions
from elearn.services.lti.launched import (
    KEEP,
    LIFETIME,
    ancestors_of_page,
    end_launched_sessions,
    find_launched,
    launched_identity,
)
from elearn.services.player.attempts import open_at
from elearn.services.player.tokens import TokenError, issue_code, play_session_of, redeem_code
from tests.support.launches import MOODLE, add_link, add_platform, add_user, launch
from tests.support.playing import Classroom, one_sco


@pytest.fixture
def school(world):
    return Classroom(world)


@pytest.fixture
def platform(session, school):
    return add_platform(session, school.school)


@pytest.fixture
def pupil(session):
    return add_user(session, "Vừ A Dính")


@pytest.fixture
def handle(session, platform, pupil):
    return launch(session, platform, pupil, locale="en-GB")


def digests(session):
    return session.scalars(select(LtiSession.digest)).all(), session.scalars(select(BrowserSession.digest)).all()


@pytest.fixture
def page(session, platform, pupil, handle, school):
    """A player page that was opened below the handle: its code and its token."""
    link = add_link(session, platform, school.lesson(one_sco()))
    launched, row = find_launched(session, handle)
    identity = launched_identity(session, pupil.id, launched)
    _, code = issue_code(session, identity, open_at(session, identity, link.placement), "tab", browser=row.digest)
    return code, redeem_code(session, code)[1]


def test_the_handle_finds_it_and_what_the_platform_is(session, platform, handle):
    launched, row = find_launched(session, handle)
    assert launched.digest == row.digest
    assert (launched.unit_id, launched.ancestors) == (platform.unit_id, (MOODLE,))
    assert row.expires_at - row.created_at == LIFETIME


def test_an_account_acts_as_a_member_of_the_unit_of_the_platform_without_its_roles(session, world, platform, school):
    teacher = world.account("co.lan")
    world.grant(teacher, Role.ADMINISTRATOR, world.unit())
    launched, _ = find_launched(session, launch(session, platform, teacher, locale="en-GB"))
    identity = launched_identity(session, teacher.id, launched)
    assert (identity.account_id, identity.grants, identity.login) == (teacher.id, (), "")
    assert (identity.home_units, identity.locale) == (frozenset({school.school.id}), "en")


def test_a_way_back_that_is_no_address_of_the_web_is_none(session, platform, pupil):
    launched, _ = find_launched(session, launch(session, platform, pupil, return_url="javascript:alert(1)"))
    assert (launched.return_url, launched.ancestors) == ("", (MOODLE,))


def test_a_player_page_knows_which_platform_it_is_in(session, page, handle):
    assert ancestors_of_page(session, page[0]) == (MOODLE,)
    assert ancestors_of_page(session, handle) == ()


def test_the_end_of_all_launches_of_a_platform_ends_their_pages_and_no_others(session, page, platform, pupil, school):
    other = launch(session, add_platform(session, school.school, "https://other.example"), pupil)
    assert end_launched_sessions(session, platform) == 1
    with pytest.raises(TokenError, match="launch_over"):
        play_session_of(session, page[1])
    assert find_launched(session, other) is not None


def test_what_is_over_is_kept_for_a_month(session, handle, time_machine):
    time_machine.move_to(now() + LIFETIME + timedelta(minutes=1))
    assert find_launched(session, handle) is None
    purge_sessions(session)
    assert [len(rows) for rows in digests(session)] == [1, 0]
    time_machine.move_to(now() + KEEP)
    purge_sessions(session)
    assert [len(rows) for rows in digests(session)] == [0, 0]


def test_a_handle_finds_nothing_while_its_platform_waits(session, handle, platform):
    session.query(LtiPlatform).update({"status": "waiting"})
    assert find_launched(session, handle) is None
