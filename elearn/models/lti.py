"""Learning platforms that embed the library (LTI 1.3): our keys, registrations, logins on their way, what happened."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
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
    Moment,
    Name,
    Row,
    Uid,
    UtcDateTime,
)
from elearn.models.organisation import Unit


class LtiKey(Row):
    """A signing key of ours. A new one is published before it signs, an old one for a while after."""

    __tablename__ = "lti_key"

    id: Mapped[Key]
    private_pem: Mapped[LongText]
    created_at: Mapped[CreatedAt]
    signs_from: Mapped[Moment]
    published_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # None: no newer key is there


class PlatformStatus(StrEnum):
    """Whether a platform may launch."""

    WAITING = "waiting"  # registered itself by an invitation; an administrator has not looked at it yet
    ACTIVE = "active"
    OFF = "off"


class LtiPlatform(Row):
    """A registration of this tool in a platform; its users have the unit `unit_id` as their home here."""

    __tablename__ = "lti_platform"
    __table_args__ = (UniqueConstraint("issuer", "client_id"),)

    id: Mapped[Key]
    uid: Mapped[Uid]
    name: Mapped[Name]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    status: Mapped[PlatformStatus] = mapped_column(Choice(PlatformStatus, 16), default=PlatformStatus.WAITING)
    issuer: Mapped[str] = mapped_column(String(255))
    client_id: Mapped[str] = mapped_column(String(255))
    authorization_endpoint: Mapped[str] = mapped_column(String(2048))
    token_endpoint: Mapped[str] = mapped_column(String(2048))
    token_audience: Mapped[str] = mapped_column(String(2048), default="")  # "": the token endpoint itself
    keyset_url: Mapped[str] = mapped_column(String(2048), default="")
    keyset: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)  # as `elearn.lti.keys.keys_of` reads it
    keyset_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # last asked for; ahead while somebody asks
    product: Mapped[str] = mapped_column(String(64), default="")  # moodle, canvas, …
    product_version: Mapped[str] = mapped_column(String(64), default="")
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    unit: Mapped[Unit] = relationship()
    deployments: Mapped[list[LtiDeployment]] = relationship(back_populates="platform")


class LtiDeployment(Row):
    """A deployment of the tool in a platform; one that nobody has accepted may not launch."""

    __tablename__ = "lti_deployment"
    __table_args__ = (UniqueConstraint("platform_id", "name"),)

    id: Mapped[Key]
    platform_id: Mapped[int] = mapped_column(ForeignKey("lti_platform.id"))
    name: Mapped[str] = mapped_column(String(255))  # the platform's deployment_id
    first_seen_at: Mapped[CreatedAt]
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    notices: Mapped[Document]  # what was asked of its notification service, as `elearn.services.lti.subscribing`

    platform: Mapped[LtiPlatform] = relationship(back_populates="deployments")


class LtiInvitation(Row):
    """A one-time address by which a platform registers itself for a unit; only the digest of its token is kept."""

    __tablename__ = "lti_invitation"

    id: Mapped[Key]
    token_digest: Mapped[Digest] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[Name]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    platform_id: Mapped[int | None] = mapped_column(ForeignKey("lti_platform.id"))

    unit: Mapped[Unit] = relationship()
    platform: Mapped[LtiPlatform | None] = relationship()


class LtiLogin(Row):
    """A launch on its way: the state and the nonce of a login, each used once, bound to the browser that began it.

    `claims` are those of a verified token whose browser has not yet shown the binding (no cookie arrived);
    `confirm_digest` names the page that asks for it.
    """

    __tablename__ = "lti_login"

    state_digest: Mapped[Digest] = mapped_column(primary_key=True)
    binding_digest: Mapped[Digest]
    nonce: Mapped[str] = mapped_column(String(64))
    platform_id: Mapped[int] = mapped_column(ForeignKey("lti_platform.id"), index=True)
    target: Mapped[str] = mapped_column(String(2048))
    storage_target: Mapped[str] = mapped_column(String(255), default="")
    created_at: Mapped[CreatedAt]
    expires_at: Mapped[Moment] = mapped_column(index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    claims: Mapped[dict[str, Any] | None] = mapped_column(Json)
    confirm_digest: Mapped[str | None] = mapped_column(String(64), unique=True)

    platform: Mapped[LtiPlatform] = relationship()


class LtiEvent(Row):
    """A launch, registration or key question as an administrator sees it; `code` is "" when all went well."""

    __tablename__ = "lti_event"
    __table_args__ = (Index("ix_lti_event_platform", "platform_id", "at"),)

    id: Mapped[Key]
    at: Mapped[CreatedAt] = mapped_column(index=True)
    platform_id: Mapped[int | None] = mapped_column(ForeignKey("lti_platform.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(32))  # login, launch, pick, registration, token, roster
    issuer: Mapped[str] = mapped_column(String(255), default="")
    client_id: Mapped[str] = mapped_column(String(255), default="")
    deployment: Mapped[str] = mapped_column(String(255), default="")
    code: Mapped[str] = mapped_column(String(64), default="")
    params: Mapped[Document]

    platform: Mapped[LtiPlatform | None] = relationship()
    account: Mapped[Account | None] = relationship()


class LtiConsumer(Row):
    """A key and secret of LTI 1.1, for users that come over from it and for launches where they are still on."""

    __tablename__ = "lti_consumer"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(255), unique=True)
    secret: Mapped[str] = mapped_column(String(255))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    platform_id: Mapped[int | None] = mapped_column(ForeignKey("lti_platform.id"))
    created_at: Mapped[CreatedAt]

    unit: Mapped[Unit] = relationship()
    platform: Mapped[LtiPlatform | None] = relationship()
