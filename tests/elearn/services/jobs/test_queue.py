"""The life of a job: once, under a lease, again after a failure, and dead in the open."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from elearn.clock import now
from elearn.models.operations import Job, JobState
from elearn.services import jobs
from elearn.services.jobs import LEASE, MAX_ATTEMPTS, LeaseLostError
from elearn.services.jobs.queue import pause_after


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as clock:
        yield clock


def add(database, kind="work", **values):
    with database.write() as session:
        return jobs.enqueue(session, kind, **values)


def only(database):
    with database.read() as session:
        return session.scalars(select(Job)).one()


def test_a_job_is_written_with_its_cause_or_not_at_all(database):
    with database.writer() as session:
        jobs.enqueue(session, "work")
        session.rollback()
    assert jobs.claim(database, "w") is None


def test_a_key_makes_a_job_happen_once(database):
    assert add(database, key="k")
    assert not add(database, key="k")
    held = jobs.claim(database, "w")
    with database.write() as session:
        jobs.complete(session, held)
    assert not add(database, key="k")
    assert add(database)
    assert add(database)


def test_a_second_job_with_a_key_does_not_spoil_the_transaction(database):
    add(database, key="k")
    with database.write() as session:
        assert not jobs.enqueue(session, "work", key="k")
        assert jobs.enqueue(session, "other")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 2


def test_the_longest_due_is_taken_first_and_the_future_waits(database, clock):
    moment = now()
    add(database, "later", run_at=moment + timedelta(seconds=1))
    add(database, "second", run_at=moment)
    add(database, "first", run_at=moment - timedelta(hours=1), payload={"number": 1})
    first = jobs.claim(database, "w")
    assert (first.kind, first.payload, first.attempt) == ("first", {"number": 1}, 1)
    assert jobs.claim(database, "w").kind == "second"
    assert jobs.claim(database, "w") is None
    clock.shift(1)
    assert jobs.claim(database, "w").kind == "later"


def test_two_workers_never_hold_one_job(database):
    for _ in range(8):
        add(database)

    def drain(owner):
        taken = []
        while (held := jobs.claim(database, owner)) is not None:
            taken.append(held.job_id)
        return taken

    with ThreadPoolExecutor(3) as pool:
        taken = [job_id for ids in pool.map(drain, "abc") for job_id in ids]
    assert sorted(taken) == sorted(set(taken))
    # A worker that lost every race of one round may have gone home early; nothing is lost.
    taken += drain("d")
    assert len(taken) == 8


def test_a_lease_that_ran_out_goes_to_another_worker_and_the_first_cannot_complete(database, clock):
    add(database)
    first = jobs.claim(database, "a")
    assert jobs.claim(database, "b") is None
    clock.shift(LEASE + timedelta(seconds=1))
    second = jobs.claim(database, "b")
    assert (second.job_id, second.attempt) == (first.job_id, 2)
    assert not jobs.renew(database, first)
    with pytest.raises(LeaseLostError), database.write() as session:
        jobs.complete(session, first)
    assert jobs.fail(database, first, "late") is None
    with database.write() as session:
        jobs.complete(session, second)
    assert only(database).state is JobState.DONE


def test_a_renewed_lease_holds_longer(database, clock):
    add(database)
    held = jobs.claim(database, "a")
    clock.shift(LEASE - timedelta(seconds=1))
    assert jobs.renew(database, held)
    clock.shift(LEASE - timedelta(seconds=1))
    assert jobs.claim(database, "b") is None


def test_a_job_and_its_effects_are_one_transaction(database):
    add(database)
    held = jobs.claim(database, "a")
    with database.writer() as session:
        jobs.enqueue(session, "effect")
        jobs.complete(session, held)
        session.rollback()
    row = only(database)
    assert (row.kind, row.state) == ("work", JobState.READY)


def test_a_failed_job_waits_longer_each_time_and_is_given_up_in_the_end(database, clock):
    add(database)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        held = jobs.claim(database, "a")
        assert held.attempt == attempt
        state = jobs.fail(database, held, f"broken {attempt}")
        assert jobs.claim(database, "a") is None
        clock.shift(pause_after(attempt))
    assert state is JobState.DEAD
    row = only(database)
    assert (row.state, row.last_error) == (JobState.DEAD, f"broken {MAX_ATTEMPTS}")
    assert row.finished_at is not None


def test_a_job_that_takes_the_worker_down_every_time_is_given_up_too(database, clock):
    add(database)
    for _ in range(MAX_ATTEMPTS):
        assert jobs.claim(database, "a") is not None
        clock.shift(LEASE + timedelta(seconds=1))
    assert jobs.claim(database, "a") is None
    assert only(database).state is JobState.DEAD


def test_pauses_double_up_to_an_hour():
    seconds = [pause_after(attempt).total_seconds() for attempt in (1, 2, 3, 20)]
    assert seconds == [10, 20, 40, 3600]
