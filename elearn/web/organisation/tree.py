"""The tree of units as of a day: one level opened at a time, or found by name or code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template, request

from elearn.database import day_of
from elearn.services.access.permissions import MANAGERS, WATCHERS
from elearn.services.organisation import levels_of_units, outline_on
from elearn.web.administration.fields import chosen_day
from elearn.web.organisation import blueprint
from elearn.web.organisation.words import KIND_ICONS, KINDS
from elearn.web.people import current_identity, needs_role

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LONGEST_TEXT = 100


@blueprint.get("/administration/units")
@needs_role(WATCHERS)
def tree() -> ResponseReturnValue:
    """The highest units of this person, the way down to the opened one, and what is directly below it."""
    day = chosen_day()
    outline = outline_on(g.db, current_identity(), day)
    text = request.args.get("q", "")[:LONGEST_TEXT].strip()
    found = outline.find(text) if text else []
    opened = outline.by_uid(request.args.get("open", ""))
    if opened is None and len(outline.tops) == 1:
        opened = outline.tops[0]
    path = outline.trail(opened.id) if opened else []
    shown = found or [*outline.tops, *(child for entry in path for child in outline.children(entry.id))]
    return render_template(
        "organisation/tree.html",
        outline=outline,
        day=day,
        today=day_of(g.db),
        text=text,
        found=found,
        open_ids={entry.id for entry in path},
        levels=levels_of_units(g.db, (entry.id for entry in shown), day),
        kinds=KINDS,
        icons=KIND_ICONS,
        may_create=bool(current_identity().units_of(MANAGERS)),
    )
