"""The page of a unit: what it is on a day, what it was, what is below it and who has roles there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template

from elearn.database import day_of
from elearn.services.access import Action, may
from elearn.services.organisation import (
    get_unit,
    levels_of_units,
    levels_on,
    name_on,
    outline_on,
)
from elearn.services.organisation.consequences import load_of, role_counts, roles_at
from elearn.services.organisation.groups import groups_of
from elearn.web.administration.fields import chosen_day, shown
from elearn.web.organisation import blueprint
from elearn.web.organisation.words import KIND_ICONS, KINDS, OWNERSHIPS, trail_to
from elearn.web.people import current_identity, sign_in_required

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@blueprint.get("/administration/units/<uid>")
@sign_in_required
def unit(uid: str) -> ResponseReturnValue:
    """One unit, as of a day."""
    found = get_unit(g.db, current_identity(), uid)
    day = chosen_day()
    below = outline_on(g.db, current_identity(), day).children(found.id)
    return render_template(
        "organisation/unit.html",
        unit=found,
        name=name_on(found, day),
        day=day,
        today=day_of(g.db),
        exists=found.holds_on(day),
        levels=levels_on(found, day),
        history=sorted(found.levels, key=lambda row: (row.valid_from, row.level)),
        below=below,
        below_levels=levels_of_units(g.db, (entry.id for entry in below), day),
        load=load_of(g.db, found, day),
        roles=roles_at(g.db, found),
        role_counts=role_counts(g.db, found),
        groups=groups_of(g.db, found, day),
        manages=may(current_identity(), Action.MANAGE_UNIT, found),
        trail=trail_to(found, day=day),
        kinds=KINDS,
        icons=KIND_ICONS,
        ownerships=OWNERSHIPS,
        shown=shown,
    )
