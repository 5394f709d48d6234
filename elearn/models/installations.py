"""Teaching software at schools: what they report as installed, the tokens of their inventory agents, their mirrors."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice
from elearn.models.account import Account
from elearn.models.base import CreatedAt, Digest, Key, Name, Row, Uid, UtcDateTime
from elearn.models.material import Material
from elearn.models.organisation import Unit
from elearn.models.software import SoftwareFile, SoftwareRelease


class ReportedBy(StrEnum):
    """How a report came."""

    FORM = "form"
    SHEET = "sheet"
    TOKEN = "token"  # noqa: S105 - an inventory agent of the school, which knows the school's token


class Proof(StrEnum):
    """What stands behind the version that is reported."""

    SAID = "said"  # somebody wrote it down
    AGENT = "agent"  # a program has read it from the machines
    FILE = "file"  # a program has found the very file of a release there, by its SHA-256


class Age(StrEnum):
    """How what is installed stands to the releases of its title."""

    CURRENT = "current"
    OUTDATED = "outdated"  # older than the latest release
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"  # no version was told, or the catalogue has no release to compare it with


# Each as its database writes the condition, else the planner would not see that they are the same.
_STANDING = {"sqlite_where": text("is_current = 1"), "postgresql_where": text("is_current")}


class Installation(Row):
    """Append-only: on how many machines of a room a version of a title is installed, as a unit reported on a day.

    What stands for a unit is its newest report for each title and room, marked `is_current`; such a report may name
    several versions, each in a row, and 0 machines mean that the title is gone. `confirmed_on` is the last day on
    which the same was reported again. A program that no title of the catalogue is named after keeps its `name` only.
    """

    __tablename__ = "software_installation"
    __table_args__ = (
        CheckConstraint("machines >= 0", name="machines"),
        Index("ix_software_installation_unit", "unit_id", "title_id", "reported_on"),
        # What pages add up is in the index, so that they read no rows.
        Index("ix_software_installation_standing", "title_id", "unit_id", "machines", "age", **_STANDING),
        Index("ix_software_installation_here", "unit_id", **_STANDING),
    )

    id: Mapped[Key]
    uid: Mapped[Uid]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title_id: Mapped[int | None] = mapped_column(ForeignKey("material.id"))
    name: Mapped[Name]  # as reported
    name_key: Mapped[str] = mapped_column(String(300), default="")  # folded, of names that no title has
    release_id: Mapped[int | None] = mapped_column(ForeignKey("software_release.id"), index=True)
    version: Mapped[str] = mapped_column(String(64), default="")  # as reported
    age: Mapped[Age] = mapped_column(Choice(Age, 16), default=Age.UNKNOWN)  # follows the title's releases
    room: Mapped[str] = mapped_column(String(100), default="")
    machines: Mapped[int]
    reported_on: Mapped[date]
    confirmed_on: Mapped[date]
    via: Mapped[ReportedBy] = mapped_column(Choice(ReportedBy, 16))
    proof: Mapped[Proof] = mapped_column(Choice(Proof, 16), default=Proof.SAID)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    token_id: Mapped[int | None] = mapped_column(ForeignKey("software_token.id"))
    recorded_at: Mapped[CreatedAt]
    is_current: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit] = relationship()
    title: Mapped[Material | None] = relationship()
    release: Mapped[SoftwareRelease | None] = relationship()


class SoftwareToken(Row):
    """What an inventory agent of a unit shows; only the digest is kept, the token itself was shown once."""

    __tablename__ = "software_token"

    id: Mapped[Key]
    uid: Mapped[Uid]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[Digest] = mapped_column(unique=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    unit: Mapped[Unit] = relationship()
    created_by: Mapped[Account | None] = relationship()


class SoftwareAlias(Row):
    """A further name by which agents and lists call a title."""

    __tablename__ = "software_alias"
    __table_args__ = (UniqueConstraint("title_id", "name_key"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    title_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    name: Mapped[Name]
    name_key: Mapped[str] = mapped_column(String(300), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]

    title: Mapped[Material] = relationship()


class SoftwareMirror(Row):
    """An address in a unit's own network from which its people may fetch a release's file; never fetched from here."""

    __tablename__ = "software_mirror"

    id: Mapped[Key]
    uid: Mapped[Uid]
    file_id: Mapped[int] = mapped_column(ForeignKey("software_file.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    address: Mapped[str] = mapped_column(String(500))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    file: Mapped[SoftwareFile] = relationship()
    unit: Mapped[Unit] = relationship()
