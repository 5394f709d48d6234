"""Files that nothing names any more: found, left alone for a time of grace, then removed.

An upload keeps its bytes in the storage first and writes the rows that name them afterwards; both orders of an
upload and a collection of the same bytes are safe. The put makes the file young, and `Storage.collect` spares what is
young. The row of a blob goes only while no row names it, which the database decides (foreign keys included).
A backup copies files long after it has read the rows, so what has just become an orphan stays for the grace too.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.exc import IntegrityError

from elearn.clock import now
from elearn.models.base import Row
from elearn.models.material import StoredBlob

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy import Column, ColumnElement
    from sqlalchemy.orm import Session

    from content_packages.storage.contract import Storage
    from elearn.database import Database

BATCH = 500
T = TypeVar("T")


def is_named() -> ColumnElement[bool]:
    """The SQL condition on `StoredBlob` that some row names it, in whichever table."""
    return or_(*(exists().where(column == StoredBlob.sha256) for column in _naming_columns()))


def _naming_columns() -> list[Column[str]]:
    blobs = StoredBlob.__table__
    columns = (column for table in Row.metadata.sorted_tables for column in table.columns)
    return [column for column in columns if any(key.column.table is blobs for key in column.foreign_keys)]


def collect(database: Database, storage: Storage, grace: timedelta) -> int:
    """Remove the files that nothing has named and nobody has put for the time of grace; returns how many."""
    before = now() - grace
    mark(database)
    removed = 0
    for blobs in _batches(storage.blobs()):
        old = [blob.sha256 for blob in blobs if blob.modified < before]
        with database.read() as session:
            doomed = _unnamed_since(session, old, before)
        for digest in doomed:
            removed += _forget(database, digest, before) and storage.collect(digest, before)
    _forget_rows_without_file(database, storage, before)
    return removed


def mark(database: Database) -> None:
    """Note on the rows of blobs since when nothing names them."""
    with database.read() as session:
        orphaned = session.scalars(select(StoredBlob.sha256).where(StoredBlob.orphaned_at.is_(None), ~is_named())).all()
        wanted = session.scalars(select(StoredBlob.sha256).where(StoredBlob.orphaned_at.is_not(None), is_named())).all()
    for digests, moment in ((orphaned, now()), (wanted, None)):
        for batch in _batches(digests):
            still = is_named() if moment is None else ~is_named()
            with database.write() as session:
                change = update(StoredBlob).where(StoredBlob.sha256.in_(batch), still)
                session.execute(change.values(orphaned_at=moment), execution_options={"synchronize_session": False})


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _unnamed_since(session: Session, digests: Sequence[str], before: datetime) -> list[str]:
    """Of these digests, those without a row and those whose row was an orphan already then."""
    rows = select(StoredBlob.sha256, StoredBlob.orphaned_at).where(StoredBlob.sha256.in_(digests))
    known = dict(session.execute(rows).all())
    return [digest for digest in digests if digest not in known or ((known[digest] or before) < before)]


def _forget(database: Database, digest: str, before: datetime) -> bool:
    """Remove the row of a blob; False when it is needed again."""
    gone = delete(StoredBlob).where(StoredBlob.sha256 == digest, StoredBlob.orphaned_at < before, ~is_named())
    try:
        with database.write() as session:
            session.execute(gone, execution_options={"synchronize_session": False})
            return session.scalar(select(StoredBlob.sha256).where(StoredBlob.sha256 == digest)) is None
    except IntegrityError:
        # PostgreSQL: an upload named it in a transaction that this one could not see yet.
        return False


def _forget_rows_without_file(database: Database, storage: Storage, before: datetime) -> None:
    """Remove orphan rows whose file is gone, as after a restore; a missing file that is named is damage and stays."""
    with database.read() as session:
        orphaned = session.scalars(select(StoredBlob.sha256).where(StoredBlob.orphaned_at < before, ~is_named())).all()
    for digest in orphaned:
        if not storage.exists(digest):
            _forget(database, digest, before)
