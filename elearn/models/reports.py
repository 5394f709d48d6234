"""The ratio of teachers using ICT: rulesets, who must be counted anew, and the counted result per person."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearn.database.types import Choice
from elearn.models.base import Code, CreatedAt, Document, Key, Moment, Name, Row, Uid, UtcDateTime
from elearn.models.curriculum import Level
from elearn.models.dated import Dated
from elearn.models.people import Contract, LeaveKind, PostRole


class Ruleset(Row):
    """A named version of the rules, frozen before the first day of the periods it counts (INDICATORS 1)."""

    __tablename__ = "ruleset"

    id: Mapped[Key]
    uid: Mapped[Uid]
    code: Mapped[Code] = mapped_column(String(32), unique=True)  # such as HN-2012.1
    name: Mapped[Name]
    valid_from: Mapped[date]  # it counts periods that begin on this day or later
    rules: Mapped[Document]  # elearn.services.reports.ruleset.Rules
    created_at: Mapped[CreatedAt]


class Standing(StrEnum):
    """Why a person is in the register's count N, or is not (INDICATORS 1, denominator)."""

    COUNTED = "counted"
    NO_MAIN_POST = "no_main_post"  # no main teaching post on the census date
    MANAGER = "manager"  # CBQL, a row of their own
    NEW = "new"  # fewer than 30 days in any main teaching post
    ON_LEAVE = "on_leave"  # longer than half of the period
    VISITING = "visiting"  # thỉnh giảng below 0.5 FTE


class PersonCount(Row):
    """The counted result of one person in one period under one ruleset; equal to a recount, or it is a fault."""

    __tablename__ = "person_count"
    __table_args__ = (
        UniqueConstraint("ruleset_id", "period_id", "person_id"),
        Index("ix_person_count_unit", "period_id", "ruleset_id", "unit_id"),
    )

    id: Mapped[Key]
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # main unit on the census date
    level: Mapped[Level | None] = mapped_column(Choice(Level, 8))
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"))
    standing: Mapped[Standing] = mapped_column(Choice(Standing, 16))
    fte: Mapped[float] = mapped_column(Numeric(4, 3, asdecimal=False), default=1.0)
    acts_a: Mapped[int] = mapped_column(default=0)
    acts_b: Mapped[int] = mapped_column(default=0)
    acts_c: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[CreatedAt]


class CountChange(Row):
    """Written with whatever may change a person's count, in the same transaction; the worker takes them in order.

    With a course and no person, whoever teaches the course is counted anew; with neither, everybody. Days limit the
    periods that are touched: no first day means all, no last day means all from the first on.
    """

    __tablename__ = "count_change"

    id: Mapped[Key]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]
    at: Mapped[CreatedAt]


class PostRecord(Dated, Row):
    """What the register said of a post since a moment; append-only, so that any `as_of` can be asked again."""

    __tablename__ = "post_record"

    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(index=True)  # no foreign key: the record outlives the post
    recorded_at: Mapped[Moment] = mapped_column(index=True)
    is_removed: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[PostRole] = mapped_column(Choice(PostRole, 16))
    contract: Mapped[Contract] = mapped_column(Choice(Contract, 16))
    level: Mapped[Level | None] = mapped_column(Choice(Level, 8))
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"))
    fte: Mapped[float] = mapped_column(Numeric(4, 3, asdecimal=False))
    is_main: Mapped[bool]


class LeaveRecord(Dated, Row):
    """What the register said of a leave since a moment; append-only like `PostRecord`."""

    __tablename__ = "leave_record"

    id: Mapped[Key]
    leave_id: Mapped[int] = mapped_column(index=True)
    recorded_at: Mapped[Moment] = mapped_column(index=True)
    is_removed: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[LeaveKind] = mapped_column(Choice(LeaveKind, 16))


class CountState(Row):
    """How far the counting of a period under a ruleset has come."""

    __tablename__ = "count_state"
    __table_args__ = (UniqueConstraint("ruleset_id", "period_id"),)

    id: Mapped[Key]
    ruleset_id: Mapped[int] = mapped_column(ForeignKey("ruleset.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
