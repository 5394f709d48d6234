"""Releases of a title: a version with a file for each platform; what a file says of itself is kept beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from content_packages.facts import Kind
from elearn.database import day_of
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.blobs import record_blob
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.indexing import mark_changed
from elearn.services.safety import hold_new_file
from elearn.services.software.installed.ages import restate
from elearn.services.software.titles import get_title
from elearn.services.software.versions import same_version
from elearn.services.spans import check_day
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity
    from elearn.services.contribute import Intake

MOST_RELEASES = 200
MOST_FILES = 20
FACTS_KEPT = ("product", "release", "vendor", "architecture", "signer")
# A portable program may be packed in an archive of any kind.
PROGRAMS = frozenset({Kind.SOFTWARE, Kind.ARCHIVE})


@dataclass(frozen=True, slots=True)
class ReleaseNotes:
    """What is said of a release."""

    version: str
    released_on: date
    notes: str = ""
    is_latest: bool = True


def add_release(session: Session, identity: Identity, title: Material, notes: ReleaseNotes) -> SoftwareRelease:
    """Enter a release; as the latest one it gives lists and search their version.

    Raises:
        ForbiddenError: the identity does not manage the title.
        ServiceError: `release_nameless`, `day_range`, `release_ahead`.
        ConflictError: `release_twice`, `release_most`.
    """
    require(identity, Action.MANAGE_TITLE, title)
    version = one_line(notes.version)[:64]
    if not version:
        raise ServiceError("release_nameless")
    check_day(notes.released_on)
    if notes.released_on > day_of(session):
        raise ServiceError("release_ahead")
    existing = releases_of(session, title)
    if any(row.version.casefold() == version.casefold() for row in existing):
        raise ConflictError("release_twice", version=version)
    if len(existing) >= MOST_RELEASES:
        raise ConflictError("release_most", most=MOST_RELEASES)
    release = SoftwareRelease(
        title_id=title.id,
        version=version,
        released_on=notes.released_on,
        notes=several_lines(notes.notes),
        created_by_id=identity.account_id,
    )
    session.add(release)
    session.flush()
    audit.record(session, identity, "release.add", release, title=title.title, version=version)
    if notes.is_latest or not existing:
        mark_latest(session, identity, release)
    else:
        restate(session, [title.id])
    return release


def mark_latest(session: Session, identity: Identity, release: SoftwareRelease) -> None:
    """Make a release the one that schools are asked to have; it is supported then.

    Raises:
        ForbiddenError: the identity does not manage the title.
    """
    title = release.title
    require(identity, Action.MANAGE_TITLE, title)
    for other in releases_of(session, title):
        other.is_latest = other is release
    release.is_supported = True
    if title.software is not None:
        title.software.release = release.version
    session.flush()
    restate(session, [title.id])
    audit.record(session, identity, "release.latest", release, title=title.title, version=release.version)
    mark_changed(session, title)


def set_supported(session: Session, identity: Identity, release: SoftwareRelease, *, supported: bool) -> None:
    """Say whether a release may still be used; the latest one always may.

    Raises:
        ForbiddenError: the identity does not manage the title.
        ConflictError: `release_latest`.
    """
    require(identity, Action.MANAGE_TITLE, release.title)
    if release.is_latest and not supported:
        raise ConflictError("release_latest")
    release.is_supported = supported
    session.flush()
    restate(session, [release.title_id])
    changed = "release.supported" if supported else "release.unsupported"
    audit.record(session, identity, changed, release, title=release.title.title, version=release.version)


def add_file(
    session: Session, identity: Identity, release: SoftwareRelease, intake: Intake, platform: str
) -> SoftwareFile:
    """Add an examined file to a release; what it says of itself is kept, and where that differs from what is promised.

    Raises:
        ForbiddenError: the identity does not manage the title.
        ServiceError: `file_no_program` (the file is something else), `file_platform` (made for another system).
        ConflictError: `file_twice` (the release has these bytes), `file_most`.
    """
    require(identity, Action.MANAGE_TITLE, release.title)
    facts = intake.facts
    if facts.kind not in PROGRAMS:
        raise ServiceError("file_no_program", name=intake.file_name)
    found = str(facts.properties.get("platform", ""))
    if found and found != platform:
        raise ServiceError("file_platform", name=intake.file_name, platform=found)
    if any(file.blob_sha256 == intake.staged.sha256 for file in release.files):
        raise ConflictError("file_twice", name=intake.file_name)
    if len(release.files) >= MOST_FILES:
        raise ConflictError("file_most", most=MOST_FILES)
    hold_new_file(session, intake.staged.sha256)
    record_blob(session, intake.staged.sha256, intake.staged.size, facts.table.to_bytes() if facts.table else None)
    told = {name: str(facts.properties[name]) for name in FACTS_KEPT if facts.properties.get(name)}
    file = SoftwareFile(
        platform=platform,
        architecture=told.get("architecture", "")[:16],
        file_name=intake.file_name[:300],
        media_type=facts.media_type,
        blob_sha256=intake.staged.sha256,
        facts=told,
        findings=_differences(release, told),
        created_by_id=identity.account_id,
    )
    release.files.append(file)
    session.flush()
    _tell_platforms(session, release.title)
    audit.record(
        session, identity, "release.file", release, name=file.file_name, sha256=file.blob_sha256, platform=platform
    )
    return file


def _differences(release: SoftwareRelease, told: dict[str, str]) -> list[str]:
    """Where the file says something else than the catalogue; a person decides what that means."""
    found = []
    stated, vendor = told.get("release", ""), told.get("vendor", "").casefold()
    if stated and not same_version(stated, release.version):
        found.append("file_version_differs")
    expected = release.title.software.vendor.casefold() if release.title.software else ""
    if vendor and expected and vendor not in expected and expected not in vendor:
        found.append("file_vendor_differs")
    return found


def _tell_platforms(session: Session, title: Material) -> None:
    """Lists and search say for which systems there is a file, beside those its makers name."""
    detail = title.software
    if detail is None:
        return
    offered = (file.platform for release in releases_of(session, title) for file in release.files)
    detail.platforms = list(dict.fromkeys([*detail.platforms, *offered]))
    mark_changed(session, title)


def releases_of(session: Session, title: Material) -> Sequence[SoftwareRelease]:
    """The releases of a title with their files, the newest first."""
    rows = (
        select(SoftwareRelease)
        .where(SoftwareRelease.title_id == title.id)
        .options(selectinload(SoftwareRelease.files).joinedload(SoftwareFile.blob))
        .order_by(SoftwareRelease.released_on.desc(), SoftwareRelease.id.desc())
    )
    return session.scalars(rows).all()


def get_release(
    session: Session, identity: Identity, title_uid: str, uid: str, action: Action = Action.SEE_MATERIAL
) -> SoftwareRelease:
    """A release of a title by both uids, for an action to the title.

    Raises:
        NotFoundError: `title_not_found` or `release_not_found`; ForbiddenError: as for `get_title`.
    """
    title = get_title(session, identity, title_uid, action)
    release = session.scalar(
        select(SoftwareRelease)
        .where(SoftwareRelease.uid == uid, SoftwareRelease.title_id == title.id)
        .options(joinedload(SoftwareRelease.title), selectinload(SoftwareRelease.files).joinedload(SoftwareFile.blob))
    )
    if release is None:
        raise NotFoundError("release_not_found")
    return release


def get_file(session: Session, identity: Identity, title_uid: str, uid: str) -> SoftwareFile:
    """A file of a release of a title that the identity may see.

    Raises:
        NotFoundError: `title_not_found` or `release_not_found`.
    """
    title = get_title(session, identity, title_uid)
    file = session.scalar(
        select(SoftwareFile)
        .join(SoftwareRelease, SoftwareRelease.id == SoftwareFile.release_id)
        .where(SoftwareFile.uid == uid, SoftwareRelease.title_id == title.id)
        .options(joinedload(SoftwareFile.release).joinedload(SoftwareRelease.title), joinedload(SoftwareFile.blob))
    )
    if file is None:
        raise NotFoundError("release_not_found")
    return file
