"""Fields in a question, such as "môn:toán lớp:5 -loại:pdf", read as what the result is narrowed to."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from content_packages.facts import Kind
from elearn.models.curriculum import Level
from elearn.services import curriculum
from elearn.services.curriculum.levels import LEVEL_NAMES
from search_index.question import WITHIN
from search_index.vietnamese import fold, folded_terms, normalise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

# Folded names of fields; the longer ones first, as the pattern tries them.
FIELDS: Final = {
    "mon hoc": "subject", "mon": "subject", "subject": "subject",
    "khoi lop": "grade", "lop": "grade", "khoi": "grade", "grade": "grade",
    "cap hoc": "level", "cap": "level", "level": "level",
    "loai": "kind", "kind": "kind", "type": "kind",
    "tac gia": "author", "author": "author",
}  # fmt: skip
_NAME = "|".join(FIELDS)
# A value ends before the next field, also before one of those that the search itself reads.
_NEXT = "|".join([*FIELDS, *WITHIN])
_FIELD = re.compile(
    rf"(?<!\S)(?P<minus>-)?(?P<name>{_NAME})\s?:\s?"
    rf'(?:"(?P<quoted>[^"]*)"|(?P<plain>[^":]*?)(?=\s+-?(?:{_NEXT})\s?:|$))'
)

MOST_FIELDS: Final = 8
_LONGEST_VALUE: Final = 10  # words

# What people call subjects and kinds beside the names in the programme.
_SUBJECTS: Final = {
    "li": "VL", "ly": "VL", "hoa": "HH", "sinh": "SH", "su": "LS", "dia": "DL", "van": "NV", "anh": "NN1",
    "tieng anh": "NN1", "ngoai ngu": "NN1", "the duc": "GDTC", "hoat dong trai nghiem": "HDTN", "cong dan": "GDCD",
    "kinh te phap luat": "GDKTPL", "quoc phong": "GDQPAN", "giao duc dia phuong": "GDDP",
}  # fmt: skip
_KINDS: Final = {
    "anh": Kind.IMAGE, "hinh": Kind.IMAGE, "hinh anh": Kind.IMAGE, "phim": Kind.VIDEO, "am thanh": Kind.AUDIO,
    "trinh chieu": Kind.PRESENTATION, "ppt": Kind.PRESENTATION, "pptx": Kind.PRESENTATION,
    "powerpoint": Kind.PRESENTATION, "word": Kind.DOCUMENT, "doc": Kind.DOCUMENT, "docx": Kind.DOCUMENT,
    "van ban": Kind.DOCUMENT, "excel": Kind.SPREADSHEET, "bang tinh": Kind.SPREADSHEET, "phan mem": Kind.SOFTWARE,
    "sach dien tu": Kind.EPUB,
}  # fmt: skip


class Taken(NamedTuple):
    """A question taken apart: its words, what it is narrowed to, what no hit may have, and the fields as typed."""

    words: str
    wanted: dict[str, frozenset[str]]
    unwanted: dict[str, frozenset[str]]
    fields: str

    def with_fields(self, words: str) -> str:
        """Other words with the same fields; "" when there are none."""
        return f"{words} {self.fields}".strip() if words else ""


NOTHING_TAKEN: Final = Taken("", {}, {}, "")


class FieldReader:
    """Reads the fields of questions; the names are asked of the database once, and only for a question with a colon."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def _names(self) -> _Names:
        return _Names(self._session)

    def take(self, text: str) -> Taken:
        """Take the fields out of a question; a value nobody knows stays among the words."""
        text = normalise(text.replace("\0", " "))  # PostgreSQL takes no NUL
        if ":" not in text:
            return Taken(text, {}, {}, "")
        taken: tuple[defaultdict[str, set[str]], ...] = (defaultdict(set), defaultdict(set))
        kept, fields, end = [], [], 0
        for found in list(_FIELD.finditer(fold(text)))[:MOST_FIELDS]:
            facet, is_quoted = FIELDS[found["name"]], found["quoted"] is not None
            start, stop = found.span("quoted" if is_quoted else "plain")
            code, length = self._names.read(facet, text[start:stop], whole=is_quoted)
            if code:
                taken[bool(found["minus"])][facet].add(code)
                kept.append(text[end : found.start()])
                end = found.end() if is_quoted else start + length
                fields.append(text[found.start() : end])
        wanted, unwanted = ({facet: frozenset(codes) for facet, codes in one.items()} for one in taken)
        return Taken("".join([*kept, text[end:]]).strip(), wanted, unwanted, " ".join(fields))


class _Names:
    """The names of what a question may be narrowed to, in folded words."""

    def __init__(self, session: Session) -> None:
        self._subjects = _SUBJECTS | {
            name: row.code
            for row in curriculum.subjects(session)
            for name in _called(row.code, row.name_vi, row.name_en)
        }
        self._grades = {
            name: row.code for row in curriculum.grades(session) for name in _called(row.code, row.name_vi, row.name_en)
        }

    def read(self, facet: str, value: str, *, whole: bool) -> tuple[str, int]:
        """The code of the longest run of first words that is a name, and how many characters that took."""
        if facet == "author":
            return (" ".join(value.split()), len(value))
        words = list(re.finditer(r"\S+", value))[:_LONGEST_VALUE]
        known = self._known(facet)
        for count in [len(words)] if whole else range(len(words), 0, -1):
            end = words[count - 1].end() if words else 0
            code = known.get(" ".join(folded_terms(value[:end])))
            if code:
                return code, end
        return "", 0

    def _known(self, facet: str) -> Mapping[str, str]:
        if facet == "level":
            return {name: level.value for level in Level for name in _called(level.value, *LEVEL_NAMES[level])}
        if facet == "kind":
            return {name: kind.value for name, kind in _KINDS.items()} | {
                " ".join(folded_terms(kind.value)): kind.value for kind in Kind
            }
        return self._subjects if facet == "subject" else self._grades


def _called(*names: str) -> set[str]:
    return {" ".join(folded_terms(name)) for name in names}
