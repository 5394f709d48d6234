"""What happens to licences and titles as time goes on: renewals, reminders that were sent, pictures."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.models.base import CreatedAt, Key, Row, Uid
from elearn.models.software import SoftwareLicence


class SoftwareRenewal(Row):
    """That a licence follows an earlier one; a licence that was taken back renews nothing."""

    __tablename__ = "software_renewal"

    licence_id: Mapped[int] = mapped_column(ForeignKey("software_licence.id"), primary_key=True, autoincrement=False)
    former_id: Mapped[int] = mapped_column(ForeignKey("software_licence.id"), index=True)

    licence: Mapped[SoftwareLicence] = relationship(foreign_keys=licence_id)
    former: Mapped[SoftwareLicence] = relationship(foreign_keys=former_id)


class SoftwareReminder(Row):
    """That the managers of a unit were told so many days ahead that a licence ends; once for each step."""

    __tablename__ = "software_reminder"

    licence_id: Mapped[int] = mapped_column(ForeignKey("software_licence.id"), primary_key=True, autoincrement=False)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # days ahead: 90, 30 or 7
    told_on: Mapped[date]
    told: Mapped[int]  # how many people


class SoftwarePicture(Row):
    """A picture of a title in use, drawn anew by us as WebP; pictures are shown in the order of `position`."""

    __tablename__ = "software_picture"

    id: Mapped[Key]
    uid: Mapped[Uid]
    title_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    position: Mapped[int]
    words: Mapped[str] = mapped_column(String(300))  # what it shows, for who does not see it
    width: Mapped[int]
    height: Mapped[int]
    blob_sha256: Mapped[str] = mapped_column(ForeignKey("stored_blob.sha256"), index=True)
    small_sha256: Mapped[str] = mapped_column(ForeignKey("stored_blob.sha256"), index=True)  # 320 pixels wide
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]
