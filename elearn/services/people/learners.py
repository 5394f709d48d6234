"""Who of those enrolled is a learner: whoever holds a post on a day is at work, and no measure of a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_

from elearn.models.people import Enrolment, Post

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

    Day = date | InstrumentedAttribute[date]
    PersonId = int | InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


def works_on(person_id: PersonId, day: Day) -> ColumnElement[bool]:
    """The condition that a person holds a post of any role on a day; both may be columns of the query around it."""
    started = and_(Post.person_id == person_id, Post.valid_from <= day)
    return exists().where(started, or_(Post.valid_to.is_(None), Post.valid_to >= day))


def learns_on(class_id: int, day: date) -> ColumnElement[bool]:
    """The condition on `Enrolment` that it makes its person a learner of a class on a day."""
    return and_(Enrolment.class_id == class_id, Enrolment.valid_on(day), ~works_on(Enrolment.person_id, day))
