"""The word of a reviewer about a version that waits; its uploader may take it back before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.models.material import Material, ReviewStep, Status, Version, VersionState
from elearn.services import audit, review
from elearn.services.access import REVIEWERS, Action, is_independent, materials_under, require
from elearn.services.contribute import make_current
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError
from elearn.services.safety import require_released

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def accept(session: Session, identity: Identity, material: Material, version: Version, note: str = "") -> None:
    """Offer a version from now on: new launches get it, attempts in flight stay on theirs, courses are told.

    Raises:
        ForbiddenError: the identity does not review here, or has made or edited the material.
        ConflictError: `version_decided`; it does not wait any more. Or its file is held back.
    """
    _hold(session, material, version)
    _require_reviewer(identity, material)
    require_released(session, version)
    make_current(session, material, version)
    review.record_step(session, identity, material, ReviewStep.ACCEPTED, note=note, version=version)
    audit.record(session, identity, "material.accept_version", material, number=version.number)


def decline(session: Session, identity: Identity, material: Material, version: Version, note: str) -> None:
    """Leave the material as it is, with a reason.

    Raises:
        ForbiddenError, ConflictError: as `accept`.
        ServiceError: no reason was given.
    """
    _hold(session, material, version)
    _require_reviewer(identity, material)
    if not note.strip():
        raise ServiceError("reason_needed")
    version.state = VersionState.DECLINED
    review.record_step(session, identity, material, ReviewStep.DECLINED, note=note, version=version)


def take_back(session: Session, identity: Identity, material: Material, version: Version) -> None:
    """Withdraw a version that waits.

    Raises:
        ForbiddenError: the identity may not change the file of the material.
        ConflictError: as `accept`.
    """
    _hold(session, material, version)
    require(identity, Action.CHANGE_FILE, material)
    version.state = VersionState.TAKEN_BACK
    review.record_step(session, identity, material, ReviewStep.TAKEN_BACK, version=version)


def waiting(session: Session, identity: Identity, *, limit: int = 50) -> list[Version]:
    """The versions that wait for the identity's word, longest waiting first, with their materials and uploaders."""
    query = (
        select(Version)
        .join(Material, Material.id == Version.material_id)
        .where(Version.state == VersionState.WAITING, Material.status == Status.PUBLISHED)
        .where(materials_under(identity, REVIEWERS), *review.of_others(identity))
        .options(joinedload(Version.material).joinedload(Material.unit), joinedload(Version.created_by))
        .order_by(Version.id)
    )
    return list(session.scalars(query.limit(limit)).unique())


def _hold(session: Session, material: Material, version: Version) -> None:
    review.hold(session, material)
    session.refresh(version, ["state"])
    if version.state is not VersionState.WAITING:
        raise ConflictError("version_decided", number=version.number)


def _require_reviewer(identity: Identity, material: Material) -> None:
    if not identity.is_system and not is_independent(identity, material):
        raise ForbiddenError("not_independent")
    require(identity, Action.ACCEPT_VERSION, material)
