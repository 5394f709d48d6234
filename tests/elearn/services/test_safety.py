"""Files that are held: which ones, what the scanner's words do to them, and asking again."""

import io

import pytest
from sqlalchemy import select

from content_packages.scanner import Judgement, Verdict
from elearn.clock import now
from elearn.models.account import AuditEvent, Role
from elearn.models.material import Material, Status, StoredBlob, VersionFinding
from elearn.models.operations import Job, JobState
from elearn.models.scanning import FileScan, ScanState
from elearn.services import safety
from elearn.services.access import SYSTEM
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.organisation import ensure_root, root_unit
from elearn.services.safety import quarantine
from elearn.services.safety.scanning import keep_verdict

SHA = "a" * 64
INFECTED = Verdict(Judgement.INFECTED, "Test.Harmful-1")


@pytest.fixture
def scanned(session):
    session.info["holds_files"] = True
    return session


@pytest.fixture
def unit(session):
    return root_unit(session) or ensure_root(session, SYSTEM)


@pytest.fixture
def draft(world, scanned, unit):
    """A draft of a file that came while a scanner was set."""
    safety.hold_new_file(scanned, SHA)
    made = world.material(unit, world.account("lan"), Status.DRAFT, title="Bài")
    version = made.versions[0]
    scanned.merge(StoredBlob(sha256=SHA, size=7, created_at=now()))
    version.blob_sha256 = SHA
    scanned.flush()
    return made


@pytest.fixture
def administrator(world, unit):
    account = world.account("quantri")
    world.grant(account, Role.ADMINISTRATOR, unit)
    return world.identity(account)


def state(session):
    return safety.state_of(session, SHA)


def jobs(session):
    return session.scalars(select(Job).where(Job.kind == "scan_file")).all()


def test_without_a_scanner_nothing_is_held(session):
    safety.hold_new_file(session, SHA)
    assert state(session) is None
    assert jobs(session) == []


def test_a_new_file_waits_and_is_asked_about(scanned, draft):
    assert state(scanned) is ScanState.WAITING
    assert [job.payload for job in jobs(scanned)] == [{"sha256": SHA}]
    with pytest.raises(ConflictError, match="file_waits_for_scan"):
        safety.require_released(scanned, draft.versions[0])


def test_a_copy_of_what_others_open_holds_nobody_up(scanned, draft):
    keep_verdict(scanned, SHA, Verdict(Judgement.CLEAN))
    safety.hold_new_file(scanned, SHA)
    assert state(scanned) is ScanState.CLEAN
    assert len(jobs(scanned)) == 1


def test_what_is_clean_is_free(scanned, draft):
    keep_verdict(scanned, SHA, Verdict(Judgement.CLEAN))
    safety.require_released(scanned, draft.versions[0])
    assert draft.versions[0].findings == []


@pytest.mark.parametrize(
    ("verdict", "code", "refusal"),
    [
        (INFECTED, "malware_found", "file_set_aside"),
        (Verdict(Judgement.TOO_LARGE), "too_large_to_scan", "file_not_scanned"),
    ],
)
def test_what_does_harm_is_set_aside_once_with_a_finding(scanned, draft, verdict, code, refusal):
    keep_verdict(scanned, SHA, verdict)
    keep_verdict(scanned, SHA, verdict)
    assert [found.code for found in draft.versions[0].findings] == [code]
    told = select(AuditEvent.action).where(AuditEvent.action.startswith("file."))
    assert scanned.scalars(told).all() == ["file.set_aside"]
    with pytest.raises(ConflictError, match=refusal):
        safety.require_released(scanned, draft.versions[0])


def test_a_release_frees_the_file_and_outlives_the_scanner(scanned, draft, administrator):
    keep_verdict(scanned, SHA, INFECTED)
    quarantine.release(scanned, administrator, SHA, " Quét nhầm ")
    keep_verdict(scanned, SHA, INFECTED)
    safety.require_released(scanned, draft.versions[0])
    assert draft.versions[0].findings == []
    row = scanned.get_one(FileScan, SHA)
    assert (row.state, row.reason, row.decided_by_id) == (ScanState.RELEASED, "Quét nhầm", administrator.account_id)
    assert quarantine.held_files(scanned, administrator) == (0, [])
    with pytest.raises(NotFoundError):
        quarantine.release(scanned, administrator, SHA, "x")


def test_deleting_removes_a_draft_and_what_comes_again_is_asked_about_again(scanned, draft, administrator):
    keep_verdict(scanned, SHA, INFECTED)
    quarantine.remove(scanned, administrator, SHA, "Có mã độc")
    assert scanned.scalars(select(Material)).all() == []
    assert scanned.scalars(select(VersionFinding)).all() == []
    assert quarantine.held_files(scanned, administrator)[0] == 0
    assert safety.forget_gone(scanned) == 0
    safety.hold_new_file(scanned, SHA)
    assert state(scanned) is ScanState.WAITING
    assert quarantine.held_files(scanned, administrator)[0] == 1
    assert len(jobs(scanned)) == 2


def test_deleting_withdraws_what_was_published(scanned, draft, administrator):
    draft.status = Status.PUBLISHED
    epoch = draft.capability_epoch
    keep_verdict(scanned, SHA, INFECTED)
    quarantine.remove(scanned, administrator, SHA, "Có mã độc")
    assert (draft.status, draft.capability_epoch) == (Status.WITHDRAWN, epoch + 1)
    assert state(scanned) is ScanState.INFECTED


def test_a_decision_needs_an_administrator_and_a_reason(scanned, draft, administrator, world):
    teacher = world.identity(draft.owner)
    for act in (quarantine.release, quarantine.remove):
        with pytest.raises(ForbiddenError):
            act(scanned, teacher, SHA, "x")
        with pytest.raises(ServiceError, match="decision_needs_reason"):
            act(scanned, administrator, SHA, "  ")
        with pytest.raises(NotFoundError):
            act(scanned, administrator, "b" * 64, "x")
    with pytest.raises(ForbiddenError):
        quarantine.held_files(scanned, teacher)
    assert state(scanned) is ScanState.WAITING


def test_the_list_says_who_brought_what(scanned, draft, administrator):
    total, (held,) = quarantine.held_files(scanned, administrator)
    assert (total, held.size, held.scan.state) == (1, 7, ScanState.WAITING)
    assert [version.created_by.login for version in held.versions] == ["lan"]


def test_what_waits_without_a_job_is_asked_about_again_and_given_up_jobs_go(scanned, draft):
    assert safety.enqueue_waiting(scanned) == 0
    jobs(scanned)[0].state = JobState.DEAD
    scanned.flush()
    assert safety.enqueue_waiting(scanned) == 1
    assert [job.state for job in jobs(scanned)] == [JobState.READY]


def test_every_stored_file_can_be_scanned_without_being_held(session, world, unit):
    world.material(unit, world.account("lan"), Status.PUBLISHED, title="Bài")
    assert safety.enqueue_stored(session) == 1
    sha256 = jobs(session)[0].payload["sha256"]
    assert safety.state_of(session, sha256) is None
    keep_verdict(session, sha256, INFECTED)
    assert safety.state_of(session, sha256) is ScanState.INFECTED


class Absent:
    """A storage in which the file is no more."""

    def open(self, sha256):
        from content_packages.storage.contract import BlobMissingError  # noqa: PLC0415 - of this one test

        raise BlobMissingError(sha256)


def test_a_file_that_is_gone_and_a_scanner_that_was_taken_away_end_the_job(scanned, draft):
    class Unasked:
        def scan(self, file: io.BytesIO):
            raise AssertionError(file)

    assert safety.scan_file(None, Absent(), {"sha256": SHA}) is None
    assert safety.scan_file(Unasked(), Absent(), {"sha256": SHA}) is None
    assert state(scanned) is ScanState.WAITING
