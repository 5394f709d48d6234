"""What happened with platforms, for whoever administers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.models.lti import LtiEvent, LtiPlatform
from elearn.services.access import Action, may

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

MOST_SHOWN = 30


def events_of(session: Session, platform: LtiPlatform) -> list[LtiEvent]:
    """The last events of a platform, newest first; whoever asks has been shown the platform."""
    query = select(LtiEvent).where(LtiEvent.platform_id == platform.id).options(joinedload(LtiEvent.account))
    return list(session.scalars(query.order_by(LtiEvent.at.desc(), LtiEvent.id.desc()).limit(MOST_SHOWN)))


def events_of_nobody(session: Session, identity: Identity) -> list[LtiEvent]:
    """The last events that no platform of ours answers for; only for whoever administers the whole house."""
    if not may(identity, Action.ADMINISTER):
        return []
    query = select(LtiEvent).where(LtiEvent.platform_id.is_(None))
    return list(session.scalars(query.order_by(LtiEvent.at.desc(), LtiEvent.id.desc()).limit(MOST_SHOWN)))


def last_events(session: Session, platforms: Iterable[LtiPlatform]) -> dict[int, LtiEvent]:
    """The last event of each platform that has one, by the platform's key: one look into the index for each."""
    last = select(LtiEvent.id).where(LtiEvent.platform_id == LtiPlatform.id)
    last = last.order_by(LtiEvent.at.desc(), LtiEvent.id.desc()).limit(1).correlate(LtiPlatform)
    wanted = [platform.id for platform in platforms]
    query = select(LtiEvent).join(LtiPlatform, LtiEvent.id == last.scalar_subquery()).where(LtiPlatform.id.in_(wanted))
    return {event.platform_id: event for event in session.scalars(query) if event.platform_id is not None}
