"""Which versions are copies of others: of the same files, of nearly the same text, of the same outline.

`docs/decisions/0013` says what follows from it for the ratio, `services.duplicates` who is told.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b, sha256
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from content_packages.archive.table import EntryTable
from elearn.models.material import Part, StoredBlob, Version, VersionPrint, VersionSketch
from scorm.manifest import manifest_from_json
from scorm.manifest.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from content_packages.archive.table import Entry
    from scorm.manifest.model import Manifest

ALIKE = 0.8  # of all shingles of two texts, the share that both have
# Two packages of the same outline are the same lesson when this much of their texts is the same too. Alone the outline
# proves little: lessons follow the four steps that the programme prescribes, and tools name their files alike.
ALIKE_IN_OUTLINE = 0.5
SHINGLE = 5  # words
# A shorter text may be alike by chance, or because all questions of a kind are worded alike.
FEWEST_SHINGLES = 40
# Of two sets that share 0.8, the eight least hashes have nothing in common once in some hundred thousand times.
KEYS = 8
SKETCH = 128  # least hashes kept of a text: the share they tell is right to 0.04 (one standard deviation)
# What a sketch tells is wrong by more than this once in some ten thousand times. Nearer to the wanted share it leaves a
# doubt, and the whole texts are compared.
DOUBT = 0.14
# A key that so many versions have comes from a form that all of them were made with, and tells nothing.
COMMON = 1_000
CANDIDATES = 20  # the likeliest versions are looked at

_WORD = re.compile(r"\w+")
_JUNK = frozenset({"imsmanifest.xml", ".ds_store", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Prints:
    """What is kept of a version so that copies are found: keys, and the least hashes of the shingles of its text."""

    keys: frozenset[str] = frozenset()
    shingles: int = 0
    least: tuple[int, ...] = ()


class Alike(NamedTuple):
    """A version, and how much of both texts is the same (0 to 1)."""

    version_id: int
    share: float


def prints_of(table: EntryTable | None, texts: Iterable[str], manifest: Manifest | None = None) -> Prints:
    """The keys by which copies of a version are found: of its files, its text, its outline; maybe none."""
    keys = set()
    if table is not None and (files := _files(table)):
        keys.add("files:" + sha256("\n".join(sorted(files)).encode()).hexdigest()[:40])
    if manifest is not None and (outline := fingerprint(manifest)):
        keys.add(f"manifest:{outline}"[:48])
    hashes = shingles(texts)
    least = tuple(nsmallest(SKETCH, hashes))
    return Prints(frozenset(keys | {f"text:{key:016x}" for key in least[:KEYS]}), len(hashes), least)


def keep_prints(session: Session, version: Version, prints: Prints) -> None:
    """Write the prints of a version, which has not been compared with others yet."""
    version.prints = [VersionPrint(key=key) for key in sorted(prints.keys)]
    least = np.array(prints.least, dtype=">u8").tobytes()
    version.sketch = VersionSketch(shingles=prints.shingles, least=least)
    session.flush()


def prints_of_version(session: Session, version_id: int) -> Prints:
    """The same of a version that was taken in before prints were kept, from its rows."""
    query = select(Version).where(Version.id == version_id)
    version = session.scalars(query.options(undefer(Version.manifest))).one()
    manifest = manifest_from_json(version.manifest) if version.manifest else None
    return prints_of(_table_of(session, version), _texts_of(session, version_id), manifest)


def shingles(texts: Iterable[str]) -> frozenset[int]:
    """The hashes of all runs of five words, across parts, whatever their case; none for a text that is too short."""
    words = [word for text in texts for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold())]
    runs = {" ".join(words[start : start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)}
    if len(runs) < FEWEST_SHINGLES:
        return frozenset()
    return frozenset(int.from_bytes(blake2b(run.encode(), digest_size=8).digest()) for run in runs)


def same_files(version: Version) -> ColumnElement[bool]:
    """The condition on `Version` that its archive holds the same files, under whatever names, in whatever order."""
    return _shares_key(version, "files:")


def same_outline(version: Version) -> ColumnElement[bool]:
    """The condition on `Version` that its package has the same titles, order and pages."""
    return _shares_key(version, "manifest:")


def _shares_key(version: Version, prefix: str) -> ColumnElement[bool]:
    own = select(VersionPrint.key).where(VersionPrint.version_id == version.id, VersionPrint.key.startswith(prefix))
    return Version.id.in_(select(VersionPrint.version_id).where(VersionPrint.key.in_(own)))


def alike_by_text(session: Session, version: Version, among: ColumnElement[bool]) -> list[Alike]:
    """The versions, of those for which a condition on `Version` holds, with nearly the same text, earliest first.

    The share is what the sketches tell; where they leave a doubt, the whole texts are compared.
    """
    likely = _likely(session, version, among)
    clear = [each for each in likely if each.share >= ALIKE + DOUBT]
    doubtful = [each for each in likely if each.share < ALIKE + DOUBT]
    mine = _shingles_of(session, version.id) if doubtful else frozenset()
    looked_at = (Alike(other, share_of(mine, _shingles_of(session, other))) for other, _ in doubtful)
    return sorted([*clear, *(each for each in looked_at if each.share >= ALIKE)])


def alike_by_outline(session: Session, version: Version, among: ColumnElement[bool]) -> list[Alike]:
    """The versions of the same outline with much the same text, or without any but much the same files; as above."""
    query = select(Version.id).where(among, Version.id != version.id, same_outline(version))
    others = session.scalars(query.order_by(Version.id).limit(CANDIDATES)).all()
    if not others:
        return []
    mine = _shingles_of(session, version.id)
    compare = _shingles_of if mine else _files_of
    own = mine or _files_of(session, version.id)
    found = (Alike(other, share_of(own, compare(session, other))) for other in others)
    return [each for each in found if each.share >= ALIKE_IN_OUTLINE]


def share_kept(session: Session, version: Version, earlier_id: int) -> float | None:
    """How much of a version an earlier one had: of the text, or of the files where there is hardly any text.

    None where neither says anything, as of a film: then nobody can tell how much of it is new.
    """
    for of in (_shingles_of, _files_of):
        mine, theirs = of(session, version.id), of(session, earlier_id)
        if mine and theirs:
            return share_of(mine, theirs)
    return None


def _likely(session: Session, version: Version, among: ColumnElement[bool]) -> list[Alike]:
    """Versions whose sketch says that they may have nearly the same text, the likeliest first."""
    keys = _telling_keys(session, version.id)
    if not keys:
        return []
    holders = [select(VersionPrint.version_id).where(VersionPrint.key == key).limit(COMMON) for key in keys]
    ids = {other for held in holders for other in session.scalars(held)} - {version.id}
    own = session.get(VersionSketch, version.id)
    if own is None or not ids:
        return []
    query = (
        select(Version.id, VersionSketch.shingles, VersionSketch.least)
        .outerjoin(VersionSketch, VersionSketch.version_id == Version.id)
        .where(Version.id.in_(ids), among)
    )
    guessed = (Alike(row.id, _guess(own, row.shingles, row.least)) for row in session.execute(query))
    likely = [each for each in guessed if each.share >= ALIKE - DOUBT]
    return sorted(likely, key=lambda each: (-each.share, each.version_id))[:CANDIDATES]


def _telling_keys(session: Session, version_id: int) -> list[str]:
    """The keys of a version's text that not everybody has; where all are common, the first of them."""
    own = select(VersionPrint.key).where(VersionPrint.version_id == version_id, VersionPrint.key.startswith("text:"))
    keys = session.scalars(own.order_by(VersionPrint.key)).all()
    rare = [key for key in keys if _holders(session, key) < COMMON]
    return rare or list(keys[:1])


def _holders(session: Session, key: str) -> int:
    some = select(VersionPrint.id).where(VersionPrint.key == key).limit(COMMON).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _guess(own: VersionSketch, shingles_there: int | None, least: bytes | None) -> float:
    """The share that two sketches tell; of a version without a sketch one that leaves a doubt."""
    if least is None or shingles_there is None:
        return ALIKE
    return guess(_hashes(own.least), own.shingles, _hashes(least), shingles_there)


def guess(one: np.ndarray, one_size: int, other: np.ndarray, other_size: int) -> float:
    """The share of all shingles that two texts have in common, told from their least hashes (ascending).

    Of the least hashes of both together, those that both have are the same share of them (bottom-k sketch). No
    share is above the quotient of the two sizes.
    """
    if not one_size or not other_size:
        return 0.0
    together = np.union1d(one, other)[:SKETCH]
    both = np.intersect1d(np.intersect1d(one, other, assume_unique=True), together, assume_unique=True)
    return min(len(both) / len(together), min(one_size, other_size) / max(one_size, other_size))


def _hashes(least: bytes) -> np.ndarray:
    return np.frombuffer(least, dtype=">u8").astype("u8")


def _shingles_of(session: Session, version_id: int) -> frozenset[int]:
    return shingles(_texts_of(session, version_id))


def _texts_of(session: Session, version_id: int) -> Sequence[str]:
    texts = select(Part.text).where(Part.version_id == version_id).order_by(Part.position)
    return session.scalars(texts).all()


def _files_of(session: Session, version_id: int) -> frozenset[str]:
    table = _table_of(session, session.get_one(Version, version_id))
    return frozenset(_files(table)) if table is not None else frozenset()


def _table_of(session: Session, version: Version) -> EntryTable | None:
    packed = session.scalar(select(StoredBlob.entry_table).where(StoredBlob.sha256 == version.blob_sha256))
    return EntryTable.from_bytes(packed) if packed is not None else None


def share_of(one: frozenset, other: frozenset) -> float:
    """Of everything in two sets, how much is in both (Jaccard); 0 where both are empty."""
    both = len(one | other)
    return len(one & other) / both if both else 0.0


def _files(table: EntryTable) -> set[str]:
    return {f"{entry.crc32:08x}:{entry.size}" for entry in table if entry.size and not _is_junk(entry)}


def _is_junk(entry: Entry) -> bool:
    folder, _, name = entry.path.rpartition("/")
    return name.casefold() in _JUNK or folder.partition("/")[0] == "__MACOSX"
