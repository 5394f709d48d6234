"""A new file for a material: of a draft it takes effect at once, of what is published somebody else decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.models.material import ReviewStep, Status, Version, VersionState
from elearn.services import audit, review
from elearn.services.access import Action, require
from elearn.services.contribute import add_version
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.indexing import mark_changed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity
    from elearn.services.contribute import Intake

LONGEST_NOTE = 4000


def add(session: Session, identity: Identity, material: Material, intake: Intake, note: str = "") -> Version:
    """Make an examined and accepted file the next version of a material.

    Of a published material it waits for a reviewer; one that waited already is taken back with that.

    Raises:
        ForbiddenError: the identity may not change the file of the material.
        ConflictError: `version_other_kind`; courses and players rely on the kind.
        ServiceError: `version_same_file`; it is the file that is offered, or that waits.
    """
    review.hold(session, material)
    require(identity, Action.CHANGE_FILE, material)
    check_kind(material, intake.facts.kind.value)
    _check_bytes(session, material, intake.staged.sha256)
    if material.status is Status.DRAFT:
        version = add_version(session, identity, material, intake, note=note[:LONGEST_NOTE])
        material.changed_at = now()
        mark_changed(session, material)
        return version
    for earlier in session.scalars(waiting_of(material)):
        earlier.state = VersionState.TAKEN_BACK
    version = add_version(session, identity, material, intake, note=note[:LONGEST_NOTE], state=VersionState.WAITING)
    review.record_step(session, identity, material, ReviewStep.PROPOSED, note=version.note, version=version)
    audit.record(session, identity, "material.new_version", material, number=version.number, sha256=version.blob_sha256)
    return version


def check_kind(material: Material, kind: str) -> None:
    """Refuse a file of another kind than the material is.

    Raises:
        ConflictError: `version_other_kind`.
    """
    if kind != material.kind:
        raise ConflictError("version_other_kind", kind=material.kind, given=kind)


def _check_bytes(session: Session, material: Material, digest: str) -> None:
    offered = (Version.is_current) | (Version.state == VersionState.WAITING)
    same = select(Version.number).where(Version.material_id == material.id, Version.blob_sha256 == digest, offered)
    number = session.scalar(same.limit(1))
    if number is not None:
        raise ServiceError("version_same_file", number=number)


def waiting_of(material: Material):  # noqa: ANN201 - the query's type is SQLAlchemy's business
    """The query for the version of a material that waits; there is one at most."""
    return select(Version).where(Version.material_id == material.id, Version.state == VersionState.WAITING)
