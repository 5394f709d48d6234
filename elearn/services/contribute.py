"""Taking a file in: examined, kept in the storage, then one transaction for all rows that name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from content_packages.file_names import readable_name
from content_packages.inspection import inspect
from content_packages.storage.receiving import receive
from elearn.clock import now
from elearn.models.material import (
    Material,
    Part,
    Picture,
    Status,
    Version,
    VersionFinding,
    VersionState,
)
from elearn.services import duplicates
from elearn.services.access import Action, may
from elearn.services.blobs import record_blob
from elearn.services.errors import ForbiddenError
from elearn.services.indexing import mark_changed
from elearn.services.likeness import Prints, keep_prints, prints_of
from elearn.services.metadata import TITLE_LENGTH, Metadata, apply_metadata
from elearn.services.previews.asking import ask
from elearn.services.proposing import metadata_of_facts
from elearn.services.safety import hold_new_file
from scorm.manifest import manifest_to_json
from scorm.plain_text import several_lines

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from content_packages.archive.limits import Limits
    from content_packages.facts import PackageFacts
    from content_packages.storage.contract import Storage
    from content_packages.storage.receiving import Staged
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class Intake:
    """A received and examined file."""

    staged: Staged
    file_name: str
    facts: PackageFacts
    prints: Prints = field(default_factory=Prints)


def examine(storage: Storage, staged: Staged, file_name: str, limits: Limits | None = None) -> Intake:
    """Read a received file and, when nothing refuses it, make its bytes safe in the storage.

    It is slow and belongs outside any transaction. A crash after it leaves at most a file that no row names,
    which the clean-up removes after its grace period.
    """
    facts = inspect(staged.path, file_name, limits)
    if facts.accepted:
        storage.put(staged.path, staged.sha256)
        if facts.thumbnail:
            with receive(BytesIO(facts.thumbnail), staged.path.parent, len(facts.thumbnail)) as picture:
                storage.put(picture.path, picture.sha256)
    prints = prints_of(facts.table, (part.text for part in facts.parts), facts.manifest)
    return Intake(staged, readable_name(file_name), facts, prints if facts.accepted else Prints())


def proposed_metadata(intake: Intake, identity: Identity) -> Metadata:
    """What the file says of itself, to be corrected by its author."""
    return metadata_of_facts(intake.facts, intake.file_name, identity.name)


def create_material(
    session: Session, identity: Identity, unit: Unit, intake: Intake, metadata: Metadata | None = None
) -> Material:
    """Make a draft of an examined and accepted file.

    Raises:
        ForbiddenError: the identity may not contribute at the unit.
    """
    if identity.account_id is None or not may(identity, Action.CONTRIBUTE, unit):
        raise ForbiddenError("may_not_contribute")
    metadata = metadata or proposed_metadata(intake, identity)
    material = Material(
        kind=intake.facts.kind.value, unit_id=unit.id, owner_id=identity.account_id, status=Status.DRAFT, title=""
    )
    session.add(material)
    session.flush()
    apply_metadata(session, material, metadata)
    add_version(session, identity, material, intake)
    mark_changed(session, material)
    return material


def add_version(
    session: Session,
    identity: Identity,
    material: Material,
    intake: Intake,
    *,
    note: str = "",
    state: VersionState = VersionState.TAKEN,
) -> Version:
    """Add the examined file as a version of a material: the current one, unless it waits for somebody's word."""
    staged, facts, file_name = intake.staged, intake.facts, intake.file_name
    hold_new_file(session, staged.sha256)
    record_blob(session, staged.sha256, staged.size, facts.table.to_bytes() if facts.table else None)
    version = Version(
        material_id=material.id,
        number=next_number(session, material),
        is_current=False,
        state=state,
        note=several_lines(note),
        file_name=file_name[:TITLE_LENGTH],
        media_type=facts.media_type,
        blob_sha256=staged.sha256,
        standard=facts.standard,
        edition=facts.edition,
        tool=facts.tool[:100],
        properties=dict(facts.properties),
        manifest=manifest_to_json(facts.manifest) if facts.manifest else None,
        created_by_id=identity.account_id,
    )
    version.parts = [
        Part(
            key=part.key[:255],
            kind=part.kind,
            title=part.title[:TITLE_LENGTH],
            position=n,
            href=part.href,
            depth=part.depth,
            text=part.text,
        )
        for n, part in enumerate(facts.parts)
    ]
    version.findings = [
        VersionFinding(code=f.code, severity=f.severity, params=dict(f.params), place=f.place[:500])
        for f in facts.findings
    ]
    session.add(version)
    session.flush()
    keep_prints(session, version, intake.prints)
    duplicates.ask(session, version)
    if facts.thumbnail:
        _add_picture(session, version, facts.thumbnail)
    ask(session, version, material.kind)
    if state is VersionState.TAKEN:
        make_current(session, material, version)
    session.expire(material, ["current_version", "versions"])
    return version


def next_number(session: Session, material: Material) -> int:
    """The number of the next version of a material; whoever adds one holds the material, or makes it."""
    newest = session.scalar(select(func.max(Version.number)).where(Version.material_id == material.id)) or 0
    return newest + 1


def make_current(session: Session, material: Material, version: Version) -> None:
    """Let new launches get a version; of a published material, readers know it from now on."""
    for older in session.scalars(select(Version).where(Version.material_id == material.id, Version.is_current)):
        older.is_current = False
    session.flush()
    version.is_current, version.state = True, VersionState.TAKEN
    if material.status is Status.PUBLISHED and version.released_at is None:
        version.released_at = now()
    session.flush()
    session.expire(material, ["current_version", "versions"])


def _add_picture(session: Session, version: Version, data: bytes) -> None:
    digest = sha256(data).hexdigest()
    record_blob(session, digest, len(data))
    session.add(Picture(version_id=version.id, role="card", media_type="image/webp", blob_sha256=digest))
    session.flush()
