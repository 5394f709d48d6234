"""Checking a package for anybody, without keeping anything of it: one at a time, and not too often."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from content_packages.checking import PackageCheck, check
from content_packages.storage.receiving import receive
from elearn.services import throttle
from elearn.services.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_packages.storage.receiving import Readable
    from elearn.database import Database
    from elearn.settings import Settings

# A whole school often stands behind one address, and authors try again after every change.
CHECKS = throttle.Limit("check", 40, timedelta(minutes=15))
_BUSY_SECONDS = 10
_TURN = Lock()


class BusyError(ServiceError):
    """Another package is being checked by this process; `params["seconds"]` tells when to try again."""

    status = 503


def admit(database: Database, address: str) -> None:
    """Count a check towards what one network may ask; before its file is read.

    Raises:
        ThrottledError: too many checks.
    """
    throttle.take(database, {CHECKS: throttle.network_of(address)})


def check_package(settings: Settings, stream: Readable, name: str) -> PackageCheck:
    """Check what `stream` gives; the file it needs meanwhile is removed whatever happens.

    Raises:
        BusyError: another check runs in this process.
        UploadTooLargeError: more than `settings.check_limit` bytes came.
        StorageFullError: the disk is full.
    """
    with _turn(), receive(stream, settings.staging_folder, settings.check_limit) as staged:
        return check(staged.path, name, limits=settings.archive_limits)


@contextmanager
def _turn() -> Iterator[None]:
    """One check at a time: reading packages must not take the site's processors from learners."""
    if not _TURN.acquire(blocking=False):
        raise BusyError("check_busy", seconds=_BUSY_SECONDS)
    try:
        yield
    finally:
        _TURN.release()
