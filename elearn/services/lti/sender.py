"""The sender of grades: several requests at once, never too many to one platform, and rest for one that is down."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog

from elearn.clock import now
from elearn.lti.grades import Fate
from elearn.services.lti.delivering import Parcel, Verdict, deliver
from elearn.services.lti.sending import LEASE, claim, mark

if TYPE_CHECKING:
    import threading
    from datetime import datetime

    from elearn.house import House

PARALLEL: Final = 32  # requests at once
PER_PLATFORM: Final = 16  # of them to one platform: those of the others need not wait for it
PAUSE: Final = 0.5  # seconds between two looks when there was nothing to do
PATIENCE: Final = 0.25  # seconds to wait for an answer before looking for more to send
FIRST_REST, LONGEST_REST = timedelta(seconds=5), timedelta(minutes=10)
log = structlog.get_logger("elearn.grades")


@dataclass(slots=True)
class Trouble:
    """A platform that did not answer as it must: how often in a row, since when, and until when it is left alone."""

    count: int
    at: datetime
    until: datetime


class Sender:
    """Sends grades from one process; another one beside it does no harm."""

    def __init__(self, house: House, *, parallel: int = PARALLEL, per_platform: int = PER_PLATFORM) -> None:
        self._house = house
        self._parallel, self._per_platform = parallel, per_platform
        self._pool = ThreadPoolExecutor(parallel, thread_name_prefix="grade")
        self._under_way: dict[Future[Verdict], Parcel] = {}
        self._troubles: dict[int, Trouble] = {}

    def run(self, stop: threading.Event) -> None:
        """Send until told to stop; what is under way is still written down."""
        while not stop.is_set():
            if not self.step():
                stop.wait(PAUSE)
        self.close()

    def step(self) -> bool:
        """Begin what is due and write down what has come back; returns whether there was anything."""
        try:
            self._begin()
            return self._collect(PATIENCE) > 0 or bool(self._under_way)
        except Exception:  # a database that is away for a while must not end the sender; leases run out
            log.exception("grades_not_sent")
            return False

    def drain(self) -> None:
        """Send what is due now, and come back when nothing of it is under way any more."""
        while self.step():
            pass

    def close(self) -> None:
        """Wait for what is under way and write it down; what has not begun is left to its lease."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._collect(0)

    def _begin(self) -> None:
        while len(self._under_way) < self._parallel:
            free, shut = self._room()
            parcels = claim(self._house.database, free, shut)
            for parcel in parcels:
                self._under_way[self._pool.submit(deliver, self._house, parcel)] = parcel
            if len(parcels) < free:
                return

    def _room(self) -> tuple[int, set[int]]:
        """How many grades may be taken at once so that no platform gets too many, and which platforms get none.

        A platform that was in trouble is tried with a single one first.
        """
        busy = Counter(parcel.platform.id for parcel in self._under_way.values())
        moment = now()
        shut = {platform_id for platform_id, trouble in self._troubles.items() if trouble.until > moment}
        room = self._per_platform
        for platform_id in (busy.keys() | self._troubles.keys()) - shut:
            left = (1 if platform_id in self._troubles else self._per_platform) - busy[platform_id]
            if left <= 0:
                shut.add(platform_id)
            else:
                room = min(room, left)
        return min(self._parallel - len(self._under_way), room), shut

    def _collect(self, patience: float) -> int:
        done, _ = wait(self._under_way, timeout=patience, return_when=FIRST_COMPLETED)
        judged = [(self._under_way.pop(each), _verdict(each)) for each in done if not each.cancelled()]
        for parcel, verdict in judged:
            self._heed(parcel, verdict)
        if judged:
            mark(self._house.database, judged)
        return len(judged)

    def _heed(self, parcel: Parcel, verdict: Verdict) -> None:
        """Let a platform rest that is in trouble: longer each time, or as long as it asks for."""
        platform_id, moment = parcel.platform.id, now()
        before = self._troubles.get(platform_id)
        if not verdict.is_trouble:
            self._troubles.pop(platform_id, None)
            return
        # All that were under way when the trouble began fare the same: that is one trouble and not many.
        if before is not None and parcel.held_until - LEASE <= before.at:
            return
        count = before.count + 1 if before else 1
        rest = verdict.pause or min(FIRST_REST * 2 ** min(count - 1, 20), LONGEST_REST)
        self._troubles[platform_id] = Trouble(count, moment, moment + rest)
        log.warning("platform_rests", platform=platform_id, code=verdict.code, seconds=rest.total_seconds())


def _verdict(future: Future[Verdict]) -> Verdict:
    error = future.exception()
    if error is None:
        return future.result()
    log.error("grade_fault", exc_info=error)
    return Verdict(Fate.LATER, "grade_fault")
