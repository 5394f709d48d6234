"""Rows the machinery needs: jobs with leases, and marks of the database itself."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from elearn.database.types import Choice
from elearn.models.base import CreatedAt, Document, Key, LongText, Moment, Row, UtcDateTime


class JobState(StrEnum):
    """Where a job stands."""

    READY = "ready"
    DONE = "done"
    DEAD = "dead"  # gave up after its last attempt; an administrator decides


class Job(Row):
    """Work for the worker, written in the same transaction as its cause; `key` makes it happen once."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "run_at"),)

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(32))
    key: Mapped[str | None] = mapped_column(String(128), unique=True)
    payload: Mapped[Document]
    state: Mapped[JobState] = mapped_column(Choice(JobState, 8), default=JobState.READY)
    run_at: Mapped[Moment]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[LongText]
    created_at: Mapped[CreatedAt]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DatabaseMark(Row):
    """A named fact about this database, such as that it is a demo."""

    __tablename__ = "database_mark"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(255))


class SearchNode(Row):
    """A machine with a copy of the search index of its own; what was written before `place` is in it."""

    __tablename__ = "search_node"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[Moment]
    seen_at: Mapped[Moment]
