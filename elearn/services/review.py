"""The publishing form: draft, submitted, published by a reviewer who is not the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, true
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.models.account import Account
from elearn.models.material import Material, ReviewEvent, ReviewStep, Status
from elearn.services.access import REVIEWERS, Action, materials_under, require
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.indexing import mark_changed
from elearn.services.search import with_labels

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


def submit(session: Session, identity: Identity, material: Material, note: str = "") -> None:
    """Hand a draft to the reviewers; it must say its level and licence by then.

    Raises:
        ForbiddenError: only the author submits.
        ConflictError: it is not a draft.
        ServiceError: the metadata lack something reviewers need.
    """
    _expect(material, Status.DRAFT)
    require(identity, Action.SUBMIT_MATERIAL, material)
    if not material.levels:
        raise ServiceError("level_needed")
    if not material.licence:
        raise ServiceError("licence_needed")
    material.status = Status.SUBMITTED
    material.submitted_at = now()
    _step(session, identity, material, ReviewStep.SUBMITTED, note)


def publish(session: Session, identity: Identity, material: Material, note: str = "") -> None:
    """Publish a submitted material at its unit and below.

    Raises:
        ForbiddenError: the identity does not review here, or is the author.
        ConflictError: it has not been submitted.
    """
    _expect(material, Status.SUBMITTED)
    require(identity, Action.REVIEW_MATERIAL, material)
    material.status = Status.PUBLISHED
    material.published_at = now()
    _step(session, identity, material, ReviewStep.PUBLISHED, note)


def give_back(session: Session, identity: Identity, material: Material, note: str) -> None:
    """Return a submitted material to its author with a reason.

    Raises:
        ForbiddenError: the identity does not review here, or is the author.
        ConflictError: it has not been submitted.
        ServiceError: no reason was given.
    """
    _expect(material, Status.SUBMITTED)
    require(identity, Action.REVIEW_MATERIAL, material)
    if not note.strip():
        raise ServiceError("reason_needed")
    material.status = Status.DRAFT
    _step(session, identity, material, ReviewStep.RETURNED, note)


def queue(session: Session, identity: Identity, *, limit: int = 50, offset: int = 0) -> tuple[int, list[Material]]:
    """Submitted materials that the identity may review, longest waiting first: number of all, and one page."""
    waiting = (
        Material.status == Status.SUBMITTED,
        materials_under(identity, REVIEWERS),
        Material.owner_id != identity.account_id,
        _by_others(identity),
    )
    total = session.scalar(select(func.count()).select_from(Material).where(*waiting)) or 0
    query = select(Material).where(*waiting).order_by(Material.submitted_at, Material.id)
    return total, list(session.scalars(with_labels(query).limit(limit).offset(offset)).unique())


def _by_others(identity: Identity) -> ColumnElement[bool]:
    """Not from another account of the same person either."""
    if identity.person_id is None:
        return true()
    return Material.owner_id.not_in(select(Account.id).where(Account.person_id == identity.person_id))


def history(session: Session, material: Material) -> list[ReviewEvent]:
    """All steps of a material, oldest first."""
    steps = select(ReviewEvent).where(ReviewEvent.material_id == material.id).order_by(ReviewEvent.id)
    return list(session.scalars(steps.options(joinedload(ReviewEvent.account))))


def _expect(material: Material, status: Status) -> None:
    if material.status is not status:
        raise ConflictError("wrong_status", status=material.status.value)


def _step(session: Session, identity: Identity, material: Material, step: ReviewStep, note: str) -> None:
    material.changed_at = now()
    session.add(
        ReviewEvent(
            material_id=material.id,
            version_id=material.current_version.id,
            step=step,
            account_id=identity.account_id,
            note=note.strip(),
        )
    )
    mark_changed(session, material)
