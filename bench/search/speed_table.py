"""The figures of all systems side by side, as the tables of docs/search.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.search.materials import QUERY_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Figures = Mapping[str, Any]

NAMES = {
    "whoosh": "our Whoosh engine",
    "tantivy": "our tantivy engine",
    "stock whoosh": "Whoosh as it comes",
    "fts5": "SQLite FTS5",
    "plain tantivy": "tantivy as it comes",
}
KEPT = {"": "warm", "uncached ": "uncached"}
SIZES = {
    "documents per cpu s": "materials in a processor second",
    "documents per s": "in a second of the clock",
    "megabytes": "megabytes of the index",
    "indexing megabytes": "of the process that indexes",
    "asking megabytes": "of the process that asks",
    "queries of each kind": "questions of each kind",
    "yardstick": "yardstick",
}


def tables(figures: Mapping[str, Figures]) -> str:
    """Show the times of the processor and of the clock, median / 95th percentile, and then the sizes."""
    kinds = [kind.name for kind in QUERY_KINDS]
    shown = []
    for said, clock in (("ms of the processor, p50 / p95", "cpu "), ("ms of the clock, p50 / p95", "")):
        shown.append(_table([said, *kinds], _times(figures, kinds, clock)))
    sizes = ([NAMES[system], *(str(one.get(name, "")) for name in SIZES)] for system, one in figures.items())
    return "\n\n".join([*shown, _table(["", *SIZES.values()], sizes)])


def _times(figures: Mapping[str, Figures], kinds: Sequence[str], clock: str) -> Iterator[list[str]]:
    for system, one in figures.items():
        is_ours = any(name.startswith("uncached") for name in one[kinds[0]])
        for kept, said in KEPT.items() if is_ours else [("", "")]:
            times = (one[kind] for kind in kinds)
            pairs = [f"{_short(time[f'{kept}{clock}p50'])} / {_short(time[f'{kept}{clock}p95'])}" for time in times]
            yield [f"{NAMES[system]}, {said}" if said else NAMES[system], *pairs]


def _short(milliseconds: float) -> str:
    return f"{milliseconds:.1f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def _table(head: Sequence[str], rows: Iterator[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
