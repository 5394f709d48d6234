"""The outcome of an attempt, in one vocabulary for both standards."""

import pytest

from scorm.datamodel import table_for
from scorm.manifest.model import Edition
from scorm.outcome import Outcome, outcome, scaled_of


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
