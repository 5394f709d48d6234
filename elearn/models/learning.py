"""Launches and what comes of them: placement, registration, attempt, activity state, play session."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice
from elearn.models.account import Account
from elearn.models.base import CreatedAt, Digest, Document, Json, Key, LongText, Moment, Row, Uid, UtcDateTime
from elearn.models.material import Material, Version


class PlacementKind(StrEnum):
    """Where a launch comes from."""

    SELF_STUDY = "self_study"
    COURSE_ITEM = "course_item"
    TEACH = "teach"
    LTI = "lti"
    DISPATCH = "dispatch"
    TRIAL = "trial"  # a version that is not offered, or no more, to judge it by


# What a teacher shows to a class, and what somebody tries, is nobody's learning.
NO_LEARNING = frozenset({PlacementKind.TEACH, PlacementKind.TRIAL})


class NewAttempt(StrEnum):
    """When a launch begins a new attempt although the last one has not ended."""

    ENDED = "ended"  # never: what has not ended is gone on with
    FAILED = "failed"  # the last one was failed
    DONE = "done"  # the last one has a result: completed, passed or failed
    ALWAYS = "always"


class Placement(Row):
    """A place from which a material is launched; self-study has one per material."""

    __tablename__ = "placement"
    __table_args__ = (UniqueConstraint("kind", "material_id", "context"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    kind: Mapped[PlacementKind] = mapped_column(Choice(PlacementKind, 16))
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    context: Mapped[str] = mapped_column(String(64), default="")  # uid of the course item, teach session, resource link
    policy: Mapped[Document]
    # Which version new attempts get; None: the one that the material offers. Attempts in flight stay on theirs.
    version_id: Mapped[int | None] = mapped_column(ForeignKey("material_version.id"))

    material: Mapped[Material] = relationship()
    version: Mapped[Version | None] = relationship()


class Registration(Row):
    """account x placement x version: the tracking of the activities, which outlives a finished attempt."""

    __tablename__ = "registration"
    __table_args__ = (Index("ix_registration_holder", "account_id", "placement_id", "version_id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"), index=True)
    tracking: Mapped[dict[str, Any] | None] = mapped_column(Json)  # scorm.sequencing registration state
    created_at: Mapped[CreatedAt]
    reset_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # a teacher's reset closes it

    account: Mapped[Account] = relationship()
    placement: Mapped[Placement] = relationship()
    version: Mapped[Version] = relationship()


class AttemptStatus(StrEnum):
    """Where an attempt stands."""

    OPEN = "open"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Attempt(Row):
    """One walk through the tree, numbered in its registration, with the summary every page shows."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("registration_id", "number"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    number: Mapped[int]
    status: Mapped[AttemptStatus] = mapped_column(Choice(AttemptStatus, 16), default=AttemptStatus.OPEN)
    sequencing: Mapped[dict[str, Any] | None] = mapped_column(Json)  # scorm.sequencing attempt state
    current_activity: Mapped[str | None] = mapped_column(String(255))
    completion: Mapped[str] = mapped_column(String(16), default="unknown")
    success: Mapped[str] = mapped_column(String(16), default="unknown")
    score_scaled: Mapped[float | None]
    score_raw: Mapped[float | None]
    score_min: Mapped[float | None]
    score_max: Mapped[float | None]
    progress: Mapped[float | None]
    time_seconds: Mapped[float] = mapped_column(default=0.0)
    started_at: Mapped[CreatedAt]
    changed_at: Mapped[CreatedAt]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The writer lease: only this play session may move location and suspend data until the lease runs out.
    lease_session_id: Mapped[int | None] = mapped_column(BigInteger)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    registration: Mapped[Registration] = relationship()


class Phase(StrEnum):
    """Where the run-time session of an activity stands."""

    IDLE = "idle"  # never launched, or its last session was closed and transferred to tracking
    RUNNING = "running"
    TERMINATED = "terminated"  # the content said goodbye; tracking learns of it at the next navigation


class ActivityState(Row):
    """The run-time data of one activity in one attempt: the cmi document (flat element -> value)."""

    __tablename__ = "activity_state"
    __table_args__ = (UniqueConstraint("attempt_id", "activity"),)

    id: Mapped[Key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    activity: Mapped[str] = mapped_column(String(255))
    phase: Mapped[Phase] = mapped_column(Choice(Phase, 16), default=Phase.IDLE)
    document: Mapped[Document]
    changed_at: Mapped[CreatedAt]


class SystemObjective(Row):
    """A global objective that outlives courses: account x publishing unit x objective (SN 3.10)."""

    __tablename__ = "system_objective"
    __table_args__ = (UniqueConstraint("account_id", "unit_id", "objective"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    objective: Mapped[str] = mapped_column(String(255))
    state: Mapped[Document]


class SharedData(Row):
    """A bucket of shared data that outlives courses: account x publishing unit x target (RTE 4.3, adl.data)."""

    __tablename__ = "shared_data"
    __table_args__ = (UniqueConstraint("account_id", "unit_id", "target"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    target: Mapped[str] = mapped_column(String(255))
    store: Mapped[LongText]


class PlaySession(Row):
    """One player page: opened by a one-time code, then known by its token; both are kept only as digests.

    `activity` and `launched` say which SCO it runs now, `closed` the newest launch whose run-time session has
    ended; `launched_at` and `credited` (seconds) what the learner's time has gained by it; `last_number` is the
    newest message taken from it, so that a repeat is recognised. `tab` tells a reload of the same browser tab from
    a second one. `browser_digest` names the browser session from which it was opened; the page ends with it.
    """

    __tablename__ = "play_session"

    id: Mapped[Key]
    uid: Mapped[Uid]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    browser_digest: Mapped[str | None] = mapped_column(String(64), index=True)
    code_digest: Mapped[Digest] = mapped_column(unique=True)
    code_expires_at: Mapped[Moment]
    code_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[Moment]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    activity: Mapped[str | None] = mapped_column(String(255))
    launched: Mapped[int] = mapped_column(default=0)  # how many SCOs this page has launched
    launched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    credited: Mapped[float] = mapped_column(default=0.0, server_default="0")
    closed: Mapped[int] = mapped_column(default=0)
    tab: Mapped[str] = mapped_column(String(64), default="")
    last_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[CreatedAt]

    attempt: Mapped[Attempt] = relationship()
    account: Mapped[Account] = relationship()
