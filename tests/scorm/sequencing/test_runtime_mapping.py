"""Between run-time data and tracking (RTE 4.2, SN 4.2)."""

import pytest

from scorm.manifest.model import DataMap, Edition
from scorm.sequencing.definition import Objective
from scorm.sequencing.runtime_mapping import format_real, parse_real
from tests.support.activity_trees import Learner, activity, organization, primary, rule


def test_a_launch_carries_the_objectives_in_the_order_of_the_manifest():
    own = activity("a", objectives=(primary("p"), Objective("x"), Objective("y")))
    found = Learner(organization(own)).session.launch_document("a")
    assert found == {
        "cmi.objectives.0.id": "p",
        "cmi.objectives.1.id": "x",
        "cmi.objectives.2.id": "y",
    }


def test_a_primary_objective_without_identifier_is_not_shown_to_content():
    assert Learner(organization(activity("a", objectives=(primary(),)))).session.launch_document("a") == {}


def test_a_launch_carries_thresholds_limits_and_shared_data():
    own = activity(
        "a",
        objectives=(primary(satisfied_by_measure=True, min_normalized_measure=0.75),),
        completion_threshold={"completed_by_measure": True, "min_progress_measure": 0.5},
        attempt_absolute_duration_limit="PT30M",
        time_limit_action="exit,message",
        data_from_lms="level=3",
        data_maps=(
            DataMap("bucket"),
            DataMap("secret", read_shared_data=False),
            DataMap("sealed", write_shared_data=False),
        ),
    )
    assert Learner(organization(own)).session.launch_document("a") == {
        "cmi.scaled_passing_score": "0.75",
        "cmi.completion_threshold": "0.5",
        "cmi.max_time_allowed": "PT30M",
        "cmi.time_limit_action": "exit,message",
        "cmi.launch_data": "level=3",
        "adl.data.0.id": "bucket",
        "adl.data.0._access": "rw",
        "adl.data.1.id": "secret",
        "adl.data.1._access": "w",
        "adl.data.2.id": "sealed",
        "adl.data.2._access": "r",
    }


def test_a_threshold_that_does_not_decide_is_not_shown():
    own = activity("a", completion_threshold={"completed_by_measure": False, "min_progress_measure": 0.5})
    assert Learner(organization(own)).session.launch_document("a") == {}


def test_a_launch_of_scorm_12_carries_its_student_data():
    own = activity(
        "a", data_from_lms="x", mastery_score="80", max_time_allowed="0001:00:00", time_limit_action="exit,message"
    )
    assert Learner(organization(own), Edition.SCORM_12).session.launch_document("a") == {
        "cmi.launch_data": "x",
        "cmi.student_data.mastery_score": "80",
        "cmi.student_data.max_time_allowed": "0001:00:00",
        "cmi.student_data.time_limit_action": "exit,message",
    }


def test_an_unknown_activity_has_no_launch():
    with pytest.raises(KeyError):
        Learner(organization(activity("a"))).session.launch_document("b")


def left_with(document: dict[str, str], *, edition: Edition = Edition.SCORM_2004_4TH, named: str = "p"):
    own = activity(
        "a",
        objectives=(primary(named), Objective("o")),
        objective_set_by_content=True,
        completion_set_by_content=True,
    )
    learner = Learner(organization(own), edition)
    learner.goes("start", ("exitAll", document))
    return learner.session.rolled_up()


def objective(index: int, identifier: str, **values: str) -> dict[str, str]:
    given = {"id": identifier, **{name.replace("__", "."): value for name, value in values.items()}}
    return {f"cmi.objectives.{index}.{name}": value for name, value in given.items()}


def test_the_statuses_of_the_sco_are_those_of_its_primary_objective():
    found = left_with(
        {
            "cmi.success_status": "passed",
            "cmi.completion_status": "incomplete",
            "cmi.score.scaled": "0.5",
            "cmi.progress_measure": "0.25",
        }
    )
    assert (found.success, found.completion, found.score_scaled, found.progress) == ("passed", "incomplete", 0.5, 0.25)


def test_the_record_of_the_primary_objective_speaks_where_the_sco_does_not():
    record = objective(
        0, "p", success_status="failed", completion_status="completed", score__scaled="-1", progress_measure="1"
    )
    found = left_with(record)
    assert (found.success, found.completion, found.score_scaled, found.progress) == ("failed", "completed", -1.0, 1.0)


def test_of_two_statements_success_is_that_of_the_objective_and_all_else_that_of_the_sco():
    record = objective(3, "p", success_status="failed", completion_status="completed", score__scaled="0.1")
    whole = {"cmi.success_status": "passed", "cmi.completion_status": "incomplete", "cmi.score.scaled": "0.9"}
    found = left_with({**record, **whole})
    assert (found.success, found.completion, found.score_scaled) == ("failed", "incomplete", 0.9)


def test_other_objectives_do_not_touch_the_activity():
    assert left_with(objective(0, "o", success_status="passed")).success == "unknown"
    assert left_with(objective(0, "made up", success_status="passed")).success == "unknown"


@pytest.mark.parametrize("value", ["2", "-1.1", "nan", "inf", "1e400", "", "high", "1_0"])
def test_a_number_out_of_range_is_unknown(value):
    assert left_with({"cmi.score.scaled": value}).score_scaled is None


@pytest.mark.parametrize(
    ("lesson_status", "completion", "success"),
    [
        ("passed", "completed", "passed"),
        ("failed", "completed", "failed"),
        ("completed", "completed", "unknown"),
        ("browsed", "incomplete", "unknown"),
        ("incomplete", "incomplete", "unknown"),
        ("not attempted", "completed", "unknown"),
    ],
)
def test_lesson_status_of_scorm_12(lesson_status, completion, success):
    learner = Learner(organization(activity("a"), activity("b")), Edition.SCORM_12)
    learner.goes("start", ("continue", {"cmi.core.lesson_status": lesson_status}))
    assert learner.status("a") == (completion, success)


@pytest.mark.parametrize(
    ("score", "measure"),
    [
        ({"raw": "80"}, 0.8),
        ({"raw": "15", "min": "10", "max": "20"}, 0.5),
        ({"raw": "80", "max": "50"}, 0.8),
        ({"raw": "5", "min": "5", "max": "5"}, 0.05),
        ({}, None),
    ],
)
def test_score_of_scorm_12_is_its_place_in_the_range_or_a_percentage(score, measure):
    document = {f"cmi.core.score.{name}": value for name, value in score.items()}
    learner = Learner(organization(activity("a")), Edition.SCORM_12)
    learner.goes("start", ("exitAll", {"cmi.core.lesson_status": "completed", **document}))
    assert learner.session.rolled_up().score_scaled == measure


def test_scorm_12_lets_the_learner_choose_and_walk_whatever_the_manifest_says():
    course = organization(activity("one", activity("a"), activity("b", rule("skip")), choice=False, flow=False))
    learner = Learner(course, Edition.SCORM_12)
    assert learner.goes("start", "continue", "choice a", "exitAll") == ["a", "b", "a", "end"]


def test_exit_suspend_of_scorm_12_resumes():
    learner = Learner(organization(activity("a"), activity("b")), Edition.SCORM_12)
    learner.goes("start", ("continue", {"cmi.core.exit": "suspend"}))
    assert learner.does("choice", "a").resumes


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.0, "0"),
        (-0.0, "0"),
        (-0.00000001, "0"),
        (1 / 3, "0.3333333"),
        (256.78, "256.78"),
        (1e-7, "0.0000001"),
    ],
)
def test_reals_are_written_as_the_data_model_reads_them(value, text):
    assert format_real(value) == text
    assert parse_real(text) == pytest.approx(value, abs=1e-7)
