"""Subject groups of a school: the list with leaders and members, and their changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField
from wtforms.validators import Length

from elearn.database import day_of
from elearn.services.access import Action, may
from elearn.services.errors import ServiceError
from elearn.services.organisation import get_unit
from elearn.services.people import subject_groups as service
from elearn.web.administration.fields import DayField, choices, shown
from elearn.web.administration.steps import Step, take
from elearn.web.forms import CheckboxesField, Form, required
from elearn.web.organisation import blueprint
from elearn.web.organisation.words import trail_to
from elearn.web.people import current_identity, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.sentences import refusal as sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask.typing import ResponseReturnValue

    from elearn.models.organisation import Unit
    from elearn.models.subject_group import SubjectGroup

LEADER, MEMBER = "leader", "member"
SEATS = {LEADER: lazy_gettext("Leader (tổ trưởng, tổ phó)"), MEMBER: lazy_gettext("Further member")}


class SubjectGroupForm(Form):
    """A subject group."""

    name = StringField(lazy_gettext("Name"), [*required(), Length(max=300)])
    subjects = CheckboxesField(
        lazy_gettext("Subjects"),
        description=lazy_gettext("Whoever has a post here in one of them belongs to the group; all others are named."),
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(data=values)
        self.subjects.choices = choices(load_programme(g.db).subjects)


class SeatForm(Form):
    """A person with a seat in the group."""

    code = StringField(
        lazy_gettext("Code of the person"),
        [*required(), Length(max=64)],
        description=lazy_gettext("The code stands in the list of the staff."),
    )
    seat = SelectField(lazy_gettext("As"), choices=choices(SEATS), default=LEADER)
    valid_from = DayField(lazy_gettext("From"), required())


def _listing(unit: Unit) -> str:
    return url_for("organisation.subject_groups", uid=unit.uid)


@blueprint.get("/administration/units/<uid>/subject-groups")
@sign_in_required
def subject_groups(uid: str) -> ResponseReturnValue:
    """The subject groups of a unit."""
    unit = get_unit(g.db, current_identity(), uid)
    programme = load_programme(g.db)
    return render_template(
        "organisation/subject_groups.html",
        unit=unit,
        groups=service.groups_of_unit(g.db, current_identity(), unit),
        subjects=programme.subjects,
        today=day_of(g.db),
        manages=may(current_identity(), Action.MANAGE_UNIT, unit),
        trail=trail_to(unit, (gettext("Subject groups"), "")),
        shown=shown,
    )


def _change(
    unit: Unit, title: str, form: Form, told: Callable[[], Sequence[str]], apply: Callable[[], object], **more: Any
) -> ResponseReturnValue:
    def changed() -> str:
        apply()
        return _listing(unit)

    trail = trail_to(unit, (gettext("Subject groups"), _listing(unit)), (title, ""))
    shared = {"done": gettext("Saved."), "back": _listing(unit), "trail": trail}
    return take(Step(title=title, form=form, told=told, apply=changed, **shared, **more))


@blueprint.route("/administration/units/<uid>/subject-groups/new", methods=["GET", "POST"])
@sign_in_required
def new_subject_group(uid: str) -> ResponseReturnValue:
    """Make a subject group."""
    unit = get_unit(g.db, current_identity(), uid, Action.MANAGE_UNIT)
    form = SubjectGroupForm()

    def told() -> list[str]:
        return [gettext("“%(name)s” is a subject group of %(unit)s.", name=form.name.data, unit=unit.name)]

    def apply() -> None:
        service.create_subject_group(g.db, current_identity(), unit, form.name.data, form.subjects.data or ())

    return _change(unit, gettext("New subject group"), form, told, apply)


def _held(group_uid: str) -> SubjectGroup:
    return service.get_subject_group(g.db, current_identity(), group_uid)


@blueprint.route("/administration/subject-groups/<group_uid>/edit", methods=["GET", "POST"])
@sign_in_required
def edit_subject_group(group_uid: str) -> ResponseReturnValue:
    """Give a group another name or other subjects."""
    group = _held(group_uid)
    form = SubjectGroupForm(name=group.name, subjects=list(group.subject_codes))

    def told() -> list[str]:
        return [gettext("“%(name)s” gets this name and these subjects.", name=form.name.data)]

    def apply() -> None:
        service.edit_subject_group(g.db, current_identity(), group, form.name.data, form.subjects.data or ())

    return _change(group.unit, gettext("Change a subject group"), form, told, apply)


@blueprint.route("/administration/subject-groups/<group_uid>/seat", methods=["GET", "POST"])
@sign_in_required
def seat_subject_group(group_uid: str) -> ResponseReturnValue:
    """Name a leader or a further member."""
    group = _held(group_uid)
    form = SeatForm(data={"valid_from": day_of(g.db), "seat": LEADER})

    def told() -> list[str]:
        words = {
            "name": group.name,
            "code": form.code.data,
            "seat": SEATS[form.seat.data],
            "day": shown(form.valid_from.data),
        }
        return [gettext("%(code)s in “%(name)s”: %(seat)s, from %(day)s.", **words)]

    def apply() -> None:
        is_leader = form.seat.data == LEADER
        service.seat(g.db, current_identity(), group, form.code.data, is_leader=is_leader, since=form.valid_from.data)

    return _change(group.unit, gettext("Name somebody"), form, told, apply)


@blueprint.route("/administration/subject-groups/<group_uid>/close", methods=["GET", "POST"])
@sign_in_required
def close_subject_group(group_uid: str) -> ResponseReturnValue:
    """End a group."""
    group = _held(group_uid)

    def told() -> list[str]:
        return [gettext("“%(name)s” ends today. What its leaders countersigned stays.", name=group.name)]

    def apply() -> None:
        service.close_subject_group(g.db, current_identity(), group)

    return _change(group.unit, gettext("End a subject group"), Form(), told, apply, is_danger=True)


@blueprint.post("/administration/subject-groups/<group_uid>/seats/<seat_uid>/end")
@sign_in_required
def end_seat(group_uid: str, seat_uid: str) -> ResponseReturnValue:
    """End somebody's seat."""
    group = _held(group_uid)
    try:
        service.end_seat(g.db, current_identity(), group, seat_uid)
    except ServiceError as refused:
        flash(sentence_for(refused), "error")
    else:
        flash(gettext("Saved."), "success")
    return redirect(_listing(group.unit), 303)
