"""The persons behind a ratio: in or out of the count, and why."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import g, render_template, request

from elearn.services.access.permissions import WATCHERS
from elearn.services.reports import persons_of
from elearn.web.facets import read_page
from elearn.web.people import current_identity, needs_role
from elearn.web.programme import load_programme
from elearn.web.reports.asking import periods_to_choose, read_question
from elearn.web.reports.overview import path_of, shown_day
from elearn.web.reports.words import REASONS, WORDS

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

PER_PAGE = 100


def register(blueprint: Blueprint) -> None:
    """Add the route of the list."""
    blueprint.add_url_rule("/reports/ict/persons", endpoint="persons", view_func=persons)


@needs_role(WATCHERS)
def persons() -> ResponseReturnValue:
    """Whoever the ratio of a unit is about, by given name."""
    asked, page = read_question(), read_page(request.args)
    reason = request.args.get("reason", "")
    found = persons_of(
        g.db,
        current_identity(),
        asked.unit,
        asked.period,
        as_of=asked.as_of,
        reasons=[reason] if reason in REASONS else [],
        limit=PER_PAGE,
        offset=(page - 1) * PER_PAGE,
    )
    return render_template(
        "reports/persons.html",
        asked=asked,
        found=found,
        reason=reason,
        trail=path_of(asked),
        periods=periods_to_choose(),
        programme=load_programme(g.db),
        page=page,
        pages=ceil(found.total / PER_PAGE),
        page_address=lambda number: asked.address("reports.persons", reason=reason or None, page=number),
        as_of=shown_day(asked),
        **WORDS,
    )
