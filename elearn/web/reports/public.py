"""The ratio for everybody: the department and the units directly below it, small cells suppressed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import g, render_template

from elearn.services.access import SYSTEM
from elearn.services.errors import NotFoundError
from elearn.services.organisation import root_unit
from elearn.services.reports import suppress, unit_report
from elearn.web.reports.asking import periods_to_choose, read_period
from elearn.web.reports.words import WORDS

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from elearn.services.reports import IctRatio, UnitReport


def register(blueprint: Blueprint) -> None:
    """Add the route of the public page."""
    blueprint.add_url_rule("/reports/public", endpoint="public", view_func=public)


def public() -> ResponseReturnValue:
    """What anybody may see of a period."""
    root, period = root_unit(g.db), read_period()
    if root is None:
        raise NotFoundError("unit_not_found")
    report = unit_report(g.db, SYSTEM, root, period)
    return render_template(
        "reports/public.html",
        total=suppress([report.total])[0],
        rows=published_rows(report),
        root=root,
        period=period,
        periods=periods_to_choose(),
        **WORDS,
    )


def published_rows(report: UnitReport) -> list[IctRatio]:
    """The rows of the public table; whoever is posted at the department itself is a row, or it could be subtracted."""
    rows = [*report.children, *([report.own] if report.own.tally.registered else [])]
    if suppress([report.total])[0].is_suppressed:
        return [replace(row, is_suppressed=True) for row in rows]
    return suppress(rows)
