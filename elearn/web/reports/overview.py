"""The ratio of a unit and of the units below it, its trend, and the table by level and subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, redirect, render_template, url_for

from elearn.services.access.permissions import WATCHERS
from elearn.services.organisation import ancestors_on
from elearn.services.reports import table_by_level_and_subject, trend, unit_report
from elearn.web.people import current_identity, needs_role, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.reports.asking import Asked, periods_to_choose, read_question
from elearn.web.reports.words import WORDS
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def register(blueprint: Blueprint) -> None:
    """Add the routes of the overview."""
    blueprint.add_url_rule("/reports", endpoint="start", view_func=start)
    blueprint.add_url_rule("/reports/ict", endpoint="units", view_func=units)
    blueprint.add_url_rule("/reports/ict/subjects", endpoint="subjects", view_func=subjects)


@sign_in_required
def start() -> ResponseReturnValue:
    """Whoever watches over units sees theirs; others see themselves."""
    watches = current_identity().units_of(WATCHERS)
    return redirect(url_for("reports.units" if watches else "reports.own"))


@needs_role(WATCHERS)
def units() -> ResponseReturnValue:
    """A unit in a period, the units below it, and the periods before."""
    asked, identity = read_question(), current_identity()
    report = unit_report(g.db, identity, asked.unit, asked.period, as_of=asked.as_of)
    return render_template(
        "reports/units.html",
        asked=asked,
        report=report,
        points=trend(g.db, identity, asked.unit, asked.period),
        trail=path_of(asked),
        periods=periods_to_choose(),
        as_of=shown_day(asked),
        **WORDS,
    )


@needs_role(WATCHERS)
def subjects() -> ResponseReturnValue:
    """The ratio of a unit by main level and main subject."""
    asked = read_question()
    table = table_by_level_and_subject(g.db, current_identity(), asked.unit, asked.period, as_of=asked.as_of)
    return render_template(
        "reports/subjects.html",
        asked=asked,
        table=table,
        trail=path_of(asked),
        periods=periods_to_choose(),
        programme=load_programme(g.db),
        as_of=shown_day(asked),
        **WORDS,
    )


def path_of(asked: Asked) -> list[tuple[str, str]]:
    """The units from the highest within reach down to this one, with their addresses."""
    identity = current_identity()
    above = ancestors_on(g.db, asked.unit, asked.period.census_on) or [asked.unit]
    return [
        (unit.name, asked.address("reports.units", unit=unit.code) if unit is not asked.unit else "")
        for unit in above
        if identity.reaches(WATCHERS, unit.id)
    ]


def shown_day(asked: Asked) -> str:
    """The day whose knowledge is shown, for the date field; empty for today's."""
    return asked.as_of.astimezone(house().settings.timezone).date().isoformat() if asked.as_of else ""
