"""Reporting what is installed: one title by form, or many with a sheet that is shown before it is written."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from content_packages.tables import LARGEST, TableError, read_table
from elearn.database import day_of
from elearn.services.access import Action
from elearn.services.errors import ServiceError
from elearn.services.organisation import get_unit
from elearn.services.people.pasting import rows_of, tidy
from elearn.services.software.installed.reporting import COLUMNS, plan_sheet, report_one, write_sheet
from elearn.services.software.installed.taking import (
    LONGEST_ROOM,
    LONGEST_VERSION,
    MOST_LINES,
    MOST_MACHINES,
    Line,
)
from elearn.web.administration.fields import DayField, shown
from elearn.web.administration.pasted import CELLS as SHARED_CELLS
from elearn.web.administration.steps import CONFIRMED
from elearn.web.display import file_size
from elearn.web.forms import Form, required
from elearn.web.installed_words import CELLS
from elearn.web.installed_words import COLUMNS as COLUMN_WORDS
from elearn.web.people import current_identity, needs, sign_in_required
from elearn.web.security import Sending, takes_upload
from elearn.web.sentences import refusal as sentence_for
from elearn.web.software import blueprint
from elearn.web.software.steps import change, first_unit, seen_title, trail_to, unit_field
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from elearn.models.organisation import Unit
    from elearn.services.people.pasting import Problem
    from elearn.services.software.installed.reporting import SheetPlan
    from elearn.services.software.installed.taking import Taken

LARGEST_TEXT = 900_000  # bytes of the rows as they come back from the page; the limit of forms is a mebibyte
SHOWN = 200  # lines on the preview; the counts tell of all


class ReportForm(Form):
    """A title in a room."""

    unit = unit_field(lazy_gettext("Who has it: its code, or words of its name."))
    version = StringField(
        lazy_gettext("Version"),
        [Length(max=LONGEST_VERSION)],
        description=lazy_gettext("As the program shows it, such as 2.1."),
    )
    room = StringField(lazy_gettext("Room"), [Length(max=LONGEST_ROOM)])
    machines = IntegerField(
        lazy_gettext("Machines"),
        [InputRequired(), NumberRange(0, MOST_MACHINES)],
        description=lazy_gettext("0 when it is not installed there any more."),
    )
    day = DayField(lazy_gettext("Counted on"), required())


@blueprint.route("/software/<uid>/report", methods=["GET", "POST"])
@needs(Action.MANAGE_UNIT)
def report(uid: str) -> ResponseReturnValue:
    """Report a title as installed."""
    title = seen_title(uid)
    form = ReportForm(data={"unit": first_unit(), "day": day_of(g.db)})

    def line() -> Line:
        room, version = form.room.data or "", form.version.data or ""
        return Line(title.title, form.machines.data, version, room, title_id=title.id)

    def told() -> list[str]:
        words = {
            "unit": form.unit.data.name,
            "title": " ".join(filter(None, (title.title, form.version.data))),
            "room": form.room.data or gettext("no room named"),
            "count": form.machines.data,
            "day": shown(form.day.data),
        }
        return [gettext("%(unit)s, %(room)s: “%(title)s” on %(count)s machines, counted on %(day)s.", **words)]

    def apply() -> None:
        report_one(g.db, current_identity(), form.unit.data, title, day=form.day.data, line=line())

    return change(title, gettext("Report as installed"), form, told, apply)


def _page(
    unit: Unit, text: str = "", error: str = "", *, status: int = 200, plan: SheetPlan | None = None, rows: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "software/sheet.html",
        unit=unit,
        text=text,
        error=error,
        plan=plan,
        rows=rows,
        most=SHOWN,
        most_lines=MOST_LINES,
        columns=[column.headings[0] for column in COLUMNS],
        problem_sentence=_problem_sentence,
        shown=shown,
        trail=trail_to(None, gettext("Report with a sheet")),
    )
    return page, status


def _problem_sentence(problem: Problem) -> str:
    column = COLUMN_WORDS.get(problem.column, problem.column)
    sentence = CELLS.get(problem.code) or SHARED_CELLS.get(problem.code)
    said = str(sentence) % problem.params if sentence else gettext("This cell cannot be read.")
    return f"{column}: {said}"


@blueprint.get("/software/at/<uid>/sheet")
@sign_in_required
def sheet(uid: str) -> ResponseReturnValue:
    """The form for a sheet."""
    return _page(get_unit(g.db, current_identity(), uid, Action.MANAGE_UNIT))


def _too_large() -> ResponseReturnValue:
    flash(gettext("The sheet is larger than %(limit)s. Nothing was changed.", limit=file_size(LARGEST)), "error")
    return redirect(url_for("software.sheet", **(request.view_args or {})), 303)


@blueprint.post("/software/at/<uid>/sheet")
@takes_upload(_too_large, Sending(limit=lambda _settings: LARGEST))
@sign_in_required
def send_sheet(uid: str) -> ResponseReturnValue:
    """What the lines would report; then, with `confirmed`, they are written, all or none."""
    with short_read() as session:
        get_unit(session, current_identity(), uid, Action.MANAGE_UNIT)
    text, refused, rows = request.form.get("text", ""), "", []
    try:
        rows = _rows(text)  # before the writer opens: a file is read in a child, which may take seconds
    except TableError as error:
        refused = sentence_for(ServiceError(error.code))
    except ServiceError as error:
        refused = sentence_for(error)
    unit = get_unit(g.db, current_identity(), uid, Action.MANAGE_UNIT)
    if refused:
        return _page(unit, text, refused, status=422)
    try:
        plan = plan_sheet(g.db, current_identity(), unit, rows, day_of(g.db))
        taken = None if plan.faulty else write_sheet(g.db, current_identity(), plan)
        if taken is None or CONFIRMED not in request.form:
            g.db.rollback()
            return _preview(unit, text, plan, rows)
    except ServiceError as error:
        g.db.rollback()
        return _page(unit, text, sentence_for(error), status=error.status)
    flash(_done(taken), "success")
    return redirect(url_for("software.at_school", uid=uid), 303)


def _rows(text: str) -> Sequence[tuple[int, Sequence[str]]]:
    if "rows" in request.form:
        return _sent_rows(request.form["rows"])
    file = request.files.get("file")
    if file is None or not file.filename:
        return rows_of(text)
    with NamedTemporaryFile(dir=house().settings.staging_folder) as kept:
        file.save(kept)
        kept.flush()
        table = read_table(Path(kept.name), MOST_LINES + 1)  # and the headings
        return [(number, [tidy(cell) for cell in cells]) for number, cells in table]


def _sent_rows(text: str) -> Sequence[tuple[int, list[str]]]:
    """The rows as the page has given them back; they are judged anew, whoever wrote them."""
    try:
        return [(int(number), [tidy(str(cell)) for cell in cells]) for number, cells in json.loads(text)]
    except (ValueError, TypeError, RecursionError):
        raise ServiceError("table_unreadable") from None


def _preview(unit: Unit, text: str, plan: SheetPlan, rows: Any) -> ResponseReturnValue:
    kept = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    if len(kept.encode()) > LARGEST_TEXT:
        return _page(unit, text, sentence_for(ServiceError("table_large")), status=422)
    return _page(unit, text, plan=plan, rows=kept, status=422 if plan.faulty else 200)


def _done(taken: Taken) -> str:
    if not taken.written:
        return gettext("Everything was there already; nothing was changed.")
    done: str = ngettext("%(num)s line was reported.", "%(num)s lines were reported.", taken.written)
    return done
