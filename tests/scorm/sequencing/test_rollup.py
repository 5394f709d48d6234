"""Rollup of measures, success and progress (RB.1.1 to RB.1.5)."""

import pytest

from tests.support.activity_trees import (
    COMPLETED,
    FAILED,
    INCOMPLETE,
    PASSED,
    Learner,
    activity,
    organization,
    primary,
    rollup_rule,
    rule,
)


def scored(value: float) -> dict[str, str]:
    return {"cmi.score.scaled": str(value)}


def progressed(value: float) -> dict[str, str]:
    return {"cmi.progress_measure": str(value)}


def of_root(learner: Learner):
    return learner.session.rolled_up()


def test_rb_1_1_a_the_measure_is_the_weighted_average_of_all_tracked_children():
    course = organization(
        activity("a", objective_measure_weight=1.0),
        activity("b", objective_measure_weight=0.25),
        activity("c", objective_measure_weight=0.75),
        activity("d", tracked=False),
    )
    learner = Learner(course)
    learner.goes("start", ("continue", scored(0.8)), ("continue", scored(0.4)))
    assert of_root(learner).score_scaled == pytest.approx((0.8 + 0.1) / 2.0)


def test_rb_1_1_a_without_any_measure_the_cluster_has_none():
    learner = Learner(organization(activity("a"), activity("b", objective_measure_weight=0.0)))
    learner.goes("start", "continue", ("continue", scored(0.4)))
    assert of_root(learner).score_scaled is None


def test_rb_1_1_b_the_progress_is_the_weighted_average_of_all_tracked_children():
    course = organization(
        activity("a", completion_threshold={"progress_weight": 1.0}),
        activity("b", completion_threshold={"progress_weight": 0.5}),
    )
    learner = Learner(course)
    learner.goes("start", ("continue", progressed(0.6)))
    assert of_root(learner).progress == pytest.approx(0.4)


@pytest.mark.parametrize(("score", "success"), [(0.6, "passed"), (0.4, "failed")])
def test_rb_1_2_a_the_measure_decides_success_when_satisfied_by_measure(score, success):
    by_measure = primary(satisfied_by_measure=True, min_normalized_measure=0.5)
    learner = Learner(organization(activity("a"), objectives=(by_measure,)))
    learner.goes("start", ("exitAll", {**PASSED, **scored(score)}))
    assert of_root(learner).success == success


def test_rb_1_2_a_a_measure_does_not_count_while_active_when_the_consideration_says_so():
    by_measure = primary(satisfied_by_measure=True, min_normalized_measure=0.5)
    options = {"objectives": (by_measure,), "measure_satisfaction_if_active": False}
    learner = Learner(organization(activity("one", activity("a"), activity("b"), **options), activity("c")))
    learner.goes("start", ("continue", scored(1)))
    assert learner.status("one")[1] == "unknown"
    learner.goes(("continue", scored(1)))
    assert learner.status("one")[1] == "passed"


@pytest.mark.parametrize(
    ("documents", "success"),
    [
        ([PASSED, PASSED], "passed"),
        ([PASSED, FAILED], "failed"),
        ([FAILED, FAILED], "failed"),
        ([PASSED], "unknown"),
        ([FAILED], "unknown"),
    ],
)
def test_rb_1_2_c_by_default_all_children_decide_success(documents, success):
    learner = Learner(organization(activity("a"), activity("b"), activity("c", tracked=False)))
    learner.goes("start", *(("continue", document) for document in documents))
    assert of_root(learner).success == success


@pytest.mark.parametrize(
    ("documents", "completion"),
    [
        ([COMPLETED, COMPLETED], "completed"),
        ([COMPLETED, INCOMPLETE], "incomplete"),
        ([COMPLETED], "unknown"),
    ],
)
def test_rb_1_3_c_by_default_all_children_decide_completion(documents, completion):
    learner = Learner(organization(activity("a"), activity("b"), activity("c", tracked=False)))
    learner.goes("start", *(("continue", document) for document in documents))
    assert of_root(learner).completion == completion


@pytest.mark.parametrize(("progress", "completion"), [(0.7, "completed"), (0.5, "incomplete")])
def test_rb_1_3_a_the_progress_decides_completion_when_completed_by_measure(progress, completion):
    threshold = {"completed_by_measure": True, "min_progress_measure": 0.6}
    learner = Learner(organization(activity("a"), completion_threshold=threshold))
    learner.goes("start", ("exitAll", {**COMPLETED, **progressed(progress)}))
    assert of_root(learner).completion == completion


@pytest.mark.parametrize(
    ("options", "satisfied_after"),
    [
        ({"child_activity_set": "all"}, 4),
        ({"child_activity_set": "any"}, 1),
        ({"child_activity_set": "atLeastCount", "minimum_count": 2}, 2),
        ({"child_activity_set": "atLeastPercent", "minimum_percent": 0.75}, 3),
    ],
)
def test_rb_1_4_a_rule_holds_when_enough_children_meet_it(options, satisfied_after):
    rules = (rollup_rule("satisfied", "satisfied", **options),)
    course = organization(*(activity(name) for name in "abcd"), activity("e", tracked=False), rollup_rules=rules)
    learner = Learner(course)
    learner.goes("start")
    satisfied = []
    for _ in range(4):
        learner.goes(("continue", PASSED))
        satisfied.append(of_root(learner).success == "passed")
    assert satisfied == [number >= satisfied_after for number in range(1, 5)]


def test_rb_1_4_none_holds_while_every_child_is_known_not_to_meet_it():
    rules = (rollup_rule("notSatisfied", "satisfied", child_activity_set="none"),)
    learner = Learner(organization(activity("a"), activity("b"), activity("z", tracked=False), rollup_rules=rules))
    learner.goes("start", ("continue", FAILED))
    assert of_root(learner).success == "unknown"
    learner.goes(("continue", FAILED))
    assert of_root(learner).success == "failed"


def test_rb_1_4_satisfied_wins_over_not_satisfied():
    rules = (
        rollup_rule("notSatisfied", "attempted", child_activity_set="any"),
        rollup_rule("satisfied", "attempted", child_activity_set="any"),
    )
    learner = Learner(organization(activity("a"), activity("b"), rollup_rules=rules))
    learner.goes("start", ("continue", FAILED))
    assert of_root(learner).success == "passed"


def test_rb_1_4_all_holds_when_no_child_takes_part():
    learner = Learner(organization(activity("a", tracked=False), activity("b", tracked=False)))
    learner.goes("start", "continue")
    assert (of_root(learner).completion, of_root(learner).success) == ("completed", "passed")


@pytest.mark.parametrize(
    ("options", "success"),
    [
        ({"required_for_satisfied": "always"}, "unknown"),
        ({"objective_satisfied": False}, "passed"),
        ({"required_for_satisfied": "ifAttempted"}, "passed"),
        ({"required_for_satisfied": "ifNotSuspended"}, "passed"),
        ({"required_for_satisfied": "ifNotSkipped"}, "passed"),
        ({"required_for_not_satisfied": "ifAttempted"}, "failed"),
    ],
)
def test_rb_1_4_2_considerations_leave_out_a_child_that_was_skipped(options, success):
    skipped = activity("b", rule("skip"), **options)
    learner = Learner(organization(activity("a"), skipped, activity("c", tracked=False)))
    learner.goes("start", ("continue", PASSED))
    assert of_root(learner).success == success


def test_rb_1_4_2_a_suspended_child_may_be_left_out():
    own = activity("b", required_for_completed="ifNotSuspended", required_for_incomplete="ifNotSuspended")
    learner = Learner(organization(activity("a"), own, activity("c", tracked=False)))
    learner.goes("start", ("continue", COMPLETED), ("continue", {**INCOMPLETE, "cmi.exit": "suspend"}))
    assert of_root(learner).completion == "completed"


@pytest.mark.parametrize("only_current", [True, False])
def test_rb_1_4_1_rollup_may_leave_out_what_is_older_than_the_attempt_on_the_cluster(only_current):
    cluster = activity("one", activity("a"), activity("b"), use_current_attempt_objective_info=only_current)
    learner = Learner(organization(cluster, activity("c")))
    learner.goes("start", ("continue", PASSED), ("continue", PASSED))
    assert learner.status("one")[1] == "passed"
    learner.goes("choice one", ("exit", PASSED))
    assert learner.status("one")[1] == ("unknown" if only_current else "passed")


def test_rb_1_5_rollup_reaches_the_root_through_nested_clusters():
    learner = Learner(organization(activity("one", activity("two", activity("a")))))
    learner.goes("start", ("exit", {**COMPLETED, **PASSED}))
    assert learner.status("root") == ("completed", "passed")


def test_a_running_activity_is_counted_before_it_ends_without_being_stored():
    learner = Learner(organization(activity("one", activity("a")), activity("b", tracked=False)))
    learner.does("start")
    session = learner.session
    before = session.state()
    session.record_progress({**COMPLETED, **PASSED, **scored(0.9)})
    assert session.rolled_up().completion == "completed"
    assert session.rolled_up().score_scaled == pytest.approx(0.9)
    assert session.toc()[0]["children"][0]["success"] == "passed"
    assert session.state() == before
