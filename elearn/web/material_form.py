"""The form about a material: what its author says, with the errors beside the fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from elearn.models.curriculum import Level
from elearn.models.describing import Licence
from elearn.services.metadata import KEYWORDS, TITLE_LENGTH, Metadata
from elearn.web.forms import CheckboxesField, Form, required
from elearn.web.labels import LEVELS, LICENCES
from elearn.web.material_words import LANGUAGES, PLATFORMS
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wtforms import Field

    from elearn.models.material import Material
    from elearn.web.programme import Programme

LONGEST_DESCRIPTION = 20_000
_GRADES_HELP = lazy_gettext("Choose the level first: only its grades belong to it.")


def _choices(names: Mapping[str, Any]) -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in names.items()]


def _line(text: str | None) -> str:
    return one_line(text or "")


def _lines(text: str | None) -> str:
    return several_lines(text or "")


class SoftwareForm(Form):
    """What a program has beyond other materials."""

    vendor = StringField(lazy_gettext("Vendor"), [Length(max=200)], filters=[_line])
    release = StringField(lazy_gettext("Version"), [Length(max=64)], filters=[_line])
    platforms = CheckboxesField(lazy_gettext("Runs on"), choices=_choices(PLATFORMS))

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


class MaterialForm(SoftwareForm):
    """Everything that people say of a material."""

    title = StringField(lazy_gettext("Title"), [*required(), Length(max=TITLE_LENGTH)], filters=[_line])
    description = TextAreaField(
        lazy_gettext("Description"),
        [Length(max=LONGEST_DESCRIPTION)],
        filters=[_lines],
        description=lazy_gettext("What pupils learn with it and how you use it in class; search reads it too."),
        render_kw={"rows": 5},
    )
    keywords = StringField(
        lazy_gettext("Keywords"),
        filters=[_lines],
        description=lazy_gettext("Separated by commas, at most %(count)s.", count=KEYWORDS),
    )
    levels = CheckboxesField(lazy_gettext("Levels"), choices=_choices({level.value: LEVELS[level] for level in Level}))
    grades = CheckboxesField(lazy_gettext("Grades"), description=_GRADES_HELP)
    subjects = CheckboxesField(lazy_gettext("Subjects"))
    language = SelectField(lazy_gettext("Language of the material"), choices=_choices(LANGUAGES))
    licence = SelectField(
        lazy_gettext("Licence"),
        choices=_choices({licence.value: LICENCES[licence] for licence in Licence}),
        description=lazy_gettext("Under which terms colleagues may use and change it."),
    )
    author_name = StringField(lazy_gettext("Author"), [Length(max=TITLE_LENGTH)], filters=[_line])
    is_public = BooleanField(
        lazy_gettext("Open to everybody"),
        description=lazy_gettext("Once published, people who are not signed in find it too."),
    )

    def __init__(self, material: Material, programme: Programme, **arguments: Any) -> None:
        self.material, self.programme = material, programme
        super().__init__(data=_said(material), **arguments)
        self.grades.choices = _choices(programme.grades)
        self.subjects.choices = _choices(programme.subjects)
        # What the file or an earlier version of ours says stays choosable.
        said = _said(material)
        self.language.choices = _choices({said["language"]: said["language"], **LANGUAGES})
        self.platforms.choices = _choices(dict.fromkeys(said["platforms"]) | PLATFORMS)

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
            keywords=_words(self.keywords.data),
            language=self.language.data,
            licence=Licence(self.licence.data),
            author_name=self.author_name.data,
            levels=frozenset(self.levels.data or ()),
            grades=frozenset(self.grades.data or ()),
            subjects=frozenset(self.subjects.data or ()),
            is_public=self.is_public.data,
            vendor=self.vendor.data,
            release=self.release.data,
            platforms=tuple(self.platforms.data or ()),
        )


def _words(text: str) -> tuple[str, ...]:
    words = (word.strip() for word in text.replace(";", ",").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))[:KEYWORDS]


def _said(material: Material) -> dict[str, Any]:
    software = material.software
    return {
        "title": material.title,
        "description": material.description,
        "keywords": ", ".join(material.keywords),
        "levels": [row.level.value for row in material.levels],
        "grades": [row.grade_code for row in material.grades],
        "subjects": [row.subject_code for row in material.subjects],
        "language": material.language,
        "licence": material.licence.value,
        "author_name": material.author_name,
        "is_public": material.is_public,
        "vendor": software.vendor if software else "",
        "release": software.release if software else "",
        "platforms": list(software.platforms) if software else [],
    }
