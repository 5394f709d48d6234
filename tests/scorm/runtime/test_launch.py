"""The document a SCO finds at launch (RTE 4.2.7 and the elements an LMS initializes)."""

import pytest

from scorm.runtime import LaunchData, close_session, initial_document
from tests.support.runtime import T12, T2004, launched, running, told


def relaunched(table, earlier, **launch):
    return launched(table, earlier=earlier, **launch)


def test_a_first_launch_of_2004_has_only_what_the_lms_knows():
    assert launched(T2004) == {
        "cmi.learner_id": "learner-1",
        "cmi.learner_name": "Nguyễn Văn An",
        "cmi.credit": "credit",
        "cmi.mode": "normal",
        "cmi.entry": "ab-initio",
    }


def test_a_first_launch_of_12_has_only_what_the_lms_knows():
    assert launched(T12) == {
        "cmi.core.student_id": "learner-1",
        "cmi.core.student_name": "Nguyễn Văn An",
        "cmi.core.credit": "credit",
        "cmi.core.lesson_mode": "normal",
        "cmi.core.entry": "ab-initio",
    }


@pytest.mark.parametrize(
    ("field", "value", "element_12", "element_2004"),
    [
        ("credit", "no-credit", "cmi.core.credit", "cmi.credit"),
        ("mode", "review", "cmi.core.lesson_mode", "cmi.mode"),
        ("launch_data", "a=1", "cmi.launch_data", "cmi.launch_data"),
        ("mastery_score", "80", "cmi.student_data.mastery_score", None),
        ("scaled_passing_score", "0.8", None, "cmi.scaled_passing_score"),
        ("max_time_allowed", "PT1H", "cmi.student_data.max_time_allowed", "cmi.max_time_allowed"),
        ("time_limit_action", "exit,message", "cmi.student_data.time_limit_action", "cmi.time_limit_action"),
        ("completion_threshold", "0.6", None, "cmi.completion_threshold"),
        ("location", "5", "cmi.core.lesson_location", "cmi.location"),
        ("suspend_data", "x", "cmi.suspend_data", "cmi.suspend_data"),
        ("total_time", "PT1M", "cmi.core.total_time", "cmi.total_time"),
    ],
)
def test_launch_data_reach_their_elements(field, value, element_12, element_2004):
    for table, element in ((T12, element_12), (T2004, element_2004)):
        runtime = running(table, launched(table, **{field: value}))
        if element is not None:
            assert told(runtime, element) == (value, "0")
        else:
            assert value not in launched(table, **{field: value}).values()


def test_a_suspended_attempt_is_resumed_with_its_data():
    earlier = {"cmi.entry": "resume", "cmi.location": "5", "cmi.total_time": "PT1M", "cmi.objectives.0.id": "a"}
    document = relaunched(T2004, earlier)

    assert {name: document[name] for name in earlier} == earlier


def test_a_closed_attempt_of_2004_begins_afresh():
    assert relaunched(T2004, {"cmi.entry": "", "cmi.location": "5", "cmi.total_time": "PT1M"}) == launched(T2004)


@pytest.mark.parametrize("entry", ["", "resume"])
def test_data_of_12_stay_with_the_learner(entry):
    document = relaunched(T12, {"cmi.core.entry": entry, "cmi.suspend_data": "x"})

    assert document["cmi.core.entry"] == entry
    assert document["cmi.suspend_data"] == "x"


def test_the_caller_may_decide_how_to_enter():
    earlier = {"cmi.entry": "", "cmi.location": "5"}

    assert relaunched(T2004, earlier, entry="resume")["cmi.location"] == "5"
    assert "cmi.location" not in relaunched(T2004, {**earlier, "cmi.entry": "resume"}, entry="ab-initio")


def test_a_resumed_attempt_takes_the_manifest_as_it_is_now():
    earlier = {
        "cmi.entry": "resume",
        "cmi.launch_data": "old",
        "cmi.scaled_passing_score": "0.1",
        "cmi.learner_name": "Old Name",
        "cmi.exit": "suspend",
        "cmi.session_time": "PT1M",
        "adl.nav.request": "exitAll",
        "adl.data.0.id": "old",
        "adl.data.0.store": "old",
    }
    document = relaunched(T2004, earlier, launch_data="new")

    assert document == {**launched(T2004, launch_data="new"), "cmi.entry": "resume"}


def test_objectives_of_the_sequencer_are_found_by_content():
    objectives = {"cmi.objectives.0.id": "a", "cmi.objectives.0.success_status": "passed", "cmi.objectives.1.id": "b"}
    runtime = running(T2004, launched(T2004, objectives=objectives))

    assert told(runtime, "cmi.objectives._count") == ("2", "0")
    assert told(runtime, "cmi.objectives.0.success_status") == ("passed", "0")


def test_objectives_of_the_sequencer_are_laid_over_those_of_the_same_identifier():
    earlier = {
        "cmi.entry": "resume",
        "cmi.objectives.0.id": "own",
        "cmi.objectives.1.id": "a",
        "cmi.objectives.1.description": "kept",
        "cmi.objectives.1.success_status": "of the last session",
    }
    objectives = {"cmi.objectives.0.id": "a", "cmi.objectives.0.score.scaled": "0.5", "cmi.objectives.1.id": "new"}
    document = relaunched(T2004, earlier, objectives=objectives)

    assert {name: value for name, value in document.items() if "objectives" in name} == {
        "cmi.objectives.0.id": "own",
        "cmi.objectives.1.id": "a",
        "cmi.objectives.1.description": "kept",
        "cmi.objectives.1.score.scaled": "0.5",
        "cmi.objectives.2.id": "new",
    }


def test_the_sequencer_may_decide_other_elements_too():
    objectives = {"cmi.completion_threshold": "0.5", "adl.data.0.id": "bucket", "adl.data.0._access": "rw"}

    assert launched(T2004, objectives=objectives) == launched(T2004) | objectives


def test_an_objective_without_its_identifier_is_an_error():
    with pytest.raises(LookupError):
        launched(T2004, objectives={"cmi.objectives.0.score.scaled": "1"})


def test_shared_data_come_with_their_access():
    shared = {"adl.data.0.id": "bucket", "adl.data.0._access": "r", "adl.data.0.store": "x"}
    runtime = running(T2004, launched(T2004, shared=shared))

    assert told(runtime, "adl.data._count") == ("1", "0")
    assert told(runtime, "adl.data.0.store") == ("x", "0")
    assert told(runtime, "adl.data.0._access") == ("", "401")


@pytest.mark.parametrize("table", [T12, T2004], ids=["1.2", "2004"])
def test_a_launch_after_a_launch_is_the_same(table):
    prefix = "cmi.core." if table is T12 else "cmi."
    first = close_session(table, {**launched(table), prefix + "exit": "suspend"})
    again = initial_document(table, LaunchData("learner-1", "Nguyễn Văn An", earlier=first))

    assert close_session(table, {**again, prefix + "exit": "suspend"}) == first
