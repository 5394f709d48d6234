"""Keys and secrets of LTI 1.1: who administers a unit makes them for its platforms, and takes them away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.identifiers import new_token
from elearn.models.lti import LtiConsumer, LtiPlatform
from elearn.models.organisation import Unit
from elearn.services import audit
from elearn.services.access import Action, may, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.lti.launched import end_launched_sessions
from elearn.services.lti.platforms import within_reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

PROVIDER: Final = "lti11"  # of identities, and of the issuer under which the launches of a key are kept
LONGEST_KEY = 240  # characters; the issuer has 255
MOST_SHOWN = 200
_KEY = re.compile(r"[!-~]+")  # what travels in a form and a signature without being changed on the way


def issuer_of_key(key: str) -> str:
    """The issuer of the platform that stands for a key."""
    return f"{PROVIDER}:{key}"[:255]


def keys_within(session: Session, identity: Identity) -> Sequence[LtiConsumer]:
    """The keys of the units that the identity administers and of those below, by key; without their secrets to show."""
    query = select(LtiConsumer).where(within_reach(identity, LtiConsumer.unit_id)).order_by(LtiConsumer.key)
    whole = (joinedload(LtiConsumer.unit).selectinload(Unit.names), joinedload(LtiConsumer.platform))
    return session.scalars(query.options(*whole).limit(MOST_SHOWN)).all()


def add_key(session: Session, identity: Identity, unit: Unit, key: str) -> str:
    """Let the platforms of a unit use a key; gives its secret, which is shown once.

    Raises:
        ForbiddenError: the identity does not administer the unit.
        ServiceError: it cannot be a key (`lti_former_key_form`: `most`).
        ConflictError: it is there already, or was another unit's (`lti_former_key_taken`: `key`).
    """
    require(identity, Action.ADMINISTER, unit)
    if len(key) > LONGEST_KEY or not _KEY.fullmatch(key):
        raise ServiceError("lti_former_key_form", most=LONGEST_KEY)
    has_key = session.scalar(select(LtiConsumer.id).where(LtiConsumer.key == key)) is not None
    before = session.scalar(select(LtiPlatform).where(LtiPlatform.issuer == issuer_of_key(key)).limit(1))
    if has_key or (before is not None and before.unit_id != unit.id):
        raise ConflictError("lti_former_key_taken", key=key)
    secret = new_token()
    row = LtiConsumer(key=key, secret=secret, unit_id=unit.id, platform_id=before.id if before is not None else None)
    session.add(row)
    session.flush()
    audit.record(session, identity, "lti.former_key", unit, key=key)
    return secret


def remove_key(session: Session, identity: Identity, consumer_id: int) -> str:
    """Let a key open nothing any more, and end what it has opened; what was done with it stays. Gives the key.

    Raises:
        NotFoundError: there is none within reach (`lti_former_key_not_found`).
    """
    row = session.get(LtiConsumer, consumer_id)
    if row is None or not may(identity, Action.ADMINISTER, row.unit):
        raise NotFoundError("lti_former_key_not_found")
    if row.platform is not None:
        end_launched_sessions(session, row.platform)
    session.delete(row)
    session.flush()
    audit.record(session, identity, "lti.former_key_end", row.unit, key=row.key)
    return row.key
