"""Report R5 (Biểu 05) with indicator I6, and the page of a level with its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pygal
from flask import abort, g, render_template, url_for
from flask_babel import gettext

from elearn.database import day_of
from elearn.models.curriculum import Level
from elearn.services.access import Action
from elearn.services.errors import NotFoundError
from elearn.services.organisation import get_unit
from elearn.services.sheets import Sheet
from elearn.services.software.form5 import form5
from elearn.web.administration.fields import shown
from elearn.web.labels import LEVELS
from elearn.web.material_words import PLATFORMS
from elearn.web.people import current_identity, sign_in_required
from elearn.web.reports.asking import periods_to_choose, read_period
from elearn.web.reports.charts import COMMON, picture_of
from elearn.web.software import blueprint
from elearn.web.software.spending import answer
from elearn.web.software.steps import trail_to
from elearn.web.software_words import SHORT_LICENCE_KINDS, money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from elearn.models.curriculum import Period
    from elearn.services.software.form5 import Form5, LevelGroup, TitleLine

# Narrow, so that it can be read on a phone without being made much smaller.
WIDTH, BAR, AROUND, NAME = 400, 46, 100, 20
MOST_BARS = 30
MOST_LINES, MOST_OF_LEVEL = 30, 200  # titles of each group on the form, and on the page of a level; files have all


@blueprint.get("/software/form05/<uid>")
@sign_in_required
def form_05(uid: str) -> ResponseReturnValue:
    """R5 of a unit and all below for a period, and I6 for each level."""
    told, period = _asked(uid, most=MOST_LINES)
    return render_template(
        "software/form5.html",
        unit=told.unit,
        told=told,
        period=period,
        periods=periods_to_choose(),
        name_of=name_of,
        licence_of=licence_of,
        level_address=lambda group: _level_address(told, period, group),
        money=money,
        trail=trail_to(None, gettext("Form 05")),
    )


@blueprint.get("/software/form05/<uid>/files/form05.<form>")
@sign_in_required
def form_05_file(uid: str, form: str) -> ResponseReturnValue:
    """R5 as CSV or XLSX."""
    if form not in {"csv", "xlsx"}:
        abort(404)
    told, period = _asked(uid)
    sheets = [Sheet(gettext("Form 05"), _header(), list(_rows(told))), Sheet("I6", _header_i6(), list(_i6(told)))]
    return answer(sheets, form, f"{told.unit.code}-{period.code}-form05.{form}")


@blueprint.get("/software/form05/<uid>/<level>")
@sign_in_required
def level_page(uid: str, level: str) -> ResponseReturnValue:
    """A level: target, titles, gaps and use, as a picture and as a table."""
    told, period, group = _level_asked(uid, level, MOST_OF_LEVEL)
    return render_template(
        "software/level.html",
        unit=told.unit,
        group=group,
        name=name_of(group),
        told=told,
        period=period,
        periods=periods_to_choose(),
        level=level,
        shown=shown,
        most_bars=MOST_BARS,
        licence_of=licence_of,
        money=money,
        trail=trail_to(None, gettext("Form 05"), name_of(group)),
    )


@blueprint.get("/software/form05/<uid>/<level>.svg")
@sign_in_required
def level_picture(uid: str, level: str) -> ResponseReturnValue:
    """Schools that have each title, and a row without bars for each one that the target still asks for."""
    *_, group = _level_asked(uid, level, MOST_BARS)
    lines = group.lines
    names = [line.title.title for line in lines] + [gettext("missing")] * min(group.missing, MOST_BARS - len(lines))
    chart = pygal.HorizontalBar(
        **COMMON,
        width=WIDTH,
        height=AROUND + BAR * max(len(names), 1),
        truncate_label=NAME,
        legend_at_bottom=True,
        legend_at_bottom_columns=1,
        print_values=True,
        print_values_position="center",
    )
    chart.value_formatter = lambda value: "" if value is None else f"{value:.0f} %"
    installed = [100 * line.schools / group.schools if group.schools else 0 for line in lines]
    most = max((line.lessons for line in lines), default=0)
    taught = [100 * line.lessons / most if most else 0 for line in lines]
    gaps: list[Any] = [None] * (len(names) - len(lines))
    # Drawn from below upwards, so that the first title of the table stands on top.
    chart.x_labels = list(reversed(names))
    chart.add(gettext("Schools that have it, of those that teach here"), list(reversed([*installed, *gaps])))
    chart.add(gettext("Lessons, of those with the title most taught with"), list(reversed([*taught, *gaps])))
    return picture_of(chart)


def _asked(uid: str, *, level: Level | None = None, most: int | None = None) -> tuple[Form5, Period]:
    unit = get_unit(g.db, current_identity(), uid, Action.SEE_SPENDING)
    period = read_period()
    last = max(min(period.ends_on, day_of(g.db)), period.starts_on)
    return form5(g.db, current_identity(), unit, period.starts_on, last, level=level, most=most), period


def _level_asked(uid: str, level: str, most: int) -> tuple[Form5, Period, LevelGroup]:
    """The group in which a level stands, with its first lines.

    Raises:
        NotFoundError: `level_absent`.
    """
    if level not in set(Level):
        raise NotFoundError("level_absent")
    told, period = _asked(uid, level=Level(level), most=most)
    if not told.groups:
        raise NotFoundError("level_absent")
    return told, period, told.groups[0]


def _level_address(told: Form5, period: Period, group: LevelGroup) -> str:
    return url_for("software.level_page", uid=told.unit.uid, level=group.levels[0].value, period=period.code)


def name_of(group: LevelGroup) -> str:
    """The names of the levels of a group."""
    return ", ".join(str(LEVELS[level]) for level in group.levels)


def licence_of(line: TitleLine) -> str:
    """Kinds of licences, and seats."""
    kinds = ", ".join(str(SHORT_LICENCE_KINDS[kind]) for kind in line.kinds)
    return f"{kinds}: {line.seats}" if line.seats else kinds


def _header() -> tuple[str, ...]:
    about = (gettext("Level"), gettext("Program"), gettext("Vendor"), gettext("Version"), gettext("Runs on"))
    licence = (gettext("Licence"), gettext("Seats of licences"), gettext("Last day"))
    use = (gettext("Schools that have it"), gettext("Machines"), gettext("Teachers"), gettext("Lessons"))
    return (*about, *licence, *use, gettext("Cost, in đồng"), gettext("Approved"), gettext("Target"))


def _rows(told: Form5) -> Iterator[tuple[Any, ...]]:
    for group in told.groups:
        plan = (group.count, group.target.quota.target if group.target else None)
        for line in group.lines:
            yield (
                name_of(group),
                line.title.title,
                line.title.vendor or "",
                line.title.release or "",
                ", ".join(str(PLATFORMS.get(code, code)) for code in line.title.platforms or ()),
                ", ".join(str(SHORT_LICENCE_KINDS[kind]) for kind in line.kinds),
                line.seats or None,
                line.expires_on,
                line.schools,
                line.machines,
                line.teachers,
                line.lessons,
                line.cost,
                *plan,
            )
        if not group.lines:
            yield (name_of(group), *([None] * 12), *plan)


def _header_i6() -> tuple[str, ...]:
    schools = (gettext("Schools that have one"), gettext("Schools"))
    use = (gettext("Teachers"), gettext("Lessons"), gettext("Cost, in đồng"))
    return (gettext("Level"), gettext("Approved"), gettext("Target"), gettext("Missing"), *schools, *use)


def _i6(told: Form5) -> Iterator[tuple[Any, ...]]:
    for group in told.groups:
        target = group.target.quota.target if group.target else None
        counted = group.target.actual if group.target else group.count
        schools = (group.installed, group.schools)
        yield (name_of(group), counted, target, group.missing, *schools, group.teachers, group.lessons, group.cost)
