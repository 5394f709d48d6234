"""Faults of the machine, named by what a person can do about them: no room, busy database, broken database."""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_POSTGRES_FULL = frozenset({"53100"})
# Lock not available, query cancelled by lock_timeout, serialisation, deadlock, starting up, shutting down, crashed.
_POSTGRES_BUSY = frozenset({"55P03", "57014", "40001", "40P01", "57P03", "57P01", "57P02", "08006", "08001", "25006"})
_SQLITE_FULL = frozenset({"SQLITE_FULL"})
_SQLITE_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR")


class InsufficientStorage(HTTPException):
    """No room is left: nothing new can be kept, everything there can still be read."""

    code = 507
    description = "Insufficient storage"


def fault_of(error: BaseException) -> HTTPException | None:
    """The HTTP answer to a fault of the machine anywhere in the chain of causes; None when it is something else."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in _FULL:
            return InsufficientStorage()
        if type(cause).__name__ == "StorageFullError":
            return InsufficientStorage()
        if isinstance(cause, sqlite3.Error):
            return _sqlite_fault(cause)
        if isinstance(cause, PoolTimeoutError):
            return ServiceUnavailable(retry_after=10)
        if isinstance(cause, DBAPIError):
            return _server_fault(cause)
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        original = getattr(error, "orig", None)
        if isinstance(original, sqlite3.Error):
            yield original
        yield error
        error = error.__cause__ or error.__context__


def _sqlite_fault(error: sqlite3.Error) -> HTTPException | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name in _SQLITE_FULL or "disk is full" in str(error):
        return InsufficientStorage()
    busy = name.startswith(_SQLITE_BUSY) or "is locked" in str(error)
    return ServiceUnavailable(retry_after=10) if busy else None


def _server_fault(error: DBAPIError) -> HTTPException | None:
    state = getattr(error.orig, "sqlstate", None)
    if state in _POSTGRES_FULL:
        return InsufficientStorage()
    # A server that cannot be reached at all has said nothing, so there is no state.
    unreachable = state is None and isinstance(error, OperationalError)
    away = unreachable or state in _POSTGRES_BUSY or error.connection_invalidated
    return ServiceUnavailable(retry_after=10) if away else None
