"""An earlier file again: as a new version, so that history only grows; what was approved once needs no second word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import undefer

from elearn.clock import now
from elearn.models.material import (
    Part,
    Picture,
    ReviewStep,
    Status,
    Version,
    VersionFinding,
    VersionPrint,
    VersionSketch,
    VersionState,
)
from elearn.services import audit, duplicates, review
from elearn.services.access import Action, require
from elearn.services.contribute import make_current, next_number
from elearn.services.errors import ConflictError
from elearn.services.indexing import mark_changed
from elearn.services.safety import require_released

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.base import Row
    from elearn.models.material import Material
    from elearn.services.access import Identity

_OF_VERSION: tuple[type[Row], ...] = (Part, Picture, VersionFinding, VersionPrint, VersionSketch)
_KEPT = ("file_name", "media_type", "blob_sha256", "standard", "edition", "tool", "properties", "manifest")


def restore(session: Session, identity: Identity, material: Material, version: Version, note: str = "") -> Version:
    """Offer the file of an earlier version again, as the newest version; returns that.

    Raises:
        ForbiddenError: the identity may not change the file of the material.
        ConflictError: `version_current`; `version_not_approved`, of a published material: readers never had it.
    """
    review.hold(session, material)
    require(identity, Action.CHANGE_FILE, material)
    session.refresh(version, ["is_current", "state"])
    if version.is_current:
        raise ConflictError("version_current", number=version.number)
    if not can_restore(material, version):
        raise ConflictError("version_not_approved", number=version.number)
    require_released(session, version)
    again = _copy(session, identity, material, version, note)
    make_current(session, material, again)
    if material.status is Status.PUBLISHED:
        review.record_step(session, identity, material, ReviewStep.RESTORED, note=note, version=again)
        details = {"number": again.number, "restored": version.number}
        audit.record(session, identity, "material.restore_version", material, **details)
    material.changed_at = now()
    mark_changed(session, material)
    return again


def can_restore(material: Material, version: Version) -> bool:
    """Whether a version may be offered again without anybody's word."""
    if version.is_current or version.state is not VersionState.TAKEN:
        return False
    return material.status is Status.DRAFT or version.released_at is not None


def _copy(session: Session, identity: Identity, material: Material, version: Version, note: str) -> Version:
    whole = session.scalars(select(Version).where(Version.id == version.id).options(undefer(Version.manifest))).one()
    again = Version(
        material_id=material.id,
        number=next_number(session, material),
        is_current=False,
        note=note.strip(),
        restored_from=version.restored_from or version.number,
        created_by_id=identity.account_id,
        **{name: getattr(whole, name) for name in _KEPT},
    )
    session.add(again)
    session.flush()
    for table in _OF_VERSION:
        _copy_rows(session, table, version.id, again.id)
    duplicates.ask(session, again)
    session.expire(material, ["current_version", "versions"])
    return again


def _copy_rows(session: Session, table: type[Row], from_id: int, to_id: int) -> None:
    columns = [column for column in table.__table__.columns if column.name not in {"id", "version_id", "compared_at"}]
    rows = select(literal(to_id), *columns).where(table.__table__.c.version_id == from_id)
    names = ["version_id", *(column.name for column in columns)]
    session.execute(insert(table.__table__).from_select(names, rows))
