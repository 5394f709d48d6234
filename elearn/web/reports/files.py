"""The report of a unit as files: CSV of the units or of the persons, XLSX with both."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import abort, g, send_file

from elearn.services import audit
from elearn.services.access.permissions import WATCHERS
from elearn.services.reports import persons_of, unit_report
from elearn.services.reports.exports import persons_sheet, units_sheet
from elearn.services.sheets import XLSX_TYPE, write_csv, write_xlsx
from elearn.web.people import current_identity, needs_role
from elearn.web.reports.asking import read_question
from elearn.web.transactions import short_write

if TYPE_CHECKING:
    from flask import Blueprint, Response

FORMS = ("units.csv", "persons.csv", "report.xlsx")


def register(blueprint: Blueprint) -> None:
    """Add the route of the files."""
    blueprint.add_url_rule("/reports/ict/files/<form>", endpoint="file", view_func=file)


@needs_role(WATCHERS)
def file(form: str) -> Response:
    """One of the files; that somebody took a list of persons is noted in the audit log."""
    if form not in FORMS:
        abort(404)
    asked, identity = read_question(), current_identity()
    told = unit_report(g.db, identity, asked.unit, asked.period, as_of=asked.as_of)
    rows = () if form == "units.csv" else persons_of(g.db, identity, asked.unit, asked.period, as_of=asked.as_of).rows
    written = BytesIO()
    if form == "report.xlsx":
        write_xlsx(written, [units_sheet(told), persons_sheet(rows)])
    else:
        write_csv(written, units_sheet(told) if form == "units.csv" else persons_sheet(rows))
    if rows:
        with short_write() as session:
            audit.record(session, identity, "report.persons", asked.unit, period=asked.period.code, form=form)
    written.seek(0)
    return send_file(
        written,
        mimetype=XLSX_TYPE if form.endswith("xlsx") else "text/csv",
        as_attachment=True,
        download_name=f"ict-{asked.unit.code}-{asked.period.code}-{form}",
    )
