"""Beginning and ending attempts (UP.3, UP.4, DB.2, DB.2.1)."""

import pytest

from scorm.sequencing import without_suspended
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
    rule,
)


def left_with(document: dict[str, str], **options) -> tuple[str, str]:
    learner = Learner(organization(activity("a", **options), activity("b")))
    learner.goes("start", ("continue", document))
    return learner.status("a")


def test_up_4_content_that_says_nothing_has_been_completed_and_satisfied():
    assert left_with({}) == ("completed", "passed")


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({**INCOMPLETE, **FAILED}, ("incomplete", "failed")),
        (COMPLETED, ("completed", "passed")),
        ({"cmi.completion_status": "unknown", "cmi.success_status": "unknown"}, ("unknown", "unknown")),
        ({"cmi.completion_status": "not attempted"}, ("incomplete", "passed")),
        (SUSPENDED, ("unknown", "unknown")),
    ],
)
def test_up_4_what_the_content_says_stands(document, status):
    assert left_with(document) == status


def test_up_4_the_delivery_controls_leave_the_statuses_to_the_content():
    assert left_with({}, completion_set_by_content=True) == ("unknown", "passed")
    assert left_with({}, objective_set_by_content=True) == ("completed", "unknown")


def test_up_4_an_untracked_activity_has_no_status():
    assert left_with({**COMPLETED, **PASSED}, tracked=False) == ("not attempted", "unknown")


def test_up_4_a_status_that_a_measure_decides_is_not_given_away():
    by_measure = primary(satisfied_by_measure=True)
    threshold = {"completed_by_measure": True}
    assert left_with({}, objectives=(by_measure,), completion_threshold=threshold) == ("unknown", "unknown")


def test_up_4_a_cluster_is_suspended_with_its_children_and_goes_on():
    cluster = activity("one", activity("a"), activity("b", rule("exitParent")), attempt_limit=1)
    learner = Learner(organization(cluster, activity("c")))
    assert learner.goes("start", ("continue", SUSPENDED), "continue") == ["a", "b", "c"]
    assert learner.goes("choice a") == ["a"]


def test_up_4_an_attempt_that_ends_with_a_suspended_child_goes_on_in_the_next_session():
    learner = Learner(organization(activity("a"), activity("b")))
    learner.goes("start", ("exitAll", SUSPENDED))
    learner.new_attempt()
    step = learner.does("start")
    assert (step.delivered, step.resumes, step.new_tree_attempt) == ("a", True, False)


def test_nothing_is_resumed_from_a_state_without_suspended_attempts():
    learner = Learner(organization(activity("a"), activity("b")))
    learner.goes("start", ("exitAll", SUSPENDED))
    learner.new_attempt()
    learner.registration = without_suspended(learner.registration)
    step = learner.does("start")
    assert (step.delivered, step.resumes, step.new_tree_attempt) == ("a", False, True)
    assert without_suspended(None) is None


def test_up_3_leaving_a_cluster_ends_its_attempt():
    cluster = activity("one", activity("a"), activity("b"), attempt_limit=1)
    learner = Learner(organization(cluster, activity("c")))
    assert learner.goes("start", "choice c", "choice b") == ["a", "c", "exception:DB.1.1-3"]


def test_db_2_a_new_attempt_begins_without_the_status_of_the_last():
    learner = Learner(organization(activity("a"), activity("b")))
    learner.goes("start", ("continue", {**COMPLETED, **PASSED}), "choice a")
    assert learner.status("a") == ("unknown", "unknown")


def test_db_2_a_suspended_attempt_keeps_its_status():
    learner = Learner(organization(activity("a"), activity("b")))
    learner.goes("start", ("continue", {**COMPLETED, **FAILED, **SUSPENDED}))
    step = learner.does("choice", "a")
    assert step.resumes
    assert learner.status("a") == ("completed", "failed")


def test_db_2_the_trace_names_the_rules_that_decided():
    learner = Learner(organization(activity("a", rule("continue", "satisfied")), activity("b")))
    learner.does("start")
    trace = [(each.process, each.activity, each.outcome) for each in learner.does("exit", document=PASSED).trace]
    assert ("UP.2", "a", "continue") in trace
    assert trace[-1] == ("DB.2", "b", "new attempt")


def test_db_2_1_another_activity_clears_the_suspended_one():
    learner = Learner(organization(activity("one", activity("a"), activity("b")), activity("c")))
    assert learner.goes("choice b", "suspendAll", "start") == ["b", "end", "a"]
    assert not learner.does("continue").resumes


def test_attempts_are_counted_with_the_time_they_began():
    learner = Learner(organization(activity("a"), activity("b")))
    learner.goes("start", "continue", "choice a")
    assert learner.registration is not None
    assert learner.registration["activities"]["a"]["attempts"] == 2
    assert learner.registration["activities"]["a"]["at"] == "2026-03-02T07:30:00+00:00"
