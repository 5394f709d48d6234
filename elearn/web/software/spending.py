"""What software costs a unit and all below, as tables and files."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask import abort, g, render_template, request, send_file, url_for
from flask_babel import gettext

from elearn.database import day_of
from elearn.services.access import Action
from elearn.services.organisation import get_unit
from elearn.services.sheets import XLSX_TYPE, Sheet, write_csv, write_xlsx
from elearn.services.software.spending import FIRST_YEAR, LAST_YEAR
from elearn.services.software.spending import spending as spending_of
from elearn.services.software.unused import paid_and_not_used
from elearn.web.labels import LEVELS
from elearn.web.people import current_identity, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import trail_to
from elearn.web.software_words import LICENCE_KINDS, MONEY, money

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flask.typing import ResponseReturnValue

    from elearn.services.software.spending import Line, Spending
    from elearn.services.software.unused import Unused

SHOWN = 100  # titles and unused licences on the page; files have all
PLAN_NOTE = 8_600_000_000  # đồng a year for all schools together, as the plan of Hà Nội reckons (H103)
PARTS = ("titles", "units", "levels", "money", "unused")


@blueprint.get("/software/spending/<uid>")
@sign_in_required
def spending(uid: str) -> ResponseReturnValue:
    """Spending by title, unit, level and money over five years, and what was paid and not used."""
    told = _asked(uid)
    unused = paid_and_not_used(g.db, told)
    return render_template(
        "software/spending.html",
        unit=told.unit,
        told=told,
        unused=unused[:SHOWN],
        unused_count=len(unused),
        unused_amount=sum(row.amount for row in unused),
        shown=SHOWN,
        until=told.years[-1],
        is_whole=current_identity().tree.is_root(told.unit.id),
        plan_note=PLAN_NOTE,
        levels=LEVELS,
        money_words=MONEY,
        kinds=LICENCE_KINDS,
        money=money,
        trail=trail_to(None, gettext("Spending")),
    )


@blueprint.get("/software/spending/<uid>/files/<form>")
@sign_in_required
def spending_file(uid: str, form: str) -> ResponseReturnValue:
    """One table as CSV, or all of them as XLSX."""
    part, _, kind = form.partition(".")
    if not (form == "spending.xlsx" or (kind == "csv" and part in PARTS)):
        abort(404)
    told = _asked(uid)
    sheets = _sheets(told, paid_and_not_used(g.db, told))
    return answer(sheets if kind == "xlsx" else [sheets[PARTS.index(part)]], kind, f"{told.unit.code}-{form}")


def _asked(uid: str) -> Spending:
    unit = get_unit(g.db, current_identity(), uid, Action.SEE_SPENDING)
    text = request.args.get("until", "")
    year = int(text) if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR else 0
    return spending_of(g.db, current_identity(), unit, year or day_of(g.db).year)


def answer(sheets: Sequence[Sheet], kind: str, name: str) -> ResponseReturnValue:
    """Tables as a file to keep: all as XLSX, or the first as CSV."""
    written = BytesIO()
    if kind == "xlsx":
        write_xlsx(written, sheets)
    else:
        write_csv(written, sheets[0])
    written.seek(0)
    kind = XLSX_TYPE if kind == "xlsx" else "text/csv"
    return send_file(written, mimetype=kind, as_attachment=True, download_name=f"software-{name}")


def _sheets(told: Spending, unused: Sequence[Unused]) -> list[Sheet]:
    years = [str(year) for year in told.years]

    def table(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Sheet:
        return Sheet(name, (*header, *years), rows)

    def lines(rows: Sequence[Line[Any]], words: Any) -> Iterable[Sequence[Any]]:
        return [(*words(row.about), *row.amounts) for row in rows]

    none = gettext("not said")
    title, unit = gettext("Title"), gettext("Unit")
    return [
        table(gettext("By title"), (title, gettext("Address")), lines(told.titles, _title_cells)),
        table(gettext("By unit"), (gettext("Code"), unit), lines(told.units, lambda row: (row.code, row.name))),
        table(gettext("By level"), (gettext("Level"),), lines(told.levels, lambda row: (str(LEVELS.get(row, none)),))),
        table(gettext("By money"), (gettext("Money"),), lines(told.money, lambda row: (str(MONEY.get(row, none)),))),
        Sheet(gettext("Paid and not used"), _unused_header(years[-1]), [_unused_cells(row) for row in unused]),
    ]


def _unused_header(year: str) -> tuple[str, ...]:
    about = (gettext("Title"), gettext("Kind of licence"), gettext("From"), gettext("To"))
    return (*about, gettext("Lessons"), gettext("Machines"), year)


def _unused_cells(row: Unused) -> tuple[Any, ...]:
    licence = row.licence
    about = (row.title.title, str(LICENCE_KINDS[licence.kind]), licence.starts_on, licence.expires_on)
    return (*about, row.lessons, row.machines, row.amount)


def _title_cells(about: Any) -> tuple[str, str]:
    return about.title, url_for("library.material", uid=about.uid, _external=True)
