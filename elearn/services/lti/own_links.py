"""The platforms in which somebody is known as the holder of an account here, for that person to see and to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from elearn.models.account import Identity as IdentityRow
from elearn.models.lti import LtiPlatform
from elearn.services.errors import NotFoundError
from elearn.services.lti.connecting import disconnect

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def own_links(session: Session, identity: Identity) -> list[tuple[IdentityRow, LtiPlatform]]:
    """How platforms name the holder of an account, by the name of the platform."""
    return [(named, platform) for named, platform in session.execute(_links(identity).order_by(LtiPlatform.name))]


def end_own_link(session: Session, identity: Identity, key: int | None) -> LtiPlatform:
    """Let a platform speak for the own account no more; returns the platform.

    Raises:
        NotFoundError: `lti_person_not_found`; there is no such link of the own account.
    """
    found = session.execute(_links(identity).where(IdentityRow.id == key)).one_or_none() if key else None
    if found is None:
        raise NotFoundError("lti_person_not_found")
    named, platform = found
    disconnect(session, identity, platform, named)
    return platform


def _links(identity: Identity) -> Select[tuple[IdentityRow, LtiPlatform]]:
    same = and_(LtiPlatform.issuer == IdentityRow.issuer, LtiPlatform.client_id == IdentityRow.client)
    mine = select(IdentityRow, LtiPlatform).join(LtiPlatform, same)
    return mine.where(IdentityRow.account_id == identity.account_id, IdentityRow.provider == "lti")
