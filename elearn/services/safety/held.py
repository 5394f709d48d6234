"""Files that nobody is given yet: new ones until a scanner has seen them, harmful ones until somebody decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from elearn.clock import now
from elearn.identifiers import new_uid
from elearn.models.material import Version
from elearn.models.scanning import FileScan, ScanState
from elearn.models.software import SoftwareFile
from elearn.services import jobs
from elearn.services.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

SCAN_FILE = "scan_file"  # the kind of job
HELD = frozenset({ScanState.WAITING, ScanState.TOO_LARGE, ScanState.INFECTED})
HELD_BACK = {
    ScanState.WAITING: "file_waits_for_scan",
    ScanState.TOO_LARGE: "file_not_scanned",
    ScanState.INFECTED: "file_set_aside",
}


def hold_new_file(session: Session, sha256: str) -> None:
    """Hold bytes that come for the first time, and have them scanned, where a scanner is set.

    Before the version that names them is written. Bytes that others open already stay open: whoever sends a copy of
    them while the scanner is away must not take them from everybody.
    """
    known = or_(exists().where(Version.blob_sha256 == sha256), exists().where(SoftwareFile.blob_sha256 == sha256))
    if not session.info.get("holds_files") or session.scalar(select(known)):
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    fresh = {"state": ScanState.WAITING, "created_at": now(), "decided_by_id": None, "decided_at": None}
    row = dialect.insert(FileScan).values(sha256=sha256, threat="", reason="", **fresh)
    row = row.on_conflict_do_update(
        index_elements=[FileScan.sha256], set_=fresh, where=FileScan.state != ScanState.RELEASED
    )
    if session.scalar(row.returning(FileScan.sha256)) is not None:
        jobs.enqueue(session, SCAN_FILE, key=f"{SCAN_FILE}:{sha256}:{new_uid()}", payload={"sha256": sha256})


def state_of(session: Session, sha256: str) -> ScanState | None:
    """Where some bytes stand with the scanner; None when none was set when they came."""
    return session.scalar(select(FileScan.state).where(FileScan.sha256 == sha256))


def states_of(session: Session, digests: Collection[str]) -> dict[str, ScanState]:
    """The same of several files, for those that a scanner was set for."""
    query = select(FileScan.sha256, FileScan.state).where(FileScan.sha256.in_(digests))
    return {row.sha256: row.state for row in session.execute(query)} if digests else {}


def is_held(session: Session, version: Version | None) -> bool:
    """Whether nobody is given the file of a version."""
    return version is not None and state_of(session, version.blob_sha256) in HELD


def require_released(session: Session, version: Version | None) -> None:
    """Refuse to go on with a version whose file is held.

    Raises:
        ConflictError: it waits for the scanner, could not be scanned, or does harm.
    """
    if version is not None:
        require_open(session, version.blob_sha256)


def require_open(session: Session, sha256: str) -> None:
    """Refuse to hand out bytes that are held.

    Raises:
        ConflictError: as `require_released`.
    """
    state = state_of(session, sha256)
    if state in HELD:
        raise ConflictError(HELD_BACK[state])
