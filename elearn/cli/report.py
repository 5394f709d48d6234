"""`elearn report`: the ratio of teachers using ICT, for files and other programs."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import IO, TYPE_CHECKING, Any

import click

from elearn.cli.opening import opened
from elearn.cli.refusals import explained
from elearn.cli.voice import WRONG_USE, stop
from elearn.clock import now
from elearn.services import reports
from elearn.services.access import SYSTEM
from elearn.services.curriculum import period_by_code
from elearn.services.organisation import unit_by_code
from elearn.services.reports.exports import persons_sheet, units_sheet
from elearn.services.sheets import write_csv, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Period
    from elearn.models.organisation import Unit

AT_ONCE = 1000  # persons whose acts are held in memory


@click.group()
def report() -> None:
    """Give figures as JSON, CSV or XLSX."""


@report.command()
@click.option("--unit", "unit_code", metavar="CODE", required=True, help="Code of the unit.")
@click.option("--period", "period_code", metavar="CODE", required=True, help="Code of the period, as 2026-2027-HK1.")
@click.option("--as-of", metavar="TIME", help="What was known then: 2026-12-31 (its end) or 2026-12-31T17:00+07:00.")
@click.option("--ruleset", "ruleset_code", metavar="CODE", help="Another ruleset than that of the period.")
@click.option("--format", "form", type=click.Choice(["json", "csv", "xlsx"]), default="json", show_default=True)
@click.option("--output", type=click.File("wb"), default="-", help="A file; default: standard output.")
def ict(
    *, unit_code: str, period_code: str, as_of: str | None, ruleset_code: str | None, form: str, output: IO[bytes]
) -> None:
    """Count the ratio of teachers using ICT of a unit and the units below it.

    CSV has the units, JSON and XLSX also the persons; JSON has their acts. Exit codes: 2 wrong use, 3 refused.
    """
    with opened() as house, explained(), house.database.read() as session:
        unit, period = _unit(session, unit_code), period_of(session, period_code)
        given: dict[str, Any] = {"as_of": moment(as_of, house.settings.timezone), "ruleset": None}
        if ruleset_code is not None:
            given["ruleset"] = _ruleset(session, ruleset_code)
        told = reports.unit_report(session, SYSTEM, unit, period, **given)
        if form == "csv":
            write_csv(output, units_sheet(told))
            return
        persons = reports.persons_of(session, SYSTEM, unit, period, **given).rows
        if form == "xlsx":
            write_xlsx(output, [units_sheet(told), persons_sheet(persons)])
        else:
            for piece in _json(session, told, persons):
                output.write(piece.encode())


def _unit(session: Session, code: str) -> Unit:
    unit = unit_by_code(session, code)
    if unit is None:
        stop("No unit has the code %(unit)s.", code=WRONG_USE, unit=code)
    return unit


def period_of(session: Session, code: str) -> Period:
    """The period with a code; ends the command when there is none."""
    period = period_by_code(session, code)
    if period is None:
        stop("No period has the code %(period)s.", code=WRONG_USE, period=code)
    return period


def _ruleset(session: Session, code: str) -> Any:
    ruleset = reports.ruleset_by_code(session, code)
    if ruleset is None:
        stop("No ruleset has the code %(ruleset)s.", code=WRONG_USE, ruleset=code)
    return ruleset


def moment(text: str | None, zone: ZoneInfo) -> datetime | None:
    """The moment of `--as-of`: a day stands for its end, a time without zone is one of the department's."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text) if len(text) <= len("2026-12-31") else None
        read = datetime.fromisoformat(text) if day is None else datetime.combine(day, time.max)
        aware = read if read.tzinfo is not None else read.replace(tzinfo=zone)
        present = now()
        # A day that is not over yet stands for this moment; a time that is to come is refused.
        is_today = day is not None and day == present.astimezone(zone).date()
        return present if is_today else _past(aware, present, text)
    except (ValueError, OverflowError):
        stop("%(time)s is no time. Write 2026-12-31 or 2026-12-31T17:00+07:00.", code=WRONG_USE, time=text)


def _past(aware: datetime, present: datetime, text: str) -> datetime:
    if aware > present:
        stop("%(time)s is in the future; nobody knows yet what will be known then.", code=WRONG_USE, time=text)
    return aware


def _json(session: Session, told: reports.UnitReport, persons: tuple[reports.PersonRow, ...]) -> Iterator[str]:
    """The report piece by piece, because a province has a hundred thousand persons."""
    ratio = told.total
    head = {
        **ratio.as_dict(),
        "text": ratio.text(),
        "period": ratio.period.code,
        "ruleset": ratio.ruleset.code,
        "as_of": ratio.as_of.isoformat() if ratio.as_of else None,
        "silent_units": told.silent,
        "units": [{**row.as_dict(), "text": row.text()} for row in told.children],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "persons": ['
    comma = ""
    for line in _persons(session, told, persons):
        yield comma + json.dumps(line, ensure_ascii=False)
        comma = ",\n"
    yield "]}\n"


def _persons(
    session: Session, told: reports.UnitReport, persons: tuple[reports.PersonRow, ...]
) -> Iterator[dict[str, Any]]:
    question = reports.question_of(session, told.total.period, told.total.ruleset, told.total.as_of)
    for start in range(0, len(persons), AT_ONCE):
        some = persons[start : start + AT_ONCE]
        acts = reports.acts_of(session, question, [row.person_id for row in some])
        for row in some:
            yield {
                "code": row.code,
                "name": row.name,
                "unit": row.unit_code,
                "level": row.level,
                "subject": row.subject_code,
                "fte": row.fte,
                "in_n": row.in_n,
                "in_q": row.in_q,
                "reason": row.reason,
                "acts": [act.as_dict() for act in acts[row.person_id]],
            }
