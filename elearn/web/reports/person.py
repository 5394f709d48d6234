"""One person in a period: counted or not, why, by which acts, and what would still be needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template
from sqlalchemy import select

from elearn.identifiers import is_uid
from elearn.models.people import Person
from elearn.services.errors import NotFoundError
from elearn.services.reports import own_result, person_result
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.reports.asking import periods_to_choose, read_moment, read_period
from elearn.web.reports.words import WORDS

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue


def register(blueprint: Blueprint) -> None:
    """Add the routes of a person."""
    blueprint.add_url_rule("/reports/own", endpoint="own", view_func=own)
    blueprint.add_url_rule("/reports/ict/persons/<uid>", endpoint="person", view_func=person)


@sign_in_required
def own() -> ResponseReturnValue:
    """Tell whoever asks why they are counted, or why not."""
    period = read_period()
    told = own_result(g.db, current_identity(), period) if current_identity().person_id is not None else None
    return render_template(
        "reports/person.html",
        told=told,
        period=period,
        periods=periods_to_choose(),
        programme=load_programme(g.db),
        is_own=True,
        **WORDS,
    )


@sign_in_required
def person(uid: str) -> ResponseReturnValue:
    """The same for whoever watches over the unit where the person is counted."""
    period = read_period()
    found = g.db.scalar(select(Person).where(Person.uid == uid)) if is_uid(uid) else None
    if found is None:
        raise NotFoundError("person_unknown")
    told = person_result(g.db, current_identity(), found, period, as_of=read_moment())
    return render_template(
        "reports/person.html",
        told=told,
        period=period,
        periods=periods_to_choose(),
        programme=load_programme(g.db),
        is_own=found.id == current_identity().person_id,
        **WORDS,
    )
