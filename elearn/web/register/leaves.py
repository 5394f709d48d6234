"""Leave of a person: enter, change its end, take away a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField

from elearn.database import day_of
from elearn.models.people import LeaveKind
from elearn.services import people
from elearn.services.people import get_leave, get_person
from elearn.services.people.persons import require_manager
from elearn.web.administration.fields import DayField, choices, shown
from elearn.web.administration.steps import take
from elearn.web.forms import Form, required
from elearn.web.people import current_identity, sign_in_required
from elearn.web.register import blueprint
from elearn.web.register.forms import reason_field
from elearn.web.register.words import LEAVE_KINDS, days_of, person_step

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.people import Person

_OPEN = lazy_gettext("Empty: until further notice.")


class LeaveForm(Form):
    """Why and when somebody is away."""

    kind = SelectField(lazy_gettext("Reason"), choices=choices(LEAVE_KINDS))
    valid_from = DayField(lazy_gettext("From"), required())
    valid_to = DayField(lazy_gettext("To"), description=_OPEN)


class EndForm(Form):
    """Another last day."""

    valid_to = DayField(lazy_gettext("Last day"), description=_OPEN)


class RemoveForm(Form):
    """Why a leave never was."""

    reason = reason_field()


def _managed(uid: str) -> Person:
    person = get_person(g.db, current_identity(), uid)
    require_manager(g.db, current_identity(), person)
    return person


@blueprint.route("/administration/people/<uid>/leaves/new", methods=["GET", "POST"])
@sign_in_required
def add_leave(uid: str) -> ResponseReturnValue:
    """A person is away."""
    person = _managed(uid)
    form = LeaveForm(data={"valid_from": day_of(g.db)})

    def told() -> list[str]:
        words = {"name": person.full_name, "kind": LEAVE_KINDS[form.kind.data]}
        days = {"first": shown(form.valid_from.data), "last": shown(form.valid_to.data)}
        return [
            gettext("%(name)s is away (%(kind)s): %(first)s to %(last)s.", **words, **days),
            gettext("Who is away for more than half of a period is not counted in it."),
        ]

    def change() -> None:
        days = {"valid_from": form.valid_from.data, "valid_to": form.valid_to.data}
        people.add_leave(g.db, current_identity(), person, LeaveKind(form.kind.data), **days)

    return take(person_step(person, gettext("Leave"), form, told, change))


@blueprint.route("/administration/people/<uid>/leaves/<int(max=2147483647):leave_id>/end", methods=["GET", "POST"])
@sign_in_required
def end_leave(uid: str, leave_id: int) -> ResponseReturnValue:
    """A leave ends earlier or later."""
    person = _managed(uid)
    leave = get_leave(g.db, person, leave_id)
    form = EndForm(data={"valid_to": leave.valid_to})

    def told() -> list[str]:
        days = {"first": shown(leave.valid_from), "last": shown(form.valid_to.data), "before": shown(leave.valid_to)}
        return [gettext("The leave from %(first)s ends: %(last)s (until now: %(before)s).", **days)]

    def change() -> None:
        people.end_leave(g.db, current_identity(), person, leave, form.valid_to.data)

    return take(person_step(person, gettext("End of the leave"), form, told, change))


@blueprint.route("/administration/people/<uid>/leaves/<int(max=2147483647):leave_id>/remove", methods=["GET", "POST"])
@sign_in_required
def remove_leave(uid: str, leave_id: int) -> ResponseReturnValue:
    """A leave that never was."""
    person = _managed(uid)
    leave = get_leave(g.db, person, leave_id)
    form = RemoveForm()

    def told() -> list[str]:
        words = {"kind": LEAVE_KINDS[leave.kind], "days": days_of(leave)}
        return [gettext("The leave %(kind)s, %(days)s, is taken out of the register.", **words)]

    def change() -> None:
        people.remove_leave(g.db, current_identity(), person, leave, form.reason.data)

    return take(person_step(person, gettext("Take the leave away"), form, told, change, is_danger=True))
