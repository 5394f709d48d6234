"""The course of an attempt: its manifest, its run-time table and its sequencing session, loaded and stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import undefer

from elearn.clock import now
from elearn.models.learning import AttemptStatus
from elearn.models.material import Version
from elearn.services.errors import ConflictError
from elearn.services.player.kept import Kept
from elearn.services.player.keys import row_key
from elearn.services.player.system_objectives import load_system_objectives, store_system_objectives
from scorm.datamodel import DataModelTable, table_for
from scorm.manifest import manifest_from_json
from scorm.sequencing import SequencingSession

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.learning import Attempt
    from scorm.manifest.model import Item, Manifest, Organization, Resource

_manifests: Kept[Manifest] = Kept(128)
SHARED = "shared"  # the buckets of an attempt, beside what the sequencer keeps there


def manifest_of(session: Session, version: Version) -> Manifest:
    """The manifest of a version; versions never change, so those used last stay in memory.

    Raises:
        ConflictError: the version has no manifest: it is not a SCORM package.
    """
    return manifest_by_id(session, version.id, version.uid)


def manifest_by_id(session: Session, version_id: int, version_uid: str) -> Manifest:
    """The manifest of a version that is known by id and uid; it raises what `manifest_of` raises."""
    return _manifests.get(version_uid, lambda: _load_manifest(session, version_id))


def _load_manifest(session: Session, version_id: int) -> Manifest:
    query = select(Version).where(Version.id == version_id).options(undefer(Version.manifest))
    stored = session.scalars(query).one().manifest
    if stored is None:
        raise ConflictError("not_playable", kind="")
    return manifest_from_json(stored)


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
        """All items by the key under which rows know them."""
        return {row_key(item.identifier): item for item in self.organization.walk()}

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """The items that launch something."""
        return tuple(item for item in self.items.values() if not item.children)

    def resource_of(self, item: Item) -> Resource | None:
        """What an item launches; None when it names nothing that could be."""
        resource = self.manifest.resources.get(item.resource_id)
        return resource if resource is not None and resource.href else None

    def is_asset(self, item: Item) -> bool:
        """Whether nobody will speak to the run time: the learner has done with the item by opening it."""
        resource = self.resource_of(item)
        return resource is None or resource.scorm_type != "sco"

    @property
    def shared_here(self) -> dict[str, str]:
        """The buckets of shared data that belong to this attempt alone, by target."""
        kept: dict[str, str] = (self.attempt.sequencing or {}).get(SHARED, {})
        return dict(kept)


def load_course(session: Session, attempt: Attempt) -> Course:
    """Load the course of an attempt with the tracking of its registration."""
    registration = attempt.registration
    manifest = manifest_of(session, registration.version)
    objectives = load_system_objectives(session, attempt) if _has_system_objectives(manifest) else {}
    sequencing = SequencingSession(
        manifest.organization,
        manifest.edition,
        registration_state=registration.tracking,
        attempt_state=attempt.sequencing,
        global_objectives=objectives,
        clock=now,
        seed=registration.id,
    )
    return Course(attempt, manifest, sequencing)


def _has_system_objectives(manifest: Manifest) -> bool:
    """Whether a course reads or writes objectives that outlive it."""
    if not (manifest.edition.is_2004 and manifest.organization.objectives_global_to_system):
        return False
    organization = manifest.organization
    definitions = (each.sequencing for each in (organization, *organization.walk()))
    return any(objective.maps for definition in definitions if definition for objective in definition.objectives)


def store_course(session: Session, course: Course) -> None:
    """Write the state of the walk: tracking to the registration, position to the attempt, shared objectives."""
    attempt = course.attempt
    shared = {SHARED: course.shared_here} if course.shared_here else {}
    tracking, position, objectives = course.sequencing.state()
    attempt.registration.tracking = tracking
    attempt.sequencing = {**position, **shared}
    current = course.sequencing.current
    attempt.current_activity = None if current is None else row_key(current)
    if _has_system_objectives(course.manifest):
        store_system_objectives(session, attempt, objectives)


def end_attempt(attempt: Attempt, *, suspended: bool) -> None:
    """Close the walk: suspended ones are resumed by the next launch, ended ones are followed by a new attempt."""
    attempt.status = AttemptStatus.SUSPENDED if suspended else AttemptStatus.ENDED
    attempt.ended_at = None if suspended else now()
    attempt.changed_at = now()
