"""The course of an attempt: its manifest, its run-time table and its sequencing session, loaded and stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from elearn.clock import now
from elearn.models.learning import AttemptStatus
from elearn.models.material import Version
from elearn.services.errors import ConflictError
from elearn.services.player.kept import Kept
from elearn.services.player.keys import SHARED, row_key
from elearn.services.player.single_part import only_part, part_of
from elearn.services.player.system_objectives import load_system_objectives, store_system_objectives
from elearn.services.player.walk_log import write_log
from scorm.manifest import manifest_from_json
from scorm.sequencing import SequencingSession
from scorm.sequencing.objectives import GlobalObjectives
from scorm.standards import Standard, standard_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.models.learning import Attempt
    from elearn.models.play_log import Asker
    from scorm.manifest.model import Item, Manifest, Organization, Resource

_manifests: Kept[Manifest] = Kept(128)


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
    """What one attempt is walked through.

    `objectives` are the system-wide ones that this course maps, as they were loaded; None when it maps none.
    """

    attempt: Attempt
    manifest: Manifest
    sequencing: SequencingSession
    objectives: dict[str, Any] | None = None

    @property
    def organization(self) -> Organization:
        """The organization that is played."""
        return self.manifest.organization

    @property
    def standard(self) -> Standard:
        """The standard that plays the manifest's edition."""
        return standard_of(self.manifest.edition)

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

    def own_objectives(self, objectives: Mapping[str, Any]) -> dict[str, Any]:
        """Of all objectives of the learner those that this course maps, as sequencing knows them."""
        known = GlobalObjectives(objectives).to_json()
        return {name: known[name] for name in sorted(_mapped_objectives(self.manifest) & known.keys())}

    @property
    def shared_here(self) -> dict[str, str]:
        """The buckets of shared data that belong to this attempt alone, by target."""
        kept: dict[str, str] = (self.attempt.sequencing or {}).get(SHARED, {})
        return dict(kept)


def load_course(session: Session, attempt: Attempt) -> Course:
    """Load the course of an attempt with the tracking of its registration."""
    registration = attempt.registration
    manifest = manifest_of(session, registration.version)
    part = part_of(registration.placement)
    if part:
        manifest = only_part(manifest, part)
    is_shared = bool(_mapped_objectives(manifest))
    objectives = load_system_objectives(session, attempt) if is_shared else {}
    sequencing = SequencingSession(
        manifest.organization,
        manifest.edition,
        registration_state=registration.tracking,
        attempt_state=attempt.sequencing,
        global_objectives=objectives,
        clock=now,
        seed=registration.id,
    )
    course = Course(attempt, manifest, sequencing)
    if is_shared:
        course.objectives = course.own_objectives(objectives)
    return course


def _mapped_objectives(manifest: Manifest) -> frozenset[str]:
    """The objectives that outlive a course and that it reads or writes."""
    if not (standard_of(manifest.edition).walks and manifest.organization.objectives_global_to_system):
        return frozenset()
    organization = manifest.organization
    definitions = (each.sequencing for each in (organization, *organization.walk()))
    maps = (objective.maps for definition in definitions if definition for objective in definition.objectives)
    return frozenset(mapped.target for several in maps for mapped in several)


def store_course(session: Session, course: Course, asker: Asker) -> None:
    """Write the state of the walk: tracking to the registration, position to the attempt, shared objectives.

    What has happened goes into the request log of the attempt, as asked for by `asker`.
    """
    attempt = course.attempt
    write_log(session, course, asker)
    shared = {SHARED: course.shared_here} if course.shared_here else {}
    tracking, position, objectives = course.sequencing.state()
    attempt.registration.tracking = tracking
    attempt.sequencing = {**position, **shared}
    current = course.sequencing.current
    attempt.current_activity = None if current is None else row_key(current)
    if course.objectives is not None:
        store_system_objectives(session, attempt, objectives)


def end_attempt(attempt: Attempt, *, suspended: bool) -> None:
    """Close the walk: suspended ones are resumed by the next launch, ended ones are followed by a new attempt."""
    attempt.status = AttemptStatus.SUSPENDED if suspended else AttemptStatus.ENDED
    attempt.ended_at = None if suspended else now()
    attempt.changed_at = now()
