"""What a result page is asked by its address, and the facets with which the question is narrowed or widened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from content_packages.facts import Kind
from elearn.models.curriculum import Level
from elearn.services.search import FACETS
from elearn.web.labels import KINDS, LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from werkzeug.datastructures import MultiDict

    from elearn.web.programme import Programme

LONGEST_TEXT = 300
PER_PAGE = 20
LAST_PAGE = 500
LONGEST_PAGE = 8  # digits; a database takes no offset of any length


@dataclass(frozen=True, slots=True)
class Question:
    """Text, facet -> chosen codes, and page; `ignored` are codes nobody knows, `shortened` whether text was cut."""

    text: str
    chosen: Mapping[str, tuple[str, ...]]
    page: int = 1
    ignored: tuple[str, ...] = ()
    shortened: bool = False

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * PER_PAGE

    def query(self, **changes: Any) -> dict[str, Any]:
        """The parts of the address that asks this, in a fixed order so that equal questions have equal addresses."""
        asked = replace(self, **changes)
        parts: dict[str, Any] = {"q": asked.text} if asked.text else {}
        parts |= {facet: list(asked.chosen[facet]) for facet in FACETS if asked.chosen.get(facet)}
        return parts | ({"page": asked.page} if asked.page > 1 else {})

    def toggled(self, facet: str, code: str) -> dict[str, Any]:
        """The same question with one code more, or one less."""
        codes = self.chosen.get(facet, ())
        codes = tuple(c for c in codes if c != code) if code in codes else (*codes, code)
        return self.query(chosen={**self.chosen, facet: codes}, page=1)


@dataclass(frozen=True, slots=True)
class Option:
    """One code of a facet: how many there are, and the address that adds or removes it."""

    code: str
    label: Any
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its options, in the order in which people expect them."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> tuple[Option, ...]:
        """The options that narrow the question now."""
        return tuple(option for option in self.options if option.is_chosen)


def known_codes(programme: Programme) -> dict[str, Mapping[str, Any]]:
    """Facet -> code -> name, in the order in which the options are shown."""
    return {
        "level": {level.value: LEVELS[level] for level in Level},
        "subject": programme.subjects,
        "grade": programme.grades,
        "kind": {kind.value: KINDS[kind][0] for kind in Kind},
    }


def read_question(args: MultiDict[str, str], programme: Programme) -> Question:
    """Read an address; whatever it says, the answer is a question that can be asked."""
    known = known_codes(programme)
    given = {facet: split_codes(args.getlist(facet)) for facet in FACETS}
    text = " ".join(args.get("q", "").split())
    return Question(
        text=text[:LONGEST_TEXT],
        chosen={facet: tuple(code for code in codes if code in known[facet]) for facet, codes in given.items()},
        page=read_page(args),
        ignored=tuple(code for facet, codes in given.items() for code in codes if code not in known[facet]),
        shortened=len(text) > LONGEST_TEXT,
    )


def read_page(args: MultiDict[str, str]) -> int:
    """The page an address asks for, from 1 to the last that is shown; what is no number asks for the first."""
    page = args.get("page", "1")
    is_number = page.isascii() and page.isdigit() and len(page) <= LONGEST_PAGE
    return min(max(int(page), 1), LAST_PAGE) if is_number else 1


def split_codes(values: Iterable[str]) -> tuple[str, ...]:
    """The codes of a parameter that may be repeated or hold several, divided by commas; each once."""
    codes = (code.strip() for value in values for code in value.split(","))
    return tuple(dict.fromkeys(code for code in codes if code))


def facets_of(
    question: Question,
    counts: Mapping[str, Mapping[str, int]],
    programme: Programme,
    address: Callable[..., str],
    names: Iterable[str] = FACETS,
) -> list[Facet]:
    """The facets of a result; options without hits are left out unless they are chosen."""
    known = known_codes(programme)
    labels = {
        "level": gettext("Level"),
        "subject": gettext("Subject"),
        "grade": gettext("Grade"),
        "kind": gettext("Kind"),
    }
    return [
        Facet(name, labels[name], _options(question, name, known[name], counts.get(name, {}), address))
        for name in names
    ]


def _options(
    question: Question, facet: str, known: Mapping[str, Any], counts: Mapping[str, int], address: Callable[..., str]
) -> tuple[Option, ...]:
    chosen = question.chosen.get(facet, ())
    return tuple(
        Option(code, label, counts.get(code, 0), code in chosen, address(**question.toggled(facet, code)))
        for code, label in known.items()
        if code in chosen or counts.get(code, 0)
    )
