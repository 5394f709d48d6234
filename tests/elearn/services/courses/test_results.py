"""What a learner has reached at an item, out of attempts and the way of grading."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from elearn.models.course import Grading
from elearn.services.courses.results import ItemResult, Standing, item_result


@dataclass
class Tried:
    """An attempt as the function reads it."""

    score_scaled: float | None = None
    completion: str = "incomplete"
    success: str = "unknown"
    score_raw: float | None = None
    score_max: float | None = None
    progress: float | None = None


def done(score=None, success="unknown"):
    return Tried(score, "completed", success)


BEGUN = Tried()
POOR, GOOD, FAIR = done(0.2, "failed"), done(0.9, "passed"), done(0.6, "passed")


@pytest.mark.parametrize(
    ("attempt", "score"),
    [
        (Tried(0.85), 0.85),
        (Tried(0.85, score_raw=3, score_max=10), 0.85),
        (Tried(-0.5), 0.0),
        (Tried(score_raw=7, score_max=10), 0.7),
        (Tried(score_raw=80), 0.8),
        (Tried(score_raw=120), 1.0),
        (Tried(score_raw=12, score_max=10), 1.0),
        (Tried(score_raw=0, score_max=10), 0.0),
        (Tried(score_raw=5, score_max=0), None),
        (Tried(score_raw=5, score_max=-1), None),
        (Tried(), None),
    ],
)
@pytest.mark.parametrize("grading", Grading)
def test_one_attempt_has_its_score_whatever_the_grading(attempt, score, grading):
    assert item_result([attempt], grading).score == pytest.approx(score)


@pytest.mark.parametrize(
    ("attempts", "grading", "score", "standing"),
    [
        ([POOR, GOOD, FAIR], Grading.BEST, 0.9, Standing.PASSED),
        ([POOR, GOOD, FAIR], Grading.LAST, 0.6, Standing.PASSED),
        ([POOR, GOOD, FAIR], Grading.FIRST, 0.2, Standing.FAILED),
        ([POOR, GOOD, FAIR], Grading.AVERAGE, 1.7 / 3, Standing.PASSED),
        ([GOOD, POOR], Grading.LAST, 0.2, Standing.FAILED),
        ([GOOD, BEGUN], Grading.LAST, 0.9, Standing.PASSED),
        ([GOOD, BEGUN], Grading.AVERAGE, 0.9, Standing.PASSED),
        ([BEGUN, GOOD], Grading.FIRST, None, Standing.IN_PROGRESS),
        ([BEGUN, BEGUN], Grading.LAST, None, Standing.IN_PROGRESS),
        ([done(0.0), done()], Grading.BEST, 0.0, Standing.COMPLETED),
        ([done(0.5, "failed"), done(0.5, "passed")], Grading.BEST, 0.5, Standing.PASSED),
        ([BEGUN, done()], Grading.BEST, None, Standing.COMPLETED),
        ([BEGUN, done()], Grading.AVERAGE, None, Standing.COMPLETED),
    ],
)
def test_the_grading_says_which_attempt_counts(attempts, grading, score, standing):
    result = item_result(attempts, grading)
    assert (result.score, result.standing) == (pytest.approx(score), standing)
    assert result.attempts == len(attempts)


@pytest.mark.parametrize(
    ("attempt", "standing", "progress"),
    [
        (Tried(progress=0.4), Standing.IN_PROGRESS, 0.4),
        (Tried(completion="unknown"), Standing.IN_PROGRESS, 0.0),
        (Tried(completion="not attempted"), Standing.IN_PROGRESS, 0.0),
        (done(), Standing.COMPLETED, 1.0),
        (Tried(completion="incomplete", success="passed"), Standing.PASSED, 1.0),
        (done(success="failed"), Standing.FAILED, 1.0),
        (Tried(success="failed", progress=0.5), Standing.FAILED, 0.5),
    ],
)
def test_success_counts_before_completion(attempt, standing, progress):
    result = item_result([attempt], Grading.BEST)
    assert (result.standing, result.progress) == (standing, progress)


@pytest.mark.parametrize("grading", Grading)
def test_without_an_attempt_nothing_was_begun(grading):
    assert item_result([], grading) == ItemResult()


@pytest.mark.parametrize("attempts", [[], [POOR]])
def test_a_grade_by_hand_stands_in_for_the_score(attempts):
    result = item_result(attempts, Grading.BEST, by_hand=0.75)
    assert (result.score, result.by_hand) == (0.75, True)


@pytest.mark.parametrize(
    ("standing", "is_done"),
    [
        (Standing.NOT_STARTED, False),
        (Standing.IN_PROGRESS, False),
        (Standing.COMPLETED, True),
        (Standing.PASSED, True),
        (Standing.FAILED, False),
    ],
)
def test_who_failed_is_not_through(standing, is_done):
    assert ItemResult(standing).is_done is is_done
