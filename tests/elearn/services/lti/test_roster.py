"""Reading who is in a course of a platform: whole rosters change members, broken ones change nothing."""

import pytest
from sqlalchemy import select

from elearn.models.lti import LtiEvent
from elearn.models.lti_courses import LtiContext, LtiMember
from elearn.models.operations import Job
from elearn.services.lti import paging, roster
from elearn.services.outside import fetch
from elearn.services.outside.asking import SECONDS
from tests.support.lti_http import Fault
from tests.support.lti_site import User


@pytest.fixture
def course(asking, registered, site):
    """The course of the platform, whose roster comes in pages of two."""
    with asking.database.write() as session:
        context = session.get_one(LtiContext, registered.context.id)
        context.roster_url = f"{site.roster_address}?limit=2"
    return registered


@pytest.fixture
def reads(asking, course):
    """Run the job; gives what the course keeps of failures."""

    def read():
        finish = roster.read(asking, {"context": course.context.id})
        with asking.database.write() as session:
            finish(session)
            return session.get_one(LtiContext, course.context.id).roster_code

    return read


def members(house):
    with house.database.read() as session:
        return {
            row.subject: (row.display_name, row.roles, row.is_active)
            for row in session.scalars(select(LtiMember).order_by(LtiMember.subject))
        }


def test_every_page_is_read(asking, site, reads):
    site.users |= {str(number): User(str(number), f"Văn {number}", "Lê") for number in range(100, 103)}
    assert reads() == ""
    found = members(asking)
    assert found["2"] == ("Lê Văn Hòa", ["Instructor"], True)
    assert sorted(found) == ["100", "101", "102", "2", "42"]


def test_a_platform_may_take_its_time_over_a_page(reads, monkeypatch):
    patience = []

    def asked(*place, seconds, **told):
        patience.append(seconds)
        return fetch(*place, seconds=seconds, **told)

    monkeypatch.setattr(paging, "fetch", asked)
    assert reads() == ""
    assert set(patience) == {paging.PATIENCE}
    assert paging.PATIENCE > SECONDS


def test_who_has_left_is_inactive_and_who_comes_back_is_not(asking, site, reads):
    reads()
    gone = site.users.pop("42")
    reads()
    assert members(asking)["42"] == ("Trần Thị Bích", ["Learner"], False)
    site.users["42"] = gone
    reads()
    assert members(asking)["42"][2]


def test_a_platform_that_keeps_names_to_itself_takes_none_away(asking, site, reads):
    reads()
    site.users["42"] = User("42", "", "")
    reads()
    assert members(asking)["42"][0] == "Trần Thị Bích"


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (404, "roster_refused"),
        (500, "roster_refused"),
        (Fault(200, body=b"<html>"), "service_malformed"),
        (Fault(200, body=b'{"members": 1}'), "service_malformed"),
        (Fault(302, headers={"Location": "http://127.0.0.1/"}), "outside_redirects"),
    ],
)
def test_a_roster_that_breaks_off_changes_nobody_and_is_told(asking, site, reads, fault, code):
    reads()
    before = members(asking)
    site.users = {"7": User("7", "Bảy", "Lê")}
    site.misbehave("roster", fault)
    assert reads() == code
    assert members(asking) == before
    with asking.database.read() as session:
        assert [(event.kind, event.code) for event in session.scalars(select(LtiEvent))] == [("roster", code)]
    assert reads() == ""


def test_a_forgotten_token_is_asked_for_once_more(site, reads):
    reads()
    site.misbehave("roster", 401)
    assert reads() == ""


def test_the_next_page_on_another_host_is_not_asked(asking, site, reads):
    site.misbehave(
        "roster", Fault(200, body=b'{"members": []}', headers={"Link": '<http://evil.example/>; rel="next"'})
    )
    assert reads() == "service_elsewhere"
    assert members(asking) == {}


def test_a_roster_without_end_is_given_up(monkeypatch, asking, site, reads):
    monkeypatch.setattr(roster, "MOST_MEMBERS", 3)
    site.users |= {str(number): User(str(number), "x", "y") for number in range(9)}
    assert reads() == "roster_too_long"
    assert members(asking) == {}


def test_it_is_asked_for_once_a_minute_and_only_where_there_is_one(moodle, session, clock):
    assert not roster.is_due(moodle.context)
    assert not roster.ask(session, moodle.context)
    moodle.context.roster_url = "https://moodle.truong.example/roster"
    assert roster.is_due(moodle.context)
    assert [roster.ask(session, moodle.context) for _ in range(2)] == [True, False]
    clock.shift(61)
    assert roster.ask(session, moodle.context)
    assert {job.kind for job in session.scalars(select(Job))} == {roster.KIND}


def test_a_fresh_one_is_not_due(moodle, session, clock):
    moodle.context.roster_url = "https://moodle.truong.example/roster"
    roster.keep(session, moodle.context, [])
    assert not roster.is_due(moodle.context)
    clock.shift(roster.FRESH.total_seconds() + 1)
    assert roster.is_due(moodle.context)


def test_pages_that_lead_back_are_no_roster(asking, site, reads):
    pages = [f"{site.roster_address}?limit=2&x=1", f"{site.roster_address}?limit=2"]
    for onward in pages:
        site.misbehave("roster", Fault(200, b'{"members": []}', {"Link": f'<{onward}>; rel="next"'}))
    assert reads() == "service_malformed"
    assert len(site.requests("roster")) == 2
