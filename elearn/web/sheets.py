"""Describing many files with a spreadsheet: the sheet to fill in, what its rows would do, and doing it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext, lazy_gettext, ngettext

from content_packages.tables import LARGEST, TableError, read_table
from elearn.models.curriculum import Level
from elearn.models.describing import Licence, ResourceType
from elearn.models.material import Status
from elearn.services import bulk, material_sheet
from elearn.services.access import Action
from elearn.services.contributors import units_to_contribute
from elearn.services.curriculum.levels import GRADES, LEVEL_NAMES
from elearn.services.curriculum.programme import SUBJECTS
from elearn.services.errors import ServiceError
from elearn.services.people.pasting import plain
from elearn.services.sheets import CSV_TYPE, XLSX_TYPE, Sheet, write_csv, write_xlsx
from elearn.web.administration.pasted import CELLS
from elearn.web.changes import shown_changes
from elearn.web.display import file_size
from elearn.web.labels import LICENCES
from elearn.web.material_words import LANGUAGES, RESOURCE_TYPES
from elearn.web.people import current_identity, needs
from elearn.web.programme import load_programme
from elearn.web.security import Sending, takes_upload
from elearn.web.sentences import refusal as sentence_for
from elearn.web.transactions import house, short_read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from elearn.services.material_sheet import PlannedRow
    from elearn.services.people.pasting import Problem

blueprint = Blueprint("sheets", __name__)

LANGUAGES_OF_SHEETS = ("vi", "en")
LARGEST_TEXT = 900_000  # characters of the rows as they come back from the page; the limit of forms is a mebibyte
ROW_WORDS: Mapping[str, Any] = {
    "row_twice": lazy_gettext("The same file or address stands in another line too."),
    "row_names_nothing": lazy_gettext("Neither a file nor an address is named."),
    "file_absent": lazy_gettext("Among your drafts there is no file %(value)s. Upload it first."),
    "file_ambiguous": lazy_gettext("Several of your drafts have a file %(value)s. Describe them by hand."),
    "cell_unknown": lazy_gettext("“%(value)s” is not known here; the sheet to download has the right words."),
    "cell_long": lazy_gettext("The text has more than %(most)s characters."),
    "cell_minutes": lazy_gettext("Write whole minutes, from 1 to %(most)s."),
    "cell_address": lazy_gettext("This is no address of the web."),
    "day_over": lazy_gettext("The day %(value)s is over."),
}


def _words() -> dict[str, dict[str, str]]:
    """Codes and names in both languages -> code, for each column that has such."""
    words: dict[str, dict[str, str]] = {
        "levels": _named((row, names.vi, names.en) for row, names in LEVEL_NAMES.items()),
        "grades": _named((row.code, row.name_vi, row.name_en) for row in GRADES),
        "subjects": _named((row.code, row.name_vi, row.name_en) for row in SUBJECTS),
    }
    for column, labels in (("resource_type", RESOURCE_TYPES), ("licence", LICENCES), ("language", LANGUAGES)):
        words[column] = _named((code,) for code in labels if code)
        for language in LANGUAGES_OF_SHEETS:
            with force_locale(language):
                words[column] |= {plain(str(name)): str(code) for code, name in labels.items() if code}
    # "CC BY-SA 4.0" without its explanation.
    words["licence"] |= {plain(code.replace("CC-", "CC ").replace("-4.0", " 4.0")): code for code in Licence if code}
    words["licence"] |= {plain(code.replace("CC-", "CC ").replace("-4.0", "")): code for code in Licence if code}
    return words


def _named(rows: Any) -> dict[str, str]:
    return {plain(str(word)): str(row[0]) for row in rows for word in row}


@blueprint.get("/contribute/sheet")
@needs(Action.CONTRIBUTE)
def form() -> ResponseReturnValue:
    """The form for a sheet, and the sheet to fill in."""
    return _page()


def _page(error: str = "", status: int = 200, **further: Any) -> ResponseReturnValue:
    with short_read() as session:
        units = units_to_contribute(session, current_identity())
        return render_template(
            "contribute/sheet.html",
            units=units,
            columns=[column.headings[0] for column in material_sheet.COLUMNS],
            most=material_sheet.MOST_LINES,
            error=error,
            **{"planned": None, "rows": "", "chosen": "", **further},
        ), status


def _too_large() -> ResponseReturnValue:
    return _page(gettext("The sheet is larger than %(limit)s. Nothing was changed.", limit=file_size(LARGEST)), 413)


@blueprint.post("/contribute/sheet")
@takes_upload(_too_large, Sending(limit=lambda _settings: LARGEST))
@needs(Action.CONTRIBUTE)
def receive() -> ResponseReturnValue:
    """What the rows would do; then, with `confirmed`, it is done."""
    is_confirmed = "confirmed" in request.form
    try:
        rows = _sent_rows() if is_confirmed else _rows_of_file()
        planned = material_sheet.plan(g.db, current_identity(), rows, _words())
        if not is_confirmed:
            return _preview(planned, rows)
        described, fetched = material_sheet.apply(g.db, current_identity(), _chosen_unit(), planned)
    except TableError as error:
        return _refused(ServiceError(error.code))
    except ServiceError as refused:
        return _refused(refused)
    flash(ngettext("%(num)s draft was described.", "%(num)s drafts were described.", described), "success")
    if fetched:
        flash(ngettext("%(num)s file is being fetched.", "%(num)s files are being fetched.", fetched), "success")
    return redirect(url_for("fetches.form" if fetched else "contribute.mine"), 303)


def _refused(refused: ServiceError) -> ResponseReturnValue:
    return _page(sentence_for(refused), 422)


def _chosen_unit() -> Unit:
    units = units_to_contribute(g.db, current_identity())
    wanted = request.form.get("unit", "")
    unit = next((unit for unit in units if unit.uid == wanted or not wanted), None)
    if unit is None:
        raise ServiceError("may_not_contribute")
    return unit


def _rows_of_file() -> Sequence[tuple[int, list[str]]]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise ServiceError("sheet_needed")
    # Before the first question to the database: the child may take seconds.
    with NamedTemporaryFile(dir=house().settings.staging_folder) as kept:
        file.save(kept)
        kept.flush()
        return read_table(Path(kept.name))


def _sent_rows() -> Sequence[tuple[int, list[str]]]:
    """The rows as the page has given them back; they are judged anew, whoever wrote them."""
    try:
        sent = json.loads(request.form.get("rows", ""))
        return [(int(number), [str(cell) for cell in cells]) for number, cells in sent]
    except (ValueError, TypeError, RecursionError):
        raise ServiceError("table_unreadable") from None


def _preview(planned: list[PlannedRow], rows: Sequence[tuple[int, list[str]]]) -> ResponseReturnValue:
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    if len(text.encode()) > LARGEST_TEXT:
        raise ServiceError("table_large")
    programme = load_programme(g.db)
    headings = {column.key: column.headings[0] for column in material_sheet.COLUMNS}
    return _page(
        rows=text,
        chosen=request.form.get("unit", ""),
        planned=[(row, shown_changes(row.changes, programme), _problems(row, headings)) for row in planned],
        good=sum(row.is_good for row in planned),
        bad=sum(not row.is_good for row in planned),
    )


def _problems(row: PlannedRow, headings: Mapping[str, str]) -> list[tuple[str, str]]:
    """(Column, what is wrong) of a row."""
    found = [(headings.get(problem.column, problem.column), _sentence(problem)) for problem in row.line.problems]
    return found + ([("", sentence_for(row.refused))] if row.refused else [])


def _sentence(problem: Problem) -> str:
    sentence = ROW_WORDS.get(problem.code) or CELLS.get(problem.code)
    return str(sentence) % problem.params if sentence else gettext("This cell cannot be read.")


@blueprint.get("/contribute/sheet.<form>")
@needs(Action.CONTRIBUTE)
def download(form: str) -> ResponseReturnValue:
    """The sheet to fill in: one's drafts with what is said of them."""
    if form not in ("xlsx", "csv"):
        abort(404)
    _, drafts = bulk.in_scope(
        g.db, current_identity(), own=True, status=Status.DRAFT, limit=material_sheet.MOST_LINES, offset=0
    )
    programme = load_programme(g.db)
    header = [column.headings[0] for column in material_sheet.COLUMNS]
    sheet = Sheet(gettext("Materials"), header, [_row(draft, programme) for draft in drafts], (32, 20, 36, 40))
    written = io.BytesIO()
    if form == "xlsx":
        write_xlsx(written, [sheet])
    else:
        write_csv(written, sheet)
    answer = Response(written.getvalue(), content_type=XLSX_TYPE if form == "xlsx" else CSV_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="hoc-lieu.{form}"'
    return answer


def _row(material: Material, programme: Any) -> list[Any]:
    version = material.current_version
    levels = {row.level for row in material.levels}
    return [
        version.file_name if version else "",
        "",
        material.title,
        material.description,
        "; ".join(LEVEL_NAMES[level].vi for level in Level if level in levels),
        "; ".join(programme.grade(row.grade_code) for row in material.grades),
        "; ".join(programme.subject(row.subject_code) for row in material.subjects),
        material.topic,
        str(RESOURCE_TYPES[material.resource_type]) if material.resource_type != ResourceType.UNKNOWN else "",
        material.duration_minutes,
        ", ".join(material.keywords),
        material.author_name,
        str(LANGUAGES.get(material.language, material.language)),
        material.licence.value,
        material.licence_source,
        material.licence_expires_on,
        material.edition_name,
        material.requirements,
    ]
