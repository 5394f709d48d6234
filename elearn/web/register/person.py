"""The page of a person: posts over time, leave, classes, accounts; and correcting name and birth date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, render_template
from flask_babel import gettext, lazy_gettext
from sqlalchemy import select

from elearn.database import day_of
from elearn.models.account import Account
from elearn.models.curriculum import Period
from elearn.models.people import Assignment, SchoolClass
from elearn.services.access import Action, may
from elearn.services.people import (
    edit_person,
    full_share_exceeded,
    get_person,
    leaves_of,
    manages_person,
)
from elearn.services.people.persons import require_manager
from elearn.services.people.transfers import transfers_of
from elearn.web.administration.fields import DayField, shown
from elearn.web.administration.steps import take
from elearn.web.forms import Form
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.register import blueprint
from elearn.web.register.forms import name_field
from elearn.web.register.staff import namesake_doubts
from elearn.web.register.words import (
    CONTRACTS,
    LEAVE_KINDS,
    TRANSFER_STATES,
    days_of,
    person_step,
    trail_of,
    work_of,
)

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.people import Person


class PersonForm(Form):
    """Who somebody is."""

    full_name = name_field()
    born_on = DayField(lazy_gettext("Birth date"))


@blueprint.get("/administration/people/<uid>")
@sign_in_required
def person(uid: str) -> ResponseReturnValue:
    """One person."""
    found = get_person(g.db, current_identity(), uid)
    programme = load_programme(g.db)
    today = day_of(g.db)
    identity = current_identity()
    return render_template(
        "register/person.html",
        person=found,
        posts=sorted(found.posts, key=lambda post: (post.valid_from, post.is_main), reverse=True),
        leaves=leaves_of(g.db, found),
        transfers=transfers_of(g.db, found.id),
        teaches=_assignments(found),
        accounts=g.db.scalars(select(Account).where(Account.person_id == found.id)).all(),
        too_much=full_share_exceeded(found, today),
        today=today,
        manages=manages_person(g.db, identity, found),
        may_change=lambda post: may(identity, Action.MANAGE_UNIT, post.unit),
        contracts=CONTRACTS,
        leave_kinds=LEAVE_KINDS,
        states=TRANSFER_STATES,
        work_of=lambda post: work_of(post, programme),
        programme=programme,
        days_of=days_of,
        shown=shown,
        sees=lambda unit: may(identity, Action.SEE_REGISTER, unit),
        trail=trail_of(found),
    )


def _assignments(person: Person) -> list[tuple[Assignment, SchoolClass, str]]:
    rows = select(Assignment, SchoolClass, Period.code)
    rows = rows.join(SchoolClass, SchoolClass.id == Assignment.class_id)
    rows = rows.join(Period, Period.id == SchoolClass.school_year_id).where(Assignment.person_id == person.id)
    found = g.db.execute(rows.order_by(Assignment.valid_from.desc(), SchoolClass.name))
    return [(assignment, school_class, year) for assignment, school_class, year in found]


@blueprint.route("/administration/people/<uid>/edit", methods=["GET", "POST"])
@sign_in_required
def edit(uid: str) -> ResponseReturnValue:
    """Correct the name and the birth date."""
    found = get_person(g.db, current_identity(), uid)
    require_manager(g.db, current_identity(), found)
    form = PersonForm(data={"full_name": found.full_name, "born_on": found.born_on})

    def told() -> list[str]:
        before = f"{found.full_name}, {_born(found.born_on)}"
        after = f"{form.full_name.data}, {_born(form.born_on.data)}"
        return [gettext("%(before)s is corrected to: %(after)s.", before=before, after=after)]

    def change() -> None:
        edit_person(g.db, current_identity(), found, full_name=form.full_name.data, born_on=form.born_on.data)

    return take(
        person_step(found, gettext("Name and birth date"), form, told, change, warned=lambda: namesake_doubts(found))
    )


def _born(day: object) -> str:
    return shown(day) if day else gettext("birth date unknown")  # type: ignore[arg-type] - a date
