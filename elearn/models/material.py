"""A material and its immutable versions: files by content address, parts, findings, the steps of publishing."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice
from elearn.models.account import Account
from elearn.models.base import (
    CreatedAt,
    Digest,
    Document,
    Json,
    Key,
    LongText,
    Name,
    Row,
    Texts,
    Uid,
    UtcDateTime,
)
from elearn.models.curriculum import Level
from elearn.models.describing import Licence, ResourceType
from elearn.models.organisation import Unit
from elearn.models.people import Person

if TYPE_CHECKING:
    from elearn.models.preview import Caption, VersionPreview


class Status(StrEnum):
    """Where a material stands on its way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class StoredBlob(Row):
    """The bytes with this SHA-256 are in the storage; written only after they are safe there."""

    __tablename__ = "stored_blob"

    sha256: Mapped[Digest] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[CreatedAt]
    entry_table: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # EntryTable.to_bytes()
    orphaned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when nobody was found to name it


class Material(Row):
    """What teachers find: title, description, place in the curriculum, status, and the version now offered."""

    __tablename__ = "material"
    __table_args__ = (Index("ix_material_unit_status", "unit_id", "status"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    kind: Mapped[str] = mapped_column(String(24), index=True)  # content_packages.facts.Kind
    title: Mapped[Name]
    description: Mapped[LongText]
    keywords: Mapped[Texts]
    language: Mapped[str] = mapped_column(String(16), default="vi")
    topic: Mapped[str] = mapped_column(String(300), default="", server_default="")  # of the curriculum, in words
    resource_type: Mapped[ResourceType] = mapped_column(
        Choice(ResourceType, 24), default=ResourceType.UNKNOWN, server_default=""
    )
    duration_minutes: Mapped[int | None]  # how long pupils work with it
    edition_name: Mapped[str] = mapped_column(String(64), default="", server_default="")  # the author's own version
    requirements: Mapped[str] = mapped_column(Text, default="", server_default="")  # what one needs to use it
    licence: Mapped[Licence] = mapped_column(Choice(Licence, 24), default=Licence.UNKNOWN)
    # Of what belongs to somebody else: whose it is and by which permission, and the last day of that permission.
    licence_source: Mapped[str] = mapped_column(String(500), default="", server_default="")
    licence_expires_on: Mapped[date | None] = mapped_column(index=True)
    author_name: Mapped[str] = mapped_column(String(300), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    status: Mapped[Status] = mapped_column(Choice(Status, 16), default=Status.DRAFT, index=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[CreatedAt]
    changed_at: Mapped[CreatedAt]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    capability_epoch: Mapped[int] = mapped_column(default=0)  # raised by withdrawal: old file addresses stop working
    # How the player treats it, of whichever version: services.player.options.
    play_options: Mapped[Document] = mapped_column(server_default=text("'{}'"))

    unit: Mapped[Unit] = relationship()
    owner: Mapped[Account] = relationship()
    versions: Mapped[list[Version]] = relationship(back_populates="material", order_by="Version.number")
    current_version: Mapped[Version | None] = relationship(
        primaryjoin="and_(Version.material_id == Material.id, Version.is_current)", viewonly=True
    )
    levels: Mapped[list[MaterialLevel]] = relationship(cascade="all, delete-orphan")
    grades: Mapped[list[MaterialGrade]] = relationship(cascade="all, delete-orphan")
    subjects: Mapped[list[MaterialSubject]] = relationship(cascade="all, delete-orphan")
    software: Mapped[SoftwareDetail | None] = relationship(cascade="all, delete-orphan")
    steps: Mapped[list[ReviewEvent]] = relationship(order_by="ReviewEvent.id")
    co_authors: Mapped[list[CoAuthor]] = relationship(order_by="CoAuthor.id")


class MaterialLevel(Row):
    """A material is meant for a level."""

    __tablename__ = "material_level"

    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)
    level: Mapped[Level] = mapped_column(Choice(Level, 8), primary_key=True)


class MaterialGrade(Row):
    """A material is meant for a grade."""

    __tablename__ = "material_grade"

    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)
    grade_code: Mapped[str] = mapped_column(ForeignKey("grade.code"), primary_key=True)


class MaterialSubject(Row):
    """A material is meant for a subject."""

    __tablename__ = "material_subject"

    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subject.code"), primary_key=True)


class SoftwareDetail(Row):
    """What a title of teaching software has beyond other materials (DOMAIN row 6).

    `release` names the newest one and `platforms` those it runs on, for lists and search; what belongs to a title in
    many rows, such as its releases and licences, stands in `models.software`.
    """

    __tablename__ = "software_detail"

    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), primary_key=True)
    vendor: Mapped[str] = mapped_column(String(200), default="")
    release: Mapped[str] = mapped_column(String(64), default="")
    platforms: Mapped[Texts]
    maker_url: Mapped[str] = mapped_column(String(500), server_default="", default="")  # where its maker offers it
    contact: Mapped[str] = mapped_column(String(300), server_default="", default="")  # who helps with it


_WAITS = text("state = 'waiting'")


class VersionState(StrEnum):
    """Whether a version is, or once was, what the material offers; of a published material somebody else decides."""

    TAKEN = "taken"
    WAITING = "waiting"  # for a reviewer
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"  # by its uploader, or because a newer one was sent before anybody decided


class Version(Row):
    """One immutable state of a material; standard, edition, tool and properties are as intake found them.

    Readers know of it once it was released: while the material was published, it was what new launches got.
    """

    __tablename__ = "material_version"
    __table_args__ = (
        UniqueConstraint("material_id", "number"),
        Index(
            "uq_material_version_current",
            "material_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        Index("ix_material_version_waiting", "state", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    number: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True)  # the one that new launches get
    state: Mapped[VersionState] = mapped_column(Choice(VersionState, 16), default=VersionState.TAKEN)
    note: Mapped[LongText]  # what its uploader says is new
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    restored_from: Mapped[int | None]  # the number of the version whose files these are
    file_name: Mapped[Name]
    media_type: Mapped[str] = mapped_column(String(100))
    blob_sha256: Mapped[str] = mapped_column(ForeignKey("stored_blob.sha256"), index=True)
    standard: Mapped[str] = mapped_column(String(32), default="")
    edition: Mapped[str] = mapped_column(String(32), default="")
    tool: Mapped[str] = mapped_column(String(100), default="")
    properties: Mapped[Document]
    manifest: Mapped[dict[str, Any] | None] = mapped_column(Json, deferred=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]

    material: Mapped[Material] = relationship(back_populates="versions")
    blob: Mapped[StoredBlob] = relationship()
    created_by: Mapped[Account] = relationship()
    parts: Mapped[list[Part]] = relationship(order_by="Part.position", cascade="all, delete-orphan")
    prints: Mapped[list[VersionPrint]] = relationship(cascade="all, delete-orphan")
    sketch: Mapped[VersionSketch | None] = relationship(cascade="all, delete-orphan")
    preview: Mapped[VersionPreview | None] = relationship(back_populates="version", cascade="all, delete-orphan")
    captions: Mapped[list[Caption]] = relationship(back_populates="version", order_by="Caption.language")
    findings: Mapped[list[VersionFinding]] = relationship(order_by="VersionFinding.id", cascade="all, delete-orphan")


class Part(Row):
    """A SCO, page or slide of a version, by its stable key; its text belongs to the version and is only for search."""

    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"))
    key: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(8))
    title: Mapped[Name]
    position: Mapped[int]
    href: Mapped[LongText]  # the entry it opens; the address of a link that leads out
    depth: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # in the outline
    text: Mapped[LongText] = mapped_column(deferred=True)


class Picture(Row):
    """A picture that belongs to a version: its card in two sizes, runs of its pages (`services.previews`)."""

    __tablename__ = "version_picture"
    __table_args__ = (UniqueConstraint("version_id", "role"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"))
    role: Mapped[str] = mapped_column(String(16))
    media_type: Mapped[str] = mapped_column(String(32))
    blob_sha256: Mapped[str] = mapped_column(ForeignKey("stored_blob.sha256"), index=True)


_UNCOMPARED = text("compared_at IS NULL")


class VersionPrint(Row):
    """A key by which copies of a version are found (`services.likeness`)."""

    __tablename__ = "version_print"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"))
    key: Mapped[str] = mapped_column(String(48), index=True)


class Likeness(StrEnum):
    """In what a version is like another one, the strictest that holds."""

    FILE = "file"  # bit by bit
    CONTENT = "content"  # an archive of the same files, its manifest aside
    TEXT = "text"  # four fifths of both texts
    MANIFEST = "manifest"  # a package of the same titles, order and pages


class VersionSketch(Row):
    """What is kept of the text of a version to guess how much of it another one has (`services.likeness`)."""

    __tablename__ = "version_sketch"
    __table_args__ = (
        Index("ix_version_sketch_due", "version_id", sqlite_where=_UNCOMPARED, postgresql_where=_UNCOMPARED),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"), primary_key=True, autoincrement=False)
    shingles: Mapped[int]  # how many different ones the text has
    least: Mapped[bytes] = mapped_column(LargeBinary)  # the least of their hashes, ascending, 8 bytes each
    compared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VersionLikeness(Row):
    """A version of another material that a later version is like; found after the upload."""

    __tablename__ = "version_likeness"
    __table_args__ = (UniqueConstraint("version_id", "other_id"),)

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"), index=True)
    how: Mapped[Likeness] = mapped_column(Choice(Likeness, 16))
    share: Mapped[float]  # of all shingles of both texts, those that both have; 1 for the same file or files


class VersionFinding(Row):
    """One finding of intake about a version: a code with parameters (scorm.findings.Finding)."""

    __tablename__ = "version_finding"

    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"), index=True)
    code: Mapped[str] = mapped_column(String(64))
    severity: Mapped[str] = mapped_column(String(8))
    params: Mapped[Document]
    place: Mapped[str] = mapped_column(String(500), default="")


class ReviewStep(StrEnum):
    """A step of the publishing form, or a change that others must know of."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    EDITED = "edited"  # somebody else changed what is said of it, or its author did once it was published
    PROPOSED = "proposed"  # a new file for what is published
    ACCEPTED = "accepted"  # that file is offered from now on
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    RESTORED = "restored"  # an earlier file is offered again


class ReviewEvent(Row):
    """Append-only: who took which step with which version, and what was said.

    `changes` of an edit maps the name of a field (`metadata.Metadata`) to its value before and after.
    """

    __tablename__ = "review_event"

    id: Mapped[Key]
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"))
    step: Mapped[ReviewStep] = mapped_column(Choice(ReviewStep, 16))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[CreatedAt]
    note: Mapped[LongText]
    changes: Mapped[dict[str, Any] | None] = mapped_column(Json)

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)  # a step is nothing without its name


class CoAuthor(Row):
    """Somebody whom the author names as co-author (three at most); it counts once the person has confirmed it."""

    __tablename__ = "co_author"
    __table_args__ = (UniqueConstraint("material_id", "person_id"),)

    id: Mapped[Key]
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    named_at: Mapped[CreatedAt]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class SearchChange(Row):
    """Written with every change of a material that search must learn of; the indexer takes them in order."""

    __tablename__ = "search_change"

    id: Mapped[Key]
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"), index=True)
    at: Mapped[CreatedAt] = mapped_column(index=True)


class SearchRemoval(Row):
    """A material that no longer exists; the index must forget its uid."""

    __tablename__ = "search_removal"

    id: Mapped[Key]
    uid: Mapped[str] = mapped_column(String(32))
    at: Mapped[CreatedAt] = mapped_column(index=True)
