"""Keeps the history of the register, and notes whose count may have changed, whenever a session writes such rows.

It stands beside the models and not in a service, so that nobody who adds, changes or deletes a post, a leave, an act,
a void or a countersignature can forget it. Statements that write many rows at once pass it by: they call
`record_register`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, exists, insert, inspect, literal, select
from sqlalchemy.orm import Session

from elearn.clock import now
from elearn.models.curriculum import Period
from elearn.models.material import SearchChange
from elearn.models.organisation import Unit
from elearn.models.people import Leave, Post
from elearn.models.reports import CountChange, LeaveRecord, PostRecord
from elearn.models.usage import ActKind, UsageAct, UsageSign, UsageVoid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import UOWTransaction

POST_COLUMNS = (
    "person_id",
    "unit_id",
    "role",
    "contract",
    "level",
    "subject_code",
    "fte",
    "is_main",
    "valid_from",
    "valid_to",
)
LEAVE_COLUMNS = ("person_id", "kind", "valid_from", "valid_to")
OF_A_TEACHER = frozenset({ActKind.AUTHORED, ActKind.TAUGHT, ActKind.TAUGHT_WITH, ActKind.COURSE_TEACHING})
OF_A_COURSE = frozenset({ActKind.COURSE_ACTIVITY, ActKind.COURSE_TEACHING})


@event.listens_for(Session, "after_flush")
def _note(session: Session, _context: UOWTransaction) -> None:
    """Write what follows from a flush, in its transaction and in one statement per kind of row."""
    moment = now()
    written: dict[Any, list[dict[str, Any]]] = {PostRecord: [], LeaveRecord: [], CountChange: [], SearchChange: []}
    acts: list[Any] = []
    judged = []
    for row, is_removed in _touched(session):
        if isinstance(row, Post):
            written[PostRecord].append(_record(row, "post_id", POST_COLUMNS, moment, is_removed=is_removed))
            written[CountChange].extend(_span_changes(row, moment))
        elif isinstance(row, Leave):
            written[LeaveRecord].append(_record(row, "leave_id", LEAVE_COLUMNS, moment, is_removed=is_removed))
            written[CountChange].extend(_span_changes(row, moment))
        elif isinstance(row, UsageAct):
            acts.append(row)
        elif isinstance(row, UsageVoid | UsageSign):
            judged.append(row.act_id)
        elif row not in session.new:
            written[CountChange].extend(_frame_changes(session, row, moment))
    for act in (*acts, *_acts(session, judged)):
        written[CountChange].extend(act_changes(act.kind, act.person_id, act.course_id, act.act_date, moment))
        written[SearchChange].extend(_search_changes(act.kind, act.material_id, moment))
    for table, rows in written.items():
        if rows:
            session.connection().execute(insert(table), rows)


def _touched(session: Session) -> Iterator[tuple[Any, bool]]:
    """The rows of a flush in the order in which they were made, and whether they were deleted."""
    yield from ((row, False) for row in session.new)
    yield from ((row, False) for row in session.dirty if session.is_modified(row, include_collections=False))
    yield from ((row, True) for row in session.deleted)


def _record(
    row: Post | Leave, key: str, columns: tuple[str, ...], moment: datetime, *, is_removed: bool
) -> dict[str, Any]:
    kept = {column: getattr(row, column) for column in columns}
    return {key: row.id, "recorded_at": moment, "is_removed": is_removed, **kept}


def _change(
    moment: datetime,
    *,
    person_id: int | None = None,
    course_id: int | None = None,
    from_day: date | None = None,
    to_day: date | None = None,
) -> dict[str, Any]:
    return {"person_id": person_id, "course_id": course_id, "from_day": from_day, "to_day": to_day, "at": moment}


def _span_changes(row: Post | Leave, moment: datetime) -> Iterator[dict[str, Any]]:
    """The days before and after the change, for the person before and after it."""
    if any(_is_unknown_before(row, name) for name in ("valid_from", "valid_to")):
        yield _change(moment, person_id=row.person_id)
        return
    starts, ends = _values(row, "valid_from"), _values(row, "valid_to")
    last = None if None in ends else max(ends)
    for person_id in set(_values(row, "person_id")):
        yield _change(moment, person_id=person_id, from_day=min(starts), to_day=last)


def _values(row: Any, name: str) -> list[Any]:
    """What a column held before and after the flush."""
    return [*inspect(row).attrs[name].history.deleted, getattr(row, name)]


def _is_unknown_before(row: Any, name: str) -> bool:
    """Whether a column was set on a row that had not been read."""
    state = inspect(row)
    history = state.attrs[name].history
    return bool(state.has_identity and history.added and not history.deleted and not state.pending)


def act_changes(
    kind: ActKind, person_id: int | None, course_id: int | None, day: date, moment: datetime
) -> Iterator[dict[str, Any]]:
    """Whose count an act may change: its person's, and of a course activity that of the course's teachers."""
    if kind in OF_A_TEACHER and person_id is not None:
        yield _change(moment, person_id=person_id, from_day=day, to_day=day)
    if kind in OF_A_COURSE and course_id is not None:
        yield _change(moment, course_id=course_id, from_day=day, to_day=day)


def _search_changes(kind: ActKind, material_id: int | None, moment: datetime) -> Iterator[dict[str, Any]]:
    """Search knows in how many lessons a material was used."""
    if kind in {ActKind.TAUGHT, ActKind.TAUGHT_WITH} and material_id is not None:
        yield {"material_id": material_id, "at": moment}


def _acts(session: Session, ids: list[int]) -> Iterator[Any]:
    if ids:
        columns = (UsageAct.kind, UsageAct.person_id, UsageAct.course_id, UsageAct.act_date, UsageAct.material_id)
        yield from session.connection().execute(select(*columns).where(UsageAct.id.in_(ids)))


def _frame_changes(session: Session, row: Any, moment: datetime) -> Iterator[dict[str, Any]]:
    """A changed period concerns everybody, a changed unit those who work there."""
    if isinstance(row, Period):
        yield _change(moment)
    elif isinstance(row, Unit):
        yield from _unit_changes(session, row, moment)


def _unit_changes(session: Session, unit: Unit, moment: datetime) -> Iterator[dict[str, Any]]:
    """A post holds only while its unit exists, so a new end of the unit concerns whoever has a post there."""
    attributes = inspect(unit).attrs
    if attributes.valid_from.history.has_changes() or attributes.valid_to.history.has_changes():
        persons = select(Post.person_id).where(Post.unit_id == unit.id).distinct()
        for (person_id,) in session.connection().execute(persons):
            yield _change(moment, person_id=person_id)


def record_register(session: Session, known_since: datetime | None = None) -> None:
    """Write the first records of all posts and leave that have none, and let everybody be counted anew.

    To be called after statements that write many posts, leave or acts at once. `known_since` is the moment since when
    the register is to have known them (default: now).
    """
    moment = known_since or now()
    session.flush()
    for table, record, key, columns in (
        (Post, PostRecord, "post_id", POST_COLUMNS),
        (Leave, LeaveRecord, "leave_id", LEAVE_COLUMNS),
    ):
        known = exists().where(getattr(record, key) == table.id)
        held = [getattr(table, column) for column in columns]
        when = literal(moment, record.recorded_at.type)
        rows = select(table.id, when, literal(value=False), *held).where(~known).order_by(table.id)
        session.execute(insert(record).from_select([key, "recorded_at", "is_removed", *columns], rows))
    session.execute(insert(CountChange), [_change(now())])
