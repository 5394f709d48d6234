"""The form about a material: what its author says, with the errors beside the fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext
from wtforms import StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from elearn.services.metadata import FIELD_NAMES, LONGEST_DESCRIPTION, TITLE_LENGTH, Metadata, metadata_of
from elearn.web.forms import CheckboxesField, Form, required
from elearn.web.labels import LEVELS
from elearn.web.material_words import LANGUAGES, PLATFORMS
from elearn.web.shared_fields import SharedFields, choices_of, line, lines

if TYPE_CHECKING:
    from wtforms import Field

    from elearn.models.material import Material
    from elearn.services.guessing import Guess
    from elearn.web.programme import Programme


class SoftwareForm(Form):
    """What a program has beyond other materials."""

    vendor = StringField(lazy_gettext("Vendor"), [Length(max=200)], filters=[line])
    release = StringField(lazy_gettext("Version"), [Length(max=64)], filters=[line])
    platforms = CheckboxesField(lazy_gettext("Runs on"), choices=choices_of(PLATFORMS))

    def fill(self, metadata: Metadata) -> Metadata:
        """Put what the person wrote over what the file says of itself; empty fields change nothing."""
        if not self.validate():
            return metadata
        written = {
            "vendor": self.vendor.data,
            "release": self.release.data,
            "platforms": tuple(self.platforms.data or ()),
        }
        return replace(metadata, **{name: value for name, value in written.items() if value})


class MaterialForm(SoftwareForm, SharedFields):
    """Everything that people say of a material."""

    title = StringField(lazy_gettext("Title"), [*required(), Length(max=TITLE_LENGTH)], filters=[line])
    description = TextAreaField(
        lazy_gettext("Description"),
        [Length(max=LONGEST_DESCRIPTION)],
        filters=[lines],
        description=lazy_gettext("What pupils learn with it and how you use it in class; search reads it too."),
        render_kw={"rows": 5},
    )

    def __init__(
        self, material: Material, programme: Programme, said: Metadata | None = None, **arguments: Any
    ) -> None:
        self.material = material
        values = _values(said or metadata_of(material))
        super().__init__(programme, data=values, **arguments)
        # What the file or an earlier version of ours says stays choosable.
        self.language.choices = choices_of({values["language"]: values["language"], **LANGUAGES})
        self.platforms.choices = choices_of(dict.fromkeys(values["platforms"]) | PLATFORMS)

    def offers(self, guess: Guess) -> list[tuple[str, str]]:
        """What the title and text suggest and is not chosen yet: (value of the button that takes it, its name)."""
        grades = [(f"grade:{code}", self.programme.grade(code)) for code in guess.grades if not self.grades.data]
        subjects = [(f"subject:{code}", self.programme.subject(code)) for code in guess.subjects]
        return grades + [offer for offer in subjects if not self.subjects.data]

    def take(self, offer: str) -> None:
        """Choose what was offered, in the form alone; a grade brings the level it belongs to."""
        kind, _, code = offer.partition(":")
        if kind == "subject" and code in self.programme.subjects:
            self.subjects.data = [*(self.subjects.data or ()), code]
        if kind == "grade" and code in self.programme.grades:
            self.grades.data = [*(self.grades.data or ()), code]
            levels = self.programme.levels_of_grade[code]
            if not set(levels) & set(self.levels.data or ()):
                self.levels.data = [*(self.levels.data or ()), levels[0].value]

    def validate_title(self, field: Field) -> None:
        """A title of which nothing can be seen is none."""
        if not field.data:
            raise ValidationError(gettext("The title has no character that can be seen. Write one."))

    def validate_grades(self, field: Field) -> None:
        """A grade belongs to a level, and both must tell the same story."""
        for code in field.data or ():
            levels = self.programme.levels_of_grade.get(code, ())
            if levels and not set(levels) & set(self.levels.data or ()):
                raise ValidationError(
                    gettext(
                        "%(grade)s belongs to the level “%(level)s”: choose that level too, or another grade.",
                        grade=self.programme.grade(code),
                        level=LEVELS[levels[0]],
                    )
                )

    def blame(self, code: str, sentence: str) -> bool:
        """Show the refusal of a service beside its field; False when it is about none."""
        field = {
            "title_needed": self.title,
            "level_needed": self.levels,
            "licence_needed": self.licence,
            "licence_source_needed": self.licence_source,
            "licence_expired": self.licence_expires_on,
            "public_needs_others": self.is_public,
        }.get(code)
        if field is None:
            return False
        field.errors = [*field.errors, sentence]
        return True

    def metadata(self) -> Metadata:
        """What the valid form says."""
        return Metadata(
            title=self.title.data,
            description=self.description.data,
            vendor=self.vendor.data,
            release=self.release.data,
            platforms=tuple(self.platforms.data or ()),
            **self.said(),
        )


def _values(said: Metadata) -> dict[str, Any]:
    """The same under the names of the fields, as they show it."""
    return {
        **{name: getattr(said, name) for name in FIELD_NAMES},
        "keywords": ", ".join(said.keywords),
        "levels": sorted(said.levels),
        "grades": sorted(said.grades),
        "subjects": sorted(said.subjects),
        "licence": said.licence.value,
        "resource_type": said.resource_type.value,
        "platforms": list(said.platforms),
    }
