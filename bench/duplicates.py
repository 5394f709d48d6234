"""Measure how long it takes to find what an upload is like, among many materials.

    python bench/duplicates.py [--materials 200000] [--engine sqlite|postgresql] [--seed 7]

Prints one line of JSON for each kind of upload; times are those of the whole job (prints, search, rows) in seconds.
The library is made of random texts of 200 to 4,000 words as their shingles' hashes would be drawn; one in five has
besides the 150 shingles of one common form. `planted` uploads have five near copies there, with 2 of 100 words
changed in each; `crowded` ones are a text that 2,000 others have; `alone` ones have none, and one of them has 170,000
words. `found` is the share of those copies that are found of which an exact count says that they are some.
`cpu_max_s` is what this process has worked for the slowest, without the time of a database server.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import insert, select, text

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from elearn.clock import now
from elearn.database import open_database
from elearn.database.schema import upgrade
from elearn.identifiers import new_uid
from elearn.models.material import (
    Material,
    Part,
    Status,
    StoredBlob,
    Version,
    VersionLikeness,
    VersionPrint,
    VersionSketch,
    VersionState,
)
from elearn.models.organisation import UnitKind
from elearn.services import duplicates
from elearn.services.likeness import ALIKE, KEYS, SKETCH, prints_of, share_of, shingles
from tests.support.factories import World
from tests.support.postgres import running_postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from elearn.database import Database

    Kind = Callable[["Library"], Iterator[tuple[str, set[int]]]]

CHUNK = 10_000
UPLOADS, COPIES, CROWD = 40, 5, 2_000
FIRST, VOWELS, LAST = ["b", "c", "d", "g", "h", "l", "m", "n", "t", "v"], "aeiou", ("", "n", "ng", "t")
SYLLABLES = [first + vowel + last for first in FIRST for vowel in VOWELS for last in LAST]


class Library:
    """A database with many versions, and more to come."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database = database
        self.rng, self.draw = random.Random(seed), np.random.default_rng(seed)
        self.form = self.draw.integers(0, 2**64, 150, dtype="u8")
        self._ids = count(1)
        with database.write() as session:
            world = World(session)
            unit = world.unit("SO", kind=UnitKind.DEPARTMENT)
            self.unit_id, self.owner_id = unit.id, world.account().id

    def fill(self, size: int) -> None:
        """Add versions of which only the prints are there, as texts of that many shingles would have them."""
        for start in range(0, size, CHUNK):
            drawn = [self._drawn(number) for number in range(start, min(start + CHUNK, size))]
            self.add([(shingles_, least, "") for shingles_, least in drawn])

    def _drawn(self, number: int) -> tuple[int, np.ndarray]:
        hashes = self.draw.integers(0, 2**64, self.rng.randint(200, 4000), dtype="u8")
        if number % 5 == 0:
            hashes = np.concatenate([hashes, self.form])
        return len(hashes), np.sort(hashes)[:SKETCH]

    def add(self, texts: Sequence[tuple[int, np.ndarray, str]]) -> list[int]:
        """Add published materials, each of one version with the given prints and text; gives the versions' ids."""
        ids = [next(self._ids) for _ in texts]
        rows: dict[Any, list[dict[str, Any]]] = {
            StoredBlob: [{"sha256": f"{key:064x}", "size": 1, "created_at": now()} for key in ids],
            Material: [self._material(key) for key in ids],
            Version: [self._version(key) for key in ids],
            VersionSketch: [],
            VersionPrint: [{"version_id": key, "key": f"files:{key:040x}"} for key in ids],
            Part: [],
        }
        for key, (size, least, said) in zip(ids, texts, strict=True):
            sketch = {"version_id": key, "shingles": size, "least": least.astype(">u8").tobytes(), "compared_at": now()}
            rows[VersionSketch].append(sketch)
            rows[VersionPrint] += [{"version_id": key, "key": f"text:{int(value):016x}"} for value in least[:KEYS]]
            if said:
                part = {"key": "1", "kind": "page", "title": "", "position": 0, "href": "", "text": said}
                rows[Part].append({"version_id": key, **part})
        with self.database.write() as session:
            for table, values in rows.items():
                if values:
                    session.execute(insert(table), values)
        return ids

    def _material(self, key: int) -> dict[str, Any]:
        about = {"kind": "pdf", "title": f"Bài {key}", "description": "", "keywords": [], "play_options": {}}
        about |= {"unit_id": self.unit_id, "owner_id": self.owner_id, "status": Status.PUBLISHED}
        return {"id": key, "uid": new_uid(), "created_at": now(), "changed_at": now(), **about}

    def _version(self, key: int) -> dict[str, Any]:
        about = {"number": 1, "is_current": True, "state": VersionState.TAKEN, "note": "", "file_name": "x.pdf"}
        about |= {"media_type": "application/pdf", "blob_sha256": f"{key:064x}", "properties": {}}
        about |= {"created_by_id": self.owner_id, "created_at": now()}
        return {"id": key, "uid": new_uid(), "material_id": key, **about}

    def words(self, size: int) -> list[str]:
        """A text."""
        return ["".join(self.rng.choices(SYLLABLES, k=self.rng.randint(1, 3))) for _ in range(size)]

    def put(self, said: str) -> int:
        """Add a version of a real text, with its prints."""
        prints = prints_of(None, [said])
        return self.add([(prints.shingles, np.array(prints.least, dtype="u8"), said)])[0]

    def altered(self, words: list[str]) -> str:
        """The text with some other words."""
        return " ".join(self.rng.choice(SYLLABLES) if self.rng.random() < 0.02 else word for word in words)


def measure(library: Library, said: str) -> tuple[float, float, set[int]]:
    """Bring a text and let the job run; gives seconds and CPU seconds to the rows, and the versions found."""
    started, worked = time.perf_counter(), time.process_time()
    prints_of(None, [said])
    spent, used = time.perf_counter() - started, time.process_time() - worked
    key = library.put(said)
    started, worked = time.perf_counter(), time.process_time()
    finish = duplicates.compare_job(library.database, {"version_id": key})
    with library.database.write() as session:
        finish(session)
    spent, used = spent + time.perf_counter() - started, used + time.process_time() - worked
    with library.database.read() as session:
        found = session.scalars(select(VersionLikeness.other_id).where(VersionLikeness.version_id == key)).all()
    return spent, used, set(found)


def planted(library: Library) -> Iterator[tuple[str, set[int]]]:
    """Texts with near copies in the library, and those that an exact count calls copies."""
    for _ in range(UPLOADS):
        words = library.words(library.rng.randint(200, 4000))
        own = shingles([" ".join(words)])
        copies = [library.altered(words) for _ in range(COPIES)]
        keys = [library.put(copy) for copy in copies]
        yield (
            " ".join(words),
            {key for key, copy in zip(keys, copies, strict=True) if share_of(own, shingles([copy])) >= ALIKE},
        )


def alone(library: Library) -> Iterator[tuple[str, set[int]]]:
    """Texts like no other, one of them of 170,000 words."""
    for number in range(UPLOADS):
        yield " ".join(library.words(170_000 if number == 0 else library.rng.randint(200, 4000))), set()


def crowded(library: Library) -> Iterator[tuple[str, set[int]]]:
    """A text that very many have."""
    said = " ".join(library.words(1500))
    prints = prints_of(None, [said])
    library.add([(prints.shingles, np.array(prints.least, dtype="u8"), said)] * CROWD)
    for _ in range(UPLOADS // 4):
        yield said, set()


def told_of(kind: Kind, library: Library, asked: argparse.Namespace) -> dict[str, Any]:
    """The figures of one kind of upload."""
    times, works, wanted, found = [], [], 0, 0
    for said, copies in kind(library):
        spent, used, there = measure(library, said)
        times.append(spent)
        works.append(used)
        wanted, found = wanted + len(copies), found + len(copies & there)
    told = {"bench": "duplicates", "engine": asked.engine, "materials": asked.materials, "uploads": kind.__name__}
    told |= {"median_s": round(statistics.median(times), 3), "max_s": round(max(times), 3)}
    return told | {"cpu_max_s": round(max(works), 3), "found": round(found / wanted, 4) if wanted else None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--materials", type=int, default=200_000)
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="elearn-bench-")))
        url = (
            f"sqlite:///{folder / 'x.sqlite'}" if asked.engine == "sqlite" else stack.enter_context(running_postgres())
        )
        database = open_database(url)
        upgrade(database)
        library = Library(database, asked.seed)
        library.fill(asked.materials)
        with database.write() as session:
            session.execute(text("ANALYZE"))
        for kind in (planted, alone, crowded):
            print(json.dumps(told_of(kind, library, asked)), flush=True)
        database.close()


if __name__ == "__main__":
    main()
