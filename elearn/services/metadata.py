"""What people say of a material: all of it as one value, its rules, and how it gets into the rows and out of them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.clock import now
from elearn.database import day_of
from elearn.models.curriculum import Grade, Level, Subject
from elearn.models.describing import Licence, ResourceType
from elearn.models.material import MaterialGrade, MaterialLevel, MaterialSubject, SoftwareDetail
from elearn.services.curriculum.levels import levels_of_grade
from elearn.services.errors import ServiceError
from scorm.plain_text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.models.material import Material

TITLE_LENGTH = 300
KEYWORDS = 30
LONGEST_DESCRIPTION = 20_000
LONGEST_SOURCE = 500  # characters that say whose a material is
LONGEST_EDITION = 64
LONGEST_REQUIREMENTS = 2_000
LONGEST_DURATION = 6_000  # minutes: a hundred hours


@dataclass(frozen=True, slots=True)
class Metadata:
    """What people say of a material; forms, sheets and the command line fill it, intake proposes it.

    `licence_source` and `licence_expires_on` belong to what is somebody else's and are dropped with other licences.
    """

    title: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "vi"
    licence: Licence = Licence.UNKNOWN
    author_name: str = ""
    levels: frozenset[str] = frozenset()
    grades: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    is_public: bool = False
    vendor: str = ""
    release: str = ""
    platforms: tuple[str, ...] = field(default=())
    topic: str = ""
    resource_type: ResourceType = ResourceType.UNKNOWN
    duration_minutes: int | None = None
    edition_name: str = ""
    requirements: str = ""
    licence_source: str = ""
    licence_expires_on: date | None = None


def apply_metadata(session: Session, material: Material, metadata: Metadata) -> None:
    """Write what people say of a material, without the characters that nobody can see.

    Raises:
        ServiceError: nothing can be seen of the title, a level, grade or subject does not exist, a grade belongs
            to none of the levels, it takes no or too much time, or a permission is said to have ended before today.
    """
    title = one_line(metadata.title)
    if not title:
        raise ServiceError("title_needed")
    _check_codes(session, metadata)
    if metadata.duration_minutes is not None and not 1 <= metadata.duration_minutes <= LONGEST_DURATION:
        raise ServiceError("duration_out_of_range", most=LONGEST_DURATION)
    material.title = title[:TITLE_LENGTH]
    material.description = several_lines(metadata.description)
    material.keywords = [word[:80] for word in map(one_line, metadata.keywords) if word][:KEYWORDS]
    material.language = metadata.language
    material.author_name = one_line(metadata.author_name)[:TITLE_LENGTH]
    material.is_public = metadata.is_public
    material.topic = one_line(metadata.topic)[:TITLE_LENGTH]
    material.resource_type = ResourceType(metadata.resource_type)
    material.duration_minutes = metadata.duration_minutes
    material.edition_name = one_line(metadata.edition_name)[:LONGEST_EDITION]
    material.requirements = several_lines(metadata.requirements)[:LONGEST_REQUIREMENTS]
    _apply_licence(session, material, metadata)
    material.levels = [MaterialLevel(level=Level(code)) for code in sorted(metadata.levels)]
    material.grades = [MaterialGrade(grade_code=code) for code in sorted(metadata.grades)]
    material.subjects = [MaterialSubject(subject_code=code) for code in sorted(metadata.subjects)]
    if material.kind == "software":
        detail = material.software or SoftwareDetail()
        detail.vendor, detail.release = one_line(metadata.vendor), one_line(metadata.release)
        detail.platforms = list(metadata.platforms)
        material.software = detail
    material.changed_at = now()
    session.flush()


def _apply_licence(session: Session, material: Material, metadata: Metadata) -> None:
    is_borrowed = metadata.licence == Licence.THIRD_PARTY
    expires = metadata.licence_expires_on if is_borrowed else None
    if expires is not None and expires != material.licence_expires_on and expires < day_of(session):
        raise ServiceError("licence_expired")
    material.licence = Licence(metadata.licence)
    material.licence_source = one_line(metadata.licence_source)[:LONGEST_SOURCE] if is_borrowed else ""
    material.licence_expires_on = expires


def _check_codes(session: Session, metadata: Metadata) -> None:
    for code in metadata.levels - set(Level):
        raise ServiceError("unknown_level", value=code)
    for given, column, problem in (
        (metadata.grades, Grade.code, "unknown_grade"),
        (metadata.subjects, Subject.code, "unknown_subject"),
    ):
        known = set(session.scalars(select(column).where(column.in_(given)))) if given else set()
        for code in given - known:
            raise ServiceError(problem, value=code)
    for grade in session.scalars(select(Grade).where(Grade.code.in_(metadata.grades))):
        if metadata.levels.isdisjoint(level.value for level in levels_of_grade(grade.level)):
            raise ServiceError("grade_of_other_level", value=grade.code)


def demand_whole(session: Session, said: Material | Metadata) -> None:
    """What reviewers need before they look at a material.

    Raises:
        ServiceError: level or licence is missing, or whose it is, or the permission has ended.
    """
    if not said.levels:
        raise ServiceError("level_needed")
    if not said.licence:
        raise ServiceError("licence_needed")
    if said.licence != Licence.THIRD_PARTY:
        return
    if not one_line(said.licence_source):
        raise ServiceError("licence_source_needed")
    if said.licence_expires_on is not None and said.licence_expires_on < day_of(session):
        raise ServiceError("licence_expired")


def metadata_of(material: Material) -> Metadata:
    """What is said of a material now."""
    software = material.software
    special = {
        "keywords": tuple(material.keywords),
        "levels": frozenset(row.level.value for row in material.levels),
        "grades": frozenset(row.grade_code for row in material.grades),
        "subjects": frozenset(row.subject_code for row in material.subjects),
        "vendor": software.vendor if software else "",
        "release": software.release if software else "",
        "platforms": tuple(software.platforms) if software else (),
    }
    return Metadata(**{name: special[name] if name in special else getattr(material, name) for name in FIELD_NAMES})


def said_of(material: Material) -> dict[str, Any]:
    """What is said of a material, as JSON under the names of `Metadata`; of a program also what only programs have."""
    said = as_json(metadata_of(material))
    if material.software is None:
        said = {name: value for name, value in said.items() if name not in ("vendor", "release", "platforms")}
    return said


def as_json(metadata: Metadata) -> dict[str, Any]:
    """All fields, as JSON holds them: sets as sorted lists, days as in ISO 8601."""
    return {name: _plain(getattr(metadata, name)) for name in FIELD_NAMES}


def from_json(said: Mapping[str, Any]) -> dict[str, Any]:
    """The values of some fields from their JSON form; what is no field is left out."""
    values = {name: value for name, value in said.items() if name in FIELD_NAMES}
    for name in _SETS & set(values):
        values[name] = frozenset(values[name])
    for name in _TUPLES & set(values):
        values[name] = tuple(values[name])
    if "licence" in values:
        values["licence"] = Licence(values["licence"])
    if "resource_type" in values:
        values["resource_type"] = ResourceType(values["resource_type"])
    if values.get("licence_expires_on"):
        values["licence_expires_on"] = date.fromisoformat(values["licence_expires_on"])
    return values


def over(metadata: Metadata, values: Mapping[str, Any]) -> Metadata:
    """The same with some values in place of what was said."""
    return replace(metadata, **values)


_SETS = {"levels", "grades", "subjects"}
_TUPLES = {"keywords", "platforms"}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


FIELD_NAMES = tuple(member.name for member in fields(Metadata))
