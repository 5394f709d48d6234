"""Measure how well questions find what answers them, beside SQLite FTS5 and tantivy in the same run.

    python bench/search/quality.py [SET.json ...] [--half reported|tuned|all] [--engine whoosh] [--no-peers]

Every set is asked in five ways of typing; the figure is nDCG@10. The committed set of lesson titles always takes part.
The last line holds the same figures as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.search.peers import HITS, fts5, own, tantivy_default
from bench.search.question_sets import lesson_titles, read_set
from bench.search.ways_of_typing import WAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bench.search.question_sets import Asked, QuestionSet

# What the figures must reach on the reported half: way -> at most so far below "accents".
ALLOWED_LOSS = {"none": 0.03, "decomposed": 0.002, "typos": 0.03, "telex": 0.05}
ABOVE_PEERS = {"fts5": 0.12, "tantivy default": 0.20}
APART = 0.01  # at most, the answers of our engines, on any set and in any way of typing


def ndcg(found: Sequence[str], answers: Mapping[str, int]) -> float:
    """Discounted gain of the first ten hits as a part of what the best order would give."""
    gained = sum(answers.get(uid, 0) / log2(place + 2) for place, uid in enumerate(found[:HITS]))
    best = sum(gain / log2(place + 2) for place, gain in enumerate(sorted(answers.values(), reverse=True)[:HITS]))
    return gained / best


def quality(ask: Callable[[str], list[str]], questions: Sequence[Asked], way: str) -> float:
    """Mean nDCG@10 of the questions typed in one way; what was typed by hand goes before what is generated."""
    typed = [(question.typed.get(way) or WAYS[way](question.text), question.answers) for question in questions]
    return sum(ndcg(ask(text), answers) for text, answers in typed) / len(typed)


def half_of(questions: Sequence[Asked], half: str) -> list[Asked]:
    """The questions of the tuned or of the reported half."""
    return [one for one in questions if half == "all" or one.is_tuned == (half == "tuned")]


def measure(questions: QuestionSet, arguments: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Engine -> way of typing -> figure."""
    with TemporaryDirectory() as folder:
        engines = {name: own(name, questions.documents, Path(folder)) for name in arguments.engine}
        if not arguments.no_peers:
            engines |= {"fts5": fts5(questions.documents), "tantivy default": tantivy_default(questions.documents)}
        asked = half_of(questions.questions, arguments.half)
        return {name: {way: quality(ask, asked, way) for way in WAYS} for name, ask in engines.items()}


def mean(figures: Mapping[str, float]) -> float:
    return sum(figures.values()) / len(figures)


def averaged(sets: Sequence[Mapping[str, Mapping[str, float]]]) -> dict[str, dict[str, float]]:
    """The mean over the sets, each counting the same."""
    return {engine: {way: sum(one[engine][way] for one in sets) / len(sets) for way in WAYS} for engine in sets[0]}


def table(name: str, size: str, figures: Mapping[str, Mapping[str, float]]) -> str:
    lines = [f"\n{name} ({size})", f"{'':18}" + "".join(f"{way:>12}" for way in WAYS) + f"{'mean':>12}"]
    for engine, ways in figures.items():
        lines.append(f"{engine:18}" + "".join(f"{ways[way]:12.3f}" for way in WAYS) + f"{mean(ways):12.3f}")
    return "\n".join(lines)


def targets(figures: Mapping[str, Mapping[str, float]], engine: str) -> list[str]:
    """What is asked for, what was measured, and whether it is enough."""
    ours = figures[engine]
    lines = [_line(f"{engine}: {way} below accents", ours["accents"] - ours[way], loss, at_most=True)
             for way, loss in ALLOWED_LOSS.items()]  # fmt: skip
    lines += [_line(f"{engine}: mean above {peer}", mean(ours) - mean(figures[peer]), least, at_most=False)
              for peer, least in ABOVE_PEERS.items() if peer in figures]  # fmt: skip
    return lines


def apart(sets: Mapping[str, Mapping[str, Mapping[str, float]]], engines: Sequence[str]) -> str:
    """Tell how far our engines are apart at most."""
    first, *others = engines
    most = max(abs(one[first][way] - one[other][way]) for one in sets.values() for other in others for way in WAYS)
    return _line(f"{' and '.join(engines)} apart at most", most, APART, at_most=True)


def _line(name: str, value: float, bound: float, *, at_most: bool) -> str:
    is_met = value <= bound if at_most else value >= bound
    return f"{'ok  ' if is_met else 'MISS'} {name}: {value:.4f} (asked: {'<=' if at_most else '>='} {bound})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--half", choices=("reported", "tuned", "all"), default="reported")
    parser.add_argument("--engine", action="append", help="engines of this repository; whoosh when none is named")
    parser.add_argument("--no-peers", action="store_true")
    arguments = parser.parse_args()
    arguments.engine = arguments.engine or ["whoosh"]
    measured = {}
    for questions in (lesson_titles(), *map(read_set, arguments.sets)):
        measured[questions.name] = measure(questions, arguments)
        size = f"{len(half_of(questions.questions, arguments.half))} questions, {len(questions.documents)} documents"
        print(table(questions.name, size, measured[questions.name]), flush=True)
    overall = averaged(list(measured.values()))
    print(table("mean of the sets", f"{arguments.half} half", overall))
    for engine in arguments.engine:
        print("\n".join(["", *targets(overall, engine)]))
    if len(arguments.engine) > 1:
        print(f"\n{apart(measured, arguments.engine)}")
    print(json.dumps({"half": arguments.half, "sets": measured, "mean": overall}, ensure_ascii=False))


if __name__ == "__main__":
    main()
