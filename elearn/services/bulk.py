"""Changing the same fields of many materials: tried first, told, then done; each as if its editor had edited it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from elearn.identifiers import is_uid
from elearn.models.material import Material, Status
from elearn.services import audit, library
from elearn.services.access import MANAGERS, materials_under, visible_materials
from elearn.services.errors import ServiceError
from elearn.services.metadata import KEYWORDS, as_json, metadata_of
from elearn.services.search import with_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity
    from elearn.services.metadata import Metadata

MOST = 100  # materials at once: what one transaction changes in a second or two


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one material: field -> value before and after, or why nothing does."""

    material: Material
    changes: Mapping[str, list[Any]]
    refused: ServiceError | None = None


def in_scope(
    session: Session, identity: Identity, *, own: bool, status: Status | None, limit: int, offset: int
) -> tuple[int, list[Material]]:
    """Materials that the identity may edit as owner, or as manager of their units, newest first: all, and a page."""
    mine: ColumnElement[bool] = Material.owner_id == identity.account_id
    states = (Status.DRAFT, Status.PUBLISHED) if own else (Status.DRAFT, Status.SUBMITTED, Status.PUBLISHED)
    where = (
        mine if own else materials_under(identity, MANAGERS),
        Material.status.in_([status] if status in states else states),
    )
    total = session.scalar(select(func.count()).select_from(Material).where(*where)) or 0
    query = select(Material).where(*where).order_by(Material.id.desc())
    return total, list(session.scalars(with_labels(query).limit(limit).offset(offset)).unique())


def chosen(session: Session, identity: Identity, uids: Iterable[str]) -> list[Material]:
    """The materials with the uids, as far as the identity sees them, in the order of their titles.

    Raises:
        ServiceError: `bulk_none`, `bulk_too_many`.
    """
    wanted = {uid for uid in uids if is_uid(uid)}
    if len(wanted) > MOST:
        raise ServiceError("bulk_too_many", most=MOST)
    query = select(Material).where(Material.uid.in_(wanted), visible_materials(identity)).order_by(Material.title)
    found = list(session.scalars(with_labels(query)).unique())
    if not found:
        raise ServiceError("bulk_none")
    return found


def plan(
    session: Session, identity: Identity, materials: Iterable[Material], changes: Mapping[str, Any]
) -> list[Planned]:
    """Try the changes on each material and take them back: what would happen, by the very rules of editing."""
    return [_tried(session, identity, material, changes) for material in materials]


def _tried(session: Session, identity: Identity, material: Material, changes: Mapping[str, Any]) -> Planned:
    before = metadata_of(material)
    trial = session.begin_nested()
    try:
        library.edit(session, identity, material, changed(before, changes))
        after, refused = metadata_of(material), None
    except ServiceError as error:
        after, refused = before, error
    finally:
        trial.rollback()
    return Planned(material, _difference(before, after), refused)


def apply(
    session: Session, identity: Identity, materials: Iterable[Material], changes: Mapping[str, Any]
) -> list[Planned]:
    """Change what can be changed, in the transaction of the session; the audit log names all of it once."""
    done = []
    for material in materials:
        before = metadata_of(material)
        edit = session.begin_nested()
        try:
            library.edit(session, identity, material, changed(before, changes))
        except ServiceError as error:
            edit.rollback()
            done.append(Planned(material, {}, error))
        else:
            edit.commit()
            done.append(Planned(material, _difference(before, metadata_of(material))))
    written = [planned for planned in done if planned.changes]
    if written:
        audit.record(
            session,
            identity,
            "material.bulk_edit",
            fields=sorted(changes),
            materials={planned.material.uid: dict(planned.changes) for planned in written},
        )
    return done


def changed(metadata: Metadata, changes: Mapping[str, Any]) -> Metadata:
    """The same with other values; keywords are added to those that are there."""
    values = dict(changes)
    if "keywords" in values:
        values["keywords"] = tuple(dict.fromkeys((*metadata.keywords, *values["keywords"])))[:KEYWORDS]
    return replace(metadata, **values)


def _difference(before: Metadata, after: Metadata) -> dict[str, list[Any]]:
    old, new = as_json(before), as_json(after)
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}
