"""Titles of the catalogue: entered by whoever manages a unit, with or without a file of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from content_packages.facts import Kind
from elearn.models.material import Material, Status
from elearn.models.software import SoftwareGuide
from elearn.services import audit, library
from elearn.services.access import Action, may, require, visible_materials
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.indexing import mark_changed
from elearn.services.metadata import apply_metadata
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity
    from elearn.services.metadata import Metadata

MOST_GUIDES = 50


@dataclass(frozen=True, slots=True)
class TitleDetails:
    """What is said of a title beyond other materials: its maker's page, and who helps with it."""

    maker_url: str = ""
    contact: str = ""


def get_title(session: Session, identity: Identity, uid: str, action: Action = Action.SEE_MATERIAL) -> Material:
    """The title with a uid, for an action.

    Raises:
        NotFoundError: there is none, it is no software, or the identity may not see it.
        ForbiddenError: the identity sees it but may not do this.
    """
    title = library.get_material(session, identity, uid, action)
    if title.kind != Kind.SOFTWARE.value:
        raise NotFoundError("title_not_found")
    return title


def create_title(
    session: Session, identity: Identity, unit: Unit, metadata: Metadata, details: TitleDetails
) -> Material:
    """Enter a title into the catalogue of a unit; its readers see it once the unit has approved it.

    Raises:
        ForbiddenError: the identity does not manage the unit.
        ServiceError: the metadata or details cannot be used (`web_address`, `title_needed`, `level_needed`, ...).
        ConflictError: `title_twice`; the unit has a title of this name and vendor.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    if identity.account_id is None:
        raise ForbiddenError("may_not", action=Action.MANAGE_UNIT.value)
    _require_level(metadata)
    material = Material(
        kind=Kind.SOFTWARE.value, unit_id=unit.id, owner_id=identity.account_id, status=Status.DRAFT, title=""
    )
    session.add(material)
    apply_metadata(session, material, metadata)
    _apply(material, details)
    _refuse_twin(session, material)
    audit.record(session, identity, "title.create", material, unit=unit.code, title=material.title)
    mark_changed(session, material)
    return material


def edit_title(
    session: Session, identity: Identity, material: Material, metadata: Metadata, details: TitleDetails
) -> None:
    """Change what is said of a title.

    Raises:
        ForbiddenError: the identity does not manage it.
        ServiceError, ConflictError: as for `create_title`.
    """
    require(identity, Action.MANAGE_TITLE, material)
    _require_level(metadata)
    before = _said(material)
    library.edit(session, identity, material, metadata)
    _apply(material, details)
    _refuse_twin(session, material)
    after = _said(material)
    if before != after:
        audit.record(session, identity, "title.edit", material, before=before, after=after)


def _require_level(metadata: Metadata) -> None:
    """The plan counts titles by level, so a title without one would be counted nowhere."""
    if not metadata.levels:
        raise ServiceError("level_needed")


def _apply(material: Material, details: TitleDetails) -> None:
    detail = material.software
    if detail is None:  # apply_metadata has made it
        raise AssertionError(material.uid)
    detail.maker_url = checked_address(details.maker_url)
    detail.contact = one_line(details.contact)[:300]


def checked_address(text: str) -> str:
    """A web address that a page may link to, or "".

    Raises:
        ServiceError: `web_address`; it is not http or https, or names no host.
    """
    text = text.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        named = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
        named = named and (parts.port is None or parts.port > 0)
    except ValueError:
        named = False
    if not named or len(text) > 500 or any(c.isspace() or not c.isprintable() for c in text):  # noqa: PLR2004 - the column
        raise ServiceError("web_address", address=text[:80])
    return text


def _refuse_twin(session: Session, material: Material) -> None:
    same = select(Material).where(
        Material.kind == Kind.SOFTWARE.value,
        Material.unit_id == material.unit_id,
        Material.id != material.id,
        Material.status != Status.WITHDRAWN,
        Material.title == material.title,
    )
    for other in session.scalars(same.options(joinedload(Material.software))):
        vendors = {row.vendor.casefold() for row in (other.software, material.software) if row is not None}
        if len(vendors) < 2:  # noqa: PLR2004 - both the same
            raise ConflictError("title_twice", title=material.title)


def _said(material: Material) -> dict[str, str]:
    detail = material.software
    if detail is None:
        return {}
    return {"maker_url": detail.maker_url, "contact": detail.contact}


def guides_of(session: Session, identity: Identity, title: Material) -> list[Material]:
    """The materials that help to teach with a title, as far as the identity may see them, by title."""
    attached = select(SoftwareGuide.material_id).where(SoftwareGuide.title_id == title.id)
    seen = select(Material).where(Material.id.in_(attached), visible_materials(identity))
    return list(session.scalars(seen.order_by(Material.title, Material.id)))


def attach_guide(session: Session, identity: Identity, title: Material, uid: str) -> Material:
    """Attach a material by its uid.

    Raises:
        ForbiddenError: the identity does not manage the title.
        NotFoundError: no such material, or the identity may not see it.
        ConflictError: `guide_twice` or `guide_most`; ServiceError: `guide_itself`.
    """
    require(identity, Action.MANAGE_TITLE, title)
    material = library.get_material(session, identity, uid)
    if material.id == title.id:
        raise ServiceError("guide_itself")
    attached = set(session.scalars(select(SoftwareGuide.material_id).where(SoftwareGuide.title_id == title.id)))
    if material.id in attached:
        raise ConflictError("guide_twice", title=material.title)
    if len(attached) >= MOST_GUIDES:
        raise ConflictError("guide_most", most=MOST_GUIDES)
    session.add(SoftwareGuide(title_id=title.id, material_id=material.id))
    audit.record(session, identity, "title.guide", title, material=material.uid, title=material.title)
    return material


def detach_guide(session: Session, identity: Identity, title: Material, uid: str) -> None:
    """Take a material away from a title; nothing happens when it was not attached.

    Raises:
        ForbiddenError: the identity does not manage the title.
    """
    require(identity, Action.MANAGE_TITLE, title)
    row = session.scalar(
        select(SoftwareGuide)
        .join(Material, Material.id == SoftwareGuide.material_id)
        .where(SoftwareGuide.title_id == title.id, Material.uid == uid)
    )
    if row is not None:
        session.delete(row)
        audit.record(session, identity, "title.unguide", title, material=uid)


def manages(identity: Identity, title: Material) -> bool:
    """Whether the identity runs the catalogue this title stands in."""
    return may(identity, Action.MANAGE_TITLE, title)
