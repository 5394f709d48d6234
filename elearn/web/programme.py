"""Names of subjects and grades in the language of the request, read once per page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import get_locale
from sqlalchemy import select

from elearn.models.curriculum import Level, SubjectLevel
from elearn.services import curriculum

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Grade, Subject


@dataclass(frozen=True, slots=True)
class Programme:
    """Subjects and grades by their codes, in the order of the programme, and the levels at which they are taught."""

    subjects: Mapping[str, str]
    grades: Mapping[str, str]
    levels_of_grade: Mapping[str, tuple[Level, ...]]
    taught: Mapping[str, tuple[Level, ...]]

    def subject(self, code: str) -> str:
        """The name of a subject; an unknown code shows as itself."""
        return self.subjects.get(code, code)

    def grade(self, code: str) -> str:
        """The name of a grade; an unknown code shows as itself."""
        return self.grades.get(code, code)


def load_programme(session: Session, *, with_levels: bool = False) -> Programme:
    """Read the names; only forms need to know at which levels a subject is taught."""
    grades = curriculum.grades(session)
    return Programme(
        subjects={row.code: _name(row) for row in curriculum.subjects(session)},
        grades={row.code: _name(row) for row in grades},
        levels_of_grade={row.code: curriculum.levels_of_grade(row.level) for row in grades},
        taught=_taught(session) if with_levels else {},
    )


def _taught(session: Session) -> dict[str, tuple[Level, ...]]:
    found: dict[str, set[Level]] = {}
    for code, level in session.execute(select(SubjectLevel.subject_code, SubjectLevel.level)):
        found.setdefault(code, set()).add(level)
    return {code: tuple(level for level in Level if level in levels) for code, levels in found.items()}


def _name(row: Subject | Grade) -> str:
    locale = get_locale()
    return row.name_en if locale is not None and locale.language == "en" else row.name_vi
