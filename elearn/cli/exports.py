"""`elearn acts` and `elearn register`: the rows from which anyone can count the ratio anew."""

from __future__ import annotations

from typing import IO

import click

from elearn.cli.opening import opened
from elearn.cli.report import period_of
from elearn.services.reports.exports import acts_sheet, register_sheet
from elearn.services.sheets import write_csv

Format = click.option("--format", "form", type=click.Choice(["csv"]), default="csv", show_default=True)
Output = click.option("--output", type=click.File("wb"), default="-", help="A file; default: standard output.")


@click.group()
def acts() -> None:
    """Give the ledger of acts."""


@acts.command("export")
@click.option("--period", "code", metavar="CODE", required=True, help="Code of the period, as 2026-2027-HK1.")
@Format
@Output
def export_acts(code: str, form: str, output: IO[bytes]) -> None:
    """Write the acts of a period that can qualify, void ones marked, as CSV in UTF-8."""
    del form
    with opened() as house, house.database.read() as session:
        write_csv(output, acts_sheet(session, period_of(session, code)))


@click.group()
def register() -> None:
    """Give the register of units, periods, posts and leave."""


@register.command("export")
@Format
@Output
def export_register(form: str, output: IO[bytes]) -> None:
    """Write units, periods, posts and leave as CSV in UTF-8."""
    del form
    with opened() as house, house.database.read() as session:
        write_csv(output, register_sheet(session))
