"""The page of a school: what it has, and what it may install."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from flask import g, render_template, request, url_for
from flask_babel import gettext

from elearn.database import day_of
from elearn.services.access import Action, may
from elearn.services.organisation import levels_of_units
from elearn.services.software.installed.at_school import PER_PAGE, offers_for, programs_of
from elearn.services.software.installed.of_title import units_by_id
from elearn.services.software.installed.scope import unit_with_programs
from elearn.services.software.mirrors import mirrors_of_files
from elearn.web.facets import read_page
from elearn.web.hosts import host_rules
from elearn.web.installed_words import AGES, FLAGS, HOLDINGS, PROOFS, VIA
from elearn.web.people import current_identity, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import trail_to

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

ALL = "all"  # the value of `levels` that asks for titles of every level


@blueprint.get("/software/at/<uid>")
@sign_in_required
def at_school(uid: str) -> ResponseReturnValue:
    """What is installed at a unit with its flags, and approved titles whose licence covers it."""
    unit = unit_with_programs(g.db, current_identity(), uid)
    levels = levels_of_units(g.db, [unit.id], day_of(g.db)).get(unit.id, [])
    of_all, page = request.args.get("levels") == ALL or not levels, read_page(request.args)
    programs = programs_of(g.db, unit)
    total, offers = offers_for(g.db, current_identity(), unit, () if of_all else levels, page)
    files = [file.id for offer in offers if offer.latest for file in offer.latest.files]
    pools = {row.pool.unit_id for row in programs.had if row.pool}
    return render_template(
        "software/at_school.html",
        unit=unit,
        levels=levels,
        of_all=of_all,
        programs=programs,
        offers=offers,
        total=total,
        page=page,
        pages=ceil(total / PER_PAGE),
        page_address=lambda number: _address(uid, number, of_all=of_all and bool(levels)),
        mirrors=mirrors_of_files(g.db, current_identity(), files),
        has_content_origin=host_rules().content_address(request, "any") is not None,
        holders=units_by_id(g.db, pools),
        flags=FLAGS,
        holdings=HOLDINGS,
        ages=AGES,
        proofs=PROOFS,
        via=VIA,
        manages=may(current_identity(), Action.MANAGE_UNIT, unit),
        watches=may(current_identity(), Action.SEE_REGISTER, unit),
        trail=trail_to(None, gettext("What we have")),
    )


def _address(uid: str, page: int, *, of_all: bool) -> str:
    return url_for("software.at_school", uid=uid, page=page, **({"levels": ALL} if of_all else {}))
