"""Deleting a draft that was uploaded by mistake; what others have touched is evidence and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, exists, or_, select
from sqlalchemy.exc import IntegrityError

from elearn.models.learning import ActivityState, Attempt, Placement, PlaySession, Registration
from elearn.models.material import (
    CoAuthor,
    Material,
    MaterialGrade,
    MaterialLevel,
    MaterialSubject,
    Part,
    Picture,
    SearchChange,
    SearchRemoval,
    SoftwareDetail,
    Status,
    Version,
    VersionFinding,
    VersionLikeness,
    VersionPrint,
    VersionSketch,
)
from elearn.models.play_log import ApiCalls, ApiLog, PlayRemark, Walk, WalkEvent
from elearn.models.preview import Caption, VersionPreview
from elearn.models.usage import UsageAct
from elearn.services import audit, review
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def delete_draft(session: Session, identity: Identity, material: Material) -> None:
    """Delete a draft with its author's own trials of it; its file becomes an orphan, and the index forgets it.

    Raises:
        ForbiddenError: it is not the identity's draft, or somebody else has taken a step with it.
        ConflictError: `draft_in_use`: others have opened, used or confirmed it; it can be withdrawn.
    """
    review.hold(session, material)
    require(identity, Action.DELETE_MATERIAL, material)
    if session.scalar(select(_used_by_others(identity.account_id, material.id))):
        raise ConflictError("draft_in_use")
    _delete(session, identity, material)


def discard(session: Session, identity: Identity, material: Material) -> None:
    """Delete the draft of somebody else whose file does harm; who decides that has asked whether it is allowed.

    Raises:
        ConflictError: `draft_in_use`: it is no draft, or others than its owner have opened, used or confirmed it.
    """
    review.hold(session, material)
    is_draft = material.status is Status.DRAFT and not material.steps
    if not is_draft or session.scalar(select(_used_by_others(material.owner_id, material.id))):
        raise ConflictError("draft_in_use")
    _delete(session, identity, material)


def _delete(session: Session, identity: Identity, material: Material) -> None:
    audit.record(session, identity, "material.delete", material, **_remembered(material))
    try:
        with session.begin_nested():
            _delete_rows(session, material.id)
    except IntegrityError:
        # Another room names it, such as a course: whatever that is, it is no mere trial.
        raise ConflictError("draft_in_use") from None
    session.add(SearchRemoval(uid=material.uid))
    session.expunge(material)


def _remembered(material: Material) -> dict[str, object]:
    version = material.current_version
    file = {"file_name": version.file_name, "sha256": version.blob_sha256} if version else {}
    return {"title": material.title, "kind": material.kind, **file}


def _used_by_others(mine: int | None, material_id: int) -> ColumnElement[bool]:
    """Whether there is an attempt, an act or a confirmation that is not the account's."""
    registered = and_(Registration.placement_id == Placement.id, Registration.account_id != mine)
    return or_(
        exists().where(Placement.material_id == material_id, registered),
        exists().where(UsageAct.material_id == material_id, UsageAct.account_id.is_distinct_from(mine)),
        exists().where(CoAuthor.material_id == material_id, CoAuthor.confirmed_at.is_not(None)),
    )


def _delete_rows(session: Session, material_id: int) -> None:
    """Children before parents; rows this does not know keep the material by their foreign keys."""
    placements = select(Placement.id).where(Placement.material_id == material_id)
    registrations = select(Registration.id).where(Registration.placement_id.in_(placements))
    attempts = select(Attempt.id).where(Attempt.registration_id.in_(registrations))
    versions = select(Version.id).where(Version.material_id == material_id)
    of_version = ((row, row.version_id.in_(versions)) for row in _OF_VERSION)
    of_attempt = ((row, row.attempt_id.in_(attempts)) for row in _OF_ATTEMPT)
    of_material = ((row, row.material_id == material_id) for row in _OF_MATERIAL)
    for row, condition in (
        (UsageAct, UsageAct.material_id == material_id),
        *of_attempt,
        (Attempt, Attempt.registration_id.in_(registrations)),
        (Registration, Registration.placement_id.in_(placements)),
        (Placement, Placement.material_id == material_id),
        *of_version,
        (VersionLikeness, VersionLikeness.other_id.in_(versions)),
        *of_material,
        (Material, Material.id == material_id),
    ):
        session.execute(delete(row).where(condition), execution_options={"synchronize_session": False})


_OF_ATTEMPT = (PlaySession, ActivityState, WalkEvent, Walk, ApiCalls, ApiLog)
_OF_VERSION = (
    VersionFinding,
    VersionPrint,
    VersionSketch,
    VersionLikeness,
    VersionPreview,
    Caption,
    Part,
    Picture,
    PlayRemark,
)
_OF_MATERIAL = (Version, SearchChange, CoAuthor, SoftwareDetail, MaterialLevel, MaterialGrade, MaterialSubject)
