"""Looking at and editing materials: by uid, lists, metadata, withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from elearn.clock import now
from elearn.identifiers import is_uid
from elearn.models.material import Material, Picture, ReviewEvent, ReviewStep, Status, Version
from elearn.models.organisation import Unit
from elearn.services import audit
from elearn.services.access import Action, may, require, visible_materials
from elearn.services.contribute import Metadata, apply_metadata
from elearn.services.errors import NotFoundError, ServiceError
from elearn.services.indexing import mark_changed
from elearn.services.search import with_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def get_material(session: Session, identity: Identity, uid: str, action: Action = Action.SEE_MATERIAL) -> Material:
    """The material with a uid, for an action.

    Raises:
        NotFoundError: there is none, or the identity may not see it (the two look alike).
        ForbiddenError: the identity sees it but may not do this.
    """
    query = (
        select(Material)
        .where(Material.uid == uid)
        .options(
            selectinload(Material.levels),
            selectinload(Material.subjects),
            selectinload(Material.grades),
            joinedload(Material.unit).selectinload(Unit.names),
            joinedload(Material.software),
            joinedload(Material.current_version).options(selectinload(Version.parts), selectinload(Version.findings)),
        )
    )
    material = session.scalars(query).unique().one_or_none() if is_uid(uid) else None
    if material is None or not may(identity, Action.SEE_MATERIAL, material):
        raise NotFoundError("material_not_found")
    require(identity, action, material)
    return material


def newest(session: Session, identity: Identity, limit: int = 12) -> list[Material]:
    """The newest published materials that the identity may see."""
    query = select(Material).where(visible_materials(identity), Material.status == Status.PUBLISHED)
    query = query.order_by(Material.published_at.desc(), Material.id.desc()).limit(limit)
    return list(session.scalars(with_labels(query)).unique())


def own(session: Session, identity: Identity, *, limit: int = 50, offset: int = 0) -> tuple[int, list[Material]]:
    """The materials of the identity, last changed first: number of all, and one page."""
    mine = Material.owner_id == identity.account_id
    total = session.scalar(select(func.count()).select_from(Material).where(mine)) or 0
    query = select(Material).where(mine).order_by(Material.changed_at.desc(), Material.id.desc())
    return total, list(session.scalars(with_labels(query).limit(limit).offset(offset)).unique())


def pictures_of(session: Session, materials: Iterable[Material]) -> dict[int, str]:
    """Material id -> digest of the picture of its card, in one query; materials without a picture are left out."""
    ids = [material.id for material in materials]
    query = (
        select(Version.material_id, Picture.blob_sha256)
        .join(Picture, Picture.version_id == Version.id)
        .where(Version.material_id.in_(ids), Version.is_current, Picture.role == "card")
    )
    return dict(session.execute(query).all()) if ids else {}


def edit(session: Session, identity: Identity, material: Material, metadata: Metadata) -> None:
    """Change what is said of a material.

    Raises:
        ForbiddenError: the identity may not edit it.
        ServiceError: the metadata cannot be used.
    """
    require(identity, Action.EDIT_MATERIAL, material)
    apply_metadata(session, material, metadata)
    mark_changed(session, material)


def withdraw(session: Session, identity: Identity, material: Material, reason: str) -> None:
    """Take a material out of the library; its evidence stays, old file addresses stop working at once.

    Raises:
        ForbiddenError: the identity may not withdraw it.
        ServiceError: no reason was given.
    """
    require(identity, Action.WITHDRAW_MATERIAL, material)
    if not reason.strip():
        raise ServiceError("reason_needed")
    material.status = Status.WITHDRAWN
    material.capability_epoch += 1
    material.changed_at = now()
    audit.record(session, identity, "material.withdraw", material, note=reason.strip())
    if identity.account_id is not None and material.current_version is not None:
        session.add(
            ReviewEvent(
                material_id=material.id,
                version_id=material.current_version.id,
                step=ReviewStep.WITHDRAWN,
                account_id=identity.account_id,
                note=reason.strip(),
            )
        )
    mark_changed(session, material)
