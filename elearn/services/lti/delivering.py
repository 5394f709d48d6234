"""Sending one grade: what the platform answers is judged here, and written down by whoever called."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from elearn.clock import now
from elearn.lti.grades import SCORE_TYPE, Fate, Score, asked_wait, fate, scores_address
from elearn.services.lti.asking import ask
from elearn.services.lti.columns import ColumnError, find_column
from elearn.services.outside import OutsideError

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from elearn.house import House
    from elearn.models.lti import LtiPlatform
    from elearn.services.lti.columns import Column
    from elearn.services.outside import Answer

_LONGEST_REASON: Final = 200
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


@dataclass(frozen=True, slots=True)
class Parcel:
    """A grade that this process may send until `held_until`; `moment` is the time it is told to be of."""

    grade_id: int
    number: int
    held_until: datetime
    moment: datetime
    score: Score
    platform: LtiPlatform
    column: Column


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a parcel; `is_trouble` says that others of the platform would fare the same just now."""

    fate: Fate
    code: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    pause: timedelta | None = None  # as the platform asks
    is_trouble: bool = False


def deliver(house: House, parcel: Parcel) -> Verdict:
    """Send a grade over the network; no transaction may be open."""
    column = parcel.column
    try:
        if not column.address and not find_column(house, parcel.platform, column):
            return Verdict(Fate.REFUSED, "grade_without_column")
        answer = _send(house, parcel)
        if answer.status in _GONE and find_column(house, parcel.platform, column):
            answer = _send(house, parcel)
    except OutsideError as error:
        return Verdict(Fate.LATER, error.code, dict(error.params), is_trouble=True)
    except ColumnError as error:
        waits = fate(error.params.get("status", HTTPStatus.OK)) is Fate.LATER
        return Verdict(Fate.LATER if waits else Fate.REFUSED, error.code, dict(error.params), is_trouble=waits)
    return _judged(answer, parcel.platform.product)


def _send(house: House, parcel: Parcel) -> Answer:
    told = parcel.score.as_json(parcel.moment)
    address = scores_address(parcel.column.address)
    return ask(house, parcel.platform, parcel.column.scopes, address, body=told, content_type=SCORE_TYPE)


def _judged(answer: Answer, product: str) -> Verdict:
    found = fate(answer.status)
    if found in {Fate.DELIVERED, Fate.SUPERSEDED}:
        return Verdict(found)
    about = {"status": answer.status}
    if found is Fate.RENEW:  # with a new token too
        return Verdict(Fate.LATER, "grade_unauthorised", about)
    if found is Fate.LATER:
        pause = asked_wait(answer.headers.get("retry-after", ""), now())
        return Verdict(found, "grade_later", about, pause=pause, is_trouble=True)
    return Verdict(found, _reason(answer.status, product), about | {"reason": _own_words(answer)})


def _reason(status: int, product: str) -> str:
    if status == HTTPStatus.BAD_REQUEST and product == "moodle":
        return "grade_no_learner"
    if status == HTTPStatus.FORBIDDEN:
        return "grade_forbidden"
    return "grade_column_gone" if status in _GONE else "grade_refused"


def _own_words(answer: Answer) -> str:
    """What the platform says, when it is a few words and no page."""
    text = " ".join(answer.body.decode(errors="replace").split())
    return "" if text.startswith("<") else text[:_LONGEST_REASON]
