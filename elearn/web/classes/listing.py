"""The classes of a unit in a school year, and opening one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext

from elearn.database import day_of
from elearn.models.curriculum import PeriodKind
from elearn.services import people
from elearn.services.access import Action, may
from elearn.services.access.permissions import WATCHERS
from elearn.services.curriculum import grades, periods_on
from elearn.services.errors import ServiceError
from elearn.services.organisation import levels_on
from elearn.services.people.class_pages import classes_of, school_years
from elearn.web.administration.units import chosen_unit, units_to_choose
from elearn.web.people import current_identity, needs_role
from elearn.web.sentences import refusal as sentence_for

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.models.curriculum import Period
    from elearn.models.organisation import Unit


def register(blueprint: Blueprint) -> None:
    """Add the routes of the list."""
    blueprint.add_url_rule("/administration/classes", endpoint="index", view_func=index)
    blueprint.add_url_rule("/administration/classes", endpoint="create", view_func=create, methods=["POST"])


@needs_role(WATCHERS)
def index() -> ResponseReturnValue:
    """The classes of a unit, by grade and name."""
    return _page(chosen_unit(request.args.get("unit"), WATCHERS, Action.SEE_REGISTER), chosen_year())


def chosen_year() -> Period:
    """The school year asked for, else the present one, else the newest that has begun."""
    years = school_years(g.db)
    asked = next((year for year in years if year.code == request.values.get("year")), None)
    day = day_of(g.db)
    now = next(iter(periods_on(g.db, day, PeriodKind.SCHOOL_YEAR)), None)
    return asked or now or next((year for year in years if year.starts_on <= day), years[-1])


def _page(unit: Unit, year: Period, refused: ServiceError | None = None) -> ResponseReturnValue:
    identity, day = current_identity(), day_of(g.db)
    page = render_template(
        "classes/index.html",
        rows=classes_of(g.db, identity, unit, year, day),
        unit=unit,
        units=units_to_choose(unit, Action.SEE_REGISTER),
        year=year,
        years=school_years(g.db),
        grades=grades(g.db, levels_on(unit, day)),
        manages=may(identity, Action.MANAGE_UNIT, unit),
        refusal=sentence_for(refused) if refused else None,
    )
    return page, refused.status if refused else 200


@needs_role(WATCHERS)
def create() -> ResponseReturnValue:
    """Open a class."""
    unit, year = chosen_unit(request.form.get("unit"), WATCHERS, Action.SEE_REGISTER), chosen_year()
    name, grade = request.form.get("name", ""), request.form.get("grade") or None
    try:
        made = people.create_class(g.db, current_identity(), unit, year, name, grade_code=grade)
    except ServiceError as refused:
        return _page(unit, year, refused)
    flash(gettext("The class was opened. Paste the list of its pupils next."), "success")
    return redirect(url_for("classes.one", uid=made.uid), 303)
