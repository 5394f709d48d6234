"""Conditions of sequencing rules, limits, and whether an activity may be delivered (UP.1, UP.2, UP.5)."""

import pytest

from scorm.sequencing.definition import Combination, Objective, RuleAction, SequencingRule
from scorm.sequencing.rules import combine
from tests.support.activity_trees import (
    COMPLETED,
    FAILED,
    INCOMPLETE,
    PASSED,
    Learner,
    activity,
    condition,
    organization,
    primary,
    rule,
)


@pytest.mark.parametrize(
    ("combination", "results", "expected"),
    [
        ("all", [True, True], True),
        ("all", [True, None], None),
        ("all", [None, False], False),
        ("any", [False, True, None], True),
        ("any", [False, None], None),
        ("any", [False, False], False),
        ("all", [], None),
        ("any", [], None),
    ],
)
def test_up_2_1_conditions_combine_with_three_truth_values(combination, results, expected):
    assert combine(Combination(combination), results) is expected


SCORED = {"cmi.score.scaled": "0.5"}
PROGRESSED = {"cmi.progress_measure": "0.5"}


@pytest.mark.parametrize(
    ("text", "document", "holds"),
    [
        ("always", {}, True),
        ("never", {}, False),
        ("not never", {}, True),
        ("satisfied", PASSED, True),
        ("satisfied", FAILED, False),
        ("not satisfied", FAILED, True),
        ("satisfied", {}, False),
        ("not satisfied", {}, False),
        ("objectiveStatusKnown", FAILED, True),
        ("not objectiveStatusKnown", {}, True),
        ("objectiveMeasureKnown", SCORED, True),
        ("not objectiveMeasureKnown", {}, True),
        ("completed", COMPLETED, True),
        ("completed", INCOMPLETE, False),
        ("not completed", INCOMPLETE, True),
        ("not completed", {}, False),
        ("activityProgressKnown", INCOMPLETE, True),
        ("activityProgressKnown", {}, False),
        ("attempted", {}, True),
        ("attemptLimitExceeded", {}, True),
        ("timeLimitExceeded", {}, False),
        ("not timeLimitExceeded", {}, False),
        ("outsideAvailableTimeRange", {}, False),
    ],
)
def test_up_2_1_a_condition_on_the_activity_that_was_left(text, document, holds):
    own = activity(
        "a",
        rule("skip", text),
        attempt_limit=1,
        objective_set_by_content=True,
        completion_set_by_content=True,
    )
    learner = Learner(organization(activity("z"), own, activity("c")))
    learner.goes("choice a", ("exit", document))
    skipped = learner.goes("choice z", "continue")[-1] == "c"
    assert skipped is holds


@pytest.mark.parametrize(
    ("kind", "threshold", "holds"),
    [
        ("objectiveMeasureGreaterThan", 0.4, True),
        ("objectiveMeasureGreaterThan", 0.5, False),
        ("objectiveMeasureLessThan", 0.6, True),
        ("objectiveMeasureLessThan", 0.5, False),
    ],
)
def test_up_2_1_a_measure_is_compared_with_the_threshold(kind, threshold, holds):
    again = rule("retry", condition(kind, threshold=threshold))
    learner = Learner(organization(activity("a", again), activity("b")))
    assert learner.goes("start", ("continue", SCORED)) == ["a", "a" if holds else "b"]


def test_up_2_1_a_condition_may_refer_to_another_objective():
    own = activity("a", rule("retry", condition("not satisfied", "quiz")), objectives=(primary(), Objective("quiz")))
    learner = Learner(organization(own, activity("b")))
    record = {"cmi.objectives.0.id": "quiz", "cmi.objectives.0.success_status": "failed", **PASSED}
    assert learner.goes("start", ("continue", record)) == ["a", "a"]


def test_up_2_1_of_an_objective_that_is_not_there_nothing_is_known():
    known = rule("retry", condition("objectiveStatusKnown", "nobody"))
    unknown = rule("retry", condition("not objectiveStatusKnown", "nobody"))
    assert Learner(organization(activity("a", known), activity("b"))).goes("start", "continue") == ["a", "b"]
    assert Learner(organization(activity("a", unknown), activity("b"))).goes("start", "continue") == ["a", "a"]


def test_up_2_the_first_rule_that_holds_decides():
    own = activity("a", rule("retry", "not satisfied"), rule("exitAll", "completed"), rule("continue", "completed"))
    learner = Learner(organization(own, activity("b")))
    assert learner.goes("start", ("continue", PASSED)) == ["a", "end"]


def test_up_2_a_rule_without_conditions_never_applies():
    none = SequencingRule(RuleAction.SKIP)
    assert Learner(organization(activity("a", none))).goes("start") == ["a"]


def test_up_1_the_attempt_limit_forbids_another_attempt():
    learner = Learner(organization(activity("a", attempt_limit=1), activity("b")))
    assert learner.goes("start", "continue", "choice a") == ["a", "b", "exception:DB.1.1-3"]
    assert not learner.entry("a")["selectable"]


def test_up_1_a_suspended_attempt_goes_on_beyond_the_limit():
    learner = Learner(organization(activity("a", attempt_limit=1), activity("b")))
    assert learner.goes("start", ("continue", {"cmi.exit": "suspend"}), "choice a") == ["a", "b", "a"]


def test_up_1_an_activity_that_is_not_tracked_has_no_limit():
    learner = Learner(organization(activity("a", attempt_limit=1, tracked=False), activity("b")))
    assert learner.goes("start", "continue", "choice a") == ["a", "b", "a"]


def test_up_1_the_limit_of_a_cluster_closes_it():
    cluster = activity("one", activity("a"), attempt_limit=1)
    learner = Learner(organization(cluster, activity("b")))
    assert learner.goes("start", "continue", "choice a", "choice one") == [
        "a",
        "b",
        "exception:DB.1.1-3",
        "exception:DB.1.1-3",
    ]
