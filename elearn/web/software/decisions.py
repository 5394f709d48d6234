"""Deciding about a title for a unit and all below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from elearn.database import day_of
from elearn.models.software import Outcome
from elearn.services.access import Action
from elearn.services.software.decisions import decide
from elearn.services.software.wishes.deciding import settle
from elearn.web.administration.fields import DayField, choices, shown
from elearn.web.forms import Form, required
from elearn.web.people import current_identity, needs
from elearn.web.software import blueprint
from elearn.web.software.steps import change, first_unit, seen_title, unit_field
from elearn.web.software_words import OUTCOMES

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


class DecisionForm(Form):
    """A decision of a unit."""

    unit = unit_field(lazy_gettext("Who decides, for itself and all below: its code, or words of its name."))
    outcome = SelectField(lazy_gettext("Decision"), choices=choices(OUTCOMES), default=Outcome.APPROVED.value)
    decided_on = DayField(lazy_gettext("Day of the decision"), required())
    document = StringField(lazy_gettext("Number of the document"), [Length(max=100)])
    reason = TextAreaField(
        lazy_gettext("Reason"),
        [Length(max=5000)],
        description=lazy_gettext("Needed when a title is declined or ended."),
        render_kw={"rows": 3},
    )


@blueprint.route("/software/<uid>/decide", methods=["GET", "POST"])
@needs(Action.MANAGE_UNIT)
def new_decision(uid: str) -> ResponseReturnValue:
    """Approve a title, decline it, or end it."""
    title = seen_title(uid)
    form = DecisionForm(data={"unit": first_unit(), "decided_on": day_of(g.db), "outcome": Outcome.APPROVED.value})

    def told() -> list[str]:
        words = {
            "unit": form.unit.data.name,
            "title": title.title,
            "decision": OUTCOMES[form.outcome.data],
            "day": shown(form.decided_on.data),
        }
        return [gettext("%(unit)s about “%(title)s”: %(decision)s, on %(day)s.", **words)]

    def apply() -> None:
        decide(
            g.db,
            current_identity(),
            title,
            form.unit.data,
            outcome=Outcome(form.outcome.data),
            decided_on=form.decided_on.data,
            reason=form.reason.data or "",
            document=form.document.data or "",
        )
        if form.outcome.data == Outcome.APPROVED.value:
            settle(g.db, current_identity(), title, form.unit.data.id, form.reason.data or "")

    return change(title, gettext("Decide"), form, told, apply)
