"""The health of the installation in plain words, for administrators only."""

from datetime import timedelta

import pytest
import time_machine

from elearn.clock import now
from elearn.models.account import Role
from elearn.models.operations import Job, JobState
from elearn.models.scanning import FileScan, ScanState
from elearn.services import housekeeping
from elearn.services.health import State, take_pulse
from elearn.web.machine_sentences import PULSE


@pytest.fixture
def pulse(house):
    def take():
        with house.database.read() as session:
            return {finding.code: finding.state for finding in take_pulse(session, house)}

    return take


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_administrators_see_the_machine(sign_in, role):
    assert sign_in(role=role).get("/administration/health").status_code == 403


def test_a_fresh_installation_misses_worker_and_backup(pulse):
    found = pulse()
    assert found["worker_never"] is State.BAD
    assert found["backup_never"] is State.NOTE
    assert found["jobs_waiting"] is State.GOOD


def test_a_sign_of_life_and_a_backup_age(house, pulse):
    with house.database.write() as session:
        housekeeping.beat(session)
        housekeeping.note_backup(session)
    assert {"worker": State.GOOD, "backup": State.GOOD}.items() <= pulse().items()
    with time_machine.travel(now() + timedelta(days=9)):
        assert {"worker_silent": State.BAD, "backup_old": State.NOTE}.items() <= pulse().items()


def test_a_job_that_was_given_up_is_told_with_its_error(house, sign_in):
    with house.database.write() as session:
        session.add(Job(kind="mail_invitation", payload={}, state=JobState.DEAD, run_at=now(), last_error="no route"))
    page = sign_in("quantri", Role.ADMINISTRATOR).get("/administration/health").text
    assert "no route" in page
    assert "Việc đã bị bỏ" in page


def test_files_that_are_held_are_counted_apart_until_somebody_has_decided(house, pulse):
    with house.database.write() as session:
        states = (ScanState.WAITING, ScanState.INFECTED, ScanState.CLEAN, ScanState.RELEASED)
        session.add_all(FileScan(sha256=f"{number:064x}", state=state) for number, state in enumerate(states))
        session.add(FileScan(sha256="f" * 64, state=ScanState.INFECTED, decided_at=now()))
    with house.database.read() as session:
        counts = {finding.code: finding.params.get("count") for finding in take_pulse(session, house)}
    assert (counts["scans_waiting"], counts["scans_undecided"]) == (1, 1)


def test_every_finding_has_a_sentence(pulse, house):
    with house.database.write() as session:
        session.add(FileScan(sha256="a" * 64, state=ScanState.WAITING))
        session.add(FileScan(sha256="b" * 64, state=ScanState.INFECTED))
        session.add(Job(kind="x", payload={}, state=JobState.DEAD, run_at=now(), last_error=""))
    assert set(pulse()) <= set(PULSE)
