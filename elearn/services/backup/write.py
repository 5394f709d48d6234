"""Writes a backup: first the rows as of one moment, then every file they name, then the manifest."""

from __future__ import annotations

import gzip
import hashlib
import os
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from content_packages.storage.contract import BlobMissingError
from elearn.clock import now
from elearn.database.schema import present_revision
from elearn.services.backup.manifest import (
    CHUNK,
    BackupError,
    Manifest,
    file_path,
    table_path,
    write_manifest,
)
from elearn.services.backup.rows import reflected_tables, to_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sqlalchemy import Connection, Table

    from content_packages.storage.contract import Storage
    from elearn.database import Database

    Watch = Callable[[Iterable[Any], int], Iterable[Any]]

BATCH = 1000


def _unwatched(things: Iterable[Any], total: int) -> Iterable[Any]:
    del total
    return things


def write_backup(database: Database, storage: Storage, folder: Path, *, watch: Watch = _unwatched) -> Manifest:
    """Write the rows and the files into a folder; files that an earlier backup left there are kept.

    The site may go on working: rows are read in one snapshot, and blobs never change.

    Raises:
        BackupError: `backup_empty` (no schema), `backup_file_missing` or `backup_file_damaged` in the storage.
    """
    manifest, orphans = _write_rows(database, folder)
    blobs = manifest.files or {}
    for digest, size in watch(sorted(blobs.items()), len(blobs)):
        try:
            _copy_blob(storage, digest, size, file_path(folder, digest))
        except BackupError as error:
            # Collected since the rows were read: nothing named it then, and nothing needs it in a restored site.
            if error.code != "backup_file_missing" or digest not in orphans:
                raise
            del blobs[digest]
    write_manifest(folder, manifest)
    return manifest


def write_rows_backup(database: Database, folder: Path) -> Manifest:
    """Write the rows only, as is done before a migration."""
    manifest, _orphans = _write_rows(database, folder)
    manifest = Manifest(manifest.schema, manifest.made_at, manifest.engine, manifest.tables, files=None)
    write_manifest(folder, manifest)
    return manifest


def _write_rows(database: Database, folder: Path) -> tuple[Manifest, frozenset[str]]:
    """Write the tables; gives the manifest and the blobs that were orphans at that moment."""
    schema = present_revision(database)
    if schema is None:
        raise BackupError("backup_empty")
    (folder / "rows").mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").unlink(missing_ok=True)
    engine = database.engine
    # One snapshot: SQLite's readers have it anyway.
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        tables = reflected_tables(connection)
        written = {table.name: _write_table(connection, table, folder) for table in tables}
        blob = next(table for table in tables if table.name == "stored_blob")
        blobs = {row.sha256: row.size for row in connection.execute(select(blob.c.sha256, blob.c.size))}
        orphans = _orphans(connection, blob)
    return Manifest(schema, now().isoformat(), engine.dialect.name, written, blobs), orphans


def _orphans(connection: Connection, blob: Table) -> frozenset[str]:
    if "orphaned_at" not in blob.c:  # a schema before 0003, of which only the rows are kept
        return frozenset()
    return frozenset(connection.scalars(select(blob.c.sha256).where(blob.c.orphaned_at.is_not(None))))


def _write_table(connection: Connection, table: Table, folder: Path) -> dict[str, int | str]:
    path = table_path(folder, table.name)
    digest = hashlib.sha256()
    count = 0
    names = tuple(column.name for column in table.columns)
    rows = connection.execution_options(yield_per=BATCH).execute(select(table).order_by(*table.primary_key))
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=5, mtime=0) as file:
        # The first line names the columns.
        for line in chain([to_line(names)], (to_line(tuple(row)) for row in rows)):
            digest.update(line)
            file.write(line)
            count += 1
    with path.open("rb") as raw:
        os.fsync(raw.fileno())
    return {"rows": count - 1, "sha256": digest.hexdigest()}


def _copy_blob(storage: Storage, digest: str, size: int, target: Path) -> None:
    if target.exists() and target.stat().st_size == size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    found = hashlib.sha256()
    try:
        with storage.open(digest) as source, unfinished.open("wb") as copy:
            while piece := source.read(CHUNK):
                found.update(piece)
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
    except BlobMissingError:
        raise BackupError("backup_file_missing", sha256=digest) from None
    if found.hexdigest() != digest:
        unfinished.unlink()
        raise BackupError("backup_file_damaged", sha256=digest)
    unfinished.replace(target)
