"""How a question did: share right, time taken, which answers were given, and how well it tells learners apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from elearn.services.insight.answers import AnsweredAttempt, Given
    from scorm.interactions import Interaction

LEAST_ANSWERS = 10  # of fewer, a correlation says nothing
SHOWN_ANSWERS = 8


@dataclass(frozen=True, slots=True)
class Share:
    """An answer with how many gave it; `is_right` as content judged it, None when it did not or not always alike."""

    given: str
    count: int
    is_right: bool | None


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One question over learners, one attempt of each.

    `answered` learners, of whom `judged` were told right or wrong; `right` is their share from 0 to 1, `latency` the
    mean in seconds. `answers` are the most frequent ones, `other_answers` how many gave another. `discrimination` is
    the correlation of being right here with the number of other questions right (point-biserial, corrected), None
    below ten judged answers or when either is the same for all.
    """

    activity: str
    part: str
    identifier: str
    kind: str
    description: str
    patterns: tuple[str, ...]
    answered: int
    judged: int
    right: float | None
    latency: float | None
    answers: tuple[Share, ...]
    other_answers: int
    discrimination: float | None


def item_statistics(attempts: Iterable[AnsweredAttempt]) -> list[ItemStatistics]:
    """The statistics of each question in the order in which the first learner met them.

    Of a question that was recorded several times in one attempt, the last record counts.
    """
    sheets = [last_records(each.given) for each in attempts]
    questions = dict.fromkeys(key for sheet in sheets for key in sheet)
    totals = [sum(given.interaction.is_right is True for given in sheet.values()) for sheet in sheets]
    return [_question([(sheet[key], total) for sheet, total in zip(sheets, totals, strict=True) if key in sheet])
            for key in questions]  # fmt: skip


def last_records(given: Sequence[Given]) -> dict[tuple[str, str], Given]:
    """The last record of each question (activity, identifier) of an attempt."""
    return {(each.activity, each.interaction.identifier): each for each in given}


def _question(rows: list[tuple[Given, int]]) -> ItemStatistics:
    first = rows[0][0]
    records = [given.interaction for given, _ in rows]
    judged = [(given.interaction.is_right, total) for given, total in rows if given.interaction.is_right is not None]
    latencies = [record.latency for record in records if record.latency is not None]
    answers = _distribution(records)
    return ItemStatistics(
        activity=first.activity,
        part=first.part,
        identifier=first.interaction.identifier,
        kind=first.interaction.kind,
        description=next((record.description for record in records if record.description), ""),
        patterns=next((record.patterns for record in records if record.patterns), ()),
        answered=len(rows),
        judged=len(judged),
        right=fmean(bool(is_right) for is_right, _ in judged) if judged else None,
        latency=fmean(latencies) if latencies else None,
        answers=tuple(answers[:SHOWN_ANSWERS]),
        other_answers=sum(share.count for share in answers[SHOWN_ANSWERS:]),
        discrimination=_discrimination([(bool(is_right), total) for is_right, total in judged]),
    )


def _distribution(records: list[Interaction]) -> list[Share]:
    counts = Counter(record.given for record in records)
    verdicts: dict[str, set[bool | None]] = defaultdict(set)
    for record in records:
        verdicts[record.given].add(record.is_right)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Share(given, count, _agreed(verdicts[given])) for given, count in ordered]


def _agreed(verdicts: set[bool | None]) -> bool | None:
    return verdicts.pop() if len(verdicts) == 1 else None


def _discrimination(judged: list[tuple[bool, int]]) -> float | None:
    """The correlation of the item with the rest: the total without the item itself."""
    if len(judged) < LEAST_ANSWERS:
        return None
    try:
        return correlation([float(right) for right, _ in judged], [float(total - right) for right, total in judged])
    except StatisticsError:
        return None
