"""`elearn doctor`: what this machine has and lacks, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from elearn.cli.opening import opened
from elearn.cli.voice import REFUSED, gettext, out
from elearn.services.health import Finding, State, examine_machine, look_at_grades
from elearn.web.machine_sentences import MACHINE as SENTENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNS: Mapping[State, tuple[str, str]] = {
    State.GOOD: ("✓", "green"),
    State.NOTE: ("!", "yellow"),
    State.BAD: ("✗", "red"),
}


@click.command()
def doctor() -> None:
    """Say what this machine has and lacks. Exit code 3 when something that is required does not work."""
    with opened(ready=False) as house:
        findings = [*examine_machine(house), *look_at_grades(house)]
    for finding in findings:
        sign, style = SIGNS[finding.state]
        out().print(f"{sign} {_sentence(finding)}", style=style, markup=False)
    if any(finding.state is State.BAD for finding in findings):
        raise click.exceptions.Exit(REFUSED)


def _sentence(finding: Finding) -> str:
    return gettext(SENTENCES[finding.code], **finding.params)
