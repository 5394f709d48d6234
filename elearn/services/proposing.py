"""What a file says of itself - manifest, LOM, document properties - as the metadata its author starts from."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING

from content_packages.facts import Kind
from elearn.models.describing import Licence, ResourceType
from elearn.services.curriculum.levels import GRADES, LEVEL_NAMES, levels_of_grade
from elearn.services.curriculum.programme import SUBJECTS
from elearn.services.metadata import (
    KEYWORDS,
    LONGEST_DURATION,
    LONGEST_EDITION,
    LONGEST_REQUIREMENTS,
    TITLE_LENGTH,
    Metadata,
)
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_packages.facts import PackageFacts
    from scorm.manifest.model import Lom

_TYPES_BY_KIND: Mapping[Kind, ResourceType] = {
    **dict.fromkeys(
        (Kind.SCORM, Kind.AICC, Kind.CMI5, Kind.XAPI, Kind.H5P, Kind.HTML5, Kind.CONTENT_PACKAGE, Kind.ELP),
        ResourceType.ELEARNING,
    ),
    Kind.COMMON_CARTRIDGE: ResourceType.COURSE,
    Kind.PRESENTATION: ResourceType.SLIDES,
    Kind.VIDEO: ResourceType.VIDEO,
    Kind.AUDIO: ResourceType.AUDIO,
    Kind.IMAGE: ResourceType.PICTURE,
    Kind.EPUB: ResourceType.READING,
    Kind.SOFTWARE: ResourceType.SOFTWARE,
}
_DOCUMENTS = frozenset({Kind.DOCUMENT, Kind.PDF, Kind.SPREADSHEET})
# How Vietnamese teachers call their papers; the first that fits a title or file name.
_TYPES_BY_NAME: tuple[tuple[re.Pattern[str], ResourceType], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), kind)
    for words, kind in (
        (r"giáo án|kế hoạch (?:bài dạy|dạy học)|khbd|giao an|ke hoach bai day|lesson plan", ResourceType.LESSON_PLAN),
        (r"đề thi|đề (?:kiểm tra|cương)|kiểm tra|de thi|de kiem tra|kiem tra|test|exam", ResourceType.TEST),
        (r"phiếu|bài tập|luyện tập|phieu|bai tap|worksheet", ResourceType.WORKSHEET),
        (r"sách giáo khoa|sgk|sách bài tập|sach giao khoa", ResourceType.TEXTBOOK),
        (r"tài liệu|chuyên đề|tham khảo|hướng dẫn|tai lieu|chuyen de", ResourceType.READING),
    )
)
# LOM 5.2.
LOM_TYPES: Mapping[str, ResourceType] = {
    "exercise": ResourceType.WORKSHEET,
    "problem statement": ResourceType.WORKSHEET,
    "simulation": ResourceType.SIMULATION,
    "experiment": ResourceType.SIMULATION,
    "questionnaire": ResourceType.TEST,
    "exam": ResourceType.TEST,
    "self assessment": ResourceType.TEST,
    "diagram": ResourceType.PICTURE,
    "figure": ResourceType.PICTURE,
    "graph": ResourceType.PICTURE,
    "slide": ResourceType.SLIDES,
    "narrative text": ResourceType.READING,
    "lecture": ResourceType.ELEARNING,
}
_DURATION = re.compile(
    r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})(?:\.\d{1,9})?S)?)?", re.IGNORECASE
)
_CREATIVE_COMMONS = re.compile(
    r"(?:\bcc[ -]+|creativecommons\.org/licenses/)(by(?:-nc)?(?:-sa|-nd)?)\b(.{0,40})", re.IGNORECASE | re.DOTALL
)
_CC0 = re.compile(r"\bcc[ -]?0\b|creativecommons\.org/publicdomain/zero/", re.IGNORECASE)


def metadata_of_facts(facts: PackageFacts, file_name: str, uploader: str) -> Metadata:
    """What the file says of itself, to be corrected by its author; nobody's guess is among it."""
    title = (facts.title or file_name.rsplit(".", 1)[0])[:TITLE_LENGTH]
    said = of_lom(facts.lom)
    return Metadata(
        title=title,
        description=facts.description,
        keywords=facts.keywords[:KEYWORDS],
        language=facts.language[:16] or "vi",
        licence=licence_named(facts.rights),
        author_name=(", ".join(facts.authors) or uploader)[:TITLE_LENGTH],
        levels=said.levels,
        grades=said.grades,
        subjects=said.subjects,
        vendor=str(facts.properties.get("vendor", ""))[:200],
        release=str(facts.properties.get("release", ""))[:64],
        platforms=tuple(str(facts.properties[name]) for name in ("platform",) if name in facts.properties),
        resource_type=said.resource_type or _type_of(facts.kind, f"{title} {file_name}".replace("_", " ")),
        duration_minutes=said.duration_minutes or _minutes_of_film(facts),
        edition_name=said.edition_name,
        requirements=said.requirements,
    )


def of_lom(lom: Lom) -> Metadata:
    """What a LOM says, under our names; subjects, grades and levels as far as they are ours, by code or by name."""
    grades = frozenset(row.code for row in GRADES if _names(lom.educational_levels, row.code, row.name_vi, row.name_en))
    levels = {
        code.value
        for code, names in LEVEL_NAMES.items()
        if _names(lom.educational_levels, code.value, names.vi, names.en)
    }
    homes = {level for row in GRADES if row.code in grades for level in levels_of_grade(row.level)}
    return Metadata(
        title=lom.title[:TITLE_LENGTH],
        description=lom.description,
        keywords=lom.keywords[:KEYWORDS],
        language=lom.language[:16],
        licence=licence_named(lom.rights),
        author_name=", ".join(lom.authors)[:TITLE_LENGTH],
        # A grade needs one of its levels; its first one is the one it belongs to.
        levels=frozenset(levels if levels & homes else levels | {r.level.value for r in GRADES if r.code in grades}),
        grades=grades,
        subjects=frozenset(row.code for row in SUBJECTS if _names(lom.disciplines, row.code, row.name_vi, row.name_en)),
        resource_type=next((LOM_TYPES[word] for word in lom.resource_types if word in LOM_TYPES), ResourceType.UNKNOWN),
        duration_minutes=minutes_of(lom.typical_learning_time),
        edition_name=one_line(lom.version)[:LONGEST_EDITION],
        requirements=lom.requirements[:LONGEST_REQUIREMENTS],
        topic=_topic_of(lom),
    )


def _names(said: tuple[str, ...], *ours: str) -> bool:
    return not {word.casefold() for word in said}.isdisjoint(word.casefold() for word in ours)


def _topic_of(lom: Lom) -> str:
    """The last taxon that is no subject of ours: a topic stands below its subject."""
    known = {word.casefold() for row in SUBJECTS for word in (row.code, row.name_vi, row.name_en)}
    further = [word for word in lom.disciplines if word.casefold() not in known]
    return one_line(further[-1])[:TITLE_LENGTH] if further else ""


def _type_of(kind: Kind, names: str) -> ResourceType:
    if kind in _DOCUMENTS:
        return next((found for words, found in _TYPES_BY_NAME if words.search(names)), ResourceType.UNKNOWN)
    return _TYPES_BY_KIND.get(kind, ResourceType.UNKNOWN)


def _minutes_of_film(facts: PackageFacts) -> int | None:
    seconds = facts.properties.get("seconds", 0) if facts.kind in (Kind.VIDEO, Kind.AUDIO) else 0
    return min(ceil(seconds / 60), LONGEST_DURATION) if isinstance(seconds, int | float) and seconds > 0 else None


def minutes_of(duration: str) -> int | None:
    """The minutes of an ISO 8601 duration, rounded up; None when it says nothing that can be used."""
    match = _DURATION.fullmatch(duration.strip())
    if match is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    whole = ceil((((days * 24 + hours) * 60 + minutes) * 60 + seconds) / 60)
    return whole if 1 <= whole <= LONGEST_DURATION else None


def licence_named(rights: str) -> Licence:
    """The Creative Commons licence a text names, in its version 4.0 or without one; an older one is another licence."""
    if _CC0.search(rights):
        return Licence.CC0
    found = _CREATIVE_COMMONS.search(rights)
    version = re.search(r"\b[1-9]\.\d\b", found[2]) if found else None
    if found is None or (version and version[0] != "4.0"):
        return Licence.UNKNOWN
    return Licence(f"CC-{found[1].upper()}-4.0")
