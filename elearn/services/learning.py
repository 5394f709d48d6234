"""What somebody has learned with, also where the material is gone: own attempts are never taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from elearn.identifiers import is_uid
from elearn.models.learning import NO_LEARNING, Attempt, Placement, Registration
from elearn.models.material import Material

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def own_learning(session: Session, identity: Identity, limit: int = 12) -> list[tuple[Material, Attempt]]:
    """Each material the identity has begun, with its newest attempt; last changed first, withdrawn ones too.

    What somebody only showed to a class in teach mode is no learning of theirs.
    """
    newest = select(func.max(Attempt.id)).join(Registration).join(Placement)
    newest = newest.where(Registration.account_id == identity.account_id, Placement.kind.not_in(NO_LEARNING))
    newest = newest.group_by(Placement.material_id)
    query = (
        select(Attempt)
        .join(Attempt.registration)
        .join(Registration.placement)
        .join(Placement.material)
        .where(Attempt.id.in_(newest))
        .options(
            contains_eager(Attempt.registration)
            .contains_eager(Registration.placement)
            .contains_eager(Placement.material)
        )
        .order_by(Attempt.changed_at.desc(), Attempt.id.desc())
    )
    return [(attempt.registration.placement.material, attempt) for attempt in session.scalars(query.limit(limit))]


def begun_material(session: Session, identity: Identity, uid: str) -> Material | None:
    """The material with a uid of which the identity has an attempt, whether it may still see it or not."""
    if identity.account_id is None or not is_uid(uid):
        return None
    begun = select(Placement.material_id).join(Registration).join(Attempt)
    begun = begun.where(Registration.account_id == identity.account_id)
    return session.scalar(select(Material).where(Material.uid == uid, Material.id.in_(begun)))
