"""Licences of a title: entering one, renewing one, and taking back what was entered by mistake."""

from __future__ import annotations

from dataclasses import asdict
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
from elearn.services.software.renewals import proposed, renew
from elearn.web.administration.fields import DayField, choices, shown
from elearn.web.forms import Form, required
from elearn.web.people import current_identity, needs, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import change, first_unit, seen_title, unit_field
from elearn.web.software_words import LICENCE_KINDS, MONEY, money

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from elearn.models.software import SoftwareLicence


class LicenceForm(Form):
    """The terms of a licence."""

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

    def sentences(self, title: Material, unit: Unit) -> list[str]:
        """What the valid form would enter, for the preview."""
        terms = self.terms()
        words = {
            "unit": unit.name,
            "title": title.title,
            "first": shown(terms.starts_on),
            "last": shown(terms.expires_on),
        }
        said = [gettext("%(unit)s holds a licence for “%(title)s”: %(first)s to %(last)s.", **words)]
        if terms.seats is not None:
            said.append(gettext("It is for %(seats)s machines.", seats=terms.seats))
        if terms.cost_per_year:
            said.append(gettext("It costs %(amount)s a year.", amount=money(terms.cost_per_year)))
        return said


class NewLicenceForm(LicenceForm):
    """A licence, and who holds it."""

    unit = unit_field(lazy_gettext("Who holds it: its code, or words of its name."))


class ReasonForm(Form):
    """Why something is taken back."""

    reason = TextAreaField(lazy_gettext("Reason"), [*required(), Length(max=2000)], render_kw={"rows": 2})


@blueprint.route("/software/<uid>/licences/new", methods=["GET", "POST"])
@needs(Action.MANAGE_UNIT)
def new_licence(uid: str) -> ResponseReturnValue:
    """Enter a licence; schools enter their own ones for titles of the department."""
    title = seen_title(uid)
    form = NewLicenceForm(data={"unit": first_unit(), "starts_on": day_of(g.db), "kind": LicenceKind.SEATS.value})

    def told() -> list[str]:
        return form.sentences(title, form.unit.data)

    def apply() -> None:
        add_licence(g.db, current_identity(), title, form.unit.data, form.terms())

    return change(title, gettext("New licence"), form, told, apply)


@blueprint.route("/software/<uid>/licences/<licence_uid>/renew", methods=["GET", "POST"])
@sign_in_required
def renew_licence(uid: str, licence_uid: str) -> ResponseReturnValue:
    """Enter the licence that follows one, with its terms to begin with."""
    title, licence = _of_title(uid, licence_uid)
    terms = asdict(proposed(licence))
    form = LicenceForm(data={**terms, "money": terms["money"] or ""})

    def told() -> list[str]:
        words = {"unit": licence.unit.name, "first": shown(licence.starts_on), "last": shown(licence.expires_on)}
        earlier = gettext("It follows the licence of %(unit)s from %(first)s to %(last)s, which is kept.", **words)
        return [*form.sentences(title, licence.unit), earlier]

    def apply() -> None:
        renew(g.db, current_identity(), licence, form.terms())

    return change(title, gettext("Renew a licence"), form, told, apply)


def _of_title(uid: str, licence_uid: str) -> tuple[Material, SoftwareLicence]:
    """A title and a licence of it that the reader may change."""
    title = seen_title(uid)
    licence = get_licence(g.db, current_identity(), licence_uid)
    if licence.title_id != title.id:
        raise NotFoundError("licence_not_found")
    return title, licence


@blueprint.route("/software/<uid>/licences/<licence_uid>/remove", methods=["GET", "POST"])
@sign_in_required
def remove(uid: str, licence_uid: str) -> ResponseReturnValue:
    """Take back a licence that was entered by mistake."""
    title, licence = _of_title(uid, licence_uid)
    form = ReasonForm()

    def told() -> list[str]:
        return [gettext("The licence of %(unit)s counts no more; it stays in the audit log.", unit=licence.unit.name)]

    def apply() -> None:
        remove_licence(g.db, current_identity(), licence, form.reason.data)

    return change(title, gettext("Take back a licence"), form, told, apply, is_danger=True)
