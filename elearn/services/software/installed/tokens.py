"""Tokens by which inventory agents of a unit report: shown once, kept as a digest, taken back at any time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.database import day_of
from elearn.identifiers import new_token, token_digest
from elearn.models.installations import SoftwareToken
from elearn.models.organisation import Unit
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

MOST_TOKENS = 20
PREFIX = "elinv_"  # so that people and scanners of secrets see what it is
SEEN_EVERY = timedelta(minutes=5)


class TokenUnknownError(ServiceError):
    """The token is none of ours, or was taken back."""

    status = 401


def make_token(session: Session, identity: Identity, unit: Unit, name: str) -> tuple[SoftwareToken, str]:
    """A new token for a unit with its text, which nobody can read again.

    Raises:
        ForbiddenError: the identity does not manage the unit.
        ServiceError: `agent_nameless`.
        ConflictError: `agent_most`, or `report_unit_over`: the unit has ended.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    name = one_line(name)[:100]
    if not name:
        raise ServiceError("agent_nameless")
    if not unit.holds_on(day_of(session)):
        raise ConflictError("report_unit_over", unit=unit.name)
    held = select(func.count()).select_from(SoftwareToken)
    held = held.where(SoftwareToken.unit_id == unit.id, SoftwareToken.revoked_at.is_(None))
    if (session.scalar(held) or 0) >= MOST_TOKENS:
        raise ConflictError("agent_most", most=MOST_TOKENS)
    text = PREFIX + new_token()
    token = SoftwareToken(unit_id=unit.id, name=name, digest=token_digest(text), created_by_id=identity.account_id)
    session.add(token)
    session.flush()
    audit.record(session, identity, "install.token", token, unit=unit.code, name=name)
    return token, text


def tokens_of(session: Session, unit: Unit) -> Sequence[SoftwareToken]:
    """The tokens of a unit that are not taken back, newest first."""
    held = select(SoftwareToken).where(SoftwareToken.unit_id == unit.id, SoftwareToken.revoked_at.is_(None))
    return session.scalars(held.options(joinedload(SoftwareToken.created_by)).order_by(SoftwareToken.id.desc())).all()


def revoke_token(session: Session, identity: Identity, unit: Unit, uid: str) -> None:
    """Take a token back; what it reported stays.

    Raises:
        ForbiddenError: the identity does not manage the unit.
        NotFoundError: `agent_not_found`.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    token = session.scalar(
        select(SoftwareToken).where(
            SoftwareToken.uid == uid, SoftwareToken.unit_id == unit.id, SoftwareToken.revoked_at.is_(None)
        )
    )
    if token is None:
        raise NotFoundError("agent_not_found")
    token.revoked_at = now()
    audit.record(session, identity, "install.revoke", token, unit=unit.code, name=token.name)


def token_of(session: Session, text: str) -> SoftwareToken:
    """The token that an agent shows, with its unit; its use is noted, at most every five minutes.

    Raises:
        TokenUnknownError: `agent_unknown`.
        ForbiddenError: `agent_closed`; the unit has ended or has not begun.
    """
    held = select(SoftwareToken).where(SoftwareToken.digest == token_digest(text), SoftwareToken.revoked_at.is_(None))
    token = session.scalar(held.options(joinedload(SoftwareToken.unit).selectinload(Unit.names)))
    if token is None:
        raise TokenUnknownError("agent_unknown")
    if not token.unit.holds_on(day_of(session)):
        raise ForbiddenError("agent_closed", unit=token.unit.name)
    if token.last_used_at is None or now() - token.last_used_at > SEEN_EVERY:
        token.last_used_at = now()
    return token
