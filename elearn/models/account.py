"""Accounts (whoever acts), their identities at providers, roles in scopes, sessions and the audit log."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from elearn.database.types import Choice
from elearn.models.base import CreatedAt, Digest, Document, Key, LongText, Moment, Name, Row, Uid, UtcDateTime
from elearn.models.organisation import Unit
from elearn.models.people import Person


class Role(StrEnum):
    """The roles an account may have at a unit; each reaches that unit and all below it."""

    ADMINISTRATOR = "administrator"
    UNIT_MANAGER = "unit_manager"  # hiệu trưởng, lãnh đạo Phòng hoặc Sở
    REVIEWER = "reviewer"  # người duyệt học liệu
    TEACHER = "teacher"
    STUDENT = "student"
    INSPECTOR = "inspector"  # thanh tra: sees, changes nothing


class Account(Row):
    """Whoever acts. An LTI learner has neither password nor role."""

    __tablename__ = "account"

    id: Mapped[Key]
    uid: Mapped[Uid]
    login: Mapped[str | None] = mapped_column(String(64), unique=True)  # folded to lower case
    display_name: Mapped[Name]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    email: Mapped[str | None] = mapped_column(String(254))
    locale: Mapped[str | None] = mapped_column(String(8))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[CreatedAt]
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person | None] = relationship()
    grants: Mapped[list[RoleGrant]] = relationship(back_populates="account")


class Identity(Row):
    """How a provider names the holder of an account; linking moves this row and never rewrites acts."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("provider", "issuer", "client", "subject"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    provider: Mapped[str] = mapped_column(String(16))  # "lti", "oidc", "saml"
    issuer: Mapped[str] = mapped_column(String(255))
    client: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[CreatedAt]


class RoleGrant(Row):
    """A role of an account at a unit and below; revoking keeps the row."""

    __tablename__ = "role_grant"
    __table_args__ = (Index("ix_role_grant_unit", "unit_id", "role"),)

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[Role] = mapped_column(Choice(Role, 16))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    granted_at: Mapped[CreatedAt]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(back_populates="grants")
    unit: Mapped[Unit] = relationship()


class BrowserSession(Row):
    """A server-side session of a browser; the cookie holds a token of which only the digest is here."""

    __tablename__ = "browser_session"

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    data: Mapped[Document]
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[Moment]
    expires_at: Mapped[Moment] = mapped_column(index=True)


class ThrottleEvent(Row):
    """One event that counts towards a limit, such as a wrong password; rows older than the window are dropped."""

    __tablename__ = "throttle_event"
    __table_args__ = (Index("ix_throttle_event_key_at", "key", "at"),)

    id: Mapped[Key]
    key: Mapped[Digest]
    at: Mapped[CreatedAt]


class AuditEvent(Row):
    """Append-only: who did what to what, and whether it was allowed."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_kind", "subject_uid"),)

    id: Mapped[Key]
    at: Mapped[CreatedAt] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    action: Mapped[str] = mapped_column(String(64))
    allowed: Mapped[bool] = mapped_column(default=True)
    subject_kind: Mapped[str] = mapped_column(String(32), default="")
    subject_uid: Mapped[str] = mapped_column(String(64), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    request_id: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[LongText]
    details: Mapped[Document]


class Invitation(Row):
    """A one-time link by which somebody chooses the password of an account; only the digest is kept."""

    __tablename__ = "invitation"

    id: Mapped[Key]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SavedSearch(Row):
    """A search that somebody keeps, to see its new results on the home page."""

    __tablename__ = "saved_search"

    id: Mapped[Key]
    uid: Mapped[Uid]
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    title: Mapped[Name]
    query: Mapped[str] = mapped_column(String(1000))  # the query string of the result page
    created_at: Mapped[CreatedAt]
    seen_at: Mapped[CreatedAt]  # what was published later is new
    feed_salt: Mapped[str | None] = mapped_column(String(32))  # the address of its feed is made of it
