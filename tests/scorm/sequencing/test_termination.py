"""Exit rules, post-condition rules and termination requests (TB.2.1, TB.2.2, TB.2.3)."""

import pytest

from tests.support.activity_trees import (
    COMPLETED,
    FAILED,
    INCOMPLETE,
    PASSED,
    SUSPENDED,
    Learner,
    activity,
    organization,
    primary,
    reads,
    rule,
    writes,
)


def test_tb_2_1_the_exit_rule_of_a_cluster_ends_it():
    cluster = activity("one", activity("a"), activity("b"), rule("exit", "satisfied"))
    learner = Learner(organization(cluster, activity("c")))
    assert learner.goes("start", ("continue", FAILED), ("choice a", FAILED)) == ["a", "b", "a"]
    assert learner.goes(("continue", PASSED), ("previous", PASSED)) == ["b", "exception:SB.2.1-3"]


def test_tb_2_1_the_highest_exit_rule_decides():
    inner = activity("two", activity("a"), activity("b"), rule("exit"))
    outer = activity("one", inner, activity("c"), rule("exit"))
    assert Learner(organization(outer, activity("d"))).goes("start", "continue") == ["a", "d"]


@pytest.mark.parametrize(
    ("action", "reached"),
    [
        ("continue", "c"),
        ("previous", "a"),
        ("retry", "b"),
        ("retryAll", "a"),
        ("exitAll", "end"),
        ("exitParent", None),
    ],
)
def test_tb_2_2_a_post_condition_makes_the_next_request(action, reached):
    cluster = activity("one", activity("a"), activity("b", rule(action, "satisfied")), activity("c"))
    learner = Learner(organization(cluster, activity("d")))
    assert learner.goes("choice b", ("exit", PASSED)) == ["b", reached]


def test_tb_2_2_a_suspended_activity_has_no_post_condition():
    learner = Learner(organization(activity("a", rule("exitAll")), activity("b")))
    assert learner.goes("start", ("continue", SUSPENDED)) == ["a", "b"]


def test_tb_2_3_exit_parent_evaluates_the_rules_of_the_parent_too():
    inner = activity("two", activity("a", rule("exitParent")), rule("exitParent"))
    outer = activity("one", inner, activity("b"), rule("previous"))
    assert Learner(organization(activity("z"), outer)).goes("choice a", "continue") == ["a", "z"]


def test_tb_2_3_exit_parent_at_the_top_ends_the_attempt():
    assert Learner(organization(activity("a", rule("exitParent")), activity("b"))).goes("start", "continue") == [
        "a",
        "end",
    ]


def test_tb_2_3_4_the_root_has_no_parent_to_exit():
    course = organization(activity("a", rule("exitParent")), rule("exitParent"))
    assert Learner(course).goes("start", "continue") == ["a", "exception:TB.2.3-4"]


def test_tb_2_3_a_retry_of_the_root_begins_a_new_attempt_on_the_tree():
    learner = Learner(organization(activity("a"), activity("b", rule("exitParent")), rule("retry", "not satisfied")))
    assert learner.goes("start", ("continue", FAILED)) == ["a", "b"]
    step = learner.does("continue", document=FAILED)
    assert (step.delivered, step.new_tree_attempt) == ("a", True)


def test_tb_2_3_exit_all_ends_the_attempt_and_rolls_up():
    learner = Learner(organization(activity("one", activity("a")), objective_set_by_content=True))
    assert learner.goes("start", ("exitAll", {**COMPLETED, **PASSED})) == ["a", "end"]
    assert learner.status("root") == ("completed", "passed")


def test_tb_2_3_suspend_all_leaves_the_cluster_of_what_was_left():
    learner = Learner(organization(activity("one", activity("a")), activity("b")))
    assert learner.goes("start", "exit", "suspendAll") == ["a", None, "end"]
    assert learner.attempt is not None
    assert learner.attempt["suspended"] == "one"


def test_tb_2_3_abandon_ends_the_activity_without_its_status():
    learner = Learner(organization(activity("a"), activity("b")))
    assert learner.goes("start", ("abandon", {**COMPLETED, **PASSED})) == ["a", None]
    assert learner.status("a") == ("unknown", "unknown")
    assert learner.goes("continue") == ["b"]


def test_tb_2_3_abandon_all_ends_the_attempt_without_the_status():
    learner = Learner(organization(activity("a"), activity("b")))
    assert learner.goes("start", ("abandonAll", {**COMPLETED, **PASSED})) == ["a", "end"]
    assert learner.status("root") == ("unknown", "unknown")


def test_an_abandoned_activity_does_not_reach_the_post_conditions():
    learner = Learner(organization(activity("a", rule("retry")), activity("b")))
    assert learner.goes("start", ("abandon", INCOMPLETE)) == ["a", None]


def test_db_2_a_new_attempt_on_the_tree_forgets_objectives_of_its_own_scope():
    course = organization(
        activity("a", objectives=(primary("p", writes("g")),)),
        activity("b", rule("skip", "satisfied"), objectives=(primary("p", reads("g")),)),
        activity("c", rule("retryAll", "not completed"), completion_set_by_content=True),
        objectives_global_to_system=False,
    )
    learner = Learner(course)
    assert learner.goes("start", ("continue", PASSED), ("continue", INCOMPLETE)) == ["a", "c", "a"]
    assert learner.goes(("continue", FAILED)) == ["b"]
    assert learner.shared == {}
