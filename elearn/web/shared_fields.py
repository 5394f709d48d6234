"""The fields of a description that one material and many have alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from elearn.models.curriculum import Level
from elearn.models.describing import ResourceType
from elearn.services.metadata import (
    FIELD_NAMES,
    KEYWORDS,
    LONGEST_DURATION,
    LONGEST_EDITION,
    LONGEST_REQUIREMENTS,
    TITLE_LENGTH,
)
from elearn.web.forms import CheckboxesField
from elearn.web.labels import LEVELS
from elearn.web.licence_form import LicenceForm
from elearn.web.material_words import LANGUAGES, RESOURCE_TYPES
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from elearn.web.programme import Programme

_GRADES_HELP = lazy_gettext("Choose the level first: only its grades belong to it.")


def choices_of(names: Mapping[str, Any]) -> list[SelectChoice]:
    """Codes and their names as the choices of a field."""
    return [SelectChoice(code, name) for code, name in names.items()]


def line(text: str | None) -> str:
    """What a field of one line holds."""
    return one_line(text or "")


def lines(text: str | None) -> str:
    """What a field of several lines holds."""
    return several_lines(text or "")


class SharedFields(LicenceForm):
    """Where it belongs, what it is, whose it is; `said` gives the values under the names of `Metadata`."""

    keywords = StringField(
        lazy_gettext("Keywords"),
        filters=[lines],
        description=lazy_gettext("Separated by commas, at most %(count)s.", count=KEYWORDS),
    )
    levels = CheckboxesField(
        lazy_gettext("Levels"), choices=choices_of({level.value: LEVELS[level] for level in Level})
    )
    grades = CheckboxesField(lazy_gettext("Grades"), description=_GRADES_HELP)
    subjects = CheckboxesField(lazy_gettext("Subjects"))
    language = SelectField(lazy_gettext("Language of the material"), choices=choices_of(LANGUAGES))
    topic = StringField(
        lazy_gettext("Topic of the curriculum"),
        [Length(max=TITLE_LENGTH)],
        filters=[line],
        description=lazy_gettext("The unit or lesson of the programme it belongs to, for example “Phân số, bài 3”."),
    )
    resource_type = SelectField(
        lazy_gettext("What it is"), choices=choices_of({kind.value: RESOURCE_TYPES[kind] for kind in ResourceType})
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
        filters=[line],
        description=lazy_gettext("As you count them, for example “2.1” or “school year 2026–2027”."),
    )
    requirements = TextAreaField(
        lazy_gettext("What one needs for it"),
        [Length(max=LONGEST_REQUIREMENTS)],
        filters=[lines],
        description=lazy_gettext("Programs, fonts, loudspeakers, things for an experiment."),
        render_kw={"rows": 2},
    )
    author_name = StringField(lazy_gettext("Author"), [Length(max=TITLE_LENGTH)], filters=[line])
    is_public = BooleanField(
        lazy_gettext("Open to everybody"),
        description=lazy_gettext("Once published, people who are not signed in find it too."),
    )

    def __init__(self, programme: Programme, **arguments: Any) -> None:
        self.programme = programme
        super().__init__(**arguments)
        self.grades.choices = choices_of(programme.grades)
        self.subjects.choices = choices_of(programme.subjects)

    def said(self, names: Iterable[str] = ()) -> dict[str, Any]:
        """What valid fields say, under the names of `Metadata`; without names, all."""
        return {name: _SAID.get(name, _plain)(self, name) for name in names or NAMES}


def words_of(text: str) -> tuple[str, ...]:
    """Keywords as people write them: with commas, semicolons or line ends between them."""
    words = (word.strip() for word in text.replace(";", ",").replace("\n", ",").split(","))
    return tuple(dict.fromkeys(word for word in words if word))[:KEYWORDS]


def _plain(form: SharedFields, name: str) -> Any:
    return form[name].data


def _set(form: SharedFields, name: str) -> frozenset[str]:
    return frozenset(form[name].data or ())


_SAID: Mapping[str, Callable[[SharedFields, str], Any]] = {
    "keywords": lambda form, _name: words_of(form.keywords.data),
    "licence": lambda form, _name: form.chosen_licence,
    "levels": _set,
    "grades": _set,
    "subjects": _set,
    "resource_type": lambda form, _name: ResourceType(form.resource_type.data),
}
NAMES = tuple(name for name in FIELD_NAMES if hasattr(SharedFields, name))
