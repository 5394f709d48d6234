"""Whether database, files and index agree; nothing is repaired here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select, text

from content_packages.storage.contract import BlobMissingError
from elearn.models.material import Material, Status, StoredBlob
from elearn.services.indexing import all_documents
from elearn.services.orphans import is_named
from search_index.documents import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.orm import Session

    from content_packages.storage.contract import Storage
    from search_index.engine import SearchEngine

    Watch = Callable[[Iterable, int], Iterable]

CHUNK = 1024 * 1024


@dataclass(slots=True)
class FileReport:
    """Digests of blobs: how many rows were compared, and which are missing, of a wrong size, damaged or orphans.

    An orphan is a file that no material names; it may belong to an upload of this moment. The worker collects it
    after the time of grace (`elearn.services.orphans`).
    """

    compared: int = 0
    missing: list[str] = field(default_factory=list)
    wrong_size: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether every row has its file; orphans do no harm."""
        return not (self.missing or self.wrong_size or self.damaged)


@dataclass(slots=True)
class IndexReport:
    """Uids of materials: how many were compared, and which the index lacks, holds too many of, or holds outdated."""

    compared: int = 0
    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether the index holds what it should."""
        return not (self.missing or self.surplus or self.outdated)


def _unwatched(things: Iterable, total: int) -> Iterable:
    del total
    return things


def check_files(session: Session, storage: Storage, *, deep: bool = False, watch: Watch = _unwatched) -> FileReport:
    """Compare the rows of blobs with the files; `deep` reads every file and compares its digest."""
    report = FileReport()
    # What was found to be an orphan is not compared: it may be collected at any moment.
    kept = select(StoredBlob.sha256, StoredBlob.size).where(or_(StoredBlob.orphaned_at.is_(None), is_named()))
    sizes = {row.sha256: row.size for row in session.execute(kept)}
    for digest, size in watch(sorted(sizes.items()), len(sizes)):
        report.compared += 1
        try:
            if storage.size(digest) != size:
                report.wrong_size.append(digest)
            elif deep and _digest_of(storage, digest) != digest:
                report.damaged.append(digest)
        except BlobMissingError:
            report.missing.append(digest)
    report.orphans = sorted(blob.sha256 for blob in storage.blobs() if blob.sha256 not in sizes)
    return report


def _digest_of(storage: Storage, digest: str) -> str:
    found = hashlib.sha256()
    with storage.open(digest) as file:
        while piece := file.read(CHUNK):
            found.update(piece)
    return found.hexdigest()


def check_index(session: Session, engine: SearchEngine, *, watch: Watch = _unwatched) -> IndexReport:
    """Compare the materials with the index, document by document.

    Raises:
        IndexUnavailableError: the index is absent or damaged.
    """
    engine.verify()
    report = IndexReport()
    surplus = set(engine.uids())
    total = session.scalar(select(func.count()).where(Material.status != Status.WITHDRAWN)) or 0
    for document in watch(all_documents(session), total):
        report.compared += 1
        if document.uid not in surplus:
            report.missing.append(document.uid)
        elif engine.fingerprint(document.uid) != fingerprint(document):
            report.outdated.append(document.uid)
        surplus.discard(document.uid)
    report.surplus = sorted(surplus)
    return report


def broken_rows(session: Session) -> list[str]:
    """What SQLite itself finds wrong with its file and its foreign keys; PostgreSQL guards both by itself."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    found = [line for (line,) in session.execute(text("PRAGMA quick_check(20)")) if line != "ok"]
    rows = session.execute(text("PRAGMA foreign_key_check")).all()
    return [*found, *(f"{row[0]}: row {row[1]} names an absent row of {row[2]}" for row in rows[:20])]
