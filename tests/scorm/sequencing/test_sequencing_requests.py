"""Start, resume all, continue, previous, retry, exit and jump (SB.2.5 to SB.2.8, SB.2.10 to SB.2.13)."""

from scorm.manifest.model import Edition
from tests.support.activity_trees import COMPLETED, PASSED, SUSPENDED, Learner, activity, organization, rule


def three() -> Learner:
    return Learner(organization(activity("a"), activity("b"), activity("c")))


def nested() -> Learner:
    return Learner(organization(activity("one", activity("a"), activity("b")), activity("two", activity("c"))))


def test_sb_2_5_start_flows_to_the_first_leaf():
    assert nested().goes("start") == ["a"]


def test_sb_2_5_start_delivers_nothing_when_the_root_has_no_flow():
    learner = Learner(organization(activity("a"), flow=False))
    assert learner.goes("start", "choice a") == ["exception:SB.2.2-1", "a"]


def test_sb_2_5_start_delivers_a_root_without_items():
    assert Learner(organization()).goes("start") == ["root"]


def test_sb_2_5_start_passes_skipped_activities():
    learner = Learner(organization(activity("a", rule("skip")), activity("b")))
    assert learner.goes("start") == ["b"]


def test_sb_2_5_start_ends_when_every_activity_is_skipped():
    learner = Learner(organization(activity("a", rule("skip")), activity("b", rule("skip"))))
    assert learner.goes("start") == ["end"]


def test_nb_2_1_start_is_refused_in_an_open_session():
    assert three().goes("start", "start") == ["a", "exception:NB.2.1-1"]


def test_sb_2_6_resume_all_delivers_the_suspended_activity_and_resumes_it():
    learner = three()
    assert learner.goes("start", "continue", "suspendAll") == ["a", "b", "end"]
    step = learner.does("resumeAll")
    assert (step.delivered, step.resumes, step.new_tree_attempt) == ("b", True, False)


def test_sb_2_6_resume_all_needs_a_suspended_activity():
    assert three().goes("resumeAll") == ["exception:NB.2.1-3"]


def test_a_suspended_attempt_may_start_again_from_the_beginning():
    learner = three()
    learner.goes("start", "continue", "suspendAll")
    step = learner.does("start")
    assert (step.delivered, step.resumes) == ("a", False)
    assert learner.does("continue").resumes is False


def test_a_suspended_attempt_takes_no_other_request():
    learner = three()
    learner.goes("start", "suspendAll")
    assert learner.does("choice", "b").exception == "NB.2.1-2"
    assert learner.session.valid_requests()["resumeAll"] is True
    assert not any(learner.session.valid_requests()["choice"].values())


def test_sb_2_7_continue_walks_the_leaves_and_ends_after_the_last():
    assert nested().goes("start", "continue", "continue", "continue") == ["a", "b", "c", "end"]


def test_sb_2_7_continue_stops_at_a_disabled_activity():
    learner = Learner(organization(activity("a"), activity("b", rule("disabled"))))
    assert learner.goes("start", "continue") == ["a", "exception:SB.2.2-2"]


def test_sb_2_8_previous_walks_back():
    assert nested().goes("start", "continue", "continue", "previous", "previous") == ["a", "b", "c", "b", "a"]


def test_sb_2_8_previous_ends_in_an_exception_before_the_first_activity():
    assert three().goes("start", "previous") == ["a", "exception:SB.2.1-3"]


def test_sb_2_10_retry_begins_a_new_attempt_on_the_same_activity():
    learner = Learner(organization(activity("a", rule("retry", "not satisfied"), objective_set_by_content=True)))
    learner.does("start")
    step = learner.does("continue", document={"cmi.success_status": "failed"})
    assert (step.delivered, step.resumes) == ("a", False)
    assert learner.goes(("continue", PASSED)) == ["end"]


def test_sb_2_10_retry_of_a_cluster_flows_into_it_again():
    quiz = activity("quiz", activity("a"), activity("b"), rule("exit", "completed"), rule("retry", "not satisfied"))
    learner = Learner(organization(quiz, activity("end")))
    failed = {"cmi.success_status": "failed"}
    assert learner.goes("start", ("continue", failed), ("continue", failed)) == ["a", "b", "a"]


def test_sb_2_11_exit_leaves_the_session_open_for_other_requests():
    learner = three()
    assert learner.goes("start", "exit") == ["a", None]
    assert not learner.session.is_running
    assert learner.goes("continue") == ["b"]


def test_sb_2_13_jump_ignores_the_control_modes():
    learner = Learner(organization(activity("a"), activity("one", activity("b"), choice=False, flow=False)))
    assert learner.goes("start", "jump b") == ["a", "b"]


def test_sb_2_13_jump_is_unknown_before_the_4th_edition():
    learner = Learner(organization(activity("a"), activity("b")), Edition.SCORM_2004_3RD)
    assert learner.goes("start", "jump b") == ["a", "exception:NB.2.1-13"]


def test_an_ended_attempt_takes_no_request():
    learner = three()
    assert learner.goes("start", "exitAll") == ["a", "end"]
    step = learner.does("start")
    assert (step.ended, step.exception) == (True, "NB.2.1-2")
    assert not any(value is True for value in learner.session.valid_requests().values())


def test_tracking_outlives_a_finished_attempt():
    course = organization(activity("a", rule("skip", "completed")), activity("b"))
    learner = Learner(course)
    assert learner.goes("start", ("exitAll", COMPLETED)) == ["a", "end"]
    learner.new_attempt()
    step = learner.does("start")
    assert (step.delivered, step.new_tree_attempt) == ("b", True)


def test_an_activity_left_suspended_goes_on_in_the_next_attempt():
    learner = three()
    assert learner.goes("start", ("exitAll", SUSPENDED)) == ["a", "end"]
    learner.new_attempt()
    step = learner.does("start")
    assert (step.delivered, step.resumes, step.new_tree_attempt) == ("a", True, False)
