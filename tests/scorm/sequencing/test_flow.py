"""Flow through the tree: order, direction, skipped and disabled activities (SB.2.1, SB.2.2, SB.2.3)."""

from tests.support.activity_trees import Learner, activity, organization, rule


def test_sb_2_1_flow_enters_and_leaves_nested_clusters():
    deep = activity("one", activity("two", activity("three", activity("a"))), activity("b"))
    assert Learner(organization(deep, activity("c"))).goes("start", "continue", "continue") == ["a", "b", "c"]


def test_sb_2_1_flow_backward_enters_a_cluster_at_its_end():
    course = organization(activity("one", activity("a"), activity("b")), activity("c"))
    assert Learner(course).goes("choice c", "previous", "previous") == ["c", "b", "a"]


def test_sb_2_1_flow_backward_enters_a_forward_only_cluster_at_its_beginning():
    course = organization(activity("one", activity("a"), activity("b"), forward_only=True), activity("c"))
    assert Learner(course).goes("choice c", "previous") == ["c", "a"]


def test_sb_2_1_flow_backward_leaves_a_forward_only_cluster_of_which_all_is_skipped():
    skipped = activity("one", activity("a", rule("skip")), activity("b", rule("skip")), forward_only=True)
    course = organization(activity("z"), skipped, activity("c"))
    assert Learner(course).goes("choice c", "previous") == ["c", "z"]


def test_sb_2_1_4_flow_backward_stops_in_a_forward_only_cluster():
    course = organization(
        activity("one", activity("a"), activity("b", activity("c"), rule("continue"))), forward_only=True
    )
    learner = Learner(course)
    assert learner.goes("choice c", "previous") == ["c", "a"]
    learner = Learner(organization(activity("a"), activity("one", activity("b")), forward_only=True))
    assert learner.goes("choice b", "previous") == ["b", "exception:SB.2.1-4"]


def test_sb_2_2_a_skipped_cluster_is_passed_as_a_whole():
    course = organization(activity("a"), activity("one", activity("b"), rule("skip")), activity("c"))
    assert Learner(course).goes("start", "continue", "previous") == ["a", "c", "a"]


def test_sb_2_2_1_flow_does_not_enter_a_cluster_without_flow():
    course = organization(activity("a"), activity("one", activity("b"), flow=False), activity("c"))
    learner = Learner(course)
    assert learner.goes("start", "continue", "choice c") == ["a", "exception:SB.2.2-1", "c"]


def test_sb_2_2_2_flow_stops_at_a_disabled_cluster():
    course = organization(activity("a"), activity("one", activity("b"), rule("disabled")), activity("c"))
    assert Learner(course).goes("start", "continue") == ["a", "exception:SB.2.2-2"]


def test_a_course_of_a_thousand_skipped_activities_is_walked_without_recursion():
    skipped = (activity(f"s{number}", rule("skip", "always")) for number in range(1500))
    learner = Learner(organization(activity("a"), *skipped, activity("z")))
    assert learner.goes("start", "continue") == ["a", "z"]
