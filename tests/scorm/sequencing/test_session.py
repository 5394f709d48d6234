"""The session as the player uses it: states, table of contents, valid requests, hidden controls."""

import pytest

from scorm.manifest.model import Edition
from scorm.sequencing import NavigationRequest, SequencingSession
from tests.support.activity_trees import COMPLETED, SUSPENDED, Learner, activity, organization, rule


def course() -> Learner:
    return Learner(organization(activity("one", activity("a"), activity("b")), activity("c")))


def test_a_new_session_has_begun_nothing():
    session = course().session
    assert (session.status, session.current, session.is_running, session.is_suspended) == ("new", None, False, False)


def test_a_session_tells_where_the_learner_stands():
    learner = course()
    learner.goes("start")
    assert (learner.session.status, learner.session.current, learner.session.is_running) == ("open", "a", True)
    learner.goes("suspendAll")
    assert (learner.session.status, learner.session.current, learner.session.is_suspended) == ("suspended", None, True)
    learner.goes("resumeAll", "exitAll")
    assert (learner.session.status, learner.session.is_running) == ("ended", False)


def test_staying_goes_nowhere():
    learner = course()
    learner.goes("start", "exit")
    assert learner.session.stay().ended is False
    learner.goes("exitAll")
    assert learner.session.stay().ended is True


def test_the_table_of_contents_nests_the_activities():
    learner = course()
    learner.goes("start", ("continue", COMPLETED))
    (root,) = learner.session.toc()
    assert (root["identifier"], root["title"], root["depth"], root["leaf"]) == ("root", "Course", 0, False)
    one, c = root["children"]
    assert [entry["identifier"] for entry in one["children"]] == ["a", "b"]
    assert [entry["current"] for entry in one["children"]] == [False, True]
    assert one["children"][0] == {
        "identifier": "a",
        "title": "A",
        "depth": 2,
        "visible": True,
        "selectable": True,
        "current": False,
        "completion": "completed",
        "success": "passed",
        "leaf": True,
        "children": [],
    }
    assert (c["completion"], c["leaf"], c["selectable"]) == ("not attempted", True, True)


def test_the_table_of_contents_is_whole_before_anything_is_delivered():
    (root,) = course().session.toc()
    assert root["selectable"]
    assert all(entry["selectable"] for entry in root["children"])


def test_requests_are_valid_as_the_state_allows():
    learner = course()
    begun = ("continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll")

    def valid() -> list[str]:
        table = learner.session.valid_requests()
        return [name for name in ("start", "resumeAll", *begun) if table[name]]

    assert valid() == ["start"]
    learner.goes("start")
    assert valid() == [name for name in begun if name != "previous"]
    learner.goes("continue")
    assert valid() == list(begun)
    learner.goes("exit")
    assert valid() == ["continue", "previous", "exitAll", "abandonAll", "suspendAll"]
    learner.goes("continue", "suspendAll")
    assert valid() == ["start", "resumeAll"]
    learner.goes("resumeAll", "exitAll")
    assert valid() == []


def test_what_was_suspended_between_two_activities_resumes_at_their_cluster():
    learner = course()
    assert learner.goes("start", "exit", "suspendAll", "resumeAll") == ["a", None, "end", "exception:DB.1.1-1"]
    assert learner.session.status == "open"
    assert learner.goes("choice b") == ["b"]


def test_continue_is_offered_at_the_last_activity_because_it_ends_the_attempt():
    learner = course()
    learner.goes("choice c")
    assert learner.session.valid_requests()["continue"] is True


def test_jump_is_valid_to_enabled_leaves_only():
    learner = Learner(
        organization(activity("one", activity("a"), choice=False), activity("b", rule("disabled")), activity("c"))
    )
    learner.goes("start")
    assert learner.session.valid_requests()["jump"] == {"root": False, "one": False, "a": True, "b": False, "c": True}


def test_hidden_controls_are_those_of_the_current_activity():
    own = activity("a", hide_lms_ui=frozenset({"continue", "abandon"}))
    learner = Learner(organization(own, activity("b")))
    assert learner.session.valid_requests()["hidden"] == []
    learner.goes("start")
    assert learner.session.valid_requests()["hidden"] == ["abandon", "continue"]
    learner.goes("continue")
    assert learner.session.valid_requests()["hidden"] == []


def test_what_is_refused_is_told_with_the_code_of_the_book():
    learner = Learner(organization(activity("a"), activity("b", rule("disabled")), choice=False))
    learner.goes("start")
    why = learner.session.valid_requests()["why"]
    assert (why["previous"], why["resumeAll"]) == ("SB.2.1-3", "NB.2.1-1")
    assert why["choice"] == {"a": "NB.2.1-10", "b": "NB.2.1-10"}
    assert "continue" not in why


def test_looking_changes_nothing():
    learner = course()
    learner.goes("start", ("continue", SUSPENDED))
    session = learner.session
    before = session.state()
    session.valid_requests()
    session.toc()
    session.rolled_up()
    session.launch_document("a")
    assert session.state() == before


def test_data_that_comes_when_nothing_runs_is_overlooked():
    learner = course()
    learner.goes("start", "exit")
    session = learner.session
    before = session.state()
    session.end_activity(COMPLETED)
    session.record_progress(COMPLETED)
    assert session.state() == before


def test_a_state_of_another_version_of_the_course_is_taken_as_far_as_it_fits():
    learner = course()
    learner.goes("start", ("continue", COMPLETED))
    learner.course = organization(activity("a"), activity("new"))
    assert learner.session.current is None
    assert learner.status("a") == ("completed", "passed")
    assert learner.goes("choice new") == ["new"]


def test_two_items_with_one_identifier_keep_their_own_tracking():
    learner = Learner(organization(activity("a"), activity("a"), activity("b")))
    learner.goes("start", ("continue", COMPLETED))
    completions = [entry["completion"] for entry in learner.session.toc()[0]["children"]]
    assert completions == ["completed", "unknown", "not attempted"]


def test_the_state_is_compact_and_stable():
    learner = course()
    assert learner.session.state() == ({"seed": 0, "activities": {}}, {"status": "new"}, {})
    learner.goes("start")
    assert learner.session.state() == learner.session.state()
    assert learner.attempt == {"status": "open", "current": "a", "active": ["root", "one", "a"]}
    assert learner.registration is not None
    assert set(learner.registration["activities"]) == {"root", "one", "a"}


@pytest.mark.parametrize("edition", list(Edition))
def test_every_edition_walks_from_start_to_end(edition):
    learner = Learner(course().course, edition)
    assert learner.goes("start", "continue", "continue", "continue") == ["a", "b", "c", "end"]


def test_a_clock_of_the_machine_is_used_unless_another_is_given():
    session = SequencingSession(organization(activity("a")), Edition.SCORM_12)
    assert session.navigate(NavigationRequest("start")).delivered == "a"
    assert session.state()[0]["activities"]["a"]["at"].endswith("+00:00")


def test_what_content_had_still_to_say_is_rolled_up_after_it_was_left():
    learner = Learner(organization(activity("one", activity("a")), activity("b", tracked=False)))
    learner.goes("start", ("continue", {"cmi.completion_status": "incomplete"}))
    assert learner.status("one")[0] == "incomplete"
    session = learner.session
    session.amend("a", COMPLETED)
    assert session.rolled_up().completion == "completed"
    with pytest.raises(KeyError):
        session.amend("nowhere", COMPLETED)
