"""The course of an attempt: its manifest, its run-time table and its sequencing session, loaded and stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from elearn.clock import now
from elearn.models.learning import Attempt, AttemptStatus, SystemObjective
from elearn.models.material import Material, Version
from elearn.services.errors import ConflictError
from scorm.datamodel import DataModelTable, table_for
from scorm.manifest import manifest_from_json
from scorm.sequencing import SequencingSession

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from scorm.manifest.model import Item, Manifest, Organization

MANIFESTS_KEPT = 128
_manifests: dict[int, Manifest] = {}


def manifest_of(session: Session, version_id: int) -> Manifest:
    """The manifest of a version; versions never change, so the newest used ones stay in memory.

    Raises:
        ConflictError: the version has no manifest: it is not a SCORM package.
    """
    manifest = _manifests.pop(version_id, None)
    if manifest is None:
        query = select(Version).where(Version.id == version_id).options(undefer(Version.manifest))
        stored = session.scalars(query).one().manifest
        if stored is None:
            raise ConflictError("not_playable", kind="")
        manifest = manifest_from_json(stored)
    _manifests[version_id] = manifest
    while len(_manifests) > MANIFESTS_KEPT:
        _manifests.pop(next(iter(_manifests)))
    return manifest


@dataclass
class Course:
    """What one attempt is walked through."""

    attempt: Attempt
    manifest: Manifest
    sequencing: SequencingSession

    @property
    def organization(self) -> Organization:
        """The organization that is played."""
        return self.manifest.organization

    @property
    def table(self) -> DataModelTable:
        """The run-time data-model table of the manifest's edition."""
        return table_for(self.manifest.edition)

    @cached_property
    def items(self) -> dict[str, Item]:
        """All items by identifier."""
        return {item.identifier: item for item in self.organization.walk()}

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """The items that launch something."""
        return tuple(item for item in self.items.values() if not item.children)


def load_course(session: Session, attempt: Attempt) -> Course:
    """Load the course of an attempt with the tracking of its registration."""
    registration = attempt.registration
    manifest = manifest_of(session, registration.version_id)
    sequencing = SequencingSession(
        manifest.organization,
        manifest.edition,
        registration_state=registration.tracking,
        attempt_state=attempt.sequencing,
        global_objectives=_system_objectives(session, attempt, manifest),
        clock=now,
        seed=attempt.registration.id,
    )
    return Course(attempt, manifest, sequencing)


def store_course(session: Session, course: Course) -> None:
    """Write the state of the walk: tracking to the registration, position to the attempt, shared objectives."""
    attempt = course.attempt
    tracking, position, objectives = course.sequencing.state()
    attempt.registration.tracking = tracking
    attempt.sequencing = position
    attempt.current_activity = course.sequencing.current
    _store_system_objectives(session, attempt, objectives)


def end_attempt(attempt: Attempt, *, suspended: bool) -> None:
    """Close the walk: suspended ones are resumed by the next launch, ended ones are followed by a new attempt."""
    attempt.status = AttemptStatus.SUSPENDED if suspended else AttemptStatus.ENDED
    attempt.ended_at = None if suspended else now()
    attempt.changed_at = now()


def _publishing_unit(session: Session, attempt: Attempt) -> int:
    query = select(Material.unit_id).join(Version, Version.material_id == Material.id)
    return session.scalars(query.where(Version.id == attempt.registration.version_id)).one()


def _system_objectives(session: Session, attempt: Attempt, manifest: Manifest) -> dict[str, dict[str, Any]]:
    if not manifest.edition.is_2004 or not manifest.organization.objectives_global_to_system:
        return {}
    query = select(SystemObjective).where(
        SystemObjective.account_id == attempt.registration.account_id,
        SystemObjective.unit_id == _publishing_unit(session, attempt),
    )
    return {row.objective: row.state for row in session.scalars(query)}


def _store_system_objectives(session: Session, attempt: Attempt, objectives: dict[str, dict[str, Any]]) -> None:
    if not objectives:
        return
    unit = _publishing_unit(session, attempt)
    account = attempt.registration.account_id
    query = select(SystemObjective).where(SystemObjective.account_id == account, SystemObjective.unit_id == unit)
    rows = {row.objective: row for row in session.scalars(query)}
    for name, state in objectives.items():
        if name in rows:
            rows[name].state = state
        else:
            session.add(SystemObjective(account_id=account, unit_id=unit, objective=name[:255], state=state))
