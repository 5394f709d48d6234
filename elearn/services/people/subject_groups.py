"""Subject groups of schools (tổ chuyên môn): made by whoever manages the unit, with leaders and further members."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from elearn.database import day_of
from elearn.identifiers import is_uid
from elearn.models.curriculum import Subject
from elearn.models.people import Person, Post, PostRole
from elearn.models.subject_group import GroupSeat, SubjectGroup
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.organisation.changes import tidy_name
from elearn.services.people.pasting import tidy
from elearn.services.people.persons import person_by_code
from elearn.services.spans import check_day

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

MOST_SEATS = 200


def groups_of_unit(session: Session, identity: Identity, unit: Unit) -> Sequence[SubjectGroup]:
    """The groups of a unit with their seats, those of today first, by name.

    Raises:
        ForbiddenError: the identity does not see the register of the unit.
    """
    require(identity, Action.SEE_REGISTER, unit)
    held = select(SubjectGroup).where(SubjectGroup.unit_id == unit.id)
    held = held.options(selectinload(SubjectGroup.seats).joinedload(GroupSeat.person))
    return session.scalars(held.order_by(SubjectGroup.closed_on.is_not(None), SubjectGroup.name)).all()


def get_subject_group(session: Session, identity: Identity, uid: str) -> SubjectGroup:
    """A group for a change of it.

    Raises:
        NotFoundError: `subject_group_not_found`; ForbiddenError: the identity does not manage the unit.
    """
    group = None
    if is_uid(uid):
        held = select(SubjectGroup).where(SubjectGroup.uid == uid)
        group = session.scalar(held.options(joinedload(SubjectGroup.unit), selectinload(SubjectGroup.seats)))
    if group is None:
        raise NotFoundError("subject_group_not_found")
    require(identity, Action.MANAGE_UNIT, group.unit)
    return group


def create_subject_group(
    session: Session, identity: Identity, unit: Unit, name: str, subjects: Collection[str]
) -> SubjectGroup:
    """Make a group: whoever has a post at the unit in one of the subjects belongs to it.

    Raises:
        ForbiddenError: the identity does not manage the unit.
        ServiceError: `unit_nameless`, `unit_name_long`, `unknown_subject`.
        ConflictError: `subject_group_twice`; the unit has one of this name.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    group = SubjectGroup(unit_id=unit.id, name="", subject_codes=[])
    _say(session, group, name, subjects)
    session.add(group)
    session.flush()
    audit.record(session, identity, "subject_group.create", group, unit=unit.code, after=_said(group))
    return group


def edit_subject_group(
    session: Session, identity: Identity, group: SubjectGroup, name: str, subjects: Collection[str]
) -> None:
    """Give a group another name or other subjects.

    Raises:
        As for `create_subject_group`.
    """
    require(identity, Action.MANAGE_UNIT, group.unit)
    before = _said(group)
    _say(session, group, name, subjects)
    session.flush()
    audit.record(session, identity, "subject_group.edit", group, before=before, after=_said(group))


def _say(session: Session, group: SubjectGroup, name: str, subjects: Collection[str]) -> None:
    name, codes = tidy_name(name), sorted(set(subjects))
    known = set(session.scalars(select(Subject.code).where(Subject.code.in_(codes))))
    if known != set(codes):
        raise ServiceError("unknown_subject", value=", ".join(sorted(set(codes) - known)))
    same = select(SubjectGroup.id).where(
        SubjectGroup.unit_id == group.unit_id, SubjectGroup.name == name, SubjectGroup.closed_on.is_(None)
    )
    if session.scalars(same).first() not in {None, group.id}:
        raise ConflictError("subject_group_twice", name=name)
    group.name, group.subject_codes = name, codes


def _said(group: SubjectGroup) -> dict[str, object]:
    return {"name": group.name, "subjects": list(group.subject_codes)}


def close_subject_group(session: Session, identity: Identity, group: SubjectGroup) -> None:
    """End a group from today on; what it did stays.

    Raises:
        ForbiddenError: the identity does not manage the unit; ConflictError: `subject_group_closed`.
    """
    require(identity, Action.MANAGE_UNIT, group.unit)
    if group.closed_on is not None:
        raise ConflictError("subject_group_closed", name=group.name)
    group.closed_on = day_of(session)
    session.flush()
    audit.record(session, identity, "subject_group.close", group, name=group.name)


def seat(
    session: Session, identity: Identity, group: SubjectGroup, code: str, *, is_leader: bool, since: date
) -> GroupSeat:
    """Name somebody of the school a leader or a further member of a group, from a day on.

    Raises:
        ForbiddenError: the identity does not manage the unit.
        NotFoundError: `seat_person`; nobody with the code has a post at the unit that day.
        ConflictError: `subject_group_closed`, `seat_twice`, `seat_most`; ServiceError: `day_range`.
    """
    require(identity, Action.MANAGE_UNIT, group.unit)
    check_day(since)
    if group.closed_on is not None:
        raise ConflictError("subject_group_closed", name=group.name)
    person = person_by_code(session, tidy(code))
    if person is None or not session.scalar(select(Post.id).where(*_works_at(person.id, group.unit_id, since))):
        raise NotFoundError("seat_person")
    held = [row for row in group.seats if row.valid_to is None or row.valid_to >= since]
    if any(row.person_id == person.id and row.is_leader == is_leader for row in held):
        raise ConflictError("seat_twice", name=person.full_name)
    if len(held) >= MOST_SEATS:
        raise ConflictError("seat_most", most=MOST_SEATS)
    row = GroupSeat(person_id=person.id, is_leader=is_leader, valid_from=since)
    group.seats.append(row)
    session.flush()
    told = {"name": group.name, "person": person.code, "leader": is_leader, "since": since.isoformat()}
    audit.record(session, identity, "subject_group.seat", group, **told)
    return row


def end_seat(session: Session, identity: Identity, group: SubjectGroup, uid: str) -> None:
    """Let somebody's seat end yesterday; one that has not begun is taken away.

    Raises:
        ForbiddenError: the identity does not manage the unit; NotFoundError: `seat_not_found`.
    """
    require(identity, Action.MANAGE_UNIT, group.unit)
    row = next((row for row in group.seats if row.uid == uid and row.valid_to is None), None)
    if row is None:
        raise NotFoundError("seat_not_found")
    yesterday = day_of(session) - timedelta(days=1)
    if row.valid_from > yesterday:
        session.delete(row)
    else:
        row.valid_to = yesterday
    session.flush()
    session.expire(group, ["seats"])
    person = session.get_one(Person, row.person_id)
    audit.record(session, identity, "subject_group.unseat", group, name=group.name, person=person.code)


def _works_at(person_id: int, unit_id: int, day: date) -> tuple[ColumnElement[bool], ...]:
    works = (Post.person_id == person_id, Post.unit_id == unit_id, Post.valid_on(day))
    return (*works, Post.role != PostRole.STAFF)


def open_on(day: date) -> ColumnElement[bool]:
    """The condition that a group exists on a day."""
    return or_(SubjectGroup.closed_on.is_(None), SubjectGroup.closed_on > day)


def groups_led(session: Session, person_id: int | None, day: date) -> Sequence[SubjectGroup]:
    """The groups somebody leads on a day; whoever works at the school no more leads nothing there."""
    if person_id is None:
        return []
    led = (
        select(SubjectGroup)
        .join(GroupSeat, GroupSeat.group_id == SubjectGroup.id)
        .where(GroupSeat.person_id == person_id, GroupSeat.is_leader, GroupSeat.valid_on(day), open_on(day))
        .where(SubjectGroup.unit_id.in_(select(Post.unit_id).where(Post.person_id == person_id, Post.valid_on(day))))
        .order_by(SubjectGroup.id)
    )
    return session.scalars(led.distinct()).all()


class Roster:
    """Who belonged to which group of some units, for some persons: two statements, whatever their number."""

    def __init__(self, session: Session, unit_ids: Collection[int], person_ids: Collection[int]) -> None:
        groups = select(SubjectGroup).where(SubjectGroup.unit_id.in_(sorted(unit_ids)))
        self._groups = session.scalars(groups.options(selectinload(SubjectGroup.seats))).all()
        posts = select(Post).where(Post.unit_id.in_(sorted(unit_ids)), Post.person_id.in_(sorted(person_ids)))
        self._posts = session.scalars(posts.where(Post.role != PostRole.STAFF)).all()

    def groups_of(self, person_id: int, unit_id: int, day: date) -> set[int]:
        """The ids of the groups of a unit that somebody belonged to on a day."""
        held = {post.subject_code for post in self._posts if post.person_id == person_id and post.unit_id == unit_id
                and post.holds_on(day)}  # fmt: skip
        return {
            group.id
            for group in self._groups
            if group.unit_id == unit_id
            and (held.intersection(group.subject_codes) or any(_sits(row, person_id, day) for row in group.seats))
        }

    def leads(self, person_id: int, unit_id: int, day: date) -> bool:
        """Whether somebody led a group of a unit on a day."""
        seats = (row for group in self._groups if group.unit_id == unit_id for row in group.seats)
        return any(row.is_leader and _sits(row, person_id, day) for row in seats)


def _sits(row: GroupSeat, person_id: int, day: date) -> bool:
    return row.person_id == person_id and row.holds_on(day)
