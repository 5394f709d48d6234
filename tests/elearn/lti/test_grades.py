"""Scores (AGS 2.0), and what a real Moodle makes of them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.lti.grades import ActivityProgress, Fate, GradingProgress, Score, fate, next_moment, scores_address, wait
from elearn.lti.grades import given as points

NOON = datetime(2026, 11, 20, 12, 0, 0, 700_000, tzinfo=UTC)


def test_a_full_grade():
    score = Score("42", 0.855, 10.0, ActivityProgress.COMPLETED, GradingProgress.FULLY_GRADED)
    assert score.as_json(NOON) == {
        "userId": "42",
        "timestamp": "2026-11-20T12:00:00.700Z",
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        "scoreGiven": 8.55,
        "scoreMaximum": 10.0,
    }


def test_progress_without_a_grade_carries_no_score():
    told = Score("42", None, 10.0, ActivityProgress.STARTED, GradingProgress.NOT_READY).as_json(NOON)
    assert "scoreGiven" not in told
    assert "scoreMaximum" not in told


def test_times_are_told_in_utc():
    there = NOON.astimezone(timezone(timedelta(hours=7)))
    told = Score("42", None, 1.0, ActivityProgress.STARTED, GradingProgress.PENDING).as_json(there)
    assert told["timestamp"] == "2026-11-20T12:00:00.700Z"


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(min_value=0.01, max_value=1000))
def test_points_never_leave_the_range(share, maximum):
    assert 0.0 <= points(share, maximum) <= round(maximum, 4)


@pytest.mark.parametrize("share", [float("nan"), float("inf")])
def test_what_is_no_number_is_no_grade(share):
    with pytest.raises(ValueError, match="number"):
        points(share, 10)


@given(st.lists(st.floats(min_value=-600, max_value=600), max_size=20))
def test_times_of_scores_rise_by_whole_seconds_whatever_the_clock_does(jumps):
    last = None
    for jump in jumps:
        moment = next_moment(NOON + timedelta(seconds=jump), last)
        assert moment.microsecond == 0
        assert last is None or moment >= last + timedelta(seconds=1)
        last = moment


@pytest.mark.parametrize(
    ("line_item", "scores"),
    [
        ("https://m.example/lti/9/lineitem?type_id=1", "https://m.example/lti/9/lineitem/scores?type_id=1"),
        ("https://m.example/lti/9/", "https://m.example/lti/9/scores"),
        ("https://m.example/lti/9#x", "https://m.example/lti/9/scores"),
    ],
)
def test_scores_go_below_the_path_and_keep_the_query(line_item, scores):
    assert scores_address(line_item) == scores


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (200, Fate.DELIVERED),
        (201, Fate.DELIVERED),
        (204, Fate.DELIVERED),
        (301, Fate.REFUSED),
        (400, Fate.REFUSED),
        (401, Fate.RENEW),
        (403, Fate.REFUSED),
        (404, Fate.REFUSED),
        (408, Fate.LATER),
        (409, Fate.SUPERSEDED),
        (429, Fate.LATER),
        (500, Fate.LATER),
        (503, Fate.LATER),
    ],
)
def test_what_becomes_of_a_score(status, what):
    assert fate(status) is what


def test_waiting_doubles_from_a_minute_to_a_day():
    assert [wait(tries) for tries in (0, 1, 2, 3)] == [timedelta(minutes=m) for m in (1, 1, 2, 4)]
    assert wait(12) == wait(10_000) == timedelta(hours=24)
