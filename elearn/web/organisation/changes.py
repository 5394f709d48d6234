"""Changes of a unit, each with a preview: create below, rename, move, levels, ownership, end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, url_for
from flask_babel import gettext, lazy_gettext, ngettext
from wtforms import SelectField, StringField
from wtforms.validators import Length

from elearn.database import day_of
from elearn.models.organisation import Ownership, UnitKind
from elearn.services import organisation
from elearn.services.access import Action
from elearn.services.organisation import get_unit, hold_unit, levels_on, name_on, parent_on, seen_unit
from elearn.services.organisation.changes import LONGEST_NAME
from elearn.services.organisation.consequences import load_of
from elearn.services.spans import DAY
from elearn.web.administration.fields import DayField, UnitField, choices, shown
from elearn.web.administration.steps import Step, take, was_seen
from elearn.web.forms import CheckboxesField, Form, required
from elearn.web.labels import LEVELS
from elearn.web.organisation import blueprint
from elearn.web.organisation.words import KINDS, OWNERSHIPS, trail_to
from elearn.web.people import current_identity, sign_in_required

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from elearn.models.organisation import Unit

_FROM = lazy_gettext("From")
_NAME = lazy_gettext("Name")


def _name_field() -> Any:
    return StringField(_NAME, [*required(), Length(max=LONGEST_NAME, message=lazy_gettext("This name is too long."))])


class CreateForm(Form):
    """A new unit."""

    name = _name_field()
    code = StringField(
        lazy_gettext("Code"),
        [*required(), Length(max=32, message=lazy_gettext("A code has at most 32 characters."))],
        description=lazy_gettext("Letters, digits, dot, hyphen; it is never given twice."),
    )
    kind = SelectField(lazy_gettext("Kind"), choices=choices(KINDS), default=UnitKind.SCHOOL.value)
    levels = CheckboxesField(lazy_gettext("Levels"), choices=choices(LEVELS))
    ownership = SelectField(lazy_gettext("Ownership"), choices=choices(OWNERSHIPS))
    valid_from = DayField(_FROM, required())


class RenameForm(Form):
    """A new name from a day on."""

    name = _name_field()
    day = DayField(_FROM, required())


class MoveForm(Form):
    """A new place in the tree from a day on."""

    parent = UnitField(
        lazy_gettext("New unit above"), required(), description=lazy_gettext("Its code, or words of its name.")
    )
    day = DayField(_FROM, required())


class LevelsForm(Form):
    """The levels from a day on."""

    levels = CheckboxesField(lazy_gettext("Levels"), choices=choices(LEVELS))
    day = DayField(_FROM, required())


class OwnershipForm(Form):
    """Who owns the unit."""

    ownership = SelectField(lazy_gettext("Ownership"), choices=choices(OWNERSHIPS))


class EndForm(Form):
    """The last day."""

    last_day = DayField(lazy_gettext("Last day"), required())


def _managed(uid: str) -> Unit:
    return get_unit(g.db, current_identity(), uid, Action.MANAGE_UNIT)


def _page(unit: Unit) -> str:
    return url_for("organisation.unit", uid=unit.uid)


def _step(unit: Unit, title: str, form: Form, told: Any, change: Any, **more: Any) -> Step:
    """A step that changes a unit, if nobody else has changed it meanwhile."""
    address = _page(unit)

    def apply() -> str:
        hold_unit(g.db, unit, was_seen())
        change()
        return address

    return Step(
        title=f"{title}: {unit.name}",
        form=form,
        told=told,
        apply=apply,
        back=address,
        trail=trail_to(unit, (title, "")),
        seen=lambda: seen_unit(unit),
        **{"done": gettext("Saved."), **more},
    )


@blueprint.route("/administration/units/<uid>/new", methods=["GET", "POST"])
@sign_in_required
def create(uid: str) -> ResponseReturnValue:
    """A new unit below this one."""
    parent = _managed(uid)
    form = CreateForm(data={"valid_from": day_of(g.db)})

    def told() -> list[str]:
        words = {"kind": KINDS[form.kind.data], "name": form.name.data, "code": form.code.data}
        day = shown(form.valid_from.data)
        below = gettext("It stands below %(parent)s.", parent=name_on(parent, form.valid_from.data))
        return [gettext("From %(day)s there is %(kind)s %(name)s (%(code)s).", day=day, **words), below]

    def apply() -> str:
        made = organisation.create_unit(
            g.db,
            current_identity(),
            code=form.code.data.strip(),
            name=form.name.data,
            kind=UnitKind(form.kind.data),
            valid_from=form.valid_from.data,
            parent=parent,
            ownership=Ownership(form.ownership.data),
            levels=form.levels.data,
        )
        return _page(made)

    title = gettext("New unit")
    return take(
        Step(
            title=title,
            lead=gettext("Below %(name)s", name=parent.name),
            form=form,
            told=told,
            apply=apply,
            done=gettext("The unit was created."),
            back=_page(parent),
            trail=trail_to(parent, (title, "")),
        )
    )


@blueprint.route("/administration/units/<uid>/rename", methods=["GET", "POST"])
@sign_in_required
def rename(uid: str) -> ResponseReturnValue:
    """Another name from a day on."""
    unit = _managed(uid)
    form = RenameForm(data={"name": unit.name, "day": day_of(g.db)})

    def told() -> list[str]:
        before = name_on(unit, form.day.data)
        return [
            gettext(
                "From %(day)s the unit %(before)s is called %(after)s. Reports of earlier days keep the old name.",
                day=shown(form.day.data),
                before=before,
                after=form.name.data,
            )
        ]

    def change() -> None:
        organisation.rename_unit(g.db, current_identity(), unit, form.name.data, form.day.data)

    return take(_step(unit, gettext("Rename"), form, told, change))


@blueprint.route("/administration/units/<uid>/move", methods=["GET", "POST"])
@sign_in_required
def move(uid: str) -> ResponseReturnValue:
    """Another place in the tree from a day on."""
    unit = _managed(uid)
    form = MoveForm(data={"day": day_of(g.db)})

    def change() -> None:
        organisation.move_unit(g.db, current_identity(), unit, form.parent.data, form.day.data)

    return take(
        _step(unit, gettext("Move"), form, lambda: _told_of_move(unit, form.parent.data, form.day.data), change)
    )


def _told_of_move(unit: Unit, parent: Unit, day: date) -> list[str]:
    load = load_of(g.db, unit, day)
    sentences = [
        gettext(
            "From %(day)s the unit %(unit)s belongs to %(parent)s; %(posts)s posts and %(materials)s materials "
            "move with it.",
            day=shown(day),
            unit=name_on(unit, day),
            parent=name_on(parent, day),
            posts=load.posts,
            materials=load.materials,
        )
    ]
    if load.units:
        sentences.append(ngettext("%(num)s unit below it moves too.", "%(num)s units below it move too.", load.units))
    before = parent_on(g.db, unit, day - DAY)
    if before is not None:
        sentences.append(gettext("Until the day before it belongs to %(parent)s.", parent=name_on(before, day - DAY)))
    return sentences


@blueprint.route("/administration/units/<uid>/levels", methods=["GET", "POST"])
@sign_in_required
def levels(uid: str) -> ResponseReturnValue:
    """Other levels from a day on."""
    unit = _managed(uid)
    today = day_of(g.db)
    form = LevelsForm(data={"levels": [str(level) for level in levels_on(unit, today)], "day": today})

    def told() -> list[str]:
        names = ", ".join(str(LEVELS[level]) for level in form.levels.data) or gettext("no level")
        return [gettext("From %(day)s the unit teaches: %(levels)s.", day=shown(form.day.data), levels=names)]

    def change() -> None:
        wanted = [level for level in LEVELS if level in form.levels.data]
        organisation.set_levels(g.db, current_identity(), unit, wanted, form.day.data)

    return take(_step(unit, gettext("Levels"), form, told, change))


@blueprint.route("/administration/units/<uid>/ownership", methods=["GET", "POST"])
@sign_in_required
def ownership(uid: str) -> ResponseReturnValue:
    """Correct who owns the unit."""
    unit = _managed(uid)
    form = OwnershipForm(data={"ownership": unit.ownership.value})

    def told() -> list[str]:
        return [gettext("The ownership is corrected to: %(word)s.", word=OWNERSHIPS[form.ownership.data])]

    def change() -> None:
        organisation.set_ownership(g.db, current_identity(), unit, Ownership(form.ownership.data))

    return take(_step(unit, gettext("Ownership"), form, told, change))


@blueprint.route("/administration/units/<uid>/end", methods=["GET", "POST"])
@sign_in_required
def end(uid: str) -> ResponseReturnValue:
    """The unit ends; its history stays."""
    unit = _managed(uid)
    form = EndForm(data={"last_day": day_of(g.db)})

    def told() -> list[str]:
        return [
            gettext(
                "%(day)s is the last day of the unit %(unit)s. Its history, acts and materials are kept.",
                day=shown(form.last_day.data),
                unit=unit.name,
            )
        ]

    def change() -> None:
        organisation.end_unit(g.db, current_identity(), unit, form.last_day.data)

    done = gettext("The unit ends on that day.")
    return take(_step(unit, gettext("End the unit"), form, told, change, is_danger=True, done=done))
