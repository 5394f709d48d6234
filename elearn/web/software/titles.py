"""Entering a title into the catalogue, and changing what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import g, url_for
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from elearn.models.material import Licence
from elearn.services.access import Action
from elearn.services.metadata import LONGEST_REQUIREMENTS, TITLE_LENGTH, Metadata, metadata_of
from elearn.services.software.titles import TitleDetails, create_title, edit_title
from elearn.web.administration.fields import choices
from elearn.web.administration.steps import Step, take
from elearn.web.forms import CheckboxesField, Form, required
from elearn.web.labels import LEVELS, LICENCES
from elearn.web.material_words import LANGUAGES, PLATFORMS
from elearn.web.people import current_identity, needs, sign_in_required
from elearn.web.programme import load_programme
from elearn.web.software import blueprint
from elearn.web.software.steps import change, first_unit, page_of, seen_title, trail_to, unit_field

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from elearn.models.material import Material

LONGEST_ADDRESS = 500
# Terms under which programs are given away or sold; what a school has bought is a licence of its own.
_TERMS = (Licence.UNKNOWN, Licence.FREE, Licence.OPEN_SOURCE, Licence.RESERVED, Licence.THIRD_PARTY)


class TitleForm(Form):
    """What is said of a title, with its maker's page and who helps with it."""

    title = StringField(lazy_gettext("Name"), [*required(), Length(max=TITLE_LENGTH)])
    vendor = StringField(lazy_gettext("Vendor"), [Length(max=200)])
    description = TextAreaField(
        lazy_gettext("Description"),
        [Length(max=20_000)],
        description=lazy_gettext("What pupils learn with it and how it is used in class; search reads it too."),
        render_kw={"rows": 4},
    )
    levels = CheckboxesField(lazy_gettext("Levels"), choices=choices(LEVELS))
    subjects = CheckboxesField(lazy_gettext("Subjects"))
    licence = SelectField(
        lazy_gettext("Terms of use"), choices=choices({terms: LICENCES[terms] for terms in _TERMS}), default=""
    )
    platforms = CheckboxesField(lazy_gettext("Runs on"), choices=choices(PLATFORMS))
    requirements = TextAreaField(
        lazy_gettext("Smallest machine"),
        [Length(max=LONGEST_REQUIREMENTS)],
        description=lazy_gettext("Memory, disk, system, other programs."),
        render_kw={"rows": 2},
    )
    language = SelectField(lazy_gettext("Language of its pages"), choices=choices(LANGUAGES), default="vi")
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
    is_public = BooleanField(
        lazy_gettext("Open to everybody"),
        description=lazy_gettext("Once published, people who are not signed in find it too."),
    )

    def __init__(self, title: Material | None = None, **values: Any) -> None:
        self._said = Metadata(title="", author_name="") if title is None else metadata_of(title)
        super().__init__(data=_shown(self._said, title) | values)
        self.subjects.choices = choices(load_programme(g.db).subjects)
        # What an earlier version of ours or the file says stays choosable.
        said = self._said
        self.language.choices = choices({said.language: said.language} | dict(LANGUAGES))
        self.licence.choices = choices({terms: LICENCES[terms] for terms in dict.fromkeys([*_TERMS, said.licence])})
        self.platforms.choices = choices(dict.fromkeys(said.platforms) | dict(PLATFORMS))

    def metadata(self) -> Metadata:
        """What the valid form says; what it does not ask for stays."""
        return replace(
            self._said,
            title=self.title.data,
            vendor=self.vendor.data or "",
            description=self.description.data or "",
            levels=frozenset(self.levels.data or ()),
            subjects=frozenset(self.subjects.data or ()),
            licence=Licence(self.licence.data),
            platforms=tuple(self.platforms.data or ()),
            requirements=self.requirements.data or "",
            language=self.language.data,
            is_public=self.is_public.data,
        )

    def details(self) -> TitleDetails:
        """What the valid form says beyond a material."""
        return TitleDetails(maker_url=self.maker_url.data or "", contact=self.contact.data or "")


class NewTitleForm(TitleForm):
    """A new title in the catalogue of a unit."""

    unit = unit_field(lazy_gettext("Whose catalogue it is: its code, or words of its name."))


def _shown(said: Metadata, title: Material | None) -> dict[str, Any]:
    detail = title.software if title is not None else None
    return {
        "title": said.title,
        "vendor": said.vendor,
        "description": said.description,
        "levels": sorted(said.levels),
        "subjects": sorted(said.subjects),
        "licence": said.licence.value,
        "platforms": list(said.platforms),
        "requirements": said.requirements,
        "language": said.language,
        "is_public": said.is_public,
        "maker_url": detail.maker_url if detail else "",
        "contact": detail.contact if detail else "",
    }


@blueprint.route("/software/new", methods=["GET", "POST"])
@needs(Action.MANAGE_UNIT)
def new() -> ResponseReturnValue:
    """Enter a title, with or without a file."""
    form = NewTitleForm(unit=first_unit())
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
