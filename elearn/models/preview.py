"""What can be looked at of a version without its program: drawn pages, and the captions of a film or sound."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.models.base import CreatedAt, Document, Key, Row
from elearn.models.material import Version


class VersionPreview(Row):
    """What came of drawing a version; there is none until the worker has come to it.

    The pictures themselves are rows of `Picture`: "card" and "card-small", "pages-0", "pages-1", … for runs of pages,
    and "pdf" for the PDF that was made of an Office document.
    """

    __tablename__ = "version_preview"

    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"), primary_key=True)
    pages: Mapped[int] = mapped_column(default=0)  # how many pages the document has; 0: it has none that can be drawn
    code: Mapped[str] = mapped_column(String(64), default="")  # why it has none
    starts: Mapped[Document]  # key of a part -> page on which it begins, where these are not the same
    drawn_at: Mapped[CreatedAt]

    version: Mapped[Version] = relationship(back_populates="preview")


class Caption(Row):
    """The captions of a film or sound in one language, as WebVTT that was written anew."""

    __tablename__ = "version_caption"
    __table_args__ = (UniqueConstraint("version_id", "language"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"))
    language: Mapped[str] = mapped_column(String(16))
    blob_sha256: Mapped[str] = mapped_column(ForeignKey("stored_blob.sha256"), index=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]

    version: Mapped[Version] = relationship(back_populates="captions")
