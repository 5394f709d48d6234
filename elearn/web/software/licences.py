"""Licences of a title: entering one, and taking back what was entered by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g
from flask_babel import gettext, lazy_gettext
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from elearn.database import day_of
from elearn.models.software import LicenceKind, Money
from elearn.services.access import Action
from elearn.services.errors import NotFoundError
from elearn.services.software.licences import LicenceTerms, add_licence, get_licence, remove_licence
from elearn.web.administration.fields import DayField, choices, shown
from elearn.web.forms import Form, required
from elearn.web.people import current_identity, needs, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import change, first_unit, seen_title, unit_field
from elearn.web.software_words import LICENCE_KINDS, MONEY, money

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


class LicenceForm(Form):
    """A licence that a unit holds."""

    unit = unit_field(lazy_gettext("Who holds it: its code, or words of its name."))
    kind = SelectField(lazy_gettext("Kind of licence"), choices=choices(LICENCE_KINDS), default=LicenceKind.SEATS.value)
    seats = IntegerField(
        lazy_gettext("Machines"), [Optional()], description=lazy_gettext("Only for a licence by seats.")
    )
    cost_per_year = IntegerField(lazy_gettext("Cost of a year, in đồng"), [Optional()])
    money = SelectField(lazy_gettext("Paid from"), choices=choices(MONEY, empty=lazy_gettext("not said")))
    contract_number = StringField(lazy_gettext("Number of the contract"), [Length(max=100)])
    starts_on = DayField(lazy_gettext("From"), required())
    expires_on = DayField(lazy_gettext("To"), description=lazy_gettext("Empty: without end."))
    note = TextAreaField(lazy_gettext("Note"), [Length(max=2000)], render_kw={"rows": 2})

    def terms(self) -> LicenceTerms:
        """What the valid form says."""
        return LicenceTerms(
            kind=LicenceKind(self.kind.data),
            seats=self.seats.data,
            cost_per_year=self.cost_per_year.data or 0,
            money=Money(self.money.data) if self.money.data else None,
            contract_number=self.contract_number.data or "",
            starts_on=self.starts_on.data,
            expires_on=self.expires_on.data,
            note=self.note.data or "",
        )


class ReasonForm(Form):
    """Why something is taken back."""

    reason = TextAreaField(lazy_gettext("Reason"), [*required(), Length(max=2000)], render_kw={"rows": 2})


@blueprint.route("/software/<uid>/licences/new", methods=["GET", "POST"])
@needs(Action.MANAGE_UNIT)
def new_licence(uid: str) -> ResponseReturnValue:
    """Enter a licence; schools enter their own ones for titles of the department."""
    title = seen_title(uid)
    form = LicenceForm(data={"unit": first_unit(), "starts_on": day_of(g.db), "kind": LicenceKind.SEATS.value})

    def told() -> list[str]:
        terms = form.terms()
        words = {
            "unit": form.unit.data.name,
            "title": title.title,
            "first": shown(terms.starts_on),
            "last": shown(terms.expires_on),
        }
        sentences = [gettext("%(unit)s holds a licence for “%(title)s”: %(first)s to %(last)s.", **words)]
        if terms.seats is not None:
            sentences.append(gettext("It is for %(seats)s machines.", seats=terms.seats))
        if terms.cost_per_year:
            sentences.append(gettext("It costs %(amount)s a year.", amount=money(terms.cost_per_year)))
        return sentences

    def apply() -> None:
        add_licence(g.db, current_identity(), title, form.unit.data, form.terms())

    return change(title, gettext("New licence"), form, told, apply)


@blueprint.route("/software/<uid>/licences/<licence_uid>/remove", methods=["GET", "POST"])
@sign_in_required
def remove(uid: str, licence_uid: str) -> ResponseReturnValue:
    """Take back a licence that was entered by mistake."""
    title = seen_title(uid)
    licence = get_licence(g.db, current_identity(), licence_uid)
    if licence.title_id != title.id:
        raise NotFoundError("licence_not_found")
    form = ReasonForm()

    def told() -> list[str]:
        return [gettext("The licence of %(unit)s counts no more; it stays in the audit log.", unit=licence.unit.name)]

    def apply() -> None:
        remove_licence(g.db, current_identity(), licence, form.reason.data)

    return change(title, gettext("Take back a licence"), form, told, apply, is_danger=True)
