"""Whether a teach session counts as use in teaching (class B), and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, literal, select, union_all

from elearn.clock import now
from elearn.models.material import Status
from elearn.models.people import Post, PostRole
from elearn.models.usage import UsageAct, UsageVoid
from elearn.services.people.learners import learns_on
from elearn.services.reports.ruleset import rules_on
from elearn.services.teach.sessions import ending_of
from elearn.services.usage import taught_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.teach import TeachSession

MINUTE = 60


class Verdict(StrEnum):
    """Whether a session counts, or what stands in the way; the first that holds, in this order."""

    NO_PERSON = "no_person"  # the account belongs to nobody of the register
    COUNTED = "counted"
    ALREADY = "already"  # the same material in the same class has counted that day
    VOID = "void"
    NO_POST = "no_post"  # on that day
    NO_PUPILS = "no_pupils"  # nobody is enrolled in the class on that day
    NOT_SHARED = "not_shared"  # the material is not published
    NOT_YET = "not_yet"  # the time is still short
    TOO_SHORT = "too_short"  # it was when the session ended
    DUE = "due"  # everything is there: the next heartbeat records the act
    MISSED = "missed"  # everything is there now, and was not while the session ran


@dataclass(frozen=True, slots=True)
class Standing:
    """What a session is worth: whole active `minutes` of the `needed` ones."""

    verdict: Verdict
    minutes: int
    needed: int

    @property
    def counts(self) -> bool:
        """Whether the lesson counts as use in teaching, by this session or by an earlier one of the day."""
        return self.verdict in {Verdict.COUNTED, Verdict.ALREADY}


def standing_of(session: Session, row: TeachSession, timezone: ZoneInfo) -> Standing:
    """What one session is worth."""
    return standings(session, [row], timezone)[row.id]


def standings(session: Session, rows: Sequence[TeachSession], timezone: ZoneInfo) -> dict[int, Standing]:
    """Session id -> what it is worth, in a fixed number of queries."""
    days = {row.id: row.started_at.astimezone(timezone).date() for row in rows}
    needed = {day: rules_on(session, day).b_minutes for day in set(days.values())}
    acts = _acts(session, rows, days)
    posts = _posts(session, {row.account.person_id for row in rows})
    attended = _with_pupils(session, rows, days)
    hindered = {row.id: _hindrance(row, days[row.id], posts, attended) for row in rows}
    return {row.id: _judged(row, days[row.id], needed[days[row.id]], acts, hindered[row.id]) for row in rows}


def act_of(row: TeachSession, timezone: ZoneInfo) -> dict[str, Any]:
    """What `usage.record` is told of a session that is due; the lesson is dated when it began."""
    day = row.started_at.astimezone(timezone).date()
    return {
        "material": row.version.material,
        "version": row.version,
        "class_id": row.class_id,
        "course_id": row.course_id,
        "occurred_at": row.started_at,
        "key": _key(row, day),
        "details": {"by": "teach", "session": row.uid, "minutes": int(row.active_seconds // MINUTE)},
    }


def _key(row: TeachSession, day: date) -> str | None:
    person = row.account.person_id
    return None if person is None else taught_key(person, row.class_id, row.version.material_id, day)


def _judged(
    row: TeachSession,
    day: date,
    needed: int,
    acts: Mapping[str, tuple[UsageAct, bool]],
    hindrance: Verdict | None,
) -> Standing:
    def standing(verdict: Verdict) -> Standing:
        return Standing(verdict, int(row.active_seconds // MINUTE), needed)

    key = _key(row, day)
    if key is None:
        return standing(Verdict.NO_PERSON)
    if key in acts:
        act, is_void = acts[key]
        own = act.details.get("session") == row.uid
        return standing(Verdict.VOID if is_void else Verdict.COUNTED if own else Verdict.ALREADY)
    if hindrance is not None:
        return standing(hindrance)
    has_ended = ending_of(row, now()) is not None
    if row.active_seconds < needed * MINUTE:
        return standing(Verdict.TOO_SHORT if has_ended else Verdict.NOT_YET)
    return standing(Verdict.MISSED if has_ended else Verdict.DUE)


def _hindrance(row: TeachSession, day: date, posts: Iterable[Post], attended: Container[int]) -> Verdict | None:
    """What keeps a session from counting however long it lasts."""
    if not any(post.person_id == row.account.person_id and post.holds_on(day) for post in posts):
        return Verdict.NO_POST
    if row.id not in attended:
        return Verdict.NO_PUPILS
    return None if row.version.material.status is Status.PUBLISHED else Verdict.NOT_SHARED


def _acts(session: Session, rows: Sequence[TeachSession], days: Mapping[int, date]) -> dict[str, tuple[UsageAct, bool]]:
    """Key -> the act that has it, and whether it is void."""
    keys = [key for row in rows if (key := _key(row, days[row.id])) is not None]
    acts = session.scalars(select(UsageAct).where(UsageAct.key.in_(keys))).all() if keys else []
    ids = [act.id for act in acts]
    decided = select(UsageVoid.act_id, UsageVoid.restores).where(UsageVoid.act_id.in_(ids)).order_by(UsageVoid.id)
    newest: dict[int, bool] = dict(session.execute(decided).all()) if ids else {}
    return {act.key: (act, newest.get(act.id) is False) for act in acts if act.key is not None}


def _posts(session: Session, persons: set[int | None]) -> Sequence[Post]:
    known = sorted(person for person in persons if person is not None)
    query = select(Post).where(Post.person_id.in_(known), Post.role != PostRole.STAFF)
    return session.scalars(query).all() if known else []


def _with_pupils(session: Session, rows: Sequence[TeachSession], days: Mapping[int, date]) -> frozenset[int]:
    """The ids of the sessions whose class has a pupil on the day."""
    asked = [select(literal(row.id)).where(exists().where(learns_on(row.class_id, days[row.id]))) for row in rows]
    return frozenset(session.scalars(union_all(*asked))) if asked else frozenset()
