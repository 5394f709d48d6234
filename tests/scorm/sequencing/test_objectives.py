"""Local and global objectives: read maps, write maps, scopes (SN 3.10, 4.2.1)."""

import pytest

from scorm.sequencing.definition import Objective, ObjectiveMap
from tests.support.activity_trees import (
    COMPLETED,
    FAILED,
    PASSED,
    Learner,
    activity,
    condition,
    organization,
    primary,
    reads,
    rule,
    writes,
)


def record(identifier: str, **values: str) -> dict[str, str]:
    named = {name.replace("__", "."): value for name, value in values.items()}
    return {f"cmi.objectives.0.{name}": value for name, value in {"id": identifier, **named}.items()}


ALL_SEVEN = ObjectiveMap(
    "g",
    read_satisfied=False,
    read_measure=False,
    write_satisfied=True,
    write_measure=True,
    write_raw=True,
    write_min=True,
    write_max=True,
    write_completion=True,
    write_progress=True,
)
READ_SEVEN = ObjectiveMap("g", read_raw=True, read_min=True, read_max=True, read_completion=True, read_progress=True)


def test_sn_3_10_3_all_seven_fields_travel_through_a_global_objective():
    writer = activity("a", objectives=(primary(), Objective("o", maps=(ALL_SEVEN,))))
    reader = activity("b", objectives=(primary("p"), Objective("q", maps=(READ_SEVEN,))))
    learner = Learner(organization(writer, reader))
    values = {
        "success_status": "failed",
        "completion_status": "completed",
        "score__scaled": "0.25",
        "score__raw": "25",
        "score__min": "-1",
        "score__max": "99.5",
        "progress_measure": "0.5",
    }
    learner.goes("start", ("continue", record("o", **values)))
    found = learner.session.launch_document("b")
    assert found["cmi.objectives.0.id"] == "p"
    told = {name.replace("__", "."): value for name, value in values.items()}
    assert {f"cmi.objectives.1.{name}": value for name, value in told.items()} | {
        "cmi.objectives.0.id": "p",
        "cmi.objectives.1.id": "q",
    } == found


def test_sn_3_10_3_a_read_map_shows_the_global_status_even_if_the_content_says_otherwise():
    learner = Learner(
        organization(
            activity("a", objectives=(primary("p", writes("g")),)),
            activity("b", rule("retry", "not satisfied"), objectives=(primary("p", reads("g")),)),
            activity("c"),
        )
    )
    assert learner.goes("start", ("continue", PASSED), ("continue", FAILED)) == ["a", "b", "c"]


def test_sn_3_10_3_a_read_map_shows_an_unknown_global_status_as_unknown():
    own = activity("a", rule("retry", "objectiveStatusKnown"), objectives=(primary("p", reads("g")),))
    assert Learner(organization(own, activity("b"))).goes("start", ("continue", PASSED)) == ["a", "b"]


def test_sn_3_10_3_reading_changes_nothing_and_writing_needs_a_write_map():
    learner = Learner(organization(activity("a", objectives=(primary("p", reads("g")),)), activity("b")))
    learner.goes("start", ("continue", PASSED))
    assert learner.shared == {}


def test_sn_3_10_a_measure_decides_the_global_status_too():
    by_measure = primary("p", writes("g"), satisfied_by_measure=True, min_normalized_measure=0.5)
    learner = Learner(organization(activity("a", objectives=(by_measure,)), activity("b")))
    learner.goes("start", ("continue", {**PASSED, "cmi.score.scaled": "0.2"}))
    assert learner.shared == {"g": {"satisfied": False, "measure": 0.2}}


def test_sn_3_13_an_untracked_activity_writes_no_global_objective_but_its_content_reads_them():
    learner = Learner(
        organization(
            activity("a", objectives=(primary("p", writes("g")),)),
            activity("b", tracked=False, objectives=(primary("p", reads("g"), writes("h")),)),
            activity("c"),
        )
    )
    learner.goes("start", ("continue", PASSED))
    assert learner.session.launch_document("b")["cmi.objectives.0.success_status"] == "passed"
    learner.goes(("continue", record("p", success_status="failed")))
    assert learner.shared == {"g": {"satisfied": True}}


def test_an_objective_the_content_declares_unknown_becomes_unknown_for_all():
    learner = Learner(
        organization(
            activity("a", objectives=(primary("p", writes("g")),)),
            activity("b", objectives=(primary("p", writes("g")),)),
            activity("c"),
        )
    )
    learner.goes("start", ("continue", PASSED))
    assert learner.shared == {"g": {"satisfied": True}}
    learner.goes(("continue", {"cmi.success_status": "unknown"}))
    assert learner.shared == {}


def test_rb_1_5_what_reads_a_global_objective_rolls_up_when_it_is_written():
    far = activity("one", activity("a", objectives=(primary("p", reads("g")),)))
    near = activity("two", activity("b", objectives=(primary("p", writes("g")),)), activity("c"))
    learner = Learner(organization(far, near))
    learner.goes("choice b", ("continue", PASSED))
    assert learner.status("one")[1] == "passed"


def test_a_global_objective_unlocks_another_activity():
    locked = rule(
        "disabled", condition("not satisfied", "gate"), condition("not objectiveStatusKnown", "gate"), any_of=True
    )
    learner = Learner(
        organization(
            activity("a", objectives=(primary("p", writes("g")),)),
            activity("b", locked, objectives=(primary(), Objective("gate", maps=(reads("g"),)))),
        )
    )
    learner.does("start")
    assert not learner.entry("b")["selectable"]
    learner.goes(("exit", PASSED))
    assert learner.entry("b")["selectable"]


@pytest.mark.parametrize("to_system", [True, False])
def test_global_objectives_have_the_scope_of_the_organization(to_system):
    learner = Learner(
        organization(
            activity(
                "a", rule("skip", "satisfied"), objectives=(primary("p", ObjectiveMap("g", write_satisfied=True)),)
            ),
            activity("b"),
            objectives_global_to_system=to_system,
        )
    )
    learner.goes("start", ("exitAll", PASSED))
    assert learner.shared == ({"g": {"satisfied": True}} if to_system else {})
    other = Learner(learner.course)
    other.shared = learner.shared
    assert other.goes("start") == (["b"] if to_system else ["a"])
    learner.new_attempt()
    assert learner.goes("start") == (["b"] if to_system else ["a"])


def test_a_course_of_its_own_scope_leaves_the_system_objectives_alone():
    learner = Learner(organization(activity("a"), objectives_global_to_system=False))
    learner.shared = {"elsewhere": {"satisfied": True}}
    learner.goes("start", ("exitAll", COMPLETED))
    assert learner.shared == {"elsewhere": {"satisfied": True}}
