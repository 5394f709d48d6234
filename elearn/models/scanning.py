"""What a scanner for harmful software has said of stored files, and what an administrator has decided since."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from elearn.database.types import Choice
from elearn.models.base import CreatedAt, Digest, LongText, Row, UtcDateTime


class ScanState(StrEnum):
    """Where a file stands with the scanner."""

    WAITING = "waiting"  # nobody has looked at it yet
    TOO_LARGE = "too_large"  # larger than the scanner takes
    INFECTED = "infected"
    CLEAN = "clean"
    RELEASED = "released"  # an administrator knows better than the scanner


class FileScan(Row):
    """The state of some bytes, whichever materials they belong to.

    Not a foreign key: this row does not keep the bytes from being collected, and is wanted when they come again.
    """

    __tablename__ = "file_scan"
    __table_args__ = (Index("ix_file_scan_state", "state", "created_at"),)

    sha256: Mapped[Digest] = mapped_column(primary_key=True)
    state: Mapped[ScanState] = mapped_column(Choice(ScanState, 16))
    threat: Mapped[str] = mapped_column(String(200), default="")  # as the scanner calls it
    created_at: Mapped[CreatedAt]
    scanned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[LongText]
