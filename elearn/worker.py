"""The worker: feeds the index, counts persons anew, runs jobs under a lease, writes the periodic ones when due.

The index is fed from a thread of its own: what is saved is found within moments, whatever mail or roster is waited for.
Grades go out from another one, which mostly waits for other servers. Pictures are drawn and files are fetched likewise.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import structlog

from elearn.clock import now
from elearn.services import (
    duplicates,
    fetching,
    housekeeping,
    jobs,
    licences,
    orphans,
    previews,
    reports,
    safety,
    search_log,
    throttle,
    uploads,
)
from elearn.services.index_feeds import NodeUnknownError, feed_of
from elearn.services.indexing import index_changes, rebuild
from elearn.services.lti import events, roster, subscribing
from elearn.services.lti.sender import Sender
from elearn.services.organisation import reindex
from elearn.services.player import api_log
from elearn.services.software import reminders
from elearn.services.teach.sessions import close_silent
from elearn.web import mails, software_mails
from search_index.engine import IndexBusyError, IndexUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from sqlalchemy.orm import Session

    from elearn.house import House

    Finish = Callable[[Session], object]
    # The slow part runs outside of any transaction; what it returns runs inside the one that completes the job.
    Handler = Callable[[House, Mapping[str, Any]], Finish | None]

PAUSE_BESIDE = 1.0  # seconds between two looks for files to fetch
PAUSE = 0.3  # seconds between two looks when there was nothing to do
ROUND = 30.0  # seconds between two heartbeats, and two looks at the schedule
LAST_GRADES = 15.0  # seconds for the grades that are under way at the end; the leases of others run out
REST_AFTER_FAULT = 5.0  # seconds the index, or the counting, is left alone after a fault
log = structlog.get_logger("elearn.worker")


def _optimise_index(house: House, _payload: Mapping[str, Any]) -> None:
    # An index that is lost or damaged is made anew at the next step, and is optimal then.
    with suppress(IndexUnavailableError):
        house.engine.verify()
        house.engine.optimize()


def _clean_staging(house: House, _payload: Mapping[str, Any]) -> None:
    housekeeping.clean_staging(house.settings.staging_folder)
    house.storage.sweep(now() - housekeeping.KEEP_STAGED)
    uploads.clean(house.database, house.settings.uploads_folder)


def _collect_orphans(house: House, _payload: Mapping[str, Any]) -> None:
    removed = orphans.collect(house.database, house.storage, house.settings.orphan_grace)
    log.info("orphans_collected", files=removed)


def _purge_searches(house: House, _payload: Mapping[str, Any]) -> Finish:
    return lambda session: search_log.purge(session, house.settings.search_log_days)


def _scan_file(house: House, payload: Mapping[str, Any]) -> Finish | None:
    return safety.scan_file(house.settings.scanner, house.storage, payload)


def _scan_waiting(house: House, _payload: Mapping[str, Any]) -> Finish:
    def finish(session: Session) -> None:
        safety.forget_gone(session)
        if house.settings.scanner is not None:
            safety.enqueue_waiting(session)

    return finish


def _watch_licences(house: House, _payload: Mapping[str, Any]) -> Finish:
    def finish(session: Session) -> None:
        licences.watch(session, house.settings)
        reminders.remind(session, house.settings)

    return finish


def _reindex_unit(_house: House, payload: Mapping[str, Any]) -> Finish:
    return lambda session: reindex.mark_materials(session, payload["unit_id"])


def _mail_invitation(house: House, payload: Mapping[str, Any]) -> None:
    mails.send_invitation(house, payload)


HANDLERS: dict[str, Handler] = {
    "purge_sessions": lambda _house, _payload: housekeeping.purge_sessions,
    "purge_play_codes": lambda _house, _payload: housekeeping.purge_play_codes,
    "purge_throttle": lambda _house, _payload: throttle.purge,
    "purge_launches": lambda _house, _payload: events.purge,
    "end_teaching": lambda _house, _payload: close_silent,
    "purge_calls": lambda _house, _payload: api_log.purge_calls,
    "purge_jobs": lambda _house, _payload: housekeeping.purge_jobs,
    "purge_searches": _purge_searches,
    "optimise_index": _optimise_index,
    "clean_staging": _clean_staging,
    "collect_orphans": _collect_orphans,
    "scan_file": _scan_file,
    "scan_waiting": _scan_waiting,
    reindex.KIND: _reindex_unit,
    "mail_invitation": _mail_invitation,
    duplicates.KIND: lambda house, payload: duplicates.compare_job(house.database, payload),
    "watch_licences": _watch_licences,
    licences.KIND: mails.send_licence,
    reminders.KIND: software_mails.send_reminder,
    "compare_versions": lambda _house, _payload: duplicates.ask_for_the_rest,
    roster.KIND: roster.read,
    subscribing.KIND: subscribing.ask_for_notices,
    fetching.KIND: fetching.run,
    previews.DRAW: previews.draw,
    previews.DRAW_PAGES: previews.draw_more,
}
INDEXING = frozenset({"optimise_index"})  # what nobody may write the index beside
BESIDE = frozenset({fetching.KIND})  # kinds that take minutes, most of them waiting
DRAWING = frozenset({previews.DRAW, previews.DRAW_PAGES})


class Worker:
    """One worker process; `handlers` maps the kind of a job to what is done about it."""

    def __init__(self, house: House, handlers: Mapping[str, Handler] | None = None) -> None:
        self.house = house
        self.handlers = HANDLERS if handlers is None else handlers
        self.owner = f"{socket.gethostname()[:40]}:{os.getpid()}"
        self._next_round = 0.0
        self._feed = feed_of(house.settings.search_node)
        self._index_rests_until = 0.0
        self._index_verified = False  # a power cut may have damaged it
        self._count_rests_until = 0.0

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; the job in hand is finished first."""
        log.info("worker_started", owner=self.owner)
        sender = _thread("grades", Sender(self.house).run, stop)
        indexer = _thread("index", _again, self.step_index, PAUSE, stop)
        _thread("fetches", _again, self.step_beside, PAUSE_BESIDE, stop)
        drawer = _thread("pictures", _again, self.draw, PAUSE, stop)
        _again(self.step_jobs, PAUSE, stop)
        indexer.join()  # a batch is written whole
        sender.join(LAST_GRADES)
        drawer.join(LAST_GRADES)  # what is being drawn is drawn again
        log.info("worker_stopped", owner=self.owner)

    def step(self) -> bool:
        """Do the next piece of work on the index and of other jobs; returns whether there was any."""
        indexed = self.step_index()
        return self.step_jobs() or indexed

    def step_index(self) -> bool:
        """Bring the index up to the changes that wait, else care for it; returns whether there was anything to do."""
        try:
            return self._index() > 0 or self._do_next("index", only=INDEXING)
        except Exception:  # a database that is away for a while must not end the worker
            log.exception("worker_cannot_index")
            return False

    def step_jobs(self) -> bool:
        """Count, and do the next job; returns whether there was any."""
        try:
            self._go_round()
            counted = self._count()
            return self._do_next("", but=BESIDE | DRAWING | INDEXING) or counted > 0
        except Exception:  # as above
            log.exception("worker_cannot_work")
            return False

    def step_beside(self) -> bool:
        """Do the next job that waits for other servers, which other jobs must not wait for."""
        try:
            return self._do_next("beside", only=BESIDE)
        except Exception:  # as above
            log.exception("worker_cannot_fetch")
            return False

    def draw(self) -> bool:
        """Do the next piece of drawing; returns whether there was any."""
        try:
            return self._do_next("draw", only=DRAWING)
        except Exception:  # as above
            log.exception("worker_cannot_draw")
            return False

    def _do_next(self, thread: str, *, only: Collection[str] = (), but: Collection[str] = ()) -> bool:
        owner = f"{self.owner}:{thread}" if thread else self.owner
        held = jobs.claim(self.house.database, owner, only=only, but=but)
        if held is not None:
            self._work(held)
        return held is not None

    def _go_round(self) -> None:
        if time.monotonic() < self._next_round:
            return
        self._next_round = time.monotonic() + ROUND
        with self.house.database.write() as session:
            housekeeping.beat(session)
        jobs.enqueue_due(self.house.database)

    def _index(self) -> int:
        if time.monotonic() < self._index_rests_until:
            return 0
        try:
            if not self._index_verified:
                self.house.engine.verify()
                self._index_verified = True
            if self.house.engine.is_sound():
                return index_changes(self.house.database, self.house.engine, feed=self._feed)
        except NodeUnknownError:
            log.info("index_node_joins", node=self.house.settings.search_node)
            return self._rebuild_index()
        except IndexUnavailableError as error:
            log.warning("index_unusable", error=str(error))
            return self._rebuild_index()
        except IndexBusyError:
            log.info("index_busy")
        except Exception:  # whatever the engine raises, jobs go on and the changes wait
            log.exception("index_not_written")
        else:
            log.warning("index_lost")
            return self._rebuild_index()
        self._index_rests_until = time.monotonic() + REST_AFTER_FAULT
        return 0

    def _rebuild_index(self) -> int:
        """Make the index anew; it is derived, so nobody has to decide that."""
        try:
            count = rebuild(self.house.database, self.house.engine, self._feed)
        except Exception:  # as above
            log.exception("index_not_rebuilt")
            self._index_rests_until = time.monotonic() + REST_AFTER_FAULT
            return 0
        log.info("index_rebuilt", materials=count)
        return count

    def _count(self) -> int:
        if time.monotonic() < self._count_rests_until:
            return 0
        try:
            return reports.step(self.house.database)
        except Exception:  # the changes wait, and reports compute what they concern
            log.exception("persons_not_counted")
        self._count_rests_until = time.monotonic() + REST_AFTER_FAULT
        return 0

    def _work(self, held: jobs.Lease) -> None:
        database = self.house.database
        try:
            with _renewed(self.house, held):
                finish = self.handlers[held.kind](self.house, held.payload)
            with database.write() as session:
                if finish is not None:
                    finish(session)
                jobs.complete(session, held)
        except jobs.LeaseLostError:
            log.warning("lease_lost", kind=held.kind, job=held.job_id)
        except Exception as error:  # a job may fail in any way; it is tried again
            state = jobs.fail(database, held, f"{type(error).__name__}: {error}")
            log.exception("job_failed", kind=held.kind, job=held.job_id, attempt=held.attempt, state=state)
        else:
            log.info("job_done", kind=held.kind, job=held.job_id)


def _thread(name: str, work: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=arguments, name=name, daemon=True)
    thread.start()
    return thread


def _again(step: Callable[[], bool], pause: float, stop: threading.Event) -> None:
    while not stop.is_set():
        if not step():
            stop.wait(pause)


@contextmanager
def _renewed(house: House, held: jobs.Lease) -> Iterator[None]:
    """Lengthen the lease from a thread for as long as the block runs, and leave the sign of life."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(jobs.LEASE.total_seconds() / 3):
            jobs.renew(house.database, held)
            with house.database.write() as session:
                housekeeping.beat(session)

    thread = threading.Thread(target=renew, name=f"lease-{held.job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
