"""Where the 2nd and 3rd Edition differ from the 4th: default rollup, jump, thresholds, maps."""

import pytest

from scorm.manifest.model import Edition
from tests.support.activity_trees import (
    COMPLETED,
    FAILED,
    INCOMPLETE,
    PASSED,
    Learner,
    activity,
    organization,
    primary,
    reads,
    writes,
)

EARLIER = [Edition.SCORM_2004_2ND, Edition.SCORM_2004_3RD]
FOURTH = Edition.SCORM_2004_4TH
UNKNOWN = {"cmi.completion_status": "unknown", "cmi.success_status": "unknown"}


def after(edition: Edition, *documents: dict[str, str]) -> tuple[str, str]:
    """What a cluster of two has become when they were left with these documents."""
    cluster = activity("one", activity("a"), activity("b"))
    learner = Learner(organization(cluster, activity("z")), edition)
    learner.goes("start", *(("continue", document) for document in documents))
    return learner.status("one")


@pytest.mark.parametrize("edition", EARLIER)
def test_rb_1_2_and_3_children_that_were_attempted_count_as_not_satisfied_and_incomplete(edition):
    assert after(edition, UNKNOWN, {**COMPLETED, **PASSED}) == ("incomplete", "failed")


def test_rb_1_2_and_3_the_4th_edition_waits_until_all_children_are_known():
    assert after(FOURTH, UNKNOWN, {**COMPLETED, **PASSED}) == ("unknown", "unknown")


@pytest.mark.parametrize("edition", [*EARLIER, FOURTH])
def test_rb_1_2_and_3_in_every_edition_all_satisfied_and_completed_children_win(edition):
    assert after(edition, {**COMPLETED, **PASSED}, {**COMPLETED, **PASSED}) == ("completed", "passed")


@pytest.mark.parametrize("edition", [*EARLIER, FOURTH])
def test_rb_1_2_and_3_in_every_edition_one_failed_child_is_enough_when_all_are_known(edition):
    assert after(edition, {**INCOMPLETE, **FAILED}, {**COMPLETED, **PASSED}) == ("incomplete", "failed")


@pytest.mark.parametrize("edition", [*EARLIER, FOURTH])
def test_rb_1_2_in_every_edition_a_child_nobody_has_begun_leaves_the_cluster_unknown(edition):
    assert after(edition, {**COMPLETED, **FAILED})[1] == "unknown"


@pytest.mark.parametrize("edition", EARLIER)
def test_nb_2_1_13_there_is_no_jump_before_the_4th_edition(edition):
    learner = Learner(organization(activity("a"), activity("b")), edition)
    assert learner.goes("start", "jump b") == ["a", "exception:NB.2.1-13"]
    assert set(learner.session.valid_requests()["jump"].values()) == {False}


@pytest.mark.parametrize("edition", EARLIER)
def test_a_threshold_decides_the_completion_of_a_leaf_in_earlier_editions_too(edition):
    leaf = activity("a", completion_threshold={"completed_by_measure": True, "min_progress_measure": 0.5})
    learner = Learner(organization(leaf, activity("b")), edition)
    learner.goes("start", ("continue", {**INCOMPLETE, "cmi.progress_measure": "0.6"}))
    assert learner.status("a")[0] == "completed"


@pytest.mark.parametrize("edition", EARLIER)
def test_the_four_fields_of_ims_are_mapped_in_earlier_editions(edition):
    course = organization(
        activity("a", objectives=(primary("p", writes("g")),)), activity("b", objectives=(primary("q", reads("g")),))
    )
    learner = Learner(course, edition)
    learner.goes("start", ("continue", {**PASSED, "cmi.score.scaled": "0.7"}))
    found = learner.session.launch_document("b")
    assert (found["cmi.objectives.0.success_status"], found["cmi.objectives.0.score.scaled"]) == ("passed", "0.7")
