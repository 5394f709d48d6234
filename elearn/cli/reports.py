"""What `check` found, in sentences with the first few examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.cli.voice import say, warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from elearn.services.health import FileReport, IndexReport
    from elearn.services.reports.agreement import CountReport

EXAMPLES = 5


def tell_files(report: FileReport) -> None:
    """Say whether rows and files agree."""
    say("Files: %(count)s compared.", count=report.compared)
    _tell("%(count)s files are missing: %(examples)s", report.missing)
    _tell("%(count)s files have the wrong size: %(examples)s", report.wrong_size)
    _tell("%(count)s files are damaged: %(examples)s", report.damaged)
    if report.orphans:
        say(
            "%(count)s files belong to no material: uploads under way, or leftovers that the worker removes.",
            count=len(report.orphans),
        )


def tell_index(report: IndexReport) -> None:
    """Say whether index and database agree."""
    say("Index: %(count)s materials compared.", count=report.compared)
    _tell("%(count)s materials are missing in the index: %(examples)s", report.missing)
    _tell("%(count)s materials should not be in the index: %(examples)s", report.surplus)
    _tell("%(count)s materials are outdated in the index: %(examples)s", report.outdated)
    if not report.agrees:
        say("If this stays while the worker runs, run: elearn index rebuild")


def tell_counts(report: CountReport) -> None:
    """Say whether the kept counts equal a recount, and the history of the register its present."""
    say("Ratio: %(count)s results of persons counted anew.", count=report.compared)
    _tell("%(count)s results are not those of a recount: %(examples)s", report.differing)
    _tell("%(count)s posts and leaves are not as their history says: %(examples)s", report.unrecorded)
    _tell("%(count)s persons have two main posts on one day: %(examples)s", report.overlapping)


def tell_rows(broken: Sequence[str]) -> None:
    """Say what the database finds wrong with itself."""
    _tell("The database has %(count)s faults: %(examples)s", broken)


def _tell(message: str, things: Sequence[str]) -> None:
    if things:
        more = " …" if len(things) > EXAMPLES else ""
        warn(message, count=len(things), examples=", ".join(things[:EXAMPLES]) + more)
