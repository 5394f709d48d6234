"""Teach mode: a teacher presents a material to a class; the time is counted by the server from heartbeats."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice
from elearn.models.account import Account
from elearn.models.base import Key, Moment, Row, Uid, UtcDateTime
from elearn.models.material import Version
from elearn.models.people import SchoolClass


class TeachEnd(StrEnum):
    """How a session ended."""

    TEACHER = "teacher"  # the teacher closed it
    SILENCE = "silence"  # the page stopped speaking
    REPLACED = "replaced"  # the teacher began another one
    OVERLONG = "overlong"  # no lesson is that long


class TeachSession(Row):
    """One presentation. `active_seconds` grows with each heartbeat by the time since the last, 30 s at most."""

    __tablename__ = "teach_session"
    __table_args__ = (
        Index("ix_teach_session_account", "account_id", "started_at"),
        Index("ix_teach_session_open", "ended_at", "beat_at"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    class_id: Mapped[int] = mapped_column(ForeignKey("school_class.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))  # begun from a course
    lesson_period: Mapped[int | None]  # tiết, 1 to 12
    started_at: Mapped[Moment]
    beat_at: Mapped[Moment]
    active_seconds: Mapped[float] = mapped_column(default=0.0)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end: Mapped[TeachEnd | None] = mapped_column(Choice(TeachEnd, 16))

    account: Mapped[Account] = relationship()
    school_class: Mapped[SchoolClass] = relationship()
    version: Mapped[Version] = relationship()
