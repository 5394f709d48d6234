"""One-time addresses by which a platform registers itself for a unit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.models.lti import LtiInvitation
from elearn.models.organisation import Unit
from elearn.services import audit
from elearn.services.access import Action, may, require
from elearn.services.errors import ForbiddenError, NotFoundError
from elearn.services.lti.platforms import LONGEST_NAME, within_reach

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

LIFE = timedelta(days=7)
MOST_SHOWN = 50


def invite(session: Session, identity: Identity, unit: Unit, name: str = "") -> str:
    """A token for `/lti/register/TOKEN`, good for a week and for one platform; only its digest is kept.

    Raises:
        ForbiddenError: the identity does not administer the unit.
    """
    require(identity, Action.ADMINISTER, unit)
    token, moment = new_token(), now()
    session.add(
        LtiInvitation(
            token_digest=token_digest(token),
            unit_id=unit.id,
            name=name.strip()[:LONGEST_NAME],
            created_by_id=identity.account_id,
            created_at=moment,
            expires_at=moment + LIFE,
        )
    )
    session.flush()
    audit.record(session, identity, "platform.invite", unit, name=name)
    return token


def open_invitations(session: Session, identity: Identity) -> list[LtiInvitation]:
    """The invitations that still work, of units within reach; the newest first."""
    query = select(LtiInvitation).where(LtiInvitation.used_at.is_(None), LtiInvitation.expires_at > now())
    query = query.where(within_reach(identity, LtiInvitation.unit_id)).order_by(LtiInvitation.id.desc())
    query = query.options(joinedload(LtiInvitation.unit).selectinload(Unit.names))
    return list(session.scalars(query.limit(MOST_SHOWN)))


def withdraw(session: Session, identity: Identity, key: int) -> None:
    """Let an invitation work no more.

    Raises:
        NotFoundError: `lti_invitation_not_found`.
    """
    found = session.get(LtiInvitation, key)
    if found is None or found.used_at is not None or not may(identity, Action.ADMINISTER, found.unit):
        raise NotFoundError("lti_invitation_not_found")
    found.expires_at = min(found.expires_at, now())
    session.flush()
    audit.record(session, identity, "platform.uninvite", found.unit, name=found.name)


def open_invitation(session: Session, token: str) -> LtiInvitation:
    """The invitation of a token.

    Raises:
        ForbiddenError: it is unknown, used or too old (`lti_invitation_over`).
    """
    query = select(LtiInvitation).where(LtiInvitation.token_digest == token_digest(token))
    found = session.scalar(query.where(LtiInvitation.used_at.is_(None), LtiInvitation.expires_at > now()))
    if found is None:
        raise ForbiddenError("lti_invitation_over")
    return found


def claim(session: Session, invitation_id: int) -> None:
    """Take an invitation for one registration, before the platform is asked.

    Raises:
        ForbiddenError: somebody else has it, or its time is over (`lti_invitation_over`).
    """
    mine = update(LtiInvitation).where(LtiInvitation.id == invitation_id, LtiInvitation.used_at.is_(None))
    if session.execute(mine.where(LtiInvitation.expires_at > now()).values(used_at=now())).rowcount != 1:
        raise ForbiddenError("lti_invitation_over")


def give_back(session: Session, invitation_id: int) -> None:
    """The registration failed, so its address works again."""
    session.execute(
        update(LtiInvitation)
        .where(LtiInvitation.id == invitation_id, LtiInvitation.platform_id.is_(None))
        .values(used_at=None)
    )
