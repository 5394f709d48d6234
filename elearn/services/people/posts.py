"""Persons, their posts and their leave; what a post says, the denominator of the ratio counts."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from elearn.models.people import Contract, Enrolment, Leave, LeaveKind, Person, Post, PostRole, SchoolClass
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.people.names import sort_key
from elearn.services.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity


def person_by_code(session: Session, code: str) -> Person | None:
    """The person with a mã định danh."""
    return session.scalar(select(Person).where(Person.code == code))


def create_person(
    session: Session, identity: Identity, *, code: str, full_name: str, unit: Unit | None, born_on: date | None = None
) -> Person:
    """Enter a person into the register on behalf of a unit (None: of the house).

    Raises:
        ForbiddenError: the identity does not manage the unit.
        ServiceError: `person_nameless`; ConflictError: `person_code_taken`.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    name = " ".join(unicodedata.normalize("NFC", full_name).split())
    if not name:
        raise ServiceError("person_nameless")
    if person_by_code(session, code) is not None:
        raise ConflictError("person_code_taken", person=code)
    person = Person(code=code, full_name=name, sort_name=sort_key(name), born_on=born_on)
    session.add(person)
    session.flush()
    audit.record(session, identity, "person.create", person)
    return person


def add_post(
    session: Session,
    identity: Identity,
    person: Person,
    unit: Unit,
    *,
    role: PostRole,
    valid_from: date,
    valid_to: date | None = None,
    contract: Contract = Contract.PERMANENT,
    level: Level | None = None,
    subject_code: str | None = None,
    fte: float = 1.0,
    is_main: bool = True,
) -> Post:
    """Give a person a post at a unit for a span of days.

    Raises:
        ForbiddenError: the identity does not manage the unit.
        ServiceError: `post_span` or `post_fte`.
        ConflictError: `unit_absent` on some of the days; `post_second_main`, a main post holds on one of them.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    if valid_to is not None and valid_to < valid_from:
        raise ServiceError("post_span")
    if not 0 < fte <= 1:
        raise ServiceError("post_fte")
    span = Span(valid_from, valid_to)
    if not Span.of(unit).covers(span):
        raise ConflictError("unit_absent", unit=unit.code, day=valid_from)
    if is_main:
        _refuse_second_main(session, person, span)
    post = Post(
        person_id=person.id,
        unit_id=unit.id,
        role=role,
        contract=contract,
        level=level,
        subject_code=subject_code,
        fte=fte,
        is_main=is_main,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    session.add(post)
    session.flush()
    session.expire(person, ["posts"])
    audit.record(session, identity, "post.add", post, person=person.code, unit=unit.code)
    return post


def _refuse_second_main(session: Session, person: Person, span: Span) -> None:
    for held in session.scalars(select(Post).where(Post.person_id == person.id, Post.is_main)):
        common = Span.of(held).meet(span)
        if common is not None:
            raise ConflictError("post_second_main", person=person.code, day=common.start)


def end_post(session: Session, identity: Identity, post: Post, last_day: date) -> None:
    """Let a post end after its last day.

    Raises:
        ServiceError: `post_span`; the post begins later, or has ended earlier.
    """
    require(identity, Action.MANAGE_UNIT, post.unit)
    if not post.holds_on(last_day):
        raise ServiceError("post_span")
    post.valid_to = last_day
    session.flush()
    audit.record(session, identity, "post.end", post, last_day=last_day.isoformat())


def add_leave(
    session: Session,
    identity: Identity,
    person: Person,
    kind: LeaveKind,
    *,
    valid_from: date,
    valid_to: date | None = None,
) -> Leave:
    """Record that a person is away for a span of days."""
    require(identity, Action.MANAGE_UNIT, person)
    if valid_to is not None and valid_to < valid_from:
        raise ServiceError("leave_span")
    leave = Leave(person_id=person.id, kind=kind, valid_from=valid_from, valid_to=valid_to)
    session.add(leave)
    session.flush()
    audit.record(session, identity, "leave.add", person, kind=kind.value, day=valid_from.isoformat())
    return leave


def main_post_on(session: Session, person: Person, day: date) -> Post | None:
    """The one main post that holds on a day."""
    return session.scalar(select(Post).where(Post.person_id == person.id, Post.is_main, Post.valid_on(day)))


def persons_of_unit(session: Session, unit: Unit, day: date) -> Sequence[Person]:
    """Who works or learns at a unit on a day, by given name."""
    works = select(Post.person_id).where(Post.unit_id == unit.id, Post.valid_on(day))
    learns = select(Enrolment.person_id).join(SchoolClass, SchoolClass.id == Enrolment.class_id)
    learns = learns.where(SchoolClass.unit_id == unit.id, Enrolment.valid_on(day))
    there = select(Person).where(or_(Person.id.in_(works), Person.id.in_(learns)))
    return session.scalars(there.order_by(Person.sort_name, Person.code)).all()
