"""The form about a material: what its author says, with the errors beside the fields."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from elearn.models.curriculum import Level
from elearn.models.describing import ResourceType
from elearn.services.metadata import (
    FIELD_NAMES,
    KEYWORDS,
    LONGEST_DURATION,
    LONGEST_EDITION,
    LONGEST_REQUIREMENTS,
    TITLE_LENGTH,
    Metadata,
    metadata_of,
)
from elearn.web.forms import CheckboxesField, Form, required
from elearn.web.labels import LEVELS
from elearn.web.licence_form import LicenceForm
from elearn.web.material_words import LANGUAGES, PLATFORMS, RESOURCE_TYPES
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wtforms import Field

    from elearn.models.material import Material
    from elearn.services.guessing import Guess
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


class MaterialForm(SoftwareForm, LicenceForm):
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
    topic = StringField(
        lazy_gettext("Topic of the curriculum"),
        [Length(max=TITLE_LENGTH)],
        filters=[_line],
        description=lazy_gettext("The unit or lesson of the programme it belongs to, for example “Phân số, bài 3”."),
    )
    resource_type = SelectField(
        lazy_gettext("What it is"), choices=_choices({kind.value: RESOURCE_TYPES[kind] for kind in ResourceType})
    )
    duration_minutes = IntegerField(
        lazy_gettext("How long pupils work with it, in minutes"),
        [
            Optional(),
            NumberRange(1, LONGEST_DURATION, lazy_gettext("Between 1 and %(most)s minutes.", most=LONGEST_DURATION)),
        ],
        render_kw={"min": 1, "max": LONGEST_DURATION, "inputmode": "numeric"},
    )
    edition_name = StringField(
        lazy_gettext("Your version"),
        [Length(max=LONGEST_EDITION)],
        filters=[_line],
        description=lazy_gettext("As you count them, for example “2.1” or “school year 2026–2027”."),
    )
    requirements = TextAreaField(
        lazy_gettext("What one needs for it"),
        [Length(max=LONGEST_REQUIREMENTS)],
        filters=[_lines],
        description=lazy_gettext("Programs, fonts, loudspeakers, things for an experiment."),
        render_kw={"rows": 2},
    )
    author_name = StringField(lazy_gettext("Author"), [Length(max=TITLE_LENGTH)], filters=[_line])
    is_public = BooleanField(
        lazy_gettext("Open to everybody"),
        description=lazy_gettext("Once published, people who are not signed in find it too."),
    )

    def __init__(
        self, material: Material, programme: Programme, said: Metadata | None = None, **arguments: Any
    ) -> None:
        self.material, self.programme = material, programme
        values = _values(said or metadata_of(material))
        super().__init__(data=values, **arguments)
        self.grades.choices = _choices(programme.grades)
        self.subjects.choices = _choices(programme.subjects)
        # What the file or an earlier version of ours says stays choosable.
        self.language.choices = _choices({values["language"]: values["language"], **LANGUAGES})
        self.platforms.choices = _choices(dict.fromkeys(values["platforms"]) | PLATFORMS)

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
            keywords=words_of(self.keywords.data),
            language=self.language.data,
            licence=self.chosen_licence,
            licence_source=self.licence_source.data,
            licence_expires_on=self.licence_expires_on.data,
            topic=self.topic.data,
            resource_type=ResourceType(self.resource_type.data),
            duration_minutes=self.duration_minutes.data,
            edition_name=self.edition_name.data,
            requirements=self.requirements.data,
            author_name=self.author_name.data,
            levels=frozenset(self.levels.data or ()),
            grades=frozenset(self.grades.data or ()),
            subjects=frozenset(self.subjects.data or ()),
            is_public=self.is_public.data,
            vendor=self.vendor.data,
            release=self.release.data,
            platforms=tuple(self.platforms.data or ()),
        )


def words_of(text: str) -> tuple[str, ...]:
    """Keywords as people write them: with commas, semicolons or line ends between them."""
    words = (word.strip() for word in text.replace(";", ",").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))[:KEYWORDS]


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
