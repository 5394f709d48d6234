"""Seeing what happened in attempts: steps of the walk, answers and their statistics, calls of the content."""

from elearn.services.insight.answers import (
    AnsweredAttempt,
    ClassAnswers,
    attempt_answers,
    class_answers,
)
from elearn.services.insight.finding import Insight, look_into
from elearn.services.insight.statistics import LEAST_ANSWERS, ItemStatistics, item_statistics
from elearn.services.insight.walks import ActivityStatus, Decision, Walked, WalkPage, walk_page

__all__ = [
    "LEAST_ANSWERS",
    "ActivityStatus",
    "AnsweredAttempt",
    "ClassAnswers",
    "Decision",
    "Insight",
    "ItemStatistics",
    "WalkPage",
    "Walked",
    "attempt_answers",
    "class_answers",
    "item_statistics",
    "look_into",
    "walk_page",
]
