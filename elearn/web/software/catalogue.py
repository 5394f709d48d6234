"""The list of teaching software, by level and subject."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from flask import g, render_template, request, url_for

from elearn.services.access import Action
from elearn.services.access.permissions import AUTHORS, WATCHERS
from elearn.services.library import pictures_of
from elearn.services.search import search as find
from elearn.services.software.wishes.asking import STAFF
from elearn.web.facets import PER_PAGE, facets_of, known_codes, read_question
from elearn.web.people import current_identity, may_somewhere
from elearn.web.programme import load_programme
from elearn.web.software import blueprint
from elearn.web.software.steps import first_unit
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

FACETS = ("level", "subject", "platform", "licence_kind")


@blueprint.get("/software")
def index() -> ResponseReturnValue:
    """Programs for the classroom; the question of the address narrows them."""
    programme = load_programme(g.db)
    question = read_question(request.args, programme)
    chosen = {**question.chosen, "kind": ("software",)}
    result = find(
        g.db,
        house().engine,
        current_identity(),
        question.text,
        chosen,
        limit=PER_PAGE,
        offset=question.offset,
        facets=FACETS,
    )
    return render_template(
        "software/index.html",
        question=question,
        result=result,
        facets=facets_of(question, result.facets, known_codes(programme), _address, FACETS, folded=()),
        pages=ceil(result.total / PER_PAGE),
        pictures=pictures_of(g.db, (found.material for found in result.found)),
        programme=programme,
        planned=first_unit(WATCHERS),
        own_unit=first_unit(AUTHORS),
        asks=bool(current_identity().units_of(STAFF)),
        manages=may_somewhere(current_identity(), Action.MANAGE_UNIT),
        page_address=lambda page: _address(**question.query(page=page)),
    )


def _address(**parts: Any) -> str:
    return url_for("software.index", **parts)
