"""What is kept of playing besides its state: the request log of a walk, the calls of content, remarks on packages."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearn.clock import now
from elearn.database.types import Choice
from elearn.models.base import Code, CreatedAt, Document, Json, Key, Moment, Row, UtcDateTime


class Asker(StrEnum):
    """Who asked for a step of a walk."""

    LEARNER = "learner"
    CONTENT = "content"
    SYSTEM = "system"  # opening and leaving a page, words that came late


class Walk(Row):
    """The request log of one attempt: where it starts, and the numbers of its events.

    `start` maps "registration", "attempt" and "objectives" to the states of sequencing before the event `first`;
    `objectives` are the system-wide ones as the last event left them, None when the course has none.
    """

    __tablename__ = "walk"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True, autoincrement=False)
    seed: Mapped[int]
    start: Mapped[Document]
    objectives: Mapped[dict[str, Any] | None] = mapped_column(Json)
    first: Mapped[int] = mapped_column(default=1)
    last: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[CreatedAt]


class WalkEvent(Row):
    """Append-only: one event of a walk (`scorm.sequencing.replay.Event`) and what it led to (a step, for requests)."""

    __tablename__ = "walk_event"
    __table_args__ = (UniqueConstraint("attempt_id", "number"),)

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    at: Mapped[Moment]
    asker: Mapped[Asker] = mapped_column(Choice(Asker, 16))
    event: Mapped[Document]
    result: Mapped[dict[str, Any] | None] = mapped_column(Json)


class ApiLog(Row):
    """Whether the calls of content in one attempt are recorded on its own account, and how many are kept.

    `left_out` counts the calls beyond what one attempt may keep.
    """

    __tablename__ = "api_log"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True, autoincrement=False)
    is_on: Mapped[bool] = mapped_column(default=False)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    kept: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[CreatedAt]


class ApiCalls(Row):
    """A batch of calls as a player page (its uid) sent them, numbered by the page so that a repeat is recognised."""

    __tablename__ = "api_calls"
    __table_args__ = (UniqueConstraint("attempt_id", "page", "number"),)

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    page: Mapped[str] = mapped_column(String(32))
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True, default=now)
    calls: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)


class PlayRemark(Row):
    """Something that playing a version has shown about it: a code, where, how often, when first and last.

    Whoever plays counts together; nothing in it says who. `place` is an element, a file or "".
    """

    __tablename__ = "play_remark"
    __table_args__ = (UniqueConstraint("version_id", "code", "place"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"))
    code: Mapped[Code]
    place: Mapped[str] = mapped_column(String(255), default="")
    count: Mapped[int] = mapped_column(default=1)
    first_at: Mapped[Moment]
    last_at: Mapped[Moment]
