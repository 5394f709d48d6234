"""What is held back, for administrators: who brought it, what it is and why; released or deleted with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.models.installations import SoftwareMirror
from elearn.models.material import Material, Status, StoredBlob, Version, VersionFinding
from elearn.models.organisation import Unit
from elearn.models.scanning import FileScan, ScanState
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services import audit, drafts, review
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.safety.held import HELD
from elearn.services.safety.scanning import CODES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is held back, its size in bytes, and the versions and files of releases made of it, oldest first."""

    scan: FileScan
    size: int
    versions: tuple[Version, ...]
    programs: tuple[SoftwareFile, ...] = ()


def held_files(session: Session, identity: Identity, *, limit: int = 50, offset: int = 0) -> tuple[int, list[Held]]:
    """What is held back, newest first: number of all, and one page.

    Raises:
        ForbiddenError: the identity does not administer the house.
    """
    require(identity, Action.ADMINISTER)
    # Of bytes that are gone only the memory is left.
    held = select(FileScan, StoredBlob.size).join(StoredBlob, StoredBlob.sha256 == FileScan.sha256)
    held = held.where(FileScan.state.in_(sorted(HELD)), FileScan.decided_at.is_(None), StoredBlob.orphaned_at.is_(None))
    total = session.scalar(select(func.count()).select_from(held.subquery())) or 0
    rows = session.execute(held.order_by(FileScan.created_at.desc(), FileScan.sha256).limit(limit).offset(offset)).all()
    digests = [scan.sha256 for scan, _ in rows]
    versions, programs = _versions(session, digests), _programs(session, digests)
    return total, [
        Held(scan, size, tuple(versions.get(scan.sha256, ())), tuple(programs.get(scan.sha256, ())))
        for scan, size in rows
    ]


def _versions(session: Session, digests: list[str]) -> dict[str, list[Version]]:
    query = (
        select(Version)
        .where(Version.blob_sha256.in_(digests))
        .order_by(Version.id)
        .options(
            joinedload(Version.created_by),
            joinedload(Version.material).joinedload(Material.unit).selectinload(Unit.names),
        )
    )
    found: dict[str, list[Version]] = {}
    for version in session.scalars(query) if digests else ():
        found.setdefault(version.blob_sha256, []).append(version)
    return found


def _programs(session: Session, digests: list[str]) -> dict[str, list[SoftwareFile]]:
    query = (
        select(SoftwareFile)
        .where(SoftwareFile.blob_sha256.in_(digests))
        .order_by(SoftwareFile.id)
        .options(joinedload(SoftwareFile.release).joinedload(SoftwareRelease.title))
    )
    found: dict[str, list[SoftwareFile]] = {}
    for file in session.scalars(query) if digests else ():
        found.setdefault(file.blob_sha256, []).append(file)
    return found


def release(session: Session, identity: Identity, sha256: str, reason: str) -> None:
    """Hand a held file out in spite of the scanner, or before it has spoken; also for copies that come later.

    Raises:
        ForbiddenError: the identity does not administer the house.
        NotFoundError: no such file is held.
        ServiceError: no reason was given.
    """
    row, given = _held(session, identity, sha256, reason)
    row.state, row.decided_by_id, row.decided_at, row.reason = ScanState.RELEASED, identity.account_id, now(), given
    for version in session.scalars(select(Version).where(Version.blob_sha256 == sha256)):
        told = delete(VersionFinding).where(
            VersionFinding.version_id == version.id, VersionFinding.code.in_(CODES.values())
        )
        session.execute(told)
        session.expire(version, ["findings"])
        _record(session, identity, "file.release", version, row)
    for file in _programs(session, [sha256]).get(sha256, ()):
        _record_program(session, identity, "file.release", file, row)
    session.flush()


def remove(session: Session, identity: Identity, sha256: str, reason: str) -> None:
    """Delete the drafts that a held file belongs to; what others have seen is withdrawn, and its file stays locked.

    It is taken out of the releases of software.

    Raises:
        ForbiddenError: the identity does not administer the house.
        NotFoundError: no such file is held.
        ServiceError: no reason was given.
    """
    row, given = _held(session, identity, sha256, reason)
    row.decided_by_id, row.decided_at, row.reason = identity.account_id, now(), given
    if row.state is not ScanState.INFECTED:
        row.state = ScanState.INFECTED  # the same bytes are not wanted again
    current = select(Version).where(Version.blob_sha256 == sha256, Version.is_current)
    for version in session.scalars(current.options(joinedload(Version.material))).all():
        material = version.material
        if material.status is Status.WITHDRAWN:
            continue
        _record(session, identity, "file.delete", version, row)
        try:
            drafts.discard(session, identity, material)
        except ConflictError:
            review.take_out(session, identity, material, given)
    for file in _programs(session, [sha256]).get(sha256, ()):
        _record_program(session, identity, "file.delete", file, row)
        session.execute(delete(SoftwareMirror).where(SoftwareMirror.file_id == file.id))
        session.delete(file)
        session.expire(file.release, ["files"])
    session.flush()


def _held(session: Session, identity: Identity, sha256: str, reason: str) -> tuple[FileScan, str]:
    require(identity, Action.ADMINISTER)
    query = select(FileScan).where(
        FileScan.sha256 == sha256, FileScan.state.in_(sorted(HELD)), FileScan.decided_at.is_(None)
    )
    row = session.scalar(query.with_for_update())
    if row is None:
        raise NotFoundError("file_not_held")
    if not reason.strip():
        raise ServiceError("decision_needs_reason")
    return row, reason.strip()[:LONGEST_REASON]


def _record(session: Session, identity: Identity, action: str, version: Version, row: FileScan) -> None:
    details = {"title": version.material.title, "file_name": version.file_name, "sha256": row.sha256}
    audit.record(session, identity, action, version.material, note=row.reason, threat=row.threat, **details)


def _record_program(session: Session, identity: Identity, action: str, file: SoftwareFile, row: FileScan) -> None:
    details = {"title": file.release.title.title, "file_name": file.file_name, "sha256": row.sha256}
    audit.record(session, identity, action, file.release, note=row.reason, threat=row.threat, **details)
