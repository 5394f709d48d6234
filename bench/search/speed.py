"""Measure how fast the search is on generated materials: our engines and others' in the same run.

    python bench/search/speed.py [--documents 10000] [--queries 200] [--few "stock whoosh=20"]
                                 [--system whoosh --system fts5] [--seed 5]

Every system runs in a process of its own, with four facets counted for every query. Milliseconds are of the processor
where the name says cpu, else of the clock. "uncached" keeps nothing of a question for the next one, while the index is
open as in a running server; "opened anew" opens it for each question. --few gives a slow system fewer questions, the
first of those that the others get. The tables in the end are those of docs/search.md, the last line has all as JSON.
With --copies 10 everything is ten times in tantivy's index (`copies.py`), into which is not saved then.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.search.copies import multiply
from bench.search.materials import QUERY_KINDS, READER, Author, queries
from bench.search.speed_peers import PEERS
from bench.search.speed_table import tables
from search_index.documents import SearchDocument, SearchQuery
from search_index.engine import SearchEngine, open_engine
from search_index.folder import IndexFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SYSTEMS = ("whoosh", "tantivy", *PEERS)
MEGABYTE = 1_000_000


class Moment(NamedTuple):
    """Milliseconds of the clock and of the processor."""

    clock: float
    processor: float

    @classmethod
    def now(cls) -> Moment:
        """Read both."""
        return cls(time.perf_counter() * 1000, time.process_time() * 1000)

    def __sub__(self, before: Moment) -> Moment:
        return Moment(self.clock - before.clock, self.processor - before.processor)


def percentiles(name: str, milliseconds: Iterable[float]) -> dict[str, float]:
    """Give the median and the 95th percentile."""
    ordered = sorted(milliseconds)
    middle, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    return {f"{name}p50": round(middle, 2), f"{name}p95": round(late, 2)}


def timed(name: str, calls: Iterable[Callable[[], object]]) -> dict[str, float]:
    """Time calls by the clock and by the processor."""
    taken = []
    for call in calls:
        began = Moment.now()
        call()
        taken.append(Moment.now() - began)
    return percentiles(name, [one.clock for one in taken]) | percentiles(
        f"{name}cpu ", [one.processor for one in taken]
    )


def yardstick() -> float:
    """Milliseconds of the processor for a fixed loop: what a busy or slow machine does to all other figures."""
    taken = []
    for _ in range(9):
        processor, total = time.process_time(), 0
        for number in range(300_000):
            total += number
        taken.append((time.process_time() - processor) * 1000)
    return round(sorted(taken)[4], 1)


def memory() -> float:
    """Megabytes the process has taken at most so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE, 1)


def size_of(path: Path) -> float:
    """Megabytes of the files under a path."""
    return round(sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / MEGABYTE, 1)


def filled(path: Path, count: int, seed: int, fill: Callable[[Iterator[SearchDocument]], object]) -> dict[str, Any]:
    """Index documents that are written on the way; the time of writing them is taken off."""
    author, writing = Author(seed), 0.0

    def written() -> Iterator[SearchDocument]:
        nonlocal writing
        for number in range(count):
            before = time.process_time()
            document = author.write(number)
            writing += time.process_time() - before
            yield document

    clock, processor = time.perf_counter(), time.process_time()
    fill(written())
    wall, cpu = time.perf_counter() - clock, time.process_time() - processor - writing
    return {
        "documents per cpu s": round(count / cpu, 1),
        "documents per s": round(count / (wall - writing), 1),
        "megabytes": size_of(path),
        "indexing megabytes": memory(),
    }


def measure_build(system: str, path: Path, count: int, seed: int) -> dict[str, Any]:
    """Build the index of a system."""
    fill = PEERS[system](path).fill if system in PEERS else open_engine(system, path).rebuild
    return filled(path, count, seed, fill)


def measure_queries(system: str, path: Path, count: int, seed: int, *, is_copied: bool) -> dict[str, Any]:
    """Ask a system that has its index; memory is that of a process which only asks."""
    figures: dict[str, Any] = {"yardstick": yardstick()}
    if system in PEERS:
        peer = PEERS[system](path)
        for kind in QUERY_KINDS:
            asked = queries(kind, count, seed)
            peer.ask(asked[0])
            figures[kind.name] = timed("", (lambda query=query: peer.ask(query) for query in asked))
        return figures | {"asking megabytes": memory()}
    engine, forgetful = open_engine(system, path), open_engine(system, path, cache_bytes=0)
    for kind in QUERY_KINDS:
        asked = queries(kind, count, seed)
        for query in asked:
            engine.search(query)  # warm: what was asked before
        figures[kind.name] = timed("", (lambda query=query: engine.search(query) for query in asked))
    figures["asking megabytes"] = memory()
    for kind in QUERY_KINDS:
        asked = queries(kind, count, seed)
        forgetful.search(asked[0])  # opens the index
        cold = timed("uncached ", (lambda query=query: forgetful.search(query) for query in asked))
        figures[kind.name] = cold | figures[kind.name]
    forgetful.close()
    asked = queries(QUERY_KINDS[1], count // 10, seed)
    figures["opened anew"] = timed("", (lambda query=query: opened_anew(forgetful, query) for query in asked))
    return figures | measure_rest(engine, count, seed) | ({} if is_copied else saves(engine, 40))


def measure_rest(engine: SearchEngine, count: int, seed: int) -> dict[str, Any]:
    """Ask an engine of ours for what is not a search."""
    typed = [query.text[:length] for query in queries(QUERY_KINDS[1], count // 4, seed) for length in (2, 4, 7)]
    known = list(engine.uids())
    uids = known[:: max(1, 4 * len(known) // count)]
    return {
        "suggest": timed("", (lambda text=text: engine.suggest(text, READER) for text in typed)),
        "similar": timed("", (lambda uid=uid: engine.similar(uid, READER) for uid in uids)),
    }


def opened_anew(engine: SearchEngine, query: SearchQuery) -> None:
    """Open the index and search, as the first question after a start does."""
    engine.close()
    engine.search(query)


def saves(engine: SearchEngine, count: int) -> dict[str, dict[str, float]]:
    """Put documents one by one and find each: until it is found, and until the engine has tidied up, too."""
    moved: list[Moment] = []
    point_to = IndexFolder.point_to

    def noting(folder: IndexFolder, generation: Path) -> None:
        point_to(folder, generation)
        moved.append(Moment.now())

    visible, whole = [], []
    with patch.object(IndexFolder, "point_to", noting):
        for number in range(count):
            began = Moment.now()
            engine.apply([SearchDocument(f"new-{number}", f"Bài {number} zyxw", "pdf", frozenset({"public"}))], [])
            saved = Moment.now()
            assert engine.search(SearchQuery("zyxw", READER)).total == number + 1
            found = Moment.now()
            whole.append(found - began)
            visible.append(Moment(*map(sum, zip(moved[-1] - began, found - saved, strict=True))))
    return {
        name: percentiles("", [one.clock for one in taken]) | percentiles("cpu ", [one.processor for one in taken])
        for name, taken in (("save to visible", visible), ("save and tidy up", whole))
    }


def measured(system: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure one system in processes of its own."""
    asked = arguments.few.get(system, arguments.queries)
    figures: dict[str, Any] = {"queries of each kind": asked}
    with TemporaryDirectory() as folder:
        for step in ("build", "ask"):
            command = [sys.executable, __file__, "--step", step, "--folder", folder, "--system", system]
            for name, value in (vars(arguments) | {"queries": asked}).items():
                if name in ("documents", "queries", "seed", "copies"):
                    command += [f"--{name}", str(value)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            figures |= json.loads(done.stdout)
    return figures


def table(figures: dict[str, dict[str, Any]]) -> str:
    """Show a block for each measure with a line for each system."""
    lines = []
    for name in dict.fromkeys(name for one in figures.values() for name in one):
        given = {system: one[name] for system, one in figures.items() if name in one}
        if not isinstance(next(iter(given.values())), dict):
            lines += ["", name, *(f"  {system:14}{value:12}" for system, value in given.items())]
            continue
        columns = list(dict.fromkeys(column for one in given.values() for column in one))
        lines += ["", f"{name:16}" + "".join(f"{column:>18}" for column in columns)]
        for system, one in given.items():
            lines.append(f"  {system:14}" + "".join(f"{one.get(column, ''):>18}" for column in columns))
    return "\n".join(lines)


def number_of_queries(given: str) -> tuple[str, int]:
    """Read how many questions of each kind a system gets.

    Raises:
        ValueError: no such system, or no number.
    """
    system, _, number = given.partition("=")
    if system not in SYSTEMS:
        raise ValueError(system)
    return system, int(number)


def main() -> None:
    """Measure all systems, or take one step for one of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--few", action="append", type=number_of_queries, default=[], metavar="SYSTEM=NUMBER")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--system", action="append", choices=SYSTEMS)
    parser.add_argument("--step", choices=("build", "ask"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.few = dict(arguments.few)
    systems = arguments.system or SYSTEMS
    if arguments.copies > 1 and set(systems) != {"tantivy"}:
        parser.error("--copies goes with --system tantivy only")
    if arguments.step == "build":
        print(json.dumps(measure_build(systems[0], arguments.folder, arguments.documents, arguments.seed)))
        if arguments.copies > 1:
            multiply(arguments.folder, arguments.copies)
    elif arguments.step == "ask":
        asked = (systems[0], arguments.folder, arguments.queries, arguments.seed)
        print(json.dumps(measure_queries(*asked, is_copied=arguments.copies > 1)))
    else:
        figures = {system: measured(system, arguments) for system in systems}
        many = arguments.documents * arguments.copies
        print(f"{many} materials, four facets counted; load of the machine {os.getloadavg()[0]:.1f} at the end")
        print(table(figures))
        print(f"\n{tables(figures)}\n")
        print(json.dumps({"documents": arguments.documents} | figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
