"""`make conformance-headless`: a folder of cases without a browser.

    python -m tests.conformance.headless FOLDER [--cases CM,RU-04a]

The engine and the run-time tables play every case as the services let them. The exit status is 0 when every case
passes; soft checks, which are not part of passing, are counted too.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conformance.cases import load_suite
from tests.conformance.player import HeadlessPlayer, Learner
from tests.conformance.walkthrough import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.cases import Suite
    from tests.conformance.walkthrough import Report


def play(suite: Suite, chain: list[str]) -> Iterator[Report]:
    """Play cases one after the other as one learner."""
    learner = Learner()
    for name in chain:
        yield Walk(suite, name, HeadlessPlayer(learner)).play()


def selected(suite: Suite, wanted: str) -> list[str]:
    """The names of the cases that are called by name or by family; all when nothing is."""
    words = {word.strip() for word in wanted.split(",") if word.strip()}
    return [name for name, case in suite.cases.items() if not words or words & {name, case["family"]}]


def main() -> int:
    """Play the cases and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="cases.json and the packages")
    parser.add_argument("--cases", default="", help="names or families, separated by commas; default: all")
    options = parser.parse_args()
    suite, started = load_suite(options.folder), time.process_time()
    wanted = selected(suite, options.cases)
    reports = [report for chain in suite.chains(wanted) for report in play(suite, chain) if report.name in wanted]
    spent = f"{time.process_time() - started:.1f} s of CPU"
    print("\n".join([*failures_of(reports), *table(suite, reports), spent]))  # noqa: T201 - this is a command
    return int(any(report.hard for report in reports))


def failures_of(reports: list[Report]) -> Iterator[str]:
    """One line per failed check."""
    for report in reports:
        for kind, failures in (("hard", report.hard), ("soft", report.soft)):
            yield from (f"{report.name} ({kind}) {failure}" for failure in failures)


def table(suite: Suite, reports: list[Report]) -> Iterator[str]:
    """One line per family: cases, passed ones, strictly passed ones, checks, failed ones of both kinds."""
    families: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        families[suite.cases[report.name]["family"]].append(report)
    yield f"{'family':12}{'cases':>7}{'passed':>8}{'strict':>8}{'checks':>8}{'hard':>6}{'soft':>6}"
    for name, some in [*sorted(families.items()), ("all", reports)]:
        passed = sum(not report.hard for report in some)
        strict = sum(not (report.hard or report.soft) for report in some)
        hard, soft = (sum(len(getattr(report, kind)) for report in some) for kind in ("hard", "soft"))
        checks = sum(report.checks for report in some)
        yield f"{name:12}{len(some):7}{passed:8}{strict:8}{checks:8}{hard:6}{soft:6}"


if __name__ == "__main__":
    sys.exit(main())
