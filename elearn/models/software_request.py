"""What teachers ask for: requests for titles with everybody's voices and steps, trials at schools, ratings."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice, Json
from elearn.models.account import Account
from elearn.models.base import CreatedAt, Key, LongText, Moment, Name, Row, Texts, Uid, UtcDateTime
from elearn.models.material import Material
from elearn.models.organisation import Unit


class RequestState(StrEnum):
    """How far a request has come."""

    ASKED = "asked"
    GROUP = "group"  # a subject group supports it
    SCHOOL = "school"  # a school supports it: it waits for the decision
    TRIAL = "trial"  # schools try it out
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # nobody asks for it any more
    MERGED = "merged"  # it goes on as another request


class RequestStep(StrEnum):
    """What somebody did with a request."""

    ASKED = "asked"
    JOINED = "joined"  # "I want it too"
    LEFT = "left"
    GROUP_YES = "group_yes"
    GROUP_NO = "group_no"
    SCHOOL_YES = "school_yes"
    SCHOOL_NO = "school_no"
    TRIAL = "trial"
    APPROVED = "approved"
    DECLINED = "declined"
    MERGED = "merged"


class SoftwareRequest(Row):
    """A title that teachers ask the deciding unit for: one of a catalogue, or one by its name and maker."""

    __tablename__ = "software_request"
    __table_args__ = (
        Index("ix_software_request_decider", "decider_id", "state"),
        Index("ix_software_request_folded", "decider_id", "folded"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    decider_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title_id: Mapped[int | None] = mapped_column(ForeignKey("material.id"), index=True)
    name: Mapped[Name]
    folded: Mapped[str] = mapped_column(String(300))  # the name as it is compared
    maker: Mapped[str] = mapped_column(String(200), default="")
    maker_url: Mapped[str] = mapped_column(String(500), default="")
    levels: Mapped[Texts]
    subjects: Mapped[Texts]
    state: Mapped[RequestState] = mapped_column(Choice(RequestState, 16), default=RequestState.ASKED)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("software_request.id"))
    created_at: Mapped[CreatedAt]
    changed_at: Mapped[CreatedAt]

    decider: Mapped[Unit] = relationship()
    title: Mapped[Material | None] = relationship()
    merged_into: Mapped[SoftwareRequest | None] = relationship(remote_side="SoftwareRequest.id")
    voices: Mapped[list[RequestVoice]] = relationship(back_populates="request", order_by="RequestVoice.id")
    steps: Mapped[list[RequestEvent]] = relationship(back_populates="request", order_by="RequestEvent.id")


class RequestVoice(Row):
    """Somebody at a school who asks for it, and why; who takes the voice back keeps the row."""

    __tablename__ = "software_request_voice"
    __table_args__ = (UniqueConstraint("request_id", "account_id"), Index("ix_software_request_voice_unit", "unit_id"))

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("software_request.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reason: Mapped[LongText]
    asked_at: Mapped[CreatedAt]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    request: Mapped[SoftwareRequest] = relationship(back_populates="voices")
    account: Mapped[Account] = relationship()
    unit: Mapped[Unit] = relationship()


class RequestEvent(Row):
    """Append-only: a step of a request, by whom and for which unit."""

    __tablename__ = "software_request_event"

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("software_request.id"), index=True)
    step: Mapped[RequestStep] = mapped_column(Choice(RequestStep, 16))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    note: Mapped[LongText]
    at: Mapped[CreatedAt]

    request: Mapped[SoftwareRequest] = relationship(back_populates="steps")
    account: Mapped[Account | None] = relationship()
    unit: Mapped[Unit | None] = relationship()


class SoftwareTrial(Row):
    """A title is tried out at some schools between two days, under a list of criteria with their highest scores."""

    __tablename__ = "software_trial"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="span"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    title_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    criteria: Mapped[list[list[str | int]]] = mapped_column(Json, default=list)  # [name, highest score] each
    note: Mapped[LongText]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]

    title: Mapped[Material] = relationship()
    unit: Mapped[Unit] = relationship()
    schools: Mapped[list[TrialSchool]] = relationship(back_populates="trial", order_by="TrialSchool.id")


class TrialSchool(Row):
    """A school that tries a title, and what it found: a score for each criterion, and words."""

    __tablename__ = "software_trial_school"
    __table_args__ = (UniqueConstraint("trial_id", "unit_id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    trial_id: Mapped[int] = mapped_column(ForeignKey("software_trial.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    scores: Mapped[list[int]] = mapped_column(Json, default=list)
    words: Mapped[LongText]
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    trial: Mapped[SoftwareTrial] = relationship(back_populates="schools")
    unit: Mapped[Unit] = relationship()


class SoftwareRating(Row):
    """What somebody who taught with a title thinks of it: 1 to 5, with words; one for each person and title."""

    __tablename__ = "software_rating"
    __table_args__ = (
        UniqueConstraint("title_id", "person_id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    title_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    stars: Mapped[int]
    words: Mapped[LongText]
    rated_at: Mapped[Moment]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
