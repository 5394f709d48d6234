"""The one conversion of a material to the record that LOM, Dublin Core and schema.org are written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import get_locale, gettext

from content_packages.facts import Kind
from elearn.models.curriculum import Level
from elearn.models.describing import Licence, ResourceType
from elearn.models.material import Status
from elearn.web.labels import DEEDS, LEVELS, LICENCES
from elearn.web.material_words import RESOURCE_TYPES
from scorm.records import Record, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from elearn.models.material import Material
    from elearn.web.programme import Programme

_LOM_STATUS: Mapping[Status, str] = {Status.PUBLISHED: "final", Status.WITHDRAWN: "unavailable"}
# LOM 5.2; what has no word there is named in Dublin Core and schema.org only.
_LOM_TYPES: Mapping[ResourceType, tuple[str, ...]] = {
    ResourceType.ELEARNING: ("lecture",),
    ResourceType.SLIDES: ("slide",),
    ResourceType.WORKSHEET: ("exercise",),
    ResourceType.TEST: ("exam",),
    ResourceType.SIMULATION: ("simulation", "experiment"),
    ResourceType.VIDEO: ("lecture",),
    ResourceType.PICTURE: ("figure", "diagram"),
    ResourceType.READING: ("narrative text",),
    ResourceType.TEXTBOOK: ("narrative text",),
}
# DCMI Type Vocabulary; what runs in a browser is an interactive resource.
_DCMI_TYPES: Mapping[str, str] = {
    **dict.fromkeys((Kind.PDF, Kind.DOCUMENT, Kind.PRESENTATION, Kind.EPUB), "Text"),
    **dict.fromkeys((Kind.ARCHIVE, Kind.COMMON_CARTRIDGE, Kind.CONTENT_PACKAGE), "Collection"),
    Kind.SPREADSHEET: "Dataset",
    Kind.IMAGE: "StillImage",
    Kind.VIDEO: "MovingImage",
    Kind.AUDIO: "Sound",
    Kind.SOFTWARE: "Software",
}
_FREE = frozenset({*DEEDS, Licence.FREE, Licence.OPEN_SOURCE})
_BEYOND_SCHOOL = frozenset({Level.KTTH, Level.TCCN})
_AGE_OF_FIRST_GRADE = 6  # Luật Giáo dục 2019, Điều 28


def record_of(material: Material, programme: Programme, picture: str = "", screenshots: Iterable[str] = ()) -> Record:
    """What the library says of a material, in the language of the request.

    `picture` is the digest of its card, `screenshots` the uids of the pictures of a title of software.
    """
    version, software, locale = material.current_version, material.software, get_locale()
    levels = [row.level for row in material.levels]
    grades = sorted((row.grade_code for row in material.grades), key=list(programme.grades).index)
    page = url_for("library.material", uid=material.uid, _external=True)
    return Record(
        identifier=page,
        url=page,
        title=material.title,
        language=material.language,
        metadata_language=locale.language if locale else "vi",
        description=material.description,
        keywords=tuple(material.keywords),
        authors=_authors(material),
        publisher=material.unit.name,
        version=software.release if software else material.edition_name,
        status=_LOM_STATUS.get(material.status, "draft"),
        created=material.created_at.date(),
        published=material.published_at.date() if material.published_at else None,
        format=version.media_type if version else "",
        size=version.blob.size if version else None,
        requirements=material.requirements,
        operating_systems=tuple(software.platforms) if software else (),
        is_software=software is not None,
        maker=software.vendor if software else "",
        maker_url=software.maker_url if software else "",
        screenshots=tuple(
            url_for("software.picture", uid=material.uid, picture_uid=uid, _external=True) for uid in screenshots
        ),
        resource_type=_type_of(material.resource_type),
        lom_types=_LOM_TYPES.get(material.resource_type, ()),
        dcmi_type=_DCMI_TYPES.get(material.kind, "InteractiveResource"),
        minutes=material.duration_minutes,
        levels=tuple(Term(level.value, str(LEVELS[level])) for level in Level if level in levels),
        grades=tuple(Term(code, programme.grade(code)) for code in grades),
        subjects=_terms((row.subject_code for row in material.subjects), programme.subjects),
        topic=material.topic,
        programme=gettext("General education programme of Viet Nam, 2018"),
        contexts=tuple(dict.fromkeys("training" if level in _BEYOND_SCHOOL else "school" for level in sorted(levels))),
        ages=_ages(grades),
        rights=" – ".join(filter(None, (_licence_of(material), material.licence_source))),
        rights_url=DEEDS.get(material.licence, ""),
        is_free=True if material.licence in _FREE else None,
        expires=material.licence_expires_on,
        picture_url=url_for("library.picture", uid=material.uid, _external=True) if picture else "",
        download_url=url_for("library.download", uid=material.uid, _external=True) if version else "",
    )


def _authors(material: Material) -> tuple[str, ...]:
    """The names that were written, then the co-authors who have confirmed it."""
    written = [name.strip() for name in material.author_name.replace(";", ",").split(",")]
    confirmed = [row.person.full_name for row in material.co_authors if row.confirmed_at is not None]
    names = {name.casefold(): name for name in reversed([*written, *confirmed]) if name}
    return tuple(reversed(names.values()))


def _licence_of(material: Material) -> str:
    return str(LICENCES[material.licence]) if material.licence else ""


def _type_of(kind: ResourceType) -> Term | None:
    return Term(kind.value, str(RESOURCE_TYPES[kind])) if kind else None


def _terms(codes: Iterable[str], names: Mapping[str, str]) -> tuple[Term, ...]:
    wanted = set(codes)
    return tuple(Term(code, name) for code, name in names.items() if code in wanted)


def _ages(grades: Iterable[str]) -> str:
    """The usual ages of the pupils of the grades; children before school are left to the names of their groups."""
    numbers = [int(code) for code in grades if code.isdecimal()]
    first = _AGE_OF_FIRST_GRADE - 1
    return f"{min(numbers) + first}-{max(numbers) + first + 1}" if numbers else ""
