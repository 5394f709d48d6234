"""Periodic jobs: once per slot, whoever comes first."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from elearn.models.operations import Job
from elearn.services.jobs import SCHEDULES, Schedule, enqueue_due
from elearn.worker import HANDLERS

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        ("2026-11-20T18:59:00+00:00", "2026-11-20T02:00:00+07:00"),  # 01:59 on the 21st in Hanoi
        ("2026-11-20T19:00:00+00:00", "2026-11-21T02:00:00+07:00"),
        ("2026-11-21T10:00:00+00:00", "2026-11-21T02:00:00+07:00"),
    ],
)
def test_a_nightly_job_is_due_at_its_hour_of_local_time(moment, slot):
    found = Schedule("nightly", at_hour=2).slot(datetime.fromisoformat(moment), HANOI)
    assert found == datetime.fromisoformat(slot)


def test_an_hourly_job_is_due_at_the_full_hour():
    schedule = Schedule("hourly", every=timedelta(hours=1))
    slot = schedule.slot(datetime(2026, 11, 20, 8, 59, 59, tzinfo=UTC), HANOI)
    assert slot == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_a_slot_is_added_once_by_however_many_workers(database):
    moment = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    assert enqueue_due(database, moment) == len(SCHEDULES)
    assert enqueue_due(database, moment + timedelta(minutes=29)) == 0
    hourly = sum(schedule.every == timedelta(hours=1) for schedule in SCHEDULES)
    assert enqueue_due(database, moment + timedelta(minutes=30)) == hourly
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == len(SCHEDULES) + hourly


def test_every_scheduled_kind_has_a_handler():
    assert {schedule.kind for schedule in SCHEDULES} <= set(HANDLERS)
