"""Choice: what may be chosen from where, and what is delivered (SB.2.4, SB.2.9)."""

import pytest

from tests.support.activity_trees import COMPLETED, FAILED, PASSED, Learner, activity, condition, organization, rule


def selectable(learner: Learner, *names: str) -> list[str]:
    return [name for name in names if learner.entry(name)["selectable"]]


def test_sb_2_9_any_leaf_may_be_chosen_before_the_session_begins():
    learner = Learner(organization(activity("one", activity("a")), activity("two", activity("b"))))
    assert selectable(learner, "root", "one", "a", "two", "b") == ["root", "one", "a", "two", "b"]
    assert learner.goes("choice b") == ["b"]


def test_sb_2_9_choice_of_a_cluster_flows_into_it():
    learner = Learner(organization(activity("a"), activity("one", activity("b"), activity("c"))))
    assert learner.goes("start", "choice one", "choice root") == ["a", "b", "a"]


def test_sb_2_9_choice_of_the_running_activity_begins_it_anew():
    learner = Learner(organization(activity("a"), activity("b")))
    learner.does("start")
    step = learner.does("choice", "a")
    assert (step.delivered, step.resumes) == ("a", False)


def test_sb_2_9_3_what_is_hidden_from_choice_takes_its_descendants_with_it():
    hidden = activity("one", activity("b"), rule("hiddenFromChoice"))
    learner = Learner(organization(activity("a"), hidden))
    assert learner.goes("start", "choice b") == ["a", "exception:SB.2.9-3"]
    assert not learner.entry("one")["visible"]
    assert not learner.entry("b")["visible"]


def test_sb_2_9_2_a_child_that_was_not_selected_cannot_be_chosen():
    children = [activity(name) for name in "abcd"]
    learner = Learner(organization(*children, selection_timing="once", select_count=2))
    learner.does("start")
    offered = [entry["identifier"] for entry in learner.session.toc()[0]["children"]]
    (gone, *_) = [name for name in "abcd" if name not in offered]
    assert learner.goes(f"choice {gone}") == ["exception:SB.2.9-2"]
    assert learner.session.valid_requests()["choice"][gone] is False


def test_sb_2_4_1_nothing_behind_a_stop_may_be_chosen():
    course = organization(activity("a"), activity("b", rule("stopForwardTraversal", "not attempted")), activity("c"))
    learner = Learner(course)
    learner.does("start")
    assert selectable(learner, "a", "b", "c") == ["a", "b"]
    assert learner.goes("choice b", ("choice c", COMPLETED)) == ["b", "c"]


def test_sb_2_4_1_nothing_in_a_cluster_that_stops_may_be_chosen_from_before_it():
    stop = activity("one", activity("b"), rule("stopForwardTraversal"))
    learner = Learner(organization(activity("zero", activity("a")), stop))
    assert learner.goes("start", "choice b") == ["a", "exception:SB.2.4-1"]


def test_sb_2_4_2_nothing_before_may_be_chosen_in_a_forward_only_cluster():
    learner = Learner(organization(activity("a"), activity("b"), forward_only=True))
    assert learner.goes("choice b", "choice a") == ["b", "exception:SB.2.4-2"]
    assert selectable(Learner(organization(activity("a"), forward_only=True)), "a") == ["a"]


def test_sb_2_9_6_an_inactive_cluster_may_keep_its_children_from_being_chosen():
    closed = activity("one", activity("b"), activity("c"), prevent_activation=True)
    learner = Learner(organization(activity("a"), closed))
    learner.does("start")
    assert selectable(learner, "one", "b", "c") == ["one"]
    assert learner.goes("choice one", "choice c") == ["b", "c"]


def test_sb_2_9_7_choice_exit_of_a_cluster_leaves_only_its_descendants():
    kept = activity("one", activity("a"), activity("two", activity("b")), choice_exit=False)
    learner = Learner(organization(kept, activity("c")))
    learner.does("start")
    assert selectable(learner, "root", "one", "a", "two", "b", "c") == ["a", "two", "b"]


def test_sb_2_9_8_constrained_choice_reaches_only_the_neighbours():
    clusters = [
        activity(f"{n}", activity(f"{n}a"), activity(f"{n}b"), constrain_choice=True) for n in ("p", "q", "r", "s")
    ]
    learner = Learner(organization(*clusters))
    assert learner.goes("choice qa") == ["qa"]
    leaves = [f"{n}{leaf}" for n in ("p", "q", "r", "s") for leaf in "ab"]
    assert selectable(learner, *leaves) == ["pa", "pb", "qa", "qb", "ra", "rb"]
    assert learner.goes("choice sa") == ["exception:SB.2.9-8"]


def test_sb_2_9_8_a_leaf_constrains_nothing():
    learner = Learner(organization(activity("a", constrain_choice=True), activity("b"), activity("c")))
    assert learner.goes("start", "choice c") == ["a", "c"]


def test_sb_2_9_9_a_cluster_that_delivers_nothing_becomes_the_current_activity():
    learner = Learner(organization(activity("a"), activity("one", activity("b"), flow=False)))
    assert not learner.entry("one")["selectable"]
    assert learner.goes("start", "choice one") == ["a", "exception:SB.2.9-9"]
    assert learner.session.current == "one"
    assert learner.goes("choice b") == ["b"]


def test_db_1_1_a_disabled_ancestor_disables_the_choice():
    locked = activity("one", activity("b"), rule("disabled"))
    learner = Learner(organization(activity("a"), locked))
    assert learner.goes("start", "choice b") == ["a", "exception:DB.1.1-3"]
    assert selectable(learner, "one", "b") == []


@pytest.mark.parametrize(("document", "reached"), [(PASSED, "c"), (FAILED, "b")])
def test_post_conditions_of_the_left_activity_win_over_the_choice(document, reached):
    course = organization(activity("a", rule("continue", condition("not satisfied"))), activity("b"), activity("c"))
    assert Learner(course).goes("start", ("choice c", document)) == ["a", reached]


def test_an_invisible_activity_may_be_chosen_by_content():
    learner = Learner(organization(activity("a"), activity("b", is_visible=False)))
    learner.does("start")
    assert not learner.entry("b")["visible"]
    assert learner.session.valid_requests()["choice"]["b"] is True


def test_nothing_is_offered_that_leads_only_to_the_running_activity():
    learner = Learner(organization(activity("one", activity("a"))))
    assert selectable(learner, "root", "one", "a") == ["root", "one", "a"]
    learner.does("start")
    assert selectable(learner, "root", "one", "a") == ["a"]


def test_the_root_is_not_offered_in_a_course_without_choice():
    learner = Learner(organization(activity("a"), activity("b"), choice=False))
    learner.goes("start", "continue")
    assert selectable(learner, "root", "a", "b") == []
    assert learner.session.valid_requests()["choice"]["root"] is True


def test_a_cluster_without_choice_inside_is_offered_from_another():
    course = organization(activity("one", activity("a"), choice=False), activity("two", activity("b"), choice=False))
    learner = Learner(course)
    learner.does("start")
    assert selectable(learner, "root", "one", "a", "two", "b") == ["root", "one", "two"]
