"""The licences of a unit and all below that end soon, with what depends on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template, request
from flask_babel import gettext

from elearn.services.access import Action, may
from elearn.services.organisation import get_unit
from elearn.services.software.ending import MOST, WITHIN, ending_licences
from elearn.web.people import current_identity, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import trail_to
from elearn.web.software_words import LICENCE_KINDS, money

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.organisation import Unit

OVER = "over"
SHORT = 90


@blueprint.get("/software/ends/<uid>")
@sign_in_required
def ends(uid: str) -> ResponseReturnValue:
    """What ends within 30, 90 or 365 days, or has ended and was not renewed."""
    unit = get_unit(g.db, current_identity(), uid, Action.SEE_SPENDING)
    asked = request.args.get("days", "")
    days = int(asked) if asked in {str(known) for known in WITHIN} else SHORT
    is_over = asked == OVER
    rows = ending_licences(g.db, current_identity(), unit, WITHIN[-1] if is_over else days, over=is_over)
    return render_template(
        "software/ends.html",
        unit=unit,
        rows=rows,
        most=MOST,
        asked=OVER if is_over else str(days),
        choices=[
            *((str(known), gettext("within %(days)s days", days=known)) for known in WITHIN),
            (OVER, gettext("over and not renewed")),
        ],
        kinds=LICENCE_KINDS,
        money=money,
        may_renew=lambda row: _may_renew(row.licence.unit) and row.renewal is None,
        trail=trail_to(None, gettext("Licences that end")),
    )


def _may_renew(unit: Unit) -> bool:
    return may(current_identity(), Action.MANAGE_UNIT, unit)
