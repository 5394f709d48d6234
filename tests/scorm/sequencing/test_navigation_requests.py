"""Which navigation requests are valid, and the words of adl.nav.request (NB.2.1, SN 5.6.4)."""

import pytest

from scorm.sequencing import NavigationRequest, content_request, parse_nav_request
from tests.support.activity_trees import Learner, activity, organization


@pytest.mark.parametrize(
    ("text", "kind", "target"),
    [
        ("continue", "continue", ""),
        ("previous", "previous", ""),
        ("exit", "exit", ""),
        ("exitAll", "exitAll", ""),
        ("abandon", "abandon", ""),
        ("abandonAll", "abandonAll", ""),
        ("suspendAll", "suspendAll", ""),
        ("{target=activity_6}choice", "choice", "activity_6"),
        ("{target=a}jump", "jump", "a"),
        ("{target= a b }choice", "choice", "a b"),
        ("{target=}}choice", "choice", "}"),
    ],
)
def test_adl_nav_request_names_a_request(text, kind, target):
    assert parse_nav_request(text) == NavigationRequest(kind, target)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "_none_",
        "choice",
        "jump",
        "start",
        "resumeAll",
        "retry",
        "Continue",
        "{target=a}continue",
        "{target=a}",
        "x",
    ],
)
def test_adl_nav_request_may_name_nothing(text):
    assert parse_nav_request(text) is None


@pytest.mark.parametrize(
    ("element", "leaving"), [("cmi.exit", "time-out"), ("cmi.exit", "logout"), ("cmi.core.exit", "time-out")]
)
def test_content_that_times_out_ends_the_attempt_whatever_it_asked_for(leaving, element):
    document = {element: leaving, "adl.nav.request": "continue"}
    assert content_request(document) == NavigationRequest("exitAll")


def test_a_page_of_1_2_that_logs_out_leaves_its_course_open():
    assert content_request({"cmi.core.exit": "logout"}) is None


def test_content_asks_for_nothing_unless_it_says_so():
    assert content_request({"cmi.exit": "suspend"}) is None
    assert content_request({"adl.nav.request": "exit"}) == NavigationRequest("exit")


def test_an_unknown_word_is_no_request():
    with pytest.raises(ValueError, match="leave"):
        NavigationRequest("leave")


def course(**control: bool) -> Learner:
    return Learner(
        organization(activity("one", activity("a"), activity("b"), **control), activity("two", activity("c")))
    )


@pytest.mark.parametrize("kind", ["continue", "exit", "exitAll", "abandon", "abandonAll", "suspendAll"])
def test_nb_2_1_2_a_session_must_have_begun(kind):
    assert course().goes(kind) == ["exception:NB.2.1-2"]


def test_nb_2_1_4_continue_needs_flow_at_the_parent():
    assert course(flow=False).goes("choice a", "continue") == ["a", "exception:NB.2.1-4"]


@pytest.mark.parametrize("control", [{"flow": False}, {"forward_only": True}])
def test_nb_2_1_5_previous_needs_flow_and_no_forward_only_at_the_parent(control):
    assert course(**control).goes("choice b", "previous") == ["b", "exception:NB.2.1-5"]


def test_nb_2_1_6_nothing_goes_before_the_root():
    learner = Learner(organization())
    assert learner.goes("start", "previous") == ["root", "exception:NB.2.1-6"]


def test_nb_2_1_8_choice_exit_keeps_the_learner_in_the_activity():
    learner = Learner(organization(activity("a", choice_exit=False), activity("b")))
    assert learner.goes("start", "choice b") == ["a", "exception:NB.2.1-8"]
    assert not learner.entry("b")["selectable"]


def test_nb_2_1_8_choice_exit_keeps_the_learner_in_the_cluster():
    learner = course(choice_exit=False)
    assert learner.goes("start", "choice c", "choice b") == ["a", "exception:NB.2.1-8", "b"]


def test_nb_2_1_10_choice_needs_the_choice_mode_at_the_parent():
    assert course(choice=False).goes("start", "choice b") == ["a", "exception:NB.2.1-10"]


@pytest.mark.parametrize("kind", ["choice", "jump"])
def test_nb_2_1_11_the_target_must_be_in_the_tree(kind):
    assert course().goes("start", f"{kind} nowhere") == ["a", "exception:NB.2.1-11"]


@pytest.mark.parametrize("kind", ["exit", "abandon"])
def test_nb_2_1_12_what_was_left_cannot_be_left_again(kind):
    assert course().goes("start", "exit", kind) == ["a", None, "exception:NB.2.1-12"]


def test_nb_2_1_13_a_retry_is_made_by_rules_only():
    assert course().goes("start", "retry") == ["a", "exception:NB.2.1-13"]


def test_a_refused_request_leaves_the_running_activity_running():
    learner = course()
    learner.goes("start", "choice nowhere")
    assert learner.session.current == "a"
    assert learner.session.is_running
