"""Entering a title into the catalogue, and changing what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import StringField
from wtforms.validators import Length

from content_packages.facts import Kind
from elearn.models.material import Material
from elearn.services.access import Action
from elearn.services.software.titles import TitleDetails, create_title, edit_title
from elearn.web.administration.steps import Step, take
from elearn.web.material_form import MaterialForm
from elearn.web.people import current_identity, needs, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.software import blueprint
from elearn.web.software.steps import change, first_unit, page_of, seen_title, trail_to, unit_field

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LONGEST_ADDRESS = 500


class TitleForm(MaterialForm):
    """What is said of a title: all that is said of a material, its maker's page, and who helps with it."""

    maker_url = StringField(
        lazy_gettext("The maker's page"),
        [Length(max=LONGEST_ADDRESS)],
        description=lazy_gettext("Where the maker offers it; free titles are fetched from there."),
    )
    contact = StringField(
        lazy_gettext("Who helps"),
        [Length(max=300)],
        description=lazy_gettext("A person or office that schools may ask, with telephone or e-mail."),
    )

    def __init__(self, material: Material) -> None:
        super().__init__(material, load_programme(g.db, with_levels=True))
        detail = material.software
        if detail is not None and not self.is_submitted():
            self.maker_url.data, self.contact.data = detail.maker_url, detail.contact

    def details(self) -> TitleDetails:
        """What the valid form says beyond a material."""
        return TitleDetails(maker_url=self.maker_url.data or "", contact=self.contact.data or "")


class NewTitleForm(TitleForm):
    """A new title in the catalogue of a unit."""

    unit = unit_field(lazy_gettext("Whose catalogue it is: its code, or words of its name."))

    def __init__(self) -> None:
        super().__init__(Material(kind=Kind.SOFTWARE.value, title="", **_NOTHING_SAID))
        if not self.is_submitted():
            self.unit.data = first_unit()


_NOTHING_SAID: dict[str, Any] = {
    "description": "", "keywords": [], "language": "vi", "licence": "", "author_name": "", "is_public": False,
}  # fmt: skip


@blueprint.route("/software/new", methods=["GET", "POST"])
@needs(Action.MANAGE_UNIT)
def new() -> ResponseReturnValue:
    """Enter a title, with or without a file."""
    form = NewTitleForm()
    heading = gettext("New title")

    def told() -> list[str]:
        words = {"title": form.title.data, "unit": form.unit.data.name}
        return [
            gettext("“%(title)s” stands in the catalogue of %(unit)s.", **words),
            gettext("Teachers see it once it has been approved."),
        ]

    def apply() -> str:
        return page_of(create_title(g.db, current_identity(), form.unit.data, form.metadata(), form.details()))

    listing = url_for("software.index")
    return take(
        Step(
            title=heading,
            form=form,
            told=told,
            apply=apply,
            done=gettext("Saved."),
            back=listing,
            trail=trail_to(None, heading),
        )
    )


@blueprint.route("/software/<uid>/edit", methods=["GET", "POST"])
@sign_in_required
def edit(uid: str) -> ResponseReturnValue:
    """Change what is said of a title."""
    title = seen_title(uid, Action.MANAGE_TITLE)
    form = TitleForm(title)

    def told() -> list[str]:
        return [gettext("The description of “%(title)s” is changed.", title=form.title.data)]

    def apply() -> None:
        edit_title(g.db, current_identity(), title, form.metadata(), form.details())

    return change(title, gettext("Edit"), form, told, apply)
