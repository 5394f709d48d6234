"""Addresses in a unit's own network at which a release's file lies, and further names of a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import StringField
from wtforms.validators import Length

from elearn.services.access import Action
from elearn.services.software.installed.aliases import add_alias, remove_alias
from elearn.services.software.mirrors import add_mirror, remove_mirror
from elearn.services.software.releases import get_file, get_release
from elearn.services.software.titles import get_title
from elearn.web.administration.steps import Step, take
from elearn.web.forms import Form, required
from elearn.web.people import current_identity, needs, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import change, first_unit, seen_title, trail_to, unit_field

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

_IN_ADDRESS = re.compile(r"/materials/([0-9a-f]{32})\b")
LONGEST_NAME = 300


class MirrorForm(Form):
    """An address of a file."""

    unit = unit_field(lazy_gettext("Whose network it is: the code of the unit, or words of its name."))
    address = StringField(
        lazy_gettext("Address"),
        [*required(), Length(max=500)],
        description=lazy_gettext("Such as http://may-chu.truong/phan-mem/setup.exe. It is never opened from here."),
    )


@blueprint.route("/software/<uid>/files/<file_uid>/mirror", methods=["GET", "POST"])
@needs(Action.MANAGE_UNIT)
def new_mirror(uid: str, file_uid: str) -> ResponseReturnValue:
    """Say where a unit offers a file of a release."""
    file = get_file(g.db, current_identity(), uid, file_uid)
    release = file.release
    form, back = MirrorForm(data={"unit": first_unit()}), _page_of(uid, release.uid)

    def told() -> list[str]:
        words = {"unit": form.unit.data.name, "file": file.file_name, "address": form.address.data}
        return [gettext("People of %(unit)s and below see that “%(file)s” lies at %(address)s.", **words)]

    def apply() -> str:
        add_mirror(g.db, current_identity(), file, form.unit.data, form.address.data)
        return back

    heading = gettext("Name an address in our network")
    trail = [*trail_to(release.title), (release.version, back), (heading, "")]
    step = Step(
        title=f"{heading}: {release.title.title} {release.version}",
        form=form,
        told=told,
        apply=apply,
        done=gettext("Saved."),
        back=back,
        trail=trail,
    )
    return take(step)


def _page_of(uid: str, release_uid: str) -> str:
    return url_for("software.release", uid=uid, release_uid=release_uid)


@blueprint.post("/software/<uid>/releases/<release_uid>/mirrors/<mirror_uid>/remove")
@sign_in_required
def take_mirror_away(uid: str, release_uid: str, mirror_uid: str) -> ResponseReturnValue:
    """Take an address away."""
    release = get_release(g.db, current_identity(), uid, release_uid)
    remove_mirror(g.db, current_identity(), release, mirror_uid)
    flash(gettext("Saved."), "success")
    return redirect(_page_of(uid, release_uid), 303)


class NameForm(Form):
    """A further name of a title."""

    name = StringField(
        lazy_gettext("Name as it is reported"),
        [*required(), Length(max=LONGEST_NAME)],
        description=lazy_gettext("What schools reported under this name counts for the title then."),
    )


@blueprint.route("/software/<uid>/names/new", methods=["GET", "POST"])
@sign_in_required
def new_name(uid: str) -> ResponseReturnValue:
    """Give a title a further name."""
    title = seen_title(uid, Action.MANAGE_TITLE)
    form = NameForm(data={"name": request.args.get("name", "")[:LONGEST_NAME]})

    def told() -> list[str]:
        return [gettext("“%(name)s” means “%(title)s” from now on.", name=form.name.data, title=title.title)]

    def apply() -> None:
        add_alias(g.db, current_identity(), title, form.name.data)

    return change(title, gettext("A further name"), form, told, apply)


class MeantForm(NameForm):
    """A further name of a title that is named by its address."""

    title = StringField(
        lazy_gettext("Address of the title"),
        [*required(), Length(max=500)],
        description=lazy_gettext("Open the title in the catalogue and copy the address of its page."),
    )

    def uid(self) -> str:
        """The uid in the address, or what was typed."""
        text = (self.title.data or "").strip()
        found = _IN_ADDRESS.search(text)
        return found[1] if found else text


@blueprint.route("/software/installed/<uid>/names", methods=["GET", "POST"])
@needs(Action.MANAGE_UNIT)
def name_title(uid: str) -> ResponseReturnValue:
    """Say which title is meant by a name that schools report."""
    form = MeantForm(data={"name": request.args.get("name", "")[:LONGEST_NAME]})
    back = url_for("software.installed", uid=uid)

    def told() -> list[str]:
        meant = get_title(g.db, current_identity(), form.uid())
        return [gettext("“%(name)s” means “%(title)s” from now on.", name=form.name.data, title=meant.title)]

    def apply() -> str:
        add_alias(g.db, current_identity(), get_title(g.db, current_identity(), form.uid()), form.name.data)
        return back

    heading = gettext("A further name")
    trail = [*trail_to(None), (gettext("Installed"), back), (heading, "")]
    step = Step(title=heading, form=form, told=told, apply=apply, done=gettext("Saved."), back=back, trail=trail)
    return take(step)


@blueprint.post("/software/<uid>/names/<name_uid>/remove")
@sign_in_required
def remove_name(uid: str, name_uid: str) -> ResponseReturnValue:
    """Take a further name away."""
    title = seen_title(uid, Action.MANAGE_TITLE)
    remove_alias(g.db, current_identity(), title, name_uid)
    flash(gettext("Saved."), "success")
    return redirect(url_for("software.places", uid=uid), 303)
