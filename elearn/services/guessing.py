"""Subject and grade as title and text suggest them: an offer to the author, never a decision."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from elearn.models.material import Part
from elearn.services.curriculum.levels import GRADES
from elearn.services.curriculum.programme import SUBJECTS
from elearn.services.subject_words import NAMES, WORDS
from search_index.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level
    from elearn.models.material import Material

MOST_SUBJECTS = 2
MOST_GRADES = 2
READ = 20_000  # characters of the text; what a lesson is about stands at its beginning
NEEDED = 2.5  # points below which nothing is offered; a name in the title has more
_CLEAR = 0.5  # the second must have this part of the points of the first
_TITLE, _KEYWORDS, _DESCRIPTION, _TEXT = 6.0, 4.0, 3.0, 1.0
_MOST_OF_A_WORD = 3  # times a word of a text counts, so that one exercise does not outweigh all others

_LEVEL_OF_GRADE: Mapping[str, Level] = {row.code: row.level for row in GRADES}
_LEVELS_OF_SUBJECT = {row.code: frozenset(row.levels) for row in SUBJECTS}
# The same field has another name at another level: what to offer instead, the first that is taught there.
_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "NV": ("TV",),
    "TV": ("NV",),
    "VL": ("KHTN", "KH"),
    "HH": ("KHTN", "KH"),
    "SH": ("KHTN", "KH"),
    "KH": ("KHTN",),
    "LS": ("LSDL",),
    "DL": ("LSDL",),
    "GDKTPL": ("GDCD", "DD"),
    "GDCD": ("DD", "GDKTPL"),
    "DD": ("GDCD", "GDKTPL"),
    "TIN": ("TINCN",),
    "CN": ("TINCN",),
    "TINCN": ("TIN", "CN"),
}
_NUMBERS = "12|11|10|[1-9]"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))


_GRADE = re.compile(rf"\b(?:lop|khoi|grade|class)\s{{0,2}}({_NUMBERS})(?:\s?[a-i]\d{{0,2}})?\b")
# “Toán 5”, “Tiếng Anh 6 Global Success”: a grade stands behind the name of a subject.
_AFTER_NAME = re.compile(
    rf"\b(?:{_any_of(name for names in NAMES.values() for name in names)})\s({_NUMBERS})\b(?!\s?[.:,/]\s?\d)"
)
_PATTERNS = {code: re.compile(rf"\b(?:{_any_of(words)})\b") for code, words in WORDS.items()}
_NAMED = {code: re.compile(rf"\b(?:{_any_of(names)})\b") for code, names in NAMES.items()}


@dataclass(frozen=True, slots=True)
class Guess:
    """Codes of subjects and grades, the likeliest first; empty when nothing speaks clearly."""

    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


def guess_of(session: Session, material: Material) -> Guess:
    """What to offer for a material: nothing that is said of it already, and only what is taught together."""
    version = material.current_version
    begin = (
        select(func.substr(Part.text, 1, 2_000)).where(Part.version_id == version.id).order_by(Part.position).limit(20)
        if version
        else None
    )
    texts = session.scalars(begin).all() if begin is not None else ()
    file_name = version.file_name.rsplit(".", 1)[0].replace("_", " ").replace("-", " ") if version else ""
    found = guess(
        f"{material.title} {file_name}", material.keywords, material.description, " ".join(filter(None, texts))
    )
    return Guess(
        tuple(code for code in found.subjects if not material.subjects),
        tuple(code for code in found.grades if not material.grades),
    )


def guess(title: str, keywords: Iterable[str] = (), description: str = "", text: str = "") -> Guess:
    """Guess from what stands in a material; titles weigh most, then what people wrote, then the text of the file."""
    places = [
        (fold(title), _TITLE),
        (fold(", ".join(keywords)), _KEYWORDS),
        (fold(description), _DESCRIPTION),
        (fold(text[:READ]), _TEXT),
    ]
    grades = _grades(places)
    level = _LEVEL_OF_GRADE[grades[0]] if grades else None
    return Guess(_subjects(places, level), grades)


def _grades(places: list[tuple[str, float]]) -> tuple[str, ...]:
    points: Counter[str] = Counter()
    for text, weight in places:
        for match in _GRADE.finditer(text):
            points[match[1]] += weight
        for match in _AFTER_NAME.finditer(text):
            points[match[1]] += weight
    return _best(points, MOST_GRADES)


def _subjects(places: list[tuple[str, float]], level: Level | None) -> tuple[str, ...]:
    points: Counter[str] = Counter()
    for text, weight in places:
        for code, pattern in _NAMED.items():
            points[code] += weight * min(sum(1 for _ in pattern.finditer(text)), _MOST_OF_A_WORD)
        for code, pattern in _PATTERNS.items():
            counts = Counter(match[0] for match in pattern.finditer(text))
            points[code] += 0.5 * weight * sum(min(count, _MOST_OF_A_WORD) for count in counts.values())
    taught: Counter[str] = Counter()
    for code, number in points.items():
        if number and (there := _as_taught(code, level)):
            taught[there] += number
    return _best(taught, MOST_SUBJECTS)


def _as_taught(code: str, level: Level | None) -> str | None:
    """The subject under the name it has at a level; None when the level does not know it."""
    if level is None or level in _LEVELS_OF_SUBJECT[code]:
        return code
    return next((other for other in _OTHERWISE.get(code, ()) if level in _LEVELS_OF_SUBJECT[other]), None)


def _best(points: Counter[str], most: int) -> tuple[str, ...]:
    """The codes with enough points, and near enough to the first."""
    ordered = [(code, number) for code, number in points.most_common(most) if number >= NEEDED]
    return tuple(code for code, number in ordered if number >= _CLEAR * ordered[0][1])
