"""Files on their way: those that arrive in parts, and those that are fetched from an address."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from elearn.database.types import Choice
from elearn.models.base import CreatedAt, Document, Key, LongText, Moment, Name, Row, Uid, UtcDateTime


class Upload(Row):
    """A file on its way; the row goes when the file becomes a material, is given up or expires."""

    __tablename__ = "upload"
    __table_args__ = (
        Index("ix_upload_account", "account_id", "expires_at"),
        Index("ix_upload_expires_at", "expires_at"),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]  # also the name of its file
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    length: Mapped[int] = mapped_column(BigInteger)  # bytes
    received: Mapped[int] = mapped_column(BigInteger, default=0)  # bytes that are synced to the disk
    described: Mapped[LongText]  # Upload-Metadata, as the sender wrote it
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]

    @property
    def is_complete(self) -> bool:
        """Whether every byte is here."""
        return self.received == self.length


class FetchState(StrEnum):
    """Where a file that was asked for by its address stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Fetch(Row):
    """A file to be fetched from an address by the worker; `described` is what a spreadsheet says of it."""

    __tablename__ = "fetch"
    __table_args__ = (Index("ix_fetch_account", "account_id", "id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    address: Mapped[str] = mapped_column(String(2000))
    state: Mapped[FetchState] = mapped_column(Choice(FetchState, 8), default=FetchState.WAITING)
    length: Mapped[int | None] = mapped_column(BigInteger)  # bytes, as the other server says
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    code: Mapped[str] = mapped_column(String(64), default="")  # why it failed: of a refusal, or a finding
    params: Mapped[Document]
    described: Mapped[Document]  # services.metadata.as_json, only what is said
    file_name: Mapped[Name] = mapped_column(default="")
    material_uid: Mapped[str] = mapped_column(String(32), default="")  # what became of it; it may be deleted since
    created_at: Mapped[CreatedAt]
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
