"""Groups of a course: read beside the roster where the platform offers them, and a choice in the class results."""

import pytest
from sqlalchemy import select

from elearn.models.lti import LtiEvent
from elearn.models.lti_courses import LtiContext, LtiGroup, LtiMember
from elearn.services.lti import grouping, roster
from elearn.services.lti.results import link_results
from tests.support.lti_http import Fault
from tests.support.lti_site import User


@pytest.fixture
def groups(asking, registered, site):
    """The course of the platform with three groups, two of them in a set; lists come in pages of two."""
    told = site.offer_groups()
    told.sets = {"s": "Thí nghiệm"}
    told.add("g1", "Tổ 1", "42", of="s")
    told.add("g2", "Tổ 2", "100", of="s")
    told.add("g3", "Câu lạc bộ Toán", "42", "100")
    site.users["100"] = User("100", "An", "Lê")
    with asking.database.write() as session:
        context = session.get_one(LtiContext, registered.context.id)
        context.roster_url = f"{site.roster_address}?limit=2"
        context.groups_url, context.group_sets_url = f"{told.address}/groups", f"{told.address}/sets"
    return told


@pytest.fixture
def reads(asking, registered, groups):
    def read():
        finish = roster.read(asking, {"context": registered.context.id})
        with asking.database.write() as session:
            finish(session)
            row = session.get_one(LtiContext, registered.context.id)
            return row.roster_code, row.groups_code

    return read


def known(house):
    with house.database.read() as session:
        rows = session.scalars(select(LtiGroup).order_by(LtiGroup.name))
        of = {row.subject: row.groups for row in session.scalars(select(LtiMember)) if row.groups}
        return [(row.name, row.title, row.set_title) for row in rows], of


ALL = [("g1", "Tổ 1", "Thí nghiệm"), ("g2", "Tổ 2", "Thí nghiệm"), ("g3", "Câu lạc bộ Toán", "")]


def test_groups_their_sets_and_who_is_in_them(asking, site, reads):
    assert reads() == ("", "")
    assert known(asking) == (ALL, {"42": ["g1", "g3"], "100": ["g2", "g3"]})
    assert {asked.query["groups"] for asked in site.requests("roster")} == {"true"}


def test_groups_that_change_and_go(asking, groups, reads):
    reads()
    del groups.names["g3"], groups.members["g3"]
    groups.names["g1"] = ("Tổ Một", "")
    groups.members["g1"] = set()
    reads()
    assert known(asking) == ([("g1", "Tổ Một", ""), ALL[1]], {"100": ["g2"]})


def test_a_roster_that_does_not_know_groups_is_asked_for_each_learner(asking, groups, site, reads):
    groups.in_roster = False
    assert reads() == ("", "")
    assert known(asking) == (ALL, {"42": ["g1", "g3"], "100": ["g2", "g3"]})
    assert {asked.query.get("user_id") for asked in site.requests("groups")} == {None, "42", "2", "100"}


def test_groups_without_a_roster_are_asked_for_whoever_has_come(asking, registered, site, reads):
    with asking.database.write() as session:
        context = session.get_one(LtiContext, registered.context.id)
        context.roster_url = ""
        session.add(LtiMember(context_id=context.id, subject="42", display_name="Bích"))
    reads()
    assert known(asking)[1] == {"42": ["g1", "g3"]}
    assert site.requests("roster") == []


@pytest.mark.parametrize(
    ("endpoint", "fault", "code"),
    [
        ("groups", 403, "groups_refused"),
        ("groups", Fault(200, b'{"groups": []}', {"Link": '<http://evil.example/>; rel="next"'}), "service_elsewhere"),
        ("groups", Fault(200, b"<html>"), "service_malformed"),
        ("groups", Fault(200, b" " * (1024 * 1024 + 1)), "outside_too_large"),
        ("sets", 500, "groups_refused"),
        ("sets", Fault(200, b'{"groups": []}'), "service_malformed"),
        ("sets", Fault(307, headers={"Location": "http://169.254.169.254/"}), "outside_redirects"),
    ],
)
def test_groups_that_break_off_change_none_and_the_roster_is_kept(asking, site, reads, endpoint, fault, code):
    reads()
    before = known(asking)
    site.users["7"] = User("7", "Bảy", "Lê")
    site.misbehave(endpoint, fault)
    assert reads() == ("", code)
    assert known(asking) == before
    with asking.database.read() as session:
        assert session.scalar(select(LtiMember.subject).where(LtiMember.subject == "7"))
        assert [event.code for event in session.scalars(select(LtiEvent))] == [code]
    assert reads() == ("", "")


def test_a_roster_that_breaks_off_leaves_the_groups(asking, site, reads):
    site.misbehave("roster", 500)
    assert reads() == ("roster_refused", "")
    assert known(asking)[0] == ALL


def test_a_forgotten_token_is_asked_for_once_more(site, reads):
    site.misbehave("groups", 401)
    assert reads() == ("", "")


def test_groups_without_end_are_given_up(asking, groups, monkeypatch, reads):
    monkeypatch.setattr(grouping, "MOST_GROUPS", 2)
    assert reads() == ("", "groups_too_many")
    assert known(asking)[0] == []


def test_pages_that_lead_back_have_no_end(site, groups, reads):
    for onward in ("x=1", "x=2", "x=1"):
        answer = Fault(200, b'{"groups": []}', {"Link": f'<{groups.address}/groups?{onward}>; rel="next"'})
        site.misbehave("groups", answer)
    assert reads() == ("", "service_malformed")
    assert len(site.requests("groups")) == 3


class TestTheChoice:
    @pytest.fixture
    def course(self, session, moodle):
        moodle.context.groups_url = "https://moodle.truong.example/gs"
        for name, title, of in ALL:
            session.add(LtiGroup(context_id=moodle.context.id, name=name, title=title, set_title=of))
        moodle.member("1", "Lê An", groups=["g1", "gone"])
        moodle.member("2", "Lê Bình", groups=["g2", "g3"])
        moodle.member("3", "Lê Cường")
        session.flush()
        return moodle.context

    def test_sets_in_order_and_groups_outside_of_them_first(self, session, course):
        found = grouping.groups_of(session, course)
        assert [(title, [row.name for row in rows]) for title, rows in found.sets] == [
            ("", ["g3"]),
            ("Thí nghiệm", ["g1", "g2"]),
        ]

    def test_only_a_group_of_this_course_can_be_chosen(self, session, moodle, course):
        theirs = grouping.groups_of(session, course).sets[0][1][0]
        other = LtiContext(deployment_id=moodle.deployment.id, name="x", title="", label="", groups_url="https://a/")
        session.add(other)
        session.flush()
        assert grouping.groups_of(session, course, str(theirs.id)).chosen is theirs
        assert grouping.groups_of(session, other, str(theirs.id)).chosen is None
        for odd in ("", "x", "-1", "9" * 40):
            assert grouping.groups_of(session, course, odd).chosen is None

    def test_results_of_a_group_and_what_everybody_belongs_to(self, session, place, moodle, course):
        link = moodle.link(place.lesson())
        groups = grouping.groups_of(session, course)
        everybody = link_results(session, link, groups)
        assert [(row.name, row.groups) for row in everybody.rows] == [
            ("Lê An", ("Tổ 1",)),
            ("Lê Bình", ("Tổ 2", "Câu lạc bộ Toán")),
            ("Lê Cường", ()),
        ]
        chosen = grouping.groups_of(session, course, str(groups.sets[1][1][1].id))
        assert [row.name for row in link_results(session, link, chosen).rows] == ["Lê Bình"]

    def test_a_platform_that_offers_no_groups_any_more_has_none(self, session, course):
        course.groups_url = ""
        assert grouping.groups_of(session, course).sets == ()
