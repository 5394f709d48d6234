"""The catalogue of teaching software: licences, releases with their files, guides, decisions, targets.

A title is a material of kind `software` with its `SoftwareDetail`; it need not have a file of ours.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice
from elearn.models.account import Account
from elearn.models.base import CreatedAt, Document, Key, LongText, Name, Row, Texts, Uid, UtcDateTime
from elearn.models.material import Material, StoredBlob
from elearn.models.organisation import Unit

if TYPE_CHECKING:
    from elearn.models.software_life import SoftwareRenewal


class LicenceKind(StrEnum):
    """What a licence lets whom do."""

    FREE = "free"  # free of charge by its maker's terms
    OPEN_SOURCE = "open_source"
    SITE = "site"  # every machine of the unit that bought it
    SEATS = "seats"  # so many machines, of the unit that bought it and all below
    PROVINCE = "province"  # every machine of the unit that bought it and all below


class Money(StrEnum):
    """Where the money for a licence comes from."""

    BUDGET = "budget"  # ngân sách nhà nước
    SCHOOL = "school"  # nguồn thu của trường
    SOCIAL = "social"  # xã hội hoá
    PROJECT = "project"  # dự án, tài trợ
    OTHER = "other"


class SoftwareLicence(Row):
    """A licence of a title: who has it, for how many machines, at what cost a year, from when to when.

    A renewal is a further row; no end means without end. Costs are in đồng a year.
    """

    __tablename__ = "software_licence"
    __table_args__ = (
        CheckConstraint("expires_on IS NULL OR expires_on >= starts_on", name="span"),
        CheckConstraint("seats IS NULL OR seats > 0", name="seats"),
        Index("ix_software_licence_unit", "unit_id", "starts_on"),
        Index("ix_software_licence_expiry", "expires_on"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    title_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[LicenceKind] = mapped_column(Choice(LicenceKind, 16))
    seats: Mapped[int | None]  # only of kind `seats`
    cost_per_year: Mapped[int] = mapped_column(BigInteger, default=0)
    money: Mapped[Money | None] = mapped_column(Choice(Money, 16))
    contract_number: Mapped[str] = mapped_column(String(100), default="")
    starts_on: Mapped[date]
    expires_on: Mapped[date | None]
    note: Mapped[LongText]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # entered by mistake

    title: Mapped[Material] = relationship()
    unit: Mapped[Unit] = relationship()
    renewal: Mapped[SoftwareRenewal | None] = relationship(foreign_keys="SoftwareRenewal.licence_id", viewonly=True)


class SoftwareRelease(Row):
    """A release of a title, with one file for each platform; the latest one is what schools are asked to have."""

    __tablename__ = "software_release"
    __table_args__ = (UniqueConstraint("title_id", "version"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    title_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    version: Mapped[str] = mapped_column(String(64))
    released_on: Mapped[date]
    is_latest: Mapped[bool] = mapped_column(default=False)
    is_supported: Mapped[bool] = mapped_column(default=True)
    notes: Mapped[LongText]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]

    title: Mapped[Material] = relationship()
    files: Mapped[list[SoftwareFile]] = relationship(order_by="SoftwareFile.id", back_populates="release")


class SoftwareFile(Row):
    """The file of a release for a platform, and what it says of itself; it is never run here."""

    __tablename__ = "software_file"

    id: Mapped[Key]
    uid: Mapped[Uid]
    release_id: Mapped[int] = mapped_column(ForeignKey("software_release.id"), index=True)
    platform: Mapped[str] = mapped_column(String(16))
    architecture: Mapped[str] = mapped_column(String(16), default="")
    file_name: Mapped[Name]
    media_type: Mapped[str] = mapped_column(String(100))
    blob_sha256: Mapped[str] = mapped_column(ForeignKey("stored_blob.sha256"), index=True)
    facts: Mapped[Document]  # product, release, vendor, signer: as the file says
    findings: Mapped[Texts]  # codes of what differs from what was promised
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]

    release: Mapped[SoftwareRelease] = relationship(back_populates="files")
    blob: Mapped[StoredBlob] = relationship()


class SoftwareGuide(Row):
    """A material that helps to teach with a title: a guide, a lesson plan."""

    __tablename__ = "software_guide"

    title_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True, index=True)

    material: Mapped[Material] = relationship(foreign_keys=material_id)


class Outcome(StrEnum):
    """What a unit decided about a title for itself and all below."""

    APPROVED = "approved"
    DECLINED = "declined"
    ENDED = "ended"  # no longer recommended


class SoftwareDecision(Row):
    """Append-only: a unit's decision about a title; on a day the newest one of that day or before holds."""

    __tablename__ = "software_decision"
    __table_args__ = (
        Index("ix_software_decision_unit", "unit_id", "decided_on"),
        Index("ix_software_decision_title", "title_id", "decided_on"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    title_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    outcome: Mapped[Outcome] = mapped_column(Choice(Outcome, 16))
    decided_on: Mapped[date]
    reason: Mapped[LongText]
    document: Mapped[str] = mapped_column(String(100), default="")  # number of the written decision
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[CreatedAt]

    account: Mapped[Account] = relationship()
    unit: Mapped[Unit] = relationship()


class QuotaKind(StrEnum):
    """How a target is meant."""

    INCREMENT = "increment"  # so many titles more than before its first day
    LEVEL = "level"  # so many titles in all on its due day


class SoftwareQuota(Row):
    """A plan's target: so many approved titles for some levels by a day (H314-316, H408, H468)."""

    __tablename__ = "software_quota"
    __table_args__ = (
        CheckConstraint("due_on >= starts_on", name="span"),
        CheckConstraint("target > 0", name="target"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    levels: Mapped[Texts]  # codes; several count together, such as "other" levels
    kind: Mapped[QuotaKind] = mapped_column(Choice(QuotaKind, 16))
    target: Mapped[int]
    starts_on: Mapped[date]
    due_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[CreatedAt]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
