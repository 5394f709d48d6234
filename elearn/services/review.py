"""The publishing form: draft, submitted, published by a reviewer who neither made nor rewrote it, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from elearn.clock import now
from elearn.models.account import Account
from elearn.models.material import CoAuthor, Material, ReviewEvent, ReviewStep, Status, Version
from elearn.services import audit
from elearn.services.access import REVIEWERS, Action, is_independent, materials_under, require
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError
from elearn.services.indexing import mark_changed
from elearn.services.metadata import demand_whole
from elearn.services.safety import require_released
from elearn.services.search import with_labels

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

    Changes = dict[str, list[Any]]


def submit(session: Session, identity: Identity, material: Material, note: str = "") -> None:
    """Hand a draft to the reviewers; it must say its level and licence by then.

    Raises:
        ForbiddenError: only the author submits.
        ConflictError: it is not a draft.
        ServiceError: the metadata lack something reviewers need.
    """
    _expect(session, material, Status.DRAFT)
    require(identity, Action.SUBMIT_MATERIAL, material)
    demand_whole(session, material)
    material.status = Status.SUBMITTED
    material.submitted_at = now()
    record_step(session, identity, material, ReviewStep.SUBMITTED, note=note)


def publish(session: Session, identity: Identity, material: Material, note: str = "") -> None:
    """Publish a submitted material at its unit and below.

    Raises:
        ForbiddenError: the identity does not review here, or has made or edited it.
        ConflictError: it has not been submitted, or its file is held back.
    """
    _expect(session, material, Status.SUBMITTED)
    _require_reviewer(identity, material)
    require_released(session, material.current_version)
    material.status = Status.PUBLISHED
    material.published_at = now()
    if material.current_version is not None:
        material.current_version.released_at = material.published_at
    record_step(session, identity, material, ReviewStep.PUBLISHED, note=note)


def give_back(session: Session, identity: Identity, material: Material, note: str) -> None:
    """Return a submitted material to its author with a reason.

    Raises:
        ForbiddenError: the identity does not review here, or has made or edited it.
        ConflictError: it has not been submitted.
        ServiceError: no reason was given.
    """
    _expect(session, material, Status.SUBMITTED)
    _require_reviewer(identity, material)
    if not note.strip():
        raise ServiceError("reason_needed")
    material.status = Status.DRAFT
    record_step(session, identity, material, ReviewStep.RETURNED, note=note)


def withdraw(session: Session, identity: Identity, material: Material, reason: str) -> None:
    """Take a material out of the library; its evidence stays, old file addresses stop working at once.

    Raises:
        ForbiddenError: the identity may not withdraw it.
        ServiceError: no reason was given.
    """
    hold(session, material)
    require(identity, Action.WITHDRAW_MATERIAL, material)
    if not reason.strip():
        raise ServiceError("reason_needed")
    take_out(session, identity, material, reason)


def take_out(session: Session, identity: Identity, material: Material, reason: str) -> None:
    """Withdraw a material in whichever state it is; the caller has asked whether that is allowed."""
    hold(session, material)
    material.status = Status.WITHDRAWN
    material.capability_epoch += 1
    audit.record(session, identity, "material.withdraw", material, note=reason.strip())
    record_step(session, identity, material, ReviewStep.WITHDRAWN, note=reason)


def record_edit(session: Session, identity: Identity, material: Material, changes: Changes) -> None:
    """Keep in audit and history that what is said of a material was changed: field -> value before and after."""
    audit.record(session, identity, "material.edit", material, status=material.status.value, changes=changes)
    record_step(session, identity, material, ReviewStep.EDITED, changes=changes)


def queue(session: Session, identity: Identity, *, limit: int = 50, offset: int = 0) -> tuple[int, list[Material]]:
    """Submitted materials that the identity may review, longest waiting first: number of all, and one page."""
    waiting = (
        Material.status == Status.SUBMITTED,
        materials_under(identity, REVIEWERS),
        *of_others(identity),
    )
    total = session.scalar(select(func.count()).select_from(Material).where(*waiting)) or 0
    query = select(Material).where(*waiting).order_by(Material.submitted_at, Material.id)
    return total, list(session.scalars(with_labels(query).limit(limit).offset(offset)).unique())


def of_others(identity: Identity) -> tuple[ColumnElement[bool], ...]:
    """The SQL conditions on `Material` that say the same as `is_independent`."""
    mine = _accounts_of(identity)
    published = select(func.max(ReviewEvent.id)).where(
        ReviewEvent.material_id == Material.id, ReviewEvent.step == ReviewStep.PUBLISHED
    )
    edited = exists().where(
        ReviewEvent.material_id == Material.id,
        ReviewEvent.step == ReviewStep.EDITED,
        ReviewEvent.account_id.in_(mine),
        ReviewEvent.id > func.coalesce(published.correlate(Material).scalar_subquery(), 0),
    )
    made = aliased(Version)  # whoever asks may select versions too
    uploaded = exists().where(
        made.material_id == Material.id, made.created_by_id.in_(mine), made.restored_from.is_(None)
    )
    named = exists().where(
        CoAuthor.material_id == Material.id,
        CoAuthor.person_id == identity.person_id,
        CoAuthor.declined_at.is_(None),
    )
    return Material.owner_id.not_in(mine), ~uploaded, ~named, ~edited


def _accounts_of(identity: Identity) -> Select[tuple[int]]:
    """The account of the identity and all others of the same person."""
    same = Account.id == identity.account_id
    if identity.person_id is not None:
        same = or_(same, Account.person_id == identity.person_id)
    return select(Account.id).where(same)


def hold(session: Session, material: Material) -> None:
    """Let steps and edits of a material follow each other, also on PostgreSQL, and see what the last one did."""
    session.refresh(material, ["status"], with_for_update=True)
    session.expire(material, ["steps"])


def _expect(session: Session, material: Material, status: Status) -> None:
    hold(session, material)
    if material.status is not status:
        raise ConflictError("wrong_status", status=material.status.value)


def _require_reviewer(identity: Identity, material: Material) -> None:
    if not identity.is_system and not is_independent(identity, material):
        raise ForbiddenError("not_independent")
    require(identity, Action.REVIEW_MATERIAL, material)


def record_step(
    session: Session,
    identity: Identity,
    material: Material,
    step: ReviewStep,
    *,
    note: str = "",
    changes: Changes | None = None,
    version: Version | None = None,
) -> None:
    """Add a step to the history of a material, of its current version where none is given, and tell search."""
    material.changed_at = now()
    version = version or material.current_version
    # The operator of the machine has no account: what it does stands in the audit log only.
    if identity.account_id is not None and version is not None:
        taken = ReviewEvent(step=step, account_id=identity.account_id, note=note.strip(), changes=changes)
        taken.version_id = version.id
        material.steps.append(taken)
    mark_changed(session, material)
