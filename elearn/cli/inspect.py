"""`elearn inspect`: what “Check my package” says, without a server and without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from content_packages.checking import check
from content_packages.file_names import readable_name, storable_path
from elearn.cli.voice import REFUSED, gettext, say
from elearn.web.check_report import report_of

if TYPE_CHECKING:
    from content_packages.checking import PackageCheck


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object per file instead of sentences.")
def inspect_command(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Check packages and say what is wrong with them, where, and how to mend it; nothing is stored.

    Exit codes: 0 all can be taken in, 3 some cannot.
    """
    refused = 0
    for file in files:
        checked = check(file, readable_name(file.name))
        refused += not checked.accepted
        report = report_of(checked, storable_path(str(file)), gettext)
        if as_json:
            click.echo(json.dumps(report, ensure_ascii=False))
        else:
            _tell(report, checked)
    if refused:
        raise click.exceptions.Exit(REFUSED)


def _tell(report: dict[str, Any], checked: PackageCheck) -> None:
    line = (
        "%(file)s: in order (%(kind)s %(edition)s)" if checked.accepted else "%(file)s: cannot be taken in (%(kind)s)"
    )
    say(line, file=report["file"], kind=report["kind"], edition=report["edition"])
    for found in report["findings"]:
        place = f" [{found['place']}]" if found["place"] else ""
        click.echo(f"    {found['message']}{place}")
        if found["remedy"]:
            click.echo(f"        → {found['remedy']}")
