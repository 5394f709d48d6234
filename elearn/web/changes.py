"""What an edit changed, in the words of the page: field, value before, value after."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import format_date, gettext, lazy_gettext

from elearn.web.labels import LEVELS, LICENCES
from elearn.web.material_words import LANGUAGES, PLATFORMS, RESOURCE_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from elearn.models.material import ReviewEvent
    from elearn.web.programme import Programme

LONGEST = 300  # characters of a value that the history shows; the audit log keeps all
FIELDS: Mapping[str, Any] = {
    "title": lazy_gettext("Title"),
    "description": lazy_gettext("Description"),
    "keywords": lazy_gettext("Keywords"),
    "language": lazy_gettext("Language of the material"),
    "topic": lazy_gettext("Topic of the curriculum"),
    "resource_type": lazy_gettext("What it is"),
    "duration_minutes": lazy_gettext("Duration in minutes"),
    "edition_name": lazy_gettext("Version of the author"),
    "requirements": lazy_gettext("What one needs for it"),
    "licence": lazy_gettext("Licence"),
    "licence_source": lazy_gettext("Whose it is, and who has permitted it"),
    "licence_expires_on": lazy_gettext("Permitted until"),
    "author_name": lazy_gettext("Author"),
    "levels": lazy_gettext("Levels"),
    "grades": lazy_gettext("Grades"),
    "subjects": lazy_gettext("Subjects"),
    "is_public": lazy_gettext("Open to everybody"),
    "vendor": lazy_gettext("Vendor"),
    "release": lazy_gettext("Version"),
    "platforms": lazy_gettext("Runs on"),
}


def changes_of(step: ReviewEvent, programme: Programme) -> list[tuple[str, str, str]]:
    """The changes of an edit in the order of the form; a field this program does not know shows as itself."""
    return shown_changes(step.changes or {}, programme)


def shown_changes(changes: Mapping[str, list[Any]], programme: Programme) -> list[tuple[str, str, str]]:
    """The same for changes by the names of `Metadata`."""
    words = _words_of(programme)
    order = [name for name in FIELDS if name in changes] + [name for name in changes if name not in FIELDS]
    return [
        (str(FIELDS.get(name, name)), *(_shown(value, words.get(name, str)) for value in changes[name]))
        for name in order
    ]


def _words_of(programme: Programme) -> Mapping[str, Callable[[Any], Any]]:
    return {
        "language": lambda code: LANGUAGES.get(code, code),
        "licence": lambda code: LICENCES.get(code, code),
        "resource_type": lambda code: RESOURCE_TYPES.get(code, code),
        "licence_expires_on": lambda day: format_date(date.fromisoformat(day), "short") if day else "",
        "duration_minutes": lambda minutes: minutes or "",
        "levels": lambda code: LEVELS.get(code, code),
        "platforms": lambda code: PLATFORMS.get(code, code),
        "grades": programme.grade,
        "subjects": programme.subject,
        "is_public": lambda value: gettext("yes") if value else gettext("no"),
    }


def _shown(value: Any, word: Callable[[Any], Any]) -> str:
    text = ", ".join(str(word(each)) for each in value) if isinstance(value, list) else str(word(value))
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
