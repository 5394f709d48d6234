"""Online courses: materials in an order, opened to classes with dates, and what their teachers say of the work."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice
from elearn.models.account import Account
from elearn.models.base import CreatedAt, Key, LongText, Name, Row, Uid, UtcDateTime
from elearn.models.learning import Placement
from elearn.models.organisation import Unit
from elearn.models.people import SchoolClass


class CourseStatus(StrEnum):
    """Where a course stands."""

    DRAFT = "draft"  # only its teachers see it
    OPEN = "open"
    CLOSED = "closed"  # its learners still see what they did


class Grading(StrEnum):
    """Which of several attempts counts (SCORM Cloud, Moodle and LTI name the same four)."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    AVERAGE = "average"


class Course(Row):
    """A course of a unit; `owner` is the teacher who answers for it."""

    __tablename__ = "course"
    __table_args__ = (Index("ix_course_unit_status", "unit_id", "status"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    title: Mapped[Name]
    description: Mapped[LongText]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    subject_code: Mapped[str | None] = mapped_column(ForeignKey("subject.code"))
    grade_code: Mapped[str | None] = mapped_column(ForeignKey("grade.code"))
    status: Mapped[CourseStatus] = mapped_column(Choice(CourseStatus, 16), default=CourseStatus.DRAFT)
    created_at: Mapped[CreatedAt]
    changed_at: Mapped[CreatedAt]

    unit: Mapped[Unit] = relationship()
    owner: Mapped[Account] = relationship()
    items: Mapped[list[CourseItem]] = relationship(back_populates="course", order_by="CourseItem.position")
    openings: Mapped[list[CourseOpening]] = relationship(back_populates="course", order_by="CourseOpening.id")
    teachers: Mapped[list[CourseTeacher]] = relationship(back_populates="course", order_by="CourseTeacher.id")


class CourseTeacher(Row):
    """An account that teaches a course, the owner among them."""

    __tablename__ = "course_teacher"
    __table_args__ = (UniqueConstraint("course_id", "account_id"),)

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)

    course: Mapped[Course] = relationship(back_populates="teachers")
    account: Mapped[Account] = relationship()


class CourseItem(Row):
    """A material at a place of a course.

    Its placement carries the policy: `max_attempts` (0: any), `grading` and `new_attempt`.
    """

    __tablename__ = "course_item"

    id: Mapped[Key]
    uid: Mapped[Uid]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    position: Mapped[int]
    title: Mapped[Name]  # the material's title when it was added; the teacher may word it anew
    opens_on: Mapped[date | None]
    due_on: Mapped[date | None]
    is_required: Mapped[bool] = mapped_column(default=True)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # attempts of a removed item stay

    course: Mapped[Course] = relationship(back_populates="items")
    placement: Mapped[Placement] = relationship()


class CourseOpening(Row):
    """A course is open to a class from a day on (no end: until the course closes).

    `opened_by` is the teacher who teaches the class with it: its work there counts as that teacher's.
    """

    __tablename__ = "course_opening"
    __table_args__ = (UniqueConstraint("course_id", "class_id"),)

    id: Mapped[Key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]

    course: Mapped[Course] = relationship(back_populates="openings")
    opened_by: Mapped[Account] = relationship()
    school_class: Mapped[SchoolClass] = relationship()


class CourseFeedback(Row):
    """Append-only: what a teacher wrote to a learner about an item; `score_scaled` (0 to 1) is a grade by hand."""

    __tablename__ = "course_feedback"
    __table_args__ = (Index("ix_course_feedback_item_learner", "item_id", "learner_id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    item_id: Mapped[int] = mapped_column(ForeignKey("course_item.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    teacher_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    text: Mapped[LongText]
    score_scaled: Mapped[float | None]
    at: Mapped[CreatedAt]

    item: Mapped[CourseItem] = relationship()
    teacher: Mapped[Account] = relationship(foreign_keys=teacher_id)
