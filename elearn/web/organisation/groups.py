"""Groups of units beside the tree: the list, a group with its dated members, and their changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, g, render_template, url_for
from flask_babel import gettext, lazy_gettext
from sqlalchemy import select
from wtforms import StringField
from wtforms.validators import Length, Regexp

from elearn.database import day_of
from elearn.models.organisation import Unit, UnitGroup, UnitGroupMember
from elearn.services.access import Action, may, require
from elearn.services.access.permissions import WATCHERS
from elearn.services.organisation import groups as service
from elearn.services.organisation import name_on
from elearn.web.administration.fields import DayField, UnitField, shown
from elearn.web.administration.steps import Step, take
from elearn.web.forms import Form, required
from elearn.web.organisation import blueprint
from elearn.web.people import current_identity, needs_role

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LONGEST_NAME = 300


class GroupForm(Form):
    """The name of a group."""

    name = StringField(lazy_gettext("Name"), [*required(), Length(max=LONGEST_NAME)])


class NewGroupForm(GroupForm):
    """A new group."""

    code = StringField(
        lazy_gettext("Code"),
        [
            *required(),
            Length(max=32, message=lazy_gettext("A code has at most 32 characters.")),
            Regexp(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", message=lazy_gettext("Letters, digits, dot and hyphen only.")),
        ],
    )


class MemberForm(Form):
    """A unit of the group for some days."""

    unit = UnitField(lazy_gettext("Unit"), required(), description=lazy_gettext("Its code, or words of its name."))
    valid_from = DayField(lazy_gettext("From"), required())
    valid_to = DayField(lazy_gettext("To"), description=lazy_gettext("Empty: until further notice."))


class LeaveForm(Form):
    """The last day in the group."""

    last_day = DayField(lazy_gettext("Last day"), required())


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    listing = (gettext("Groups of units"), url_for("organisation.groups"))
    return [(gettext("Administration"), url_for("admin.start")), listing, *more]


def _address(group: UnitGroup) -> str:
    return url_for("organisation.group", code=group.code)


@blueprint.get("/administration/groups")
@needs_role(WATCHERS)
def groups() -> ResponseReturnValue:
    """All groups."""
    return render_template(
        "organisation/groups.html",
        groups=service.list_groups(g.db, day_of(g.db)),
        manages=may(current_identity(), Action.MANAGE_UNIT),
        trail=_trail(),
    )


@blueprint.get("/administration/groups/<code>")
@needs_role(WATCHERS)
def group(code: str) -> ResponseReturnValue:
    """One group with its members."""
    found = service.get_group(g.db, code)
    return render_template(
        "organisation/group.html",
        group=found,
        members=service.members_of(g.db, found),
        today=day_of(g.db),
        manages=may(current_identity(), Action.MANAGE_UNIT),
        sees=lambda unit: may(current_identity(), Action.SEE_REGISTER, unit),
        trail=_trail((found.name, "")),
        shown=shown,
    )


def _step(title: str, form: Form, told: Any, apply: Any, back: str, *trail: tuple[str, str]) -> ResponseReturnValue:
    return take(
        Step(title=title, form=form, told=told, apply=apply, done=gettext("Saved."), back=back, trail=_trail(*trail))
    )


@blueprint.route("/administration/groups/new", methods=["GET", "POST"])
@needs_role(WATCHERS)
def new_group() -> ResponseReturnValue:
    """Begin a group."""
    require(current_identity(), Action.MANAGE_UNIT)
    form = NewGroupForm()
    title = gettext("New group")

    def apply() -> str:
        made = service.create_group(g.db, current_identity(), code=form.code.data, name=form.name.data)
        return _address(made)

    def told() -> list[str]:
        return [gettext("A group %(name)s is created, still without members.", name=form.name.data)]

    return _step(title, form, told, apply, url_for("organisation.groups"), (title, ""))


@blueprint.route("/administration/groups/<code>/rename", methods=["GET", "POST"])
@needs_role(WATCHERS)
def rename_group(code: str) -> ResponseReturnValue:
    """Another name."""
    require(current_identity(), Action.MANAGE_UNIT)
    found = service.get_group(g.db, code)
    form = GroupForm(data={"name": found.name})
    address = _address(found)

    def apply() -> str:
        service.rename_group(g.db, current_identity(), found, form.name.data)
        return address

    def told() -> list[str]:
        return [gettext("The group %(before)s is called %(after)s.", before=found.name, after=form.name.data)]

    return _step(gettext("Rename"), form, told, apply, address, (found.name, address), (gettext("Rename"), ""))


@blueprint.route("/administration/groups/<code>/add", methods=["GET", "POST"])
@needs_role(WATCHERS)
def add_member(code: str) -> ResponseReturnValue:
    """Put a unit into the group."""
    require(current_identity(), Action.MANAGE_UNIT)
    found = service.get_group(g.db, code)
    form = MemberForm(data={"valid_from": day_of(g.db)})
    address = _address(found)

    def apply() -> str:
        days = {"valid_from": form.valid_from.data, "valid_to": form.valid_to.data}
        service.add_member(g.db, current_identity(), found, form.unit.data, **days)
        return address

    def told() -> list[str]:
        words = {"unit": name_on(form.unit.data, form.valid_from.data), "group": found.name}
        span = {"first": shown(form.valid_from.data), "last": shown(form.valid_to.data)}
        return [gettext("%(unit)s belongs to the group %(group)s: %(first)s to %(last)s.", **words, **span)]

    title = gettext("Add a unit")
    return _step(title, form, told, apply, address, (found.name, address), (title, ""))


@blueprint.route("/administration/groups/<code>/members/<int(max=2147483647):member_id>/end", methods=["GET", "POST"])
@needs_role(WATCHERS)
def end_member(code: str, member_id: int) -> ResponseReturnValue:
    """Let a unit leave the group."""
    require(current_identity(), Action.MANAGE_UNIT)
    found = service.get_group(g.db, code)
    wanted = select(UnitGroupMember).where(UnitGroupMember.id == member_id, UnitGroupMember.group_id == found.id)
    member = g.db.scalar(wanted) or abort(404)
    unit: Unit = g.db.get_one(Unit, member.unit_id)
    form = LeaveForm(data={"last_day": day_of(g.db)})
    address, name = _address(found), unit.name

    def apply() -> str:
        service.end_member(g.db, current_identity(), member, unit, form.last_day.data)
        return address

    def told() -> list[str]:
        return [gettext("%(day)s is the last day of %(unit)s in the group.", day=shown(form.last_day.data), unit=name)]

    title = gettext("Leave the group")
    return _step(f"{title}: {name}", form, told, apply, address, (found.name, address), (title, ""))
