"""The jobs that ask the scanner: one for each file, tried again while it is away; what it finds is set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import delete, exists, select, union

from content_packages.findings import finding
from content_packages.scanner import Judgement, Verdict
from content_packages.storage.contract import BlobMissingError
from elearn.clock import now
from elearn.models.material import StoredBlob, Version, VersionFinding
from elearn.models.operations import Job, JobState
from elearn.models.scanning import FileScan, ScanState
from elearn.models.software import SoftwareFile
from elearn.services import audit, jobs
from elearn.services.access import SYSTEM
from elearn.services.safety.held import SCAN_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from content_packages.scanner import Scanner
    from content_packages.storage.contract import Storage

STATES = {
    Judgement.CLEAN: ScanState.CLEAN,
    Judgement.INFECTED: ScanState.INFECTED,
    Judgement.TOO_LARGE: ScanState.TOO_LARGE,
}
CODES = {ScanState.INFECTED: "malware_found", ScanState.TOO_LARGE: "too_large_to_scan"}
log = structlog.get_logger("elearn.scanning")


def scan_file(
    scanner: Scanner | None, storage: Storage, payload: Mapping[str, Any]
) -> Callable[[Session], object] | None:
    """Have one file scanned, outside of any transaction; what is returned keeps the verdict.

    Without a scanner, as when it was taken out of the settings, a file that waits goes on waiting.

    Raises:
        ScannerError: no answer that can be believed; the job is tried again.
    """
    sha256 = str(payload["sha256"])
    if scanner is None:
        return None
    try:
        with storage.open(sha256) as file:
            verdict = scanner.scan(file)
    except BlobMissingError:
        return None
    return lambda session: keep_verdict(session, sha256, verdict)


def keep_verdict(session: Session, sha256: str, verdict: Verdict) -> None:
    """Write down what the scanner said, and set the file aside when it does harm; a release by hand stays."""
    row = session.get(FileScan, sha256) or FileScan(sha256=sha256, state=ScanState.WAITING)
    if row.state is ScanState.RELEASED:
        return
    state, row.threat, row.scanned_at = STATES[verdict.judgement], verdict.threat, now()
    is_news = state is not row.state
    row.state = state
    session.add(row)
    session.flush()
    if is_news and state in CODES:
        _set_aside(session, sha256, finding(CODES[state], threat=verdict.threat))


def _set_aside(session: Session, sha256: str, found: Any) -> None:
    told = exists().where(VersionFinding.version_id == Version.id, VersionFinding.code == found.code)
    for version in session.scalars(select(Version).where(Version.blob_sha256 == sha256, ~told)):
        row = VersionFinding(code=found.code, severity=found.severity, params=dict(found.params), place="")
        version.findings.append(row)
        details = {"sha256": sha256, "file_name": version.file_name, "threat": found.params.get("threat", "")}
        audit.record(session, SYSTEM, "file.set_aside", version.material, **details)
    for file in session.scalars(select(SoftwareFile).where(SoftwareFile.blob_sha256 == sha256)):
        details = {"sha256": sha256, "file_name": file.file_name, "threat": found.params.get("threat", "")}
        audit.record(session, SYSTEM, "file.set_aside", file.release, **details)
    session.flush()


def enqueue_waiting(session: Session) -> int:
    """Ask again about what waits and has no job left, because the scanner was away for long; returns how many."""
    slot = f"{now():%Y-%m-%dT%H}"
    given_up = delete(Job).where(Job.kind == SCAN_FILE, Job.state == JobState.DEAD)
    session.execute(given_up, execution_options={"synchronize_session": False})
    asked = exists().where(
        Job.kind == SCAN_FILE, Job.state == JobState.READY, Job.key.startswith(f"{SCAN_FILE}:" + FileScan.sha256)
    )
    waiting = select(FileScan.sha256).where(FileScan.state == ScanState.WAITING, ~asked)
    return sum(_enqueue(session, sha256, slot) for sha256 in session.scalars(waiting).all())


def enqueue_stored(session: Session) -> int:
    """Have every stored file scanned, as after a scanner was set or has learnt; nothing is held meanwhile."""
    slot = f"{now():%Y-%m-%dT%H:%M:%S}"
    stored = union(select(Version.blob_sha256), select(SoftwareFile.blob_sha256)).order_by("blob_sha256")
    return sum(_enqueue(session, sha256, slot) for sha256 in session.scalars(stored).all())


def _enqueue(session: Session, sha256: str, slot: str) -> bool:
    return jobs.enqueue(session, SCAN_FILE, key=f"{SCAN_FILE}:{sha256}:{slot}", payload={"sha256": sha256})


def forget_gone(session: Session) -> int:
    """Drop what is known of clean files that are no longer stored; what did harm is remembered; returns how many."""
    stored = exists().where(StoredBlob.sha256 == FileScan.sha256)
    harmless = FileScan.state.in_((ScanState.WAITING, ScanState.CLEAN))
    gone = delete(FileScan).where(harmless, ~stored)
    return session.execute(gone, execution_options={"synchronize_session": False}).rowcount
