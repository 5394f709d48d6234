"""How the installation is doing now: worker, queue, index, counting, backup and space, as findings with a state."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from elearn.clock import now
from elearn.models.material import SearchChange, SearchRemoval
from elearn.models.operations import Job, JobState
from elearn.models.reports import CountChange
from elearn.models.scanning import FileScan, ScanState
from elearn.services.health.machine import GIBIBYTE, LITTLE_SPACE, Finding, State
from elearn.services.housekeeping import last_backup, last_beat
from elearn.services.lti.undelivered import count_undelivered
from elearn.services.safety import HELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from elearn.house import House

SILENT_AFTER = timedelta(minutes=3)
OLD_BACKUP = timedelta(days=8)
LONG_QUEUE = 100  # due jobs, or changes that wait: the worker should have taken them


def take_pulse(session: Session, house: House) -> list[Finding]:
    """What an administrator should know today, cheap enough for every visit of the start page."""
    looks = (
        *(_worker(session), _jobs(session), _index(session), _counting(session), _grades(session)),
        *(_scans(session), _backup(session), _space(house)),
    )
    return [finding for look in looks for finding in look]


def _found(code: str, state: State, **params: Any) -> Finding:
    return Finding(code, state, params)


def _worker(session: Session) -> Iterator[Finding]:
    beat = last_beat(session)
    if beat is None:
        yield _found("worker_never", State.BAD)
        return
    at = datetime.fromisoformat(beat)
    silent = now() - at > SILENT_AFTER
    yield _found("worker_silent" if silent else "worker", State.BAD if silent else State.GOOD, at=at)


def _jobs(session: Session) -> Iterator[Finding]:
    due = select(func.count()).select_from(Job).where(Job.state == JobState.READY, Job.run_at <= now())
    waiting = session.scalar(due) or 0
    yield _found("jobs_waiting", _queue_state(waiting), count=waiting)
    dead = session.scalar(select(func.count()).select_from(Job).where(Job.state == JobState.DEAD)) or 0
    if dead:
        yield _found("jobs_dead", State.BAD, count=dead)


def _index(session: Session) -> Iterator[Finding]:
    counts = (session.scalar(select(func.count()).select_from(row)) or 0 for row in (SearchChange, SearchRemoval))
    lag = sum(counts)
    yield _found("index_lag", _queue_state(lag), count=lag)


def _counting(session: Session) -> Iterator[Finding]:
    lag = session.scalar(select(func.count()).select_from(CountChange)) or 0
    yield _found("count_lag", _queue_state(lag), count=lag)


def look_at_grades(house: House) -> list[Finding]:
    """Grades on their way to platforms; nothing when the database cannot be asked."""
    try:
        with house.database.read() as session:
            return list(_grades(session))
    except SQLAlchemyError:
        return []


def _grades(session: Session) -> Iterator[Finding]:
    due, refused = count_undelivered(session)
    if due:
        yield _found("grades_waiting", _queue_state(due), count=due)
    if refused:
        yield _found("grades_refused", State.NOTE, count=refused)


def _queue_state(length: int) -> State:
    return State.GOOD if length < LONG_QUEUE else State.NOTE


def _scans(session: Session) -> Iterator[Finding]:
    """Files that nobody is given: those that wait for the scanner, and those that wait for an administrator."""
    query = select(FileScan.state, func.count()).where(FileScan.state.in_(sorted(HELD)), FileScan.decided_at.is_(None))
    held = {state: count for state, count in session.execute(query.group_by(FileScan.state))}  # noqa: C416
    waiting = held.pop(ScanState.WAITING, 0)
    if waiting:
        yield _found("scans_waiting", _queue_state(waiting), count=waiting)
    if undecided := sum(held.values()):
        yield _found("scans_undecided", State.NOTE, count=undecided)


def _backup(session: Session) -> Iterator[Finding]:
    done = last_backup(session)
    if done is None:
        yield _found("backup_never", State.NOTE)
        return
    at = datetime.fromisoformat(done)
    old = now() - at > OLD_BACKUP
    yield _found("backup_old" if old else "backup", State.NOTE if old else State.GOOD, at=at)


def _space(house: House) -> Iterator[Finding]:
    free = shutil.disk_usage(house.settings.home).free
    state = State.GOOD if free >= LITTLE_SPACE else State.NOTE
    yield _found("space", state, free=f"{free / GIBIBYTE:.1f}")


def dead_jobs(session: Session, limit: int = 20) -> list[Job]:
    """The jobs that were given up, last one first."""
    query = select(Job).where(Job.state == JobState.DEAD).order_by(Job.finished_at.desc(), Job.id.desc())
    return list(session.scalars(query.limit(limit)))
