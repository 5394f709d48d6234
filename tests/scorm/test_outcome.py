"""The outcome of an attempt, in one vocabulary for all standards."""

import pytest

from scorm.datamodel import table_for
from scorm.manifest.model import Edition
from scorm.outcome import Outcome, of_aicc, outcome, scaled_of


def test_nothing_done_is_nothing_known():
    assert outcome("2004 4th", {}) == Outcome()
    assert outcome("1.2", {}) == Outcome(completion="not attempted")


@pytest.mark.parametrize("edition", [Edition.SCORM_2004_3RD, "2004 3rd", table_for("2004 3rd")], ids=repr)
def test_a_table_or_an_edition_will_do(edition):
    assert outcome(edition, {"cmi.success_status": "passed"}).success == "passed"


def test_an_outcome_of_2004():
    document = {
        "cmi.completion_status": "incomplete",
        "cmi.completion_threshold": "0.5",
        "cmi.progress_measure": "0.5",
        "cmi.success_status": "unknown",
        "cmi.scaled_passing_score": "0.9",
        "cmi.score.scaled": "0.8",
        "cmi.score.raw": "8",
        "cmi.score.min": "0",
        "cmi.score.max": "10",
        "cmi.total_time": "PT1M",
        "cmi.session_time": "PT0.5S",
        "cmi.exit": "suspend",
    }
    assert outcome("2004 4th", document) == Outcome("completed", "failed", 0.8, 8, 0, 10, 0.5, 60.5, "suspend")


@pytest.mark.parametrize(
    ("status", "completion", "success"),
    [
        ("passed", "completed", "passed"),
        ("failed", "completed", "failed"),
        ("completed", "completed", "unknown"),
        ("incomplete", "incomplete", "unknown"),
        ("browsed", "incomplete", "unknown"),
        ("not attempted", "not attempted", "unknown"),
        ("nonsense", "unknown", "unknown"),
    ],
)
def test_one_word_of_12_says_two_things(status, completion, success):
    found = outcome("1.2", {"cmi.core.lesson_status": status})

    assert (found.completion, found.success) == (completion, success)


def test_an_outcome_of_12():
    document = {
        "cmi.core.score.raw": "15",
        "cmi.core.score.min": "10",
        "cmi.core.score.max": "20",
        "cmi.core.total_time": "0001:00:00.00",
        "cmi.core.session_time": "00:00:30.5",
        "cmi.core.exit": "logout",
    }

    assert outcome("1.2", document) == Outcome("not attempted", "unknown", 0.5, 15, 10, 20, None, 3630.5, "logout")


@pytest.mark.parametrize(
    ("raw", "low", "high", "scaled"),
    [
        (None, None, None, None),
        (85, None, None, 0.85),
        (85, 0, 100, 0.85),
        (5, 0, 10, 0.5),
        (5, 0, 0, 0.05),  # a range that says nothing
        (50, 0, 10, 0.5),  # a score outside its own range is taken of 100
        (120, None, None, 1.0),
    ],
)
def test_raw_scores_of_12_as_parts_of_one(raw, low, high, scaled):
    assert scaled_of(raw, low, high) == scaled


def test_broken_numbers_are_no_scores():
    found = outcome("2004 4th", {"cmi.score.scaled": "NaN", "cmi.score.raw": "x", "cmi.total_time": "?"})

    assert (found.score_scaled, found.score_raw, found.time_seconds) == (None, None, 0)


@pytest.mark.parametrize(
    ("edition", "document"),
    [
        ("1.2", {"cmi.core.credit": "no-credit", "cmi.core.lesson_status": "passed", "cmi.core.score.raw": "90"}),
        (
            "2004 4th",
            {
                "cmi.credit": "no-credit",
                "cmi.completion_status": "completed",
                "cmi.success_status": "passed",
                "cmi.score.scaled": "0.9",
                "cmi.score.raw": "90",
            },
        ),
    ],
)
def test_without_credit_neither_success_nor_score_count(edition, document):
    found = outcome(edition, document)

    assert (found.completion, found.success, found.score_scaled, found.score_raw) == (
        "completed",
        "unknown",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("said", "completion", "success", "leaving"),
    [
        ("p", "completed", "passed", ""),
        ("Passed", "completed", "passed", ""),
        ("C", "completed", "unknown", ""),
        ("failed", "completed", "failed", ""),
        ("i, s", "incomplete", "unknown", "suspend"),
        ("Incomplete,Suspend", "incomplete", "unknown", "suspend"),
        ("b", "incomplete", "unknown", ""),
        ("N,L", "not attempted", "unknown", "logout"),
        ("completed, Time-out", "completed", "unknown", "time-out"),
        ("", "not attempted", "unknown", ""),
        ("x", "not attempted", "unknown", ""),
    ],
)
def test_a_lesson_status_of_aicc_counts_by_its_first_letter_cmi001_5_1(said, completion, success, leaving):
    found = of_aicc({"Lesson_Status": f" {said} "})

    assert (found.completion, found.success, found.exit) == (completion, success, leaving)


@pytest.mark.parametrize(
    ("said", "raw", "low", "high", "scaled"),
    [
        ("80", 80, None, None, 0.8),
        ("8,10", 8, None, 10, 0.8),
        ("15, 20, 10", 15, 10, 20, 0.5),
        ("", None, None, None, None),
        ("A", None, None, None, None),
        ("7,,", 7, None, None, 0.07),
    ],
)
def test_a_score_of_aicc_is_raw_max_min_cmi001_5_1(said, raw, low, high, scaled):
    found = of_aicc({"score": said})

    assert (found.score_raw, found.score_min, found.score_max, found.score_scaled) == (raw, low, high, scaled)


@pytest.mark.parametrize(
    ("core", "credit", "success", "score"),
    [
        ({"lesson_status": "c", "score": "80"}, True, "passed", 0.8),
        ({"lesson_status": "p", "score": "79.9"}, True, "failed", 0.799),
        ({"lesson_status": "c"}, True, "unknown", None),
        ({"lesson_status": "i,s", "score": "10"}, True, "unknown", 0.1),
        ({"lesson_status": "i", "score": "10"}, True, "failed", 0.1),
        ({"lesson_status": "p", "score": "90"}, False, "unknown", None),
    ],
)
def test_a_mastery_score_of_aicc_decides_when_the_lesson_is_taken_for_credit(core, credit, success, score):
    found = of_aicc(core, mastery_score=80, credit=credit)

    assert found.success == success
    assert found.score_scaled == (None if score is None else pytest.approx(score))


def test_the_time_of_an_aicc_lesson_is_hours_minutes_seconds():
    assert of_aicc({"TIME": "01:00:30"}).time_seconds == 3630
    assert of_aicc({}).time_seconds == 0
