"""Our signing keys: one signs, and those that platforms may still hold or not yet know are published beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, or_, select

from elearn.clock import now
from elearn.lti import keys
from elearn.models.lti import LtiKey
from elearn.services import audit
from elearn.services.access import Action, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.services.access import Identity

# Platforms keep our keyset for up to a day: a new key signs when all of them have had time to fetch it again, and
# what the old one has signed is long used up when it goes.
KNOWN_AFTER = timedelta(days=1)
GONE_AFTER = timedelta(days=7)


def signing_key(session: Session) -> str | None:
    """The private key that signs now, as PEM; None before the first was made."""
    row = session.scalar(
        select(LtiKey).where(LtiKey.signs_from <= now(), _published()).order_by(LtiKey.signs_from.desc()).limit(1)
    )
    return row.private_pem if row else None


def published(session: Session) -> Sequence[LtiKey]:
    """The keys that stand in our keyset, newest first."""
    return session.scalars(select(LtiKey).where(_published()).order_by(LtiKey.id.desc())).all()


def keyset(session: Session) -> dict[str, Any]:
    """Our public keyset as platforms fetch it."""
    return keys.keyset(row.private_pem for row in published(session))


def rotate(session: Session, private_pem: str, *, at_once: bool = False) -> LtiKey:
    """Bring in a new key (from `elearn.lti.keys.new_key`, made outside a transaction).

    The first signs at once; a later one signs when platforms know it, and the older ones go a week after that. With
    `at_once`, when a key has got into other hands, it signs from now on and the older ones leave the keyset now.
    """
    older, moment = published(session), now()
    begins = moment + KNOWN_AFTER if older and not at_once else moment
    ends = moment if at_once else begins + GONE_AFTER
    for row in older:
        row.published_until = min(row.published_until or ends, ends)
    row = LtiKey(private_pem=private_pem, created_at=moment, signs_from=begins)
    session.add(row)
    session.flush()
    return row


def rotate_by(session: Session, identity: Identity, private_pem: str, *, at_once: bool = False) -> LtiKey:
    """Bring in a new key on behalf of somebody, as `rotate`.

    Raises:
        ForbiddenError: the identity does not administer the whole house, whose platforms all depend on it.
    """
    require(identity, Action.ADMINISTER)
    row = rotate(session, private_pem, at_once=at_once)
    audit.record(session, identity, "lti.rotate_key", signs_from=row.signs_from.isoformat(), at_once=at_once)
    return row


def ensure_key(database: Database) -> str:
    """The private key that signs now; the first is made when it is needed, outside a transaction.

    No transaction of this thread may be open.
    """
    with database.read() as session:
        private = signing_key(session)
    if private is not None:
        return private
    made = keys.new_key()
    with database.write() as session:
        # Another process may have been faster; then its key signs, and ours is thrown away.
        return signing_key(session) or rotate(session, made).private_pem


def _published() -> ColumnElement[bool]:
    return or_(LtiKey.published_until.is_(None), LtiKey.published_until > now())
