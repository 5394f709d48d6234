"""What is said at the address of a material that was published and is not any more: since when, by whom, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.identifiers import is_uid
from elearn.models.account import Account, AuditEvent
from elearn.models.material import Material, Status
from elearn.services.access.visibility import readable_units

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

WITHDRAWN = "material.withdraw"
EXPIRED = "material.expire"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """When a material went, who took it down ("" where no person did) and why; `is_expired`: its licence ran out."""

    at: datetime
    by: str = ""
    reason: str = ""
    is_expired: bool = False


def tombstone_of(session: Session, material: Material) -> Tombstone | None:
    """What is known of the end of a material; None of one that has not gone."""
    gone = select(AuditEvent).where(
        AuditEvent.subject_kind == Material.__tablename__,
        AuditEvent.subject_uid == material.uid,
        AuditEvent.action.in_((WITHDRAWN, EXPIRED)),
        AuditEvent.allowed,
    )
    event = session.scalar(gone.order_by(AuditEvent.id.desc()).limit(1))
    if material.status is Status.WITHDRAWN:
        if event is None or event.action != WITHDRAWN:
            return Tombstone(material.changed_at)
    elif material.status is Status.PUBLISHED or event is None or event.action != EXPIRED:
        return None
    account = session.get(Account, event.account_id) if event.account_id is not None else None
    by = account.display_name if account is not None else ""
    return Tombstone(event.at, by, event.note, is_expired=event.action == EXPIRED)


def gone_material(session: Session, identity: Identity, uid: str) -> tuple[Material, Tombstone] | None:
    """A material that the identity could read while it was published, with its end; None of any other."""
    if not is_uid(uid):
        return None
    query = select(Material).where(Material.uid == uid, Material.published_at.is_not(None))
    material = session.scalar(query.where(Material.status != Status.PUBLISHED))
    if material is None or not (material.is_public or material.unit_id in readable_units(identity)):
        return None
    tombstone = tombstone_of(session, material)
    return None if tombstone is None else (material, tombstone)
