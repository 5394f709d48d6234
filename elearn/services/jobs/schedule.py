"""Work that comes again: one job row per kind and slot of time, whichever worker writes it first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from elearn.clock import now
from elearn.services.jobs.queue import enqueue

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from elearn.database import Database


@dataclass(frozen=True, slots=True)
class Schedule:
    """A kind of job and when it is due: every so many minutes, or once a night at an hour of local time."""

    kind: str
    every: timedelta | None = None
    at_hour: int = 2

    def slot(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The last time it was due, up to the moment."""
        if self.every is not None:
            return datetime.fromtimestamp(
                moment.timestamp() // self.every.total_seconds() * self.every.total_seconds(), zone
            )
        local = moment.astimezone(zone)
        due = datetime.combine(local.date(), time(self.at_hour), zone)
        return due if due <= local else due - timedelta(days=1)


SCHEDULES: tuple[Schedule, ...] = (
    Schedule("purge_sessions", every=timedelta(hours=1)),
    Schedule("purge_play_codes", every=timedelta(hours=1)),
    Schedule("purge_throttle", every=timedelta(hours=1)),
    Schedule("purge_launches", every=timedelta(hours=1)),
    Schedule("end_teaching", every=timedelta(hours=1)),
    Schedule("scan_waiting", every=timedelta(hours=1)),
    Schedule("compare_versions", every=timedelta(hours=1)),
    Schedule("purge_jobs", at_hour=1),
    Schedule("purge_calls", at_hour=1),
    Schedule("purge_searches", at_hour=1),
    Schedule("watch_licences", at_hour=0),
    Schedule("optimise_index", at_hour=2),
    Schedule("clean_staging", at_hour=3),
    Schedule("collect_orphans", at_hour=4),
)


def enqueue_due(database: Database, moment: datetime | None = None) -> int:
    """Add the jobs whose slot has begun and that no worker has added yet; returns how many."""
    moment = moment or now()
    added = 0
    with database.write() as session:
        for schedule in SCHEDULES:
            slot = schedule.slot(moment, database.timezone)
            added += enqueue(session, schedule.kind, key=f"{schedule.kind}:{slot:%Y-%m-%dT%H:%M}", run_at=moment)
    return added
