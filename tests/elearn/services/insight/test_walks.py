"""Steps of a walk as people read them."""

import pytest

from elearn.models.play_log import Walk, WalkEvent
from elearn.services import insight
from elearn.services.insight import walks
from tests.support.playing import Classroom, some_scos

DONE = {"cmi.completion_status": "completed", "cmi.location": "3"}
SKIP_ONCE_ATTEMPTED = (
    '<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">'
    '<imsss:ruleCondition condition="objectiveMeasureKnown"/><imsss:ruleCondition condition="attempted"/>'
    '</imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule>'
    "</imsss:sequencingRules></imsss:sequencing>"
)


@pytest.fixture
def page(world):
    classroom = Classroom(world)
    return classroom.play(classroom.lesson(some_scos("a", "b", "c", inside={"b": SKIP_ONCE_ATTEMPTED})))


def test_each_step_says_who_asked_for_what_and_where_it_led(session, page):
    page.walk("continue", delta=DONE, final=True)
    page.walk("choice", "nowhere")
    start, left, onward, refused_end, refused = insight.walk_page(session, page.attempt).steps
    assert (start.request, start.asker, start.delivered) == ("start", "system", "Phần a")
    assert (left.activity, left.reported) == ("Phần a", {"cmi.completion_status": "completed"})
    assert (onward.request, onward.asker, onward.delivered) == ("continue", "learner", "Phần b")
    assert refused_end.kind == "end"
    assert (refused.target, refused.exception, refused.delivered) == ("nowhere", "NB.2.1-11", "")


def test_a_rule_that_decided_stands_with_the_conditions_that_held(session, page):
    page.walk("continue", delta=DONE, final=True)
    page.walk("previous", final=True)
    page.walk("continue", final=True)
    decisions = insight.walk_page(session, page.attempt).steps[-1].decisions
    (skip,) = [each for each in decisions if each.process == "UP.2"]
    assert (skip.activity, skip.outcome, skip.is_any) == ("Phần b", "skip", True)
    assert [(condition.kind, holds) for condition, holds in skip.conditions] == [
        ("objectiveMeasureKnown", False), ("attempted", True),
    ]  # fmt: skip


def test_every_step_knows_how_everything_stood_then(session, page):
    page.walk("continue", delta=DONE, final=True)
    start, _, onward = insight.walk_page(session, page.attempt).steps
    before, after = ({each.title: each for each in step.statuses} for step in (start, onward))
    assert (before["Phần a"].completion, after["Phần a"].completion) == ("unknown", "completed")
    assert after["Phần b"].is_current
    assert not any(step.differs for step in (start, onward))


def test_long_walks_come_in_pages(session, page, monkeypatch):
    monkeypatch.setattr(walks, "STEPS_PER_PAGE", 2)
    page.walk("continue", delta=DONE, final=True)
    first, second = (insight.walk_page(session, page.attempt, number) for number in (1, 2))
    assert [step.number for step in first.steps] == [1, 2]
    assert ([step.number for step in second.steps], second.pages) == ([3], 2)
    assert insight.walk_page(session, page.attempt, 99).page == 2
    assert {each.title for each in second.steps[0].statuses if each.has_changed} >= {"Phần b"}


def test_very_large_walks_do_without_statuses(session, page, monkeypatch):
    monkeypatch.setattr(walks, "LARGEST_REPLAY", 1)
    assert insight.walk_page(session, page.attempt).steps[0].statuses is None


def test_a_step_that_would_lead_elsewhere_today_says_so(session, page):
    page.walk("continue", delta=DONE, final=True)
    row = session.query(WalkEvent).order_by(WalkEvent.number.desc()).first()
    row.result = {**row.result, "delivered": "c"}
    session.flush()
    found = insight.walk_page(session, page.attempt)
    assert found.differs
    assert found.steps[-1].delivered == "Phần c"


def test_an_attempt_without_a_log_has_no_steps(session, page):
    session.query(WalkEvent).delete()
    session.query(Walk).delete()
    assert insight.walk_page(session, page.attempt).steps == ()
