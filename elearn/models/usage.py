"""The usage ledger: append-only acts with valid time, recorded time and source."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from elearn.database.types import Choice
from elearn.models.base import CreatedAt, Document, Key, LongText, Moment, Row, Uid


class ActKind(StrEnum):
    """What was done. Views, launches, downloads and completions are recorded and never qualify by themselves."""

    VIEW = "view"
    LAUNCH = "launch"
    DOWNLOAD = "download"
    COMPLETION = "completion"
    AUTHORED = "authored"  # class A: a lesson reached school approval
    TAUGHT = "taught"  # class B: a shared material was used in the teaching of a class (`details["by"]` says how)
    TAUGHT_WITH = "taught_with"  # class B: a title of software was used; the teacher says so, a leader countersigns
    COURSE_ACTIVITY = "course_activity"  # a learner was active in a course, once a day
    COURSE_TEACHING = "course_teaching"  # a teacher released, graded or answered in a course; C needs both


class ActSource(StrEnum):
    """Where an act comes from; `demo` is refused in a database that is not a demo."""

    TRACKER = "tracker"
    DEMO = "demo"


class UsageAct(Row):
    """One act. It is never changed: a void is a row of its own (`UsageVoid`)."""

    __tablename__ = "usage_act"
    __table_args__ = (
        Index("ix_usage_act_material", "material_id", "kind", "act_date"),
        Index("ix_usage_act_person", "person_id", "act_date"),
        Index("ix_usage_act_unit", "unit_id", "act_date", "kind"),
        Index("ix_usage_act_account", "account_id", "act_date"),
        Index("ix_usage_act_course", "course_id", "kind", "act_date"),
        Index("ix_usage_act_placement", "placement_id", "kind", "act_date"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    kind: Mapped[ActKind] = mapped_column(Choice(ActKind, 16))
    source: Mapped[ActSource] = mapped_column(Choice(ActSource, 16))
    occurred_at: Mapped[Moment]  # valid time
    act_date: Mapped[date]  # the day of `occurred_at` in the department's time zone
    recorded_at: Mapped[CreatedAt]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # where the person worked that day
    material_id: Mapped[int | None] = mapped_column(ForeignKey("material.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("material_version.id"))
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempt.id"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("school_class.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"))
    # What must be counted once only has a key here, such as person, class, material and day of a lesson taught.
    key: Mapped[str | None] = mapped_column(String(160), unique=True)
    details: Mapped[Document]


class UsageVoid(Row):
    """A person declares an act void, or restores it, with a reason; the newest row about an act decides."""

    __tablename__ = "usage_void"

    id: Mapped[Key]
    uid: Mapped[Uid]
    act_id: Mapped[int] = mapped_column(ForeignKey("usage_act.id"), index=True)
    restores: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[CreatedAt]


class SignStep(StrEnum):
    """What somebody said of an act that needs a countersignature."""

    SIGNED = "signed"
    REFUSED = "refused"  # also: a signature taken back
    WITHDRAWN = "withdrawn"  # by the teacher, who declared it by mistake


class UsageSign(Row):
    """Append-only: a countersignature of an act, its refusal, or the withdrawal of the act; the newest row decides."""

    __tablename__ = "usage_sign"

    id: Mapped[Key]
    uid: Mapped[Uid]
    act_id: Mapped[int] = mapped_column(ForeignKey("usage_act.id"), index=True)
    step: Mapped[SignStep] = mapped_column(Choice(SignStep, 16))
    signed_on: Mapped[date]  # the day of `recorded_at` in the department's time zone
    reason: Mapped[LongText]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[CreatedAt]
