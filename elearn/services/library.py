"""Looking at and editing materials: by uid, lists, metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from content_packages.facts import Kind
from elearn.identifiers import is_uid
from elearn.models.material import Material, Picture, Status, Version
from elearn.models.organisation import Unit
from elearn.models.software_life import SoftwarePicture
from elearn.services import review
from elearn.services.access import Action, is_maker, may, require, visible_materials
from elearn.services.errors import NotFoundError, ServiceError
from elearn.services.indexing import mark_changed
from elearn.services.metadata import apply_metadata, demand_whole, said_of
from elearn.services.search import with_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from elearn.services.access import Identity
    from elearn.services.metadata import Metadata


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
            joinedload(Material.owner),
            joinedload(Material.software),
            joinedload(Material.current_version).options(
                selectinload(Version.parts), selectinload(Version.findings), joinedload(Version.preview)
            ),
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
    """Material id -> digest of the picture of its card; materials without a picture are left out.

    A title of software whose file gives none has the first of its pictures. At most two queries.
    """
    shown = list(materials)
    # A title without a file of ours has no version, and no picture of one.
    ids = [material.id for material in shown if material.current_version is not None]
    query = (
        select(Version.material_id, Picture.blob_sha256)
        .join(Picture, Picture.version_id == Version.id)
        .where(Version.material_id.in_(ids), Version.is_current, Picture.role == "card")
    )
    found = dict(session.execute(query).all()) if ids else {}
    titles = [material.id for material in shown if material.kind == Kind.SOFTWARE and material.id not in found]
    return found | (_first_pictures(session, titles, SoftwarePicture.blob_sha256) if titles else {})


def _first_pictures(session: Session, titles: Iterable[int], digest: InstrumentedAttribute[str]) -> dict[int, str]:
    rows = select(SoftwarePicture.title_id, digest).where(SoftwarePicture.title_id.in_(list(titles)))
    latest_first = rows.order_by(SoftwarePicture.position.desc(), SoftwarePicture.id.desc())
    return dict(session.execute(latest_first).all())


def card_of(session: Session, material: Material, *, small: bool = False) -> str | None:
    """The digest of the picture on a material's card; the larger one when there is no small one."""
    query = select(Picture.role, Picture.blob_sha256).join(Version)
    query = query.where(
        Version.material_id == material.id, Version.is_current, Picture.role.in_(("card", "card-small"))
    )
    found = dict(session.execute(query).all())
    digest = (found.get("card-small") if small else None) or found.get("card")
    if digest is None and material.kind == Kind.SOFTWARE:
        column = SoftwarePicture.small_sha256 if small else SoftwarePicture.blob_sha256
        return _first_pictures(session, [material.id], column).get(material.id)
    return digest


def edit(session: Session, identity: Identity, material: Material, metadata: Metadata) -> None:
    """Change what is said of a material.

    What others have read, or what somebody else than its makers changes, stands in the audit log and in its history.

    Raises:
        ForbiddenError: the identity may not edit it.
        ServiceError: the metadata cannot be used.
    """
    review.hold(session, material)
    require(identity, Action.EDIT_MATERIAL, material)
    _check_promises(session, identity, material, metadata)
    before = said_of(material)
    apply_metadata(session, material, metadata)
    after = said_of(material)
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if changes and (material.status is not Status.DRAFT or not is_maker(identity, material)):
        review.record_edit(session, identity, material, changes)
    mark_changed(session, material)


def _check_promises(session: Session, identity: Identity, material: Material, metadata: Metadata) -> None:
    """What a reviewer has asked for must not be taken back behind the reviewer's back (see `review.submit`)."""
    if material.status is Status.DRAFT:
        return
    demand_whole(session, metadata)
    opens = metadata.is_public and not material.is_public
    if opens and material.status is Status.PUBLISHED and is_maker(identity, material):
        raise ServiceError("public_needs_others")
