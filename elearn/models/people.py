"""The register of persons (it needs no login): posts, leave, classes and enrolments, all dated."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice, UtcDateTime
from elearn.models.base import CreatedAt, Key, LongText, Name, Row, Uid
from elearn.models.curriculum import Level, Period
from elearn.models.dated import Dated
from elearn.models.organisation import Unit


class Person(Row):
    """Somebody known to the department: a teacher, a manager, a pupil. `code` is the mã định danh."""

    __tablename__ = "person"

    id: Mapped[Key]
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(String(32), unique=True)
    full_name: Mapped[Name]
    sort_name: Mapped[Name] = mapped_column(index=True)  # collation key, given name first
    born_on: Mapped[date | None]

    posts: Mapped[list[Post]] = relationship(back_populates="person", order_by="Post.valid_from")
    enrolments: Mapped[list[Enrolment]] = relationship(back_populates="person", order_by="Enrolment.valid_from")


class PostRole(StrEnum):
    """The role of a post."""

    TEACHER = "teacher"  # giáo viên
    MANAGER = "manager"  # cán bộ quản lý
    STAFF = "staff"  # nhân viên


class Contract(StrEnum):
    """The contract of a post."""

    PERMANENT = "permanent"  # biên chế
    CONTRACT = "contract"  # hợp đồng
    VISITING = "visiting"  # thỉnh giảng


class Post(Dated, Row):
    """A dated post of a person at a unit; at most one main post holds on a day."""

    __tablename__ = "post"

    id: Mapped[Key]
    uid: Mapped[Uid]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[PostRole] = mapped_column(Choice(PostRole, 16))
    contract: Mapped[Contract] = mapped_column(Choice(Contract, 16), default=Contract.PERMANENT)
    level: Mapped[Level | None] = mapped_column(Choice(Level, 8))
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"))
    fte: Mapped[float] = mapped_column(Numeric(4, 3, asdecimal=False), default=1.0)
    is_main: Mapped[bool] = mapped_column(default=True)

    person: Mapped[Person] = relationship(back_populates="posts")
    unit: Mapped[Unit] = relationship()


class LeaveKind(StrEnum):
    """Why a person is away."""

    MATERNITY = "maternity"  # thai sản
    STUDY = "study"  # đi học
    SECONDMENT = "secondment"  # biệt phái
    SICKNESS = "sickness"  # ốm
    OTHER = "other"


class Leave(Dated, Row):
    """A dated leave of a person."""

    __tablename__ = "leave"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[LeaveKind] = mapped_column(Choice(LeaveKind, 16))


class TransferState(StrEnum):
    """Where a transfer between two managers stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Transfer(Row):
    """A unit lets a person go to another from a day on; the register changes when the other unit accepts."""

    __tablename__ = "transfer"

    id: Mapped[Key]
    uid: Mapped[Uid]
    # The post may be taken away as a mistake later; what was asked is kept.
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="SET NULL"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    first_day: Mapped[date]  # at the new unit
    state: Mapped[TransferState] = mapped_column(Choice(TransferState, 16), default=TransferState.ASKED)
    asked_at: Mapped[CreatedAt]
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[LongText]

    post: Mapped[Post | None] = relationship()
    person: Mapped[Person] = relationship()
    from_unit: Mapped[Unit] = relationship(foreign_keys=from_unit_id)
    to_unit: Mapped[Unit] = relationship(foreign_keys=to_unit_id)


class SchoolClass(Row):
    """A class (lớp) of a unit in a school year."""

    __tablename__ = "school_class"
    __table_args__ = (UniqueConstraint("unit_id", "school_year_id", "name"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    school_year_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    grade_code: Mapped[str | None] = mapped_column(ForeignKey("grade.code"))
    name: Mapped[str] = mapped_column(String(64))

    unit: Mapped[Unit] = relationship()
    school_year: Mapped[Period] = relationship()
    enrolments: Mapped[list[Enrolment]] = relationship(back_populates="school_class")


class Enrolment(Dated, Row):
    """A pupil is in a class for a span of days."""

    __tablename__ = "enrolment"

    id: Mapped[Key]
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    school_class: Mapped[SchoolClass] = relationship(back_populates="enrolments")
    person: Mapped[Person] = relationship(back_populates="enrolments")


class Assignment(Dated, Row):
    """A teacher teaches a subject (none: is the form teacher) to a class for a span of days (phân công)."""

    __tablename__ = "assignment"

    id: Mapped[Key]
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"))
