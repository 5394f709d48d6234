"""What is thrown away once nobody needs it: sessions, launch codes, throttle events, done jobs, staged files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from elearn.clock import now
from elearn.models.account import BrowserSession
from elearn.models.learning import PlaySession
from elearn.models.operations import DatabaseMark, Job, JobState
from elearn.services.lti.launched import purge_launched_sessions

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

HEARTBEAT_MARK = "worker_heartbeat"
BACKUP_MARK = "last_backup"
KEEP_PLAY_SESSIONS = timedelta(days=30)  # so that a late commit is still recognised as its own
KEEP_DONE_JOBS = timedelta(days=14)
KEEP_STAGED = timedelta(days=1)


def purge_sessions(session: Session) -> int:
    """Drop browser sessions that have expired, and what old launches left; returns how many sessions."""
    purge_launched_sessions(session)
    return session.execute(delete(BrowserSession).where(BrowserSession.expires_at < now())).rowcount


def purge_play_codes(session: Session) -> int:
    """Drop player pages that were never opened or ended long ago; returns how many."""
    moment = now()
    unopened = delete(PlaySession).where(
        PlaySession.code_used_at.is_(None), PlaySession.code_expires_at < moment - timedelta(hours=1)
    )
    old = delete(PlaySession).where(PlaySession.expires_at < moment - KEEP_PLAY_SESSIONS)
    over = update(PlaySession).where(PlaySession.ended_at.is_(None), PlaySession.expires_at < moment)
    session.execute(over.values(ended_at=moment))
    return session.execute(unopened).rowcount + session.execute(old).rowcount


def purge_jobs(session: Session) -> int:
    """Drop jobs that were done a fortnight ago; dead ones stay until somebody has looked."""
    done = delete(Job).where(Job.state == JobState.DONE, Job.finished_at < now() - KEEP_DONE_JOBS)
    return session.execute(done).rowcount


def clean_staging(folder: Path) -> int:
    """Remove what an upload left behind when it broke off more than a day ago; returns how many files."""
    oldest = (now() - KEEP_STAGED).timestamp()
    removed = 0
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_file() and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def beat(session: Session) -> None:
    """Leave the sign that a worker lives."""
    session.merge(DatabaseMark(name=HEARTBEAT_MARK, value=now().isoformat()))
    session.flush()


def last_beat(session: Session) -> str | None:
    """When a worker last left its sign, as an ISO time."""
    return session.scalar(select(DatabaseMark.value).where(DatabaseMark.name == HEARTBEAT_MARK))


def note_backup(session: Session) -> None:
    """Remember that a backup has been written now."""
    session.merge(DatabaseMark(name=BACKUP_MARK, value=now().isoformat()))
    session.flush()


def last_backup(session: Session) -> str | None:
    """When the last backup was written, as an ISO time."""
    return session.scalar(select(DatabaseMark.value).where(DatabaseMark.name == BACKUP_MARK))
