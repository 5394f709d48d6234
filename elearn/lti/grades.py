"""Scores on their way to a gradebook (Assignment and Grade Services 2.0)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

LINE_ITEM_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
SCORE_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
RESULT_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
SCORE_TYPE: Final = "application/vnd.ims.lis.v1.score+json"
LINE_ITEM_TYPE: Final = "application/vnd.ims.lis.v2.lineitem+json"
LINE_ITEMS_TYPE: Final = "application/vnd.ims.lis.v2.lineitemcontainer+json"


class ActivityProgress(StrEnum):
    """How far the learner is (AGS 2.0, 3.4.7)."""

    INITIALIZED = "Initialized"
    STARTED = "Started"
    IN_PROGRESS = "InProgress"
    SUBMITTED = "Submitted"
    COMPLETED = "Completed"


class GradingProgress(StrEnum):
    """How far grading is (AGS 2.0, 3.4.8)."""

    NOT_READY = "NotReady"
    PENDING = "Pending"
    FULLY_GRADED = "FullyGraded"


@dataclass(frozen=True, slots=True)
class Score:
    """What a learner has reached: `share` of the maximum, 0 to 1, None for progress without a grade."""

    subject: str
    share: float | None
    maximum: float
    activity: ActivityProgress
    grading: GradingProgress

    def as_json(self, moment: datetime) -> dict[str, Any]:
        """The message; `moment` from `next_moment`."""
        told: dict[str, Any] = {
            "userId": self.subject,
            "timestamp": moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "activityProgress": self.activity.value,
            "gradingProgress": self.grading.value,
        }
        if self.share is not None:
            told |= {"scoreGiven": given(self.share, self.maximum), "scoreMaximum": self.maximum}
        return told


def given(share: float, maximum: float) -> float:
    """The points of a share; never above the maximum, which a platform would cut without a word, nor below nothing."""
    if not math.isfinite(share):
        raise ValueError("a share is a number")
    return round(min(max(share, 0.0), 1.0) * maximum, 4)


def next_moment(now: datetime, last: datetime | None) -> datetime:
    """The time of a score: whole seconds that rise from score to score.

    Moodle answers 409 to a score whose time lies in the second of the last one or before it; a clock that was set
    back must not hold a grade up.
    """
    moment = now.replace(microsecond=0)
    if last is None or moment > last:
        return moment
    return last.replace(microsecond=0) + timedelta(seconds=1)


def scores_address(line_item: str) -> str:
    """Where scores of a line item go: `/scores` at the end of the path, before a query string (AGS 2.0, 3.4)."""
    parts = urlsplit(line_item)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/scores", fragment=""))


class Fate(StrEnum):
    """What becomes of a score after an answer of the platform."""

    DELIVERED = "delivered"
    SUPERSEDED = "superseded"  # 409: the platform has a newer one
    LATER = "later"  # try again
    RENEW = "renew"  # the access token is not valid any more
    REFUSED = "refused"  # trying again will not help: an explanation for people


def fate(status: int) -> Fate:
    """What an HTTP status says of a score."""
    if status in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT}:
        return Fate.DELIVERED
    if status == HTTPStatus.CONFLICT:
        return Fate.SUPERSEDED
    if status == HTTPStatus.UNAUTHORIZED:
        return Fate.RENEW
    waits = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in waits:
        return Fate.LATER
    return Fate.REFUSED


FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=24)


def wait(tries: int) -> timedelta:
    """How long to wait after the failure number `tries` (from 1): a minute, doubled each time, a day at most."""
    doublings = min(max(tries, 1) - 1, 20)  # more would not fit into a timedelta
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def asked_wait(retry_after: str, now: datetime) -> timedelta | None:
    """The wait that a platform asks for (RFC 9110, 10.2.3: seconds or a date), a day at most; None for none."""
    told = retry_after.strip()
    if told.isascii() and told.isdigit():
        seconds = float(told[:9])
    else:
        try:
            seconds = (parsedate_to_datetime(told) - now).total_seconds()
        except (ValueError, TypeError, IndexError):  # no date, or one without a zone
            return None
    return min(timedelta(seconds=max(seconds, 0.0)), LONGEST_WAIT)
