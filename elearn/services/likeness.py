"""Which versions are copies of others: of the same files, or of nearly the same text (INDICATORS, class A)."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b, sha256
from heapq import nsmallest
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from elearn.models.material import Part, Version, VersionPrint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from content_packages.archive.table import Entry, EntryTable

ALIKE = 0.8  # of all shingles of two texts, the share that both have
SHINGLE = 5  # words
# A shorter text may be alike by chance, or because all questions of a kind are worded alike.
FEWEST_SHINGLES = 40
# Of two sets that share 0.8, the eight least hashes have nothing in common once in some hundred thousand times.
KEYS = 8
CANDIDATES = 20

_WORD = re.compile(r"\w+")
_JUNK = frozenset({"imsmanifest.xml", ".ds_store", "thumbs.db", "desktop.ini"})


def prints_of(table: EntryTable | None, texts: Iterable[str]) -> set[str]:
    """The keys by which copies of a version are found: one of its files, some of its text; maybe none."""
    found = set()
    if table is not None and (files := _files(table)):
        found.add("files:" + sha256("\n".join(sorted(files)).encode()).hexdigest()[:40])
    return found | {f"text:{key:016x}" for key in nsmallest(KEYS, shingles(texts))}


def shingles(texts: Iterable[str]) -> frozenset[int]:
    """The hashes of all runs of five words, across parts, whatever their case; none for a text that is too short."""
    words = [word for text in texts for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold())]
    runs = {" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}
    if len(runs) < FEWEST_SHINGLES:
        return frozenset()
    return frozenset(int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) for run in runs)


def same_files(version: Version) -> ColumnElement[bool]:
    """The condition on `Version` that its archive holds the same files, under whatever names, in whatever order."""
    own = select(VersionPrint.key).where(VersionPrint.version_id == version.id, VersionPrint.key.startswith("files:"))
    return Version.id.in_(select(VersionPrint.version_id).where(VersionPrint.key.in_(own)))


def alike_by_text(session: Session, version: Version, among: ColumnElement[bool]) -> int | None:
    """The id of the earliest version, of those for which a condition on `Version` holds, with nearly the same text."""
    own = select(VersionPrint.key).where(VersionPrint.version_id == version.id, VersionPrint.key.startswith("text:"))
    query = (
        select(VersionPrint.version_id)
        .join(Version, Version.id == VersionPrint.version_id)
        .where(VersionPrint.key.in_(own), Version.id != version.id, among)
        .group_by(VersionPrint.version_id)
        .order_by(func.count().desc(), VersionPrint.version_id)
    )
    candidates = sorted(session.scalars(query.limit(CANDIDATES)))
    mine = _shingles_of(session, version.id) if candidates else frozenset()
    return next((other for other in candidates if _share(mine, _shingles_of(session, other)) >= ALIKE), None)


def _shingles_of(session: Session, version_id: int) -> frozenset[int]:
    texts = select(Part.text).where(Part.version_id == version_id).order_by(Part.position)
    return shingles(session.scalars(texts))


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    both = len(one | other)
    return len(one & other) / both if both else 0.0


def _files(table: EntryTable) -> set[str]:
    return {f"{entry.crc32:08x}:{entry.size}" for entry in table if entry.size and not _is_junk(entry)}


def _is_junk(entry: Entry) -> bool:
    folder, _, name = entry.path.rpartition("/")
    return name.casefold() in _JUNK or folder.partition("/")[0] == "__MACOSX"
