"""The rules for one person: standing in N, and which acts put somebody into Q."""

from datetime import date, timedelta

import pytest

from elearn.models.people import Contract, PostRole
from elearn.models.reports import Standing
from elearn.models.usage import ActKind, SignStep
from elearn.services.errors import ConflictError
from elearn.services.reports.rules import (
    CLASSES,
    ActClass,
    ActFact,
    Audience,
    PersonFacts,
    PostFact,
    Verdict,
    days_within,
    judge,
    main_post,
    period_fact,
)
from elearn.services.reports.ruleset import Rules
from elearn.services.spans import Span

FIRST, LAST = date(2026, 9, 1), date(2026, 12, 9)  # a hundred days
PERIOD = period_fact("HK", FIRST, LAST, LAST)
RULES = Rules()
COURSE = 7


def day(number):
    """The n-th day of the period, from 1."""
    return FIRST + timedelta(days=number - 1)


def post(since=FIRST, until=None, number=1, **values):
    values = {
        "unit_id": 1,
        "role": PostRole.TEACHER,
        "contract": Contract.PERMANENT,
        "level": None,
        "subject_code": None,
        "fte": 1.0,
        "is_main": True,
        **values,
    }
    return PostFact(post_id=number, start=since, end=until, **values)


def result(*posts, leaves=(), acts=(), audience=None, rules=RULES):
    facts = PersonFacts(1, posts, leaves, acts)
    return judge(facts, {COURSE: audience} if audience else {}, PERIOD, rules)


@pytest.mark.parametrize(
    ("posts", "standing"),
    [
        ([post()], Standing.COUNTED),
        ([], Standing.NO_MAIN_POST),
        ([post(is_main=False)], Standing.NO_MAIN_POST),
        ([post(role=PostRole.STAFF)], Standing.NO_MAIN_POST),
        ([post(until=day(99))], Standing.NO_MAIN_POST),
        ([post(until=LAST)], Standing.COUNTED),
        ([post(role=PostRole.MANAGER)], Standing.MANAGER),
        ([post(role=PostRole.MANAGER), post(number=2, is_main=False)], Standing.MANAGER),
        ([post(since=day(71))], Standing.COUNTED),  # thirty days, both ends included
        ([post(since=day(72))], Standing.NEW),
        ([post(until=day(50)), post(since=day(51), number=2)], Standing.COUNTED),  # transferred
        ([post(until=day(20)), post(since=day(91), number=2)], Standing.COUNTED),  # 20 and 10 days
        ([post(until=day(19)), post(since=day(91), number=2)], Standing.NEW),
        ([post(since=day(72)), post(is_main=False, number=2)], Standing.NEW),
        ([post(since=day(72)), post(role=PostRole.MANAGER, until=day(71), number=2)], Standing.NEW),
        ([post(contract=Contract.VISITING, fte=0.5)], Standing.COUNTED),
        ([post(contract=Contract.VISITING, fte=0.49)], Standing.VISITING),
        ([post(fte=0.2)], Standing.COUNTED),
        ([post(contract=Contract.VISITING, fte=0.2, since=day(72))], Standing.NEW),  # the first reason is told
    ],
)
def test_the_standing_follows_from_the_posts(posts, standing):
    assert result(*posts).standing is standing


@pytest.mark.parametrize(
    ("leaves", "standing"),
    [
        ([Span(day(1), day(50))], Standing.COUNTED),  # exactly half
        ([Span(day(1), day(51))], Standing.ON_LEAVE),
        ([Span(day(1), day(40)), Span(day(20), day(50))], Standing.COUNTED),  # overlapping days count once
        ([Span(day(1), day(30)), Span(day(60), day(80))], Standing.ON_LEAVE),  # 30 and 21 days
        ([Span(date(2026, 1, 1), day(50))], Standing.COUNTED),  # days before the period do not matter
        ([Span(day(50), None)], Standing.ON_LEAVE),
        ([Span(day(51), None)], Standing.COUNTED),
    ],
)
def test_a_leave_longer_than_half_of_the_period_excludes(leaves, standing):
    assert result(post(), leaves=leaves).standing is standing


def test_days_of_touching_and_nested_spans_count_once():
    spans = [Span(day(1), day(10)), Span(day(11), day(12)), Span(day(2), day(3)), Span(day(12), day(12))]
    assert days_within(spans, PERIOD) == 12


def test_of_overlapping_main_posts_the_latest_is_taken():
    posts = [post(unit_id=1), post(unit_id=2, since=day(5), number=2), post(unit_id=3, since=day(5), number=3)]
    assert main_post(posts, LAST).unit_id == 3
    assert main_post(reversed(posts), LAST).unit_id == 3
    assert result(*posts).standing is Standing.COUNTED


def test_somebody_who_left_is_shown_at_the_last_post():
    left = result(post(unit_id=1, until=day(20)), post(unit_id=2, since=day(21), until=day(40), number=2))
    assert (left.standing, left.unit_id) == (Standing.NO_MAIN_POST, 2)


@pytest.mark.parametrize("census", [None, FIRST - timedelta(days=1), LAST + timedelta(days=1)])
def test_a_period_needs_a_census_date_among_its_days(census):
    with pytest.raises(ConflictError, match="period_without_census"):
        period_fact("HK", FIRST, LAST, census)


@pytest.mark.parametrize(("kind", "act_class"), [(ActKind.AUTHORED, ActClass.A), (ActKind.TAUGHT, ActClass.B)])
def test_one_valid_act_puts_somebody_into_q(kind, act_class):
    told = result(post(), acts=[ActFact(1, kind, day(1))])
    assert told.in_q
    assert [told.count(each) for each in ActClass] == [int(act_class is each) for each in ActClass]


@pytest.mark.parametrize(
    ("act", "verdict"),
    [
        (ActFact(1, ActKind.TAUGHT, day(100)), Verdict.COUNTS),
        (ActFact(1, ActKind.TAUGHT, day(101)), Verdict.OUTSIDE),
        (ActFact(1, ActKind.TAUGHT, day(0)), Verdict.OUTSIDE),
        (ActFact(1, ActKind.TAUGHT, day(1), is_void=True), Verdict.VOID),
    ],
)
def test_void_acts_and_acts_of_other_days_do_not_count(act, verdict):
    told = result(post(), acts=[act])
    assert told.acts[0].verdict is verdict
    assert told.in_q is (verdict is Verdict.COUNTS)


@pytest.mark.parametrize(
    ("sign", "after", "verdict"),
    [
        (SignStep.SIGNED, 14, Verdict.COUNTS),
        (SignStep.SIGNED, 15, Verdict.SIGNED_LATE),
        (SignStep.REFUSED, 1, Verdict.REFUSED),
        (SignStep.WITHDRAWN, 1, Verdict.WITHDRAWN),
        (None, None, Verdict.UNSIGNED),
    ],
)
def test_what_a_teacher_declares_counts_once_it_is_countersigned_in_time(sign, after, verdict):
    signed_on = None if after is None else day(1) + timedelta(days=after)
    act = ActFact(1, ActKind.TAUGHT_WITH, day(1), sign=sign, signed_on=signed_on)
    told = result(post(), acts=[act])
    assert told.acts[0].verdict is verdict
    assert told.count(ActClass.B) == int(verdict is Verdict.COUNTS)
    assert result(post(), acts=[act._replace(is_void=True)]).acts[0].verdict is Verdict.VOID


def test_another_ruleset_gives_other_days_for_the_countersignature():
    act = ActFact(1, ActKind.TAUGHT_WITH, day(1), sign=SignStep.SIGNED, signed_on=day(9))
    facts = PersonFacts(1, posts=[post()], acts=[act])
    assert judge(facts, {}, PERIOD, Rules(b_sign_days=8)).in_q
    assert not judge(facts, {}, PERIOD, Rules(b_sign_days=7)).in_q


@pytest.mark.parametrize("kind", sorted(set(ActKind) - set(CLASSES)))
def test_other_kinds_never_qualify(kind):
    told = result(post(), acts=[ActFact(1, kind, day(1), COURSE)], audience=Audience(99))
    assert told.acts == ()


@pytest.mark.parametrize(
    ("audience", "counts"),
    [
        (Audience(5), True),
        (Audience(4), False),
        (Audience(0), False),
        (None, False),
        (Audience(3, ((3, 10),)), True),
        (Audience(3, ((3, 11),)), False),
        (Audience(4, ((2, 20), (2, 6))), True),
        (Audience(0, ((0, 1),)), False),
    ],
)
def test_a_course_needs_five_active_learners_or_a_share_of_a_class(audience, counts):
    told = result(post(), acts=[ActFact(1, ActKind.COURSE_TEACHING, day(1), COURSE)], audience=audience)
    assert told.in_q is counts
    assert told.acts[0].verdict is (Verdict.COUNTS if counts else Verdict.FEW_LEARNERS)


def test_a_course_counts_once_however_much_was_done_in_it():
    acts = [ActFact(number, ActKind.COURSE_TEACHING, day(number), COURSE) for number in range(1, 5)]
    assert result(post(), acts=acts, audience=Audience(5)).count(ActClass.C) == 1


def test_a_ruleset_may_ask_for_more_acts_in_a_course():
    acts = [ActFact(1, ActKind.COURSE_TEACHING, day(1), COURSE), ActFact(2, ActKind.COURSE_TEACHING, day(2), COURSE)]
    rules = Rules(c_acts=2)
    assert result(post(), acts=acts, audience=Audience(5), rules=rules).in_q
    alone = result(post(), acts=acts[:1], audience=Audience(5), rules=rules)
    assert alone.acts[0].verdict is Verdict.FEW_ACTS


def test_a_course_act_without_a_course_does_not_count():
    assert not result(post(), acts=[ActFact(1, ActKind.COURSE_TEACHING, day(1))], audience=Audience(5)).in_q


def test_whoever_is_outside_of_n_is_never_in_q():
    told = result(post(role=PostRole.MANAGER), acts=[ActFact(1, ActKind.TAUGHT, day(1))])
    assert told.count(ActClass.B) == 1
    assert not told.in_q
