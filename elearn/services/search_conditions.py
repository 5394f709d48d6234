"""What a question demands of the rows of the database, which stand in when the index is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, String, and_, cast, extract, false, not_, or_, select

from elearn.models.material import (
    Material,
    MaterialGrade,
    MaterialLevel,
    MaterialSubject,
    ReviewEvent,
    ReviewStep,
    SoftwareDetail,
)
from elearn.models.software import SoftwareLicence
from search_index.typed import typed_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from search_index.documents import SearchQuery

MOST_WORDS: Final = 10

# What else can be written in a title beside letters and digits; every database takes this form.
_APART: Final = "[^0-9A-Za-zÀ-ỹ]"
_COLUMNS: Final = {"": Material.title, "title": Material.title, "description": Material.description}


def conditions_of(query: SearchQuery) -> list[ColumnElement[bool]]:
    """What a material must fulfil to answer a query, beside being visible.

    Each word must stand in the title, or in the description where it is asked for there, just as it was typed. What is
    excluded in a text that the database cannot look into, such as the pages, excludes nothing.
    """
    unwanted = [not_(condition) for condition in _facet_conditions(query.without)]
    return [*_text_conditions(query.text), *_facet_conditions(query.filters), *unwanted]


def _text_conditions(text: str) -> Iterator[ColumnElement[bool]]:
    typed = typed_words(text)
    for field, word in typed.wanted[:MOST_WORDS]:
        yield _COLUMNS.get(field, Material.title).icontains(word, autoescape=True)
    for field, words in typed.unwanted:
        if field in _COLUMNS:
            yield not_(and_(*(_says(_COLUMNS[field], word) for word in words)))
    if text.strip() and not typed.wanted and not typed.unwanted:
        yield false()


def _says(column: Any, word: str) -> ColumnElement[bool]:
    """Whether a text has a word as a whole: what is excluded must not take longer words with it."""
    said: ColumnElement[bool] = column.regexp_match(f"(^|{_APART}){''.join(map(_in_any_case, word))}({_APART}|$)")
    return said


def _in_any_case(letter: str) -> str:
    # A PostgreSQL without a locale knows no capitals beyond A to Z.
    return f"[{letter.lower()}{letter.upper()}]" if letter.isalpha() else re.escape(letter)


def _facet_conditions(filters: Mapping[str, frozenset[str]]) -> list[ColumnElement[bool]]:
    return [_CONDITIONS[facet](sorted(codes)) for facet, codes in filters.items() if facet in _CONDITIONS]


def _labelled(key: Any, column: Any) -> Callable[[list[str]], ColumnElement[bool]]:
    return lambda codes: select(key).where(key == Material.id, column.in_(codes)).exists()


def _approved(codes: list[str]) -> ColumnElement[bool]:
    approvals = select(ReviewEvent.id).where(ReviewEvent.material_id == Material.id)
    approvals = approvals.where(ReviewEvent.step == ReviewStep.PUBLISHED, ReviewEvent.account_id.in_(map(int, codes)))
    return approvals.exists()


def _runs_on(codes: list[str]) -> ColumnElement[bool]:
    # Each code stands in quotes in the JSON of the row; codes hold nothing that LIKE or JSON would escape.
    platforms = cast(SoftwareDetail.platforms, String)
    runs = select(SoftwareDetail.material_id).where(SoftwareDetail.material_id == Material.id)
    return runs.where(or_(*(platforms.contains(f'"{code}"', autoescape=True) for code in codes))).exists()


def _licensed(codes: list[str]) -> ColumnElement[bool]:
    held = select(SoftwareLicence.id).where(SoftwareLicence.title_id == Material.id)
    return held.where(SoftwareLicence.removed_at.is_(None), SoftwareLicence.kind.in_(codes)).exists()


_CONDITIONS: Mapping[str, Callable[[list[str]], ColumnElement[bool]]] = {
    "level": _labelled(MaterialLevel.material_id, MaterialLevel.level),
    "subject": _labelled(MaterialSubject.material_id, MaterialSubject.subject_code),
    "grade": _labelled(MaterialGrade.material_id, MaterialGrade.grade_code),
    "kind": Material.kind.in_,
    "unit": lambda codes: Material.unit_id.in_(map(int, codes)),
    "licence": Material.licence.in_,
    "year": lambda codes: extract("year", Material.published_at).in_(map(int, codes)),
    "author": Material.author_name.in_,
    "approved_by": _approved,
    "platform": _runs_on,
    "licence_kind": _licensed,
}
