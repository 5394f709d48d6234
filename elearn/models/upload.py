"""Files that arrive in parts: how much of each is safely here, and until when it is kept."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from elearn.models.base import CreatedAt, Key, LongText, Moment, Row, Uid


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
