"""The exceptions of processes that the navigation request process keeps from happening in a session."""

import pytest

from scorm.sequencing.choice import (
    check_choice,
    choice_activity_traversal_subprocess,
    choice_flow_subprocess,
    choice_sequencing_request_process,
)
from scorm.sequencing.delivery import content_delivery_environment_process, delivery_request_process
from scorm.sequencing.exceptions import SequencingException
from scorm.sequencing.flow import flow_subprocess
from scorm.sequencing.navigation import NavigationRequest, RequestKind
from scorm.sequencing.requests import (
    continue_sequencing_request_process,
    exit_sequencing_request_process,
    jump_sequencing_request_process,
    previous_sequencing_request_process,
    resume_all_sequencing_request_process,
    retry_sequencing_request_process,
    sequencing_request_process,
    start_sequencing_request_process,
)
from scorm.sequencing.termination import termination_request_process
from scorm.sequencing.traversal import Direction, common_ancestor, is_forward, sibling
from tests.support.activity_trees import Learner, activity, organization


def tree(*requests: str):
    """A tree root(one(a, b), two(c)) without flow in `two`, after requests."""
    one = activity("one", activity("a"), activity("b"))
    learner = Learner(organization(one, activity("two", activity("c"), flow=False)))
    learner.goes(*requests)
    return learner.session._tree


def code_of(process, *arguments, **options) -> str:
    with pytest.raises(SequencingException) as caught:
        process(*arguments, **options)
    return caught.value.code


@pytest.mark.parametrize(
    ("process", "code"),
    [
        (resume_all_sequencing_request_process, "SB.2.6-2"),
        (continue_sequencing_request_process, "SB.2.7-1"),
        (previous_sequencing_request_process, "SB.2.8-1"),
        (retry_sequencing_request_process, "SB.2.10-1"),
        (exit_sequencing_request_process, "SB.2.11-1"),
    ],
)
def test_without_a_current_activity(process, code):
    assert code_of(process, tree()) == code


@pytest.mark.parametrize(
    ("process", "code"),
    [
        (start_sequencing_request_process, "SB.2.5-1"),
        (resume_all_sequencing_request_process, "SB.2.6-1"),
        (retry_sequencing_request_process, "SB.2.10-2"),
        (exit_sequencing_request_process, "SB.2.11-2"),
    ],
)
def test_with_an_active_current_activity(process, code):
    assert code_of(process, tree("start")) == code


def test_flow_must_be_on_at_the_parent_of_the_current_activity():
    left = tree("choice c", "exit")
    assert code_of(continue_sequencing_request_process, left) == "SB.2.7-2"
    assert code_of(previous_sequencing_request_process, left) == "SB.2.8-2"


def test_a_retry_of_a_cluster_needs_flow_in_it():
    left = tree("choice c", "exit", "choice two")
    assert code_of(retry_sequencing_request_process, left) == "SB.2.10-3"


def test_a_sequencing_request_must_be_known():
    assert code_of(sequencing_request_process, tree(), NavigationRequest("exitAll")) == "SB.2.12-1"


def test_a_jump_needs_a_target_and_a_session():
    assert code_of(jump_sequencing_request_process, tree("start"), None) == "SB.2.13-1"
    assert code_of(jump_sequencing_request_process, tree(), tree().root) == "SB.2.13-1"


def test_a_choice_needs_a_target():
    assert code_of(choice_sequencing_request_process, tree(), None) == "SB.2.9-1"
    assert code_of(check_choice, tree(), None) == "SB.2.9-1"


def test_a_choice_cannot_go_backward_from_the_root():
    here = tree()
    assert code_of(choice_activity_traversal_subprocess, here, here.root, Direction.BACKWARD) == "SB.2.4-3"


def test_a_constrained_choice_stays_where_the_tree_ends():
    here = tree().by_identifier
    assert choice_flow_subprocess(here["two"], Direction.FORWARD) is here["two"]
    assert choice_flow_subprocess(here["one"], Direction.BACKWARD) is here["one"]
    assert choice_flow_subprocess(here["b"], Direction.FORWARD) is here["two"]
    assert choice_flow_subprocess(here["root"], Direction.FORWARD) is here["root"]


@pytest.mark.parametrize("direction", list(Direction))
def test_flow_cannot_enter_a_cluster_without_available_children(direction):
    here = tree()
    here.by_identifier["one"].set_available([])
    assert code_of(flow_subprocess, here, here.by_identifier["one"], direction, consider_children=True) == "SB.2.1-2"


@pytest.mark.parametrize(
    ("requests", "request_kind", "code"),
    [
        ((), RequestKind.EXIT, "TB.2.3-1"),
        (("start", "exit"), RequestKind.EXIT, "TB.2.3-2"),
        (("start",), RequestKind.START, "TB.2.3-7"),
    ],
)
def test_termination_requests_are_checked_again(requests, request_kind, code):
    assert code_of(termination_request_process, tree(*requests), request_kind) == code


def test_a_root_that_was_left_has_nothing_to_suspend():
    learner = Learner(organization())
    learner.goes("start")
    here = learner.session._tree
    here.root.tracking.is_active = False
    assert code_of(termination_request_process, here, RequestKind.SUSPEND_ALL) == "TB.2.3-3"


def test_only_a_leaf_is_delivered_and_only_when_nothing_runs():
    here = tree("start")
    assert code_of(delivery_request_process, here, here.root) == "DB.1.1-1"
    assert code_of(content_delivery_environment_process, here, here.by_identifier["b"]) == "DB.2-1"


def test_order_and_ancestors_in_the_tree():
    here = tree().by_identifier
    assert common_ancestor(here["a"], here["c"]) is here["root"]
    assert common_ancestor(here["b"], here["one"]) is here["one"]
    assert is_forward(here["c"], here["a"])
    assert is_forward(here["a"], here["one"])
    assert not is_forward(here["one"], here["a"])
    assert not is_forward(here["a"], here["a"])
    with pytest.raises(LookupError):
        sibling(here["root"], Direction.FORWARD)
