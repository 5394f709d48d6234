"""Decisions: a title appears where it is approved, and on any day it is known what held."""

from datetime import date, timedelta

import pytest

from elearn.database import day_of
from elearn.models.material import Status
from elearn.models.software import Outcome
from elearn.services.errors import ForbiddenError
from elearn.services.software.decisions import approved_titles, decide, decisions_of
from elearn.services.software.titles import get_title
from tests.support.software import refused


def _decide(session, catalogue, title, outcome=Outcome.APPROVED, day=date(2013, 9, 1), **more):
    by, unit = more.pop("by", catalogue.officer), more.pop("unit", catalogue.department)
    said = {"reason": "Hội đồng đã xem.", **more}
    return decide(session, by, title, unit, outcome=outcome, decided_on=day, **said)


def test_an_approved_title_is_seen_below(session, catalogue):
    title = catalogue.title()
    _decide(session, catalogue, title)
    assert title.status is Status.PUBLISHED
    assert get_title(session, catalogue.teacher, title.uid) is title


def test_a_titles_place_moves_up_to_who_approves_it(session, catalogue):
    title = catalogue.title(by=catalogue.head, at=catalogue.school)
    _decide(session, catalogue, title)
    assert title.unit_id == catalogue.department.id


def test_who_does_not_manage_the_unit_decides_nothing_for_it(session, catalogue):
    title = catalogue.title(by=catalogue.head, at=catalogue.school)
    with pytest.raises(ForbiddenError):
        _decide(session, catalogue, title, by=catalogue.head)
    _decide(session, catalogue, title, by=catalogue.head, unit=catalogue.school)
    assert approved_titles(session, [catalogue.school.id], date(2014, 1, 1)) == {title.id}
    assert approved_titles(session, [catalogue.department.id], date(2014, 1, 1)) == set()


@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.ENDED])
def test_a_refusal_needs_a_reason(session, catalogue, outcome):
    with refused("reason_needed"):
        _decide(session, catalogue, catalogue.title(), outcome, reason=" ")


def test_decisions_follow_each_other(session, catalogue):
    title = catalogue.title()
    _decide(session, catalogue, title)
    with refused("decision_same"):
        _decide(session, catalogue, title, day=date(2014, 1, 1))
    with refused("decision_older"):
        _decide(session, catalogue, title, Outcome.ENDED, day=date(2013, 8, 31))
    with refused("decision_ahead"):
        _decide(session, catalogue, title, Outcome.ENDED, day=day_of(session) + timedelta(days=1))
    _decide(session, catalogue, title, Outcome.ENDED, day=date(2015, 1, 1))
    assert [row.outcome for row in decisions_of(session, title)] == [Outcome.ENDED, Outcome.APPROVED]


def test_on_a_day_the_newest_decision_up_to_it_holds(session, catalogue):
    title, other = catalogue.title("Một"), catalogue.title("Hai")
    _decide(session, catalogue, title, day=date(2013, 9, 1))
    _decide(session, catalogue, title, Outcome.ENDED, day=date(2015, 1, 1))
    _decide(session, catalogue, other, day=date(2014, 5, 5))
    unit = [catalogue.department.id]
    assert approved_titles(session, unit, date(2013, 8, 31)) == set()
    assert approved_titles(session, unit, date(2013, 9, 1)) == {title.id}
    assert approved_titles(session, unit, date(2014, 12, 31)) == {title.id, other.id}
    assert approved_titles(session, unit, date(2015, 1, 1)) == {other.id}
