"""What is searched for and not found, for whoever answers for the people who searched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, func, or_, select, true

from elearn.models.search_log import SearchLog, SearchStep
from elearn.services.access import Action, may
from elearn.services.access.permissions import WATCHERS
from elearn.services.errors import ForbiddenError
from elearn.services.search_log.noting import ASKER_GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

# A question shows only once so many groups of askers had it: what one person types, a name perhaps, stays unseen.
LEAST_ASKERS = 3
MOST_NEEDS = 200


class Shown(StrEnum):
    """Which questions are shown."""

    MISSED = "missed"  # nothing was found, or somebody asked for such a material
    UNOPENED = "unopened"  # something was found, and hardly anybody opened it
    ALL = "all"


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """Days (both included), a level and a subject ("": any), and which questions."""

    first: date
    last: date
    level: str = ""
    subject: str = ""
    shown: Shown = Shown.MISSED


@dataclass(frozen=True, slots=True)
class Need:
    """A question: how often it was asked, found nothing, led to a material, and was passed on as a wish.

    `level` and `subject` are "" when they are not known, or not the same each time.
    """

    question: str
    level: str
    subject: str
    asked: int
    missed: int
    opened: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many searches there were under a code, and how many of them found nothing."""

    code: str
    asked: int
    missed: int


@dataclass(frozen=True, slots=True)
class Needs:
    """The questions, the searches by level and by subject, and how many questions too few people asked."""

    rows: tuple[Need, ...]
    levels: tuple[Share, ...]
    subjects: tuple[Share, ...]
    asked: int
    missed: int
    unseen: int


_ASKED = func.sum(case((SearchLog.step == SearchStep.ASKED, 1), else_=0))
_MISSED = func.sum(case(((SearchLog.step == SearchStep.ASKED) & (SearchLog.found == 0), 1), else_=0))
_OPENED = func.sum(case((SearchLog.step == SearchStep.OPENED, 1), else_=0))
_WANTED = func.sum(case((SearchLog.step == SearchStep.WANTED, 1), else_=0))
# How many groups of askers there were: a large log is read faster so than with COUNT(DISTINCT).
_ASKERS = sum(
    (func.max(case((SearchLog.asker == group, 1), else_=0)) for group in range(1, ASKER_GROUPS)),
    start=func.max(case((SearchLog.asker == 0, 1), else_=0)),
)
_UNOPENED_SHARE = 5  # fewer than one in so many searches led to a material


def needs_of(session: Session, identity: Identity, wanted: NeedFilter) -> Needs:
    """What the people of the identity's units searched for, most pressing first.

    Raises:
        ForbiddenError: the identity watches over no unit.
    """
    here = [_within_reach(identity), SearchLog.day.between(wanted.first, wanted.last)]
    places = _places(session, here)
    of_both = [place for place in places if _matches(place, wanted.level, wanted.subject)]
    of_level = [SearchLog.level == wanted.level] if wanted.level else []
    of_subject = [SearchLog.subject_code == wanted.subject] if wanted.subject else []
    rows, unseen = _rows(session, [*here, *of_level, *of_subject], wanted.shown)
    return Needs(
        rows=rows,
        levels=_shares((place.level, place) for place in places if _matches(place, "", wanted.subject)),
        subjects=_shares((place.subject, place) for place in places if _matches(place, wanted.level, "")),
        asked=sum(place.asked for place in of_both),
        missed=sum(place.missed for place in of_both),
        unseen=unseen,
    )


def _within_reach(identity: Identity) -> ColumnElement[bool]:
    if may(identity, Action.INSPECT):
        return true()
    units = identity.tree.below(identity.units_of(WATCHERS))
    if not units:
        raise ForbiddenError("may_not", action=Action.INSPECT.value)
    return SearchLog.unit_id.in_(bindparam(None, sorted(units), expanding=True, literal_execute=True))


def _rows(session: Session, conditions: Sequence[ColumnElement[bool]], shown: Shown) -> tuple[tuple[Need, ...], int]:
    """The questions that may be shown, and how many may not; the log is grouped once for both."""
    each = _questions(conditions)
    # Whoever passes a wish on is told that it will be read.
    may_show = or_(each.askers >= LEAST_ASKERS, each.wanted > 0)
    hidden = select(func.count(each.folded)).where(~may_show).scalar_subquery()
    counts, weight = _pressing(each, shown)
    query = select(*each, hidden).where(may_show, counts).order_by(weight.desc(), each.folded).limit(MOST_NEEDS)
    found = session.execute(query).all()
    return tuple(map(_need, found)), found[0][-1] if found else session.scalar(select(hidden)) or 0


def _questions(conditions: Sequence[ColumnElement[bool]]) -> Any:
    """The columns of the questions, one row for each."""
    query = select(
        SearchLog.folded,
        func.max(SearchLog.question).label("question"),  # of several spellings the one with tone marks is the greatest
        func.min(SearchLog.level).label("level"),
        func.max(SearchLog.level).label("other_level"),
        func.min(SearchLog.subject_code).label("subject"),
        func.max(SearchLog.subject_code).label("other_subject"),
        _ASKED.label("asked"),
        _MISSED.label("missed"),
        _OPENED.label("opened"),
        _WANTED.label("wanted"),
        _ASKERS.label("askers"),
    )
    return query.where(*conditions).group_by(SearchLog.folded).cte("each").c


def _pressing(each: Any, shown: Shown) -> tuple[ColumnElement[bool], ColumnElement[int]]:
    """Which questions are shown, and what brings them forward."""
    match shown:
        case Shown.MISSED:
            return or_(each.missed > 0, each.wanted > 0), each.missed + each.wanted
        case Shown.UNOPENED:
            return and_(each.missed < each.asked, each.opened * _UNOPENED_SHARE < each.asked), each.asked - each.opened
        case Shown.ALL:
            return each.asked > 0, each.asked


def _need(row: Any) -> Need:
    return Need(
        question=row.question,
        level=row.level if row.level == row.other_level else "",
        subject=row.subject if row.subject == row.other_subject else "",
        asked=row.asked,
        missed=row.missed,
        opened=row.opened,
        wanted=row.wanted,
    )


def _places(session: Session, conditions: Sequence[ColumnElement[bool]]) -> Sequence[Any]:
    """The searches under each pair of a level and a subject."""
    query = select(
        SearchLog.level, SearchLog.subject_code.label("subject"), _ASKED.label("asked"), _MISSED.label("missed")
    )
    return session.execute(query.where(*conditions).group_by(SearchLog.level, SearchLog.subject_code)).all()


def _matches(place: Any, level: str, subject: str) -> bool:
    return level in {"", place.level} and subject in {"", place.subject}


def _shares(places: Iterable[tuple[str, Any]]) -> tuple[Share, ...]:
    sums: dict[str, list[int]] = {}
    for code, place in places:
        counted = sums.setdefault(code, [0, 0])
        counted[0] += place.asked
        counted[1] += place.missed
    shares = (Share(code, *counted) for code, counted in sums.items() if counted[0])
    return tuple(sorted(shares, key=lambda share: (-share.missed, -share.asked, share.code)))
