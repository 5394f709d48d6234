"""Materials that help to teach with a title: attached and taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import flash, g, redirect
from flask_babel import gettext, lazy_gettext
from wtforms import StringField
from wtforms.validators import Length

from elearn.services.access import Action
from elearn.services.library import get_material
from elearn.services.software.titles import attach_guide, detach_guide
from elearn.web.forms import Form, required
from elearn.web.people import current_identity, sign_in_required
from elearn.web.software import blueprint
from elearn.web.software.steps import change, page_of, seen_title

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

_IN_ADDRESS = re.compile(r"/materials/([0-9a-f]{32})\b")


class GuideForm(Form):
    """Which material is attached."""

    material = StringField(
        lazy_gettext("Address of the material"),
        [*required(), Length(max=500)],
        description=lazy_gettext("Open the guide or lesson plan in the library and copy the address of its page."),
    )

    def uid(self) -> str:
        """The uid in the address, or what was typed."""
        text = (self.material.data or "").strip()
        found = _IN_ADDRESS.search(text)
        return found[1] if found else text


@blueprint.route("/software/<uid>/guides/new", methods=["GET", "POST"])
@sign_in_required
def new_guide(uid: str) -> ResponseReturnValue:
    """Attach a guide or lesson plan."""
    title = seen_title(uid, Action.MANAGE_TITLE)
    form = GuideForm()

    def told() -> list[str]:
        guide = get_material(g.db, current_identity(), form.uid())
        return [gettext("“%(guide)s” is shown with “%(title)s”.", guide=guide.title, title=title.title)]

    def apply() -> None:
        attach_guide(g.db, current_identity(), title, form.uid())

    return change(title, gettext("Attach a guide"), form, told, apply)


@blueprint.post("/software/<uid>/guides/<guide_uid>/remove")
@sign_in_required
def remove_guide(uid: str, guide_uid: str) -> ResponseReturnValue:
    """Take a guide away; the material itself stays."""
    title = seen_title(uid, Action.MANAGE_TITLE)
    detach_guide(g.db, current_identity(), title, guide_uid)
    flash(gettext("Saved."), "success")
    return redirect(page_of(title), 303)
