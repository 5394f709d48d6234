"""Own job rows: written with their cause, leased by a worker, tried again, given up in the open."""

from elearn.services.jobs.queue import (
    LEASE,
    MAX_ATTEMPTS,
    Lease,
    LeaseLostError,
    claim,
    complete,
    enqueue,
    fail,
    forget,
    renew,
)
from elearn.services.jobs.schedule import SCHEDULES, Schedule, enqueue_due

__all__ = [
    "LEASE",
    "MAX_ATTEMPTS",
    "SCHEDULES",
    "Lease",
    "LeaseLostError",
    "Schedule",
    "claim",
    "complete",
    "enqueue",
    "enqueue_due",
    "fail",
    "forget",
    "renew",
]
