"""The life of a job row: enqueued, claimed under a lease, renewed, completed, or failed and tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from elearn.clock import now
from elearn.models.operations import Job, JobState

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.database import Database

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)


class LeaseLostError(Exception):
    """The lease ran out and another worker may have taken the job: this one's work must be rolled back."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A job that one worker may work on until the lease runs out; `attempt` counts from 1."""

    job_id: int
    kind: str
    payload: dict[str, Any]
    owner: str
    attempt: int


def enqueue(
    session: Session,
    kind: str,
    key: str | None = None,
    payload: dict[str, Any] | None = None,
    run_at: datetime | None = None,
) -> bool:
    """Add a job to the transaction of its cause; returns False when a job with this key was added before."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    moment = now()
    row = dialect.insert(Job).values(
        kind=kind,
        key=key,
        payload=payload or {},
        state=JobState.READY,
        run_at=run_at or moment,
        attempts=0,
        last_error="",
        created_at=moment,
    )
    added = row.on_conflict_do_nothing(index_elements=[Job.key]).returning(Job.id)
    return session.scalar(added) is not None


def forget(session: Session, key: str) -> None:
    """Remove a job that is done or given up, so that the same one can be added again."""
    session.execute(delete(Job).where(Job.key == key, Job.state != JobState.READY))


def claim(
    database: Database, owner: str, lease: timedelta = LEASE, *, only: Collection[str] = (), but: Collection[str] = ()
) -> Lease | None:
    """Take the job that has been due the longest, of some kinds `only`, or of all `but` some; None without one."""
    moment = now()
    with database.read() as session:
        due = select(Job.id).where(_claimable(moment), Job.run_at <= moment).order_by(Job.run_at, Job.id).limit(8)
        if only:
            due = due.where(Job.kind.in_(only))
        if but:
            due = due.where(Job.kind.not_in(but))
        candidates = session.scalars(due).all()
    for job_id in candidates:
        held = _take(database, job_id, owner, moment, lease)
        if held is not None:
            return held
    return None


def _take(database: Database, job_id: int, owner: str, moment: datetime, lease: timedelta) -> Lease | None:
    with database.write() as session:
        taken = (
            update(Job)
            .where(Job.id == job_id, _claimable(moment))
            .values(attempts=Job.attempts + 1, lease_owner=owner, lease_until=moment + lease)
        )
        # Another worker may have been quicker: only a changed row is ours.
        if session.execute(taken).rowcount != 1:
            return None
        job = session.get_one(Job, job_id)
        if job.attempts > MAX_ATTEMPTS:
            # It took the worker down every time, so nobody was left to report the failure.
            job.state, job.finished_at, job.lease_owner, job.lease_until = JobState.DEAD, moment, None, None
            job.last_error = job.last_error or "the worker ended while it ran"
            return None
        return Lease(job.id, job.kind, job.payload, owner, job.attempts)


def renew(database: Database, held: Lease, lease: timedelta = LEASE) -> bool:
    """Lengthen a lease; False when it is lost."""
    with database.write() as session:
        longer = update(Job).where(_held_by(held)).values(lease_until=now() + lease)
        return session.execute(longer).rowcount == 1


def complete(session: Session, held: Lease) -> None:
    """Mark a job done in the transaction of its effects.

    Raises:
        LeaseLostError: the transaction must be rolled back.
    """
    done = (
        update(Job)
        .where(_held_by(held))
        .values(state=JobState.DONE, finished_at=now(), lease_owner=None, lease_until=None)
    )
    if session.execute(done).rowcount != 1:
        raise LeaseLostError(held.job_id)


def fail(database: Database, held: Lease, error: str) -> JobState | None:
    """Try a job again later, or give it up after its last attempt; None when the lease is lost."""
    state = JobState.DEAD if held.attempt >= MAX_ATTEMPTS else JobState.READY
    moment = now()
    with database.write() as session:
        failed = (
            update(Job)
            .where(_held_by(held))
            .values(
                state=state,
                run_at=moment + pause_after(held.attempt),
                last_error=error[-4000:],
                finished_at=moment if state is JobState.DEAD else None,
                lease_owner=None,
                lease_until=None,
            )
        )
        return state if session.execute(failed).rowcount == 1 else None


def pause_after(attempt: int) -> timedelta:
    """How long a job waits after its n-th failed attempt: 10 s, doubled each time, at most an hour."""
    return min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE)


def _claimable(moment: datetime) -> ColumnElement[bool]:
    free = or_(Job.lease_until.is_(None), Job.lease_until < moment)
    return and_(Job.state == JobState.READY, free)


def _held_by(held: Lease) -> ColumnElement[bool]:
    return and_(
        Job.id == held.job_id,
        Job.state == JobState.READY,
        Job.lease_owner == held.owner,
        Job.attempts == held.attempt,
    )
