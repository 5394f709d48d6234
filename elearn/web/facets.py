"""What a result page is asked by its address, and the facets with which the question is narrowed or widened."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext

from content_packages.facts import Kind
from elearn.models.curriculum import Level
from elearn.models.describing import Licence
from elearn.models.software import LicenceKind
from elearn.web.labels import KINDS, LEVELS, LICENCES
from elearn.web.material_words import PLATFORMS
from elearn.web.software_words import SHORT_LICENCE_KINDS
from search_index.documents import FACETS, Sort

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from werkzeug.datastructures import MultiDict

    from elearn.services.access import Identity
    from elearn.web.programme import Programme

LONGEST_TEXT = 300
PER_PAGE = 20
LAST_PAGE = 500
LONGEST_PAGE = 8  # digits; a database takes no offset of any length
LONGEST_AUTHOR = 200
MOST_AUTHORS = 5
MOST_OPTIONS = 40  # of a facet whose codes nobody can list; the largest counts come first

# In the order in which people narrow down; the second row is unfolded by whoever wants it.
SHOWN_FACETS = ("level", "grade", "subject", "kind")
MORE_FACETS = ("platform", "licence_kind", "unit", "licence", "year", "approved_by")
NARROWED_BY = (*FACETS, "author")
# Codes that are not listed anywhere, and what they look like.
OPEN_CODES = {"unit": r"\d{1,9}", "approved_by": r"\d{1,9}", "year": r"(19|20)\d\d"}


@dataclass(frozen=True, slots=True)
class Question:
    """Text, facet -> chosen codes, order and page.

    Authors are among what is chosen, by their whole names. `ignored` are codes nobody knows, `shortened` tells whether
    text was cut, `literal` that the words are meant as they are typed.
    """

    text: str
    chosen: Mapping[str, tuple[str, ...]]
    page: int = 1
    sort: Sort = Sort.RELEVANCE
    ignored: tuple[str, ...] = ()
    shortened: bool = False
    literal: bool = False

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * PER_PAGE

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is chosen."""
        return any(self.chosen.values())

    def query(self, **changes: Any) -> dict[str, Any]:
        """The parts of the address that asks this, in a fixed order so that equal questions have equal addresses."""
        asked = replace(self, **changes)
        parts: dict[str, Any] = {"q": asked.text} if asked.text else {}
        parts |= {facet: list(asked.chosen[facet]) for facet in NARROWED_BY if asked.chosen.get(facet)}
        if asked.sort is not Sort.RELEVANCE:
            parts["sort"] = asked.sort.value
        if asked.literal and asked.text:
            parts["literal"] = "y"
        return parts | ({"page": asked.page} if asked.page > 1 else {})

    def toggled(self, facet: str, code: str) -> dict[str, Any]:
        """The same question with one code more, or one less."""
        codes = self.chosen.get(facet, ())
        codes = tuple(c for c in codes if c != code) if code in codes else (*codes, code)
        return self.query(chosen={**self.chosen, facet: codes}, page=1)

    def without(self, facet: str) -> dict[str, Any]:
        """The same question, narrowed by everything else."""
        return self.query(chosen={**self.chosen, facet: ()}, page=1)


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
    """A facet with its options, in the order in which people expect them; `is_folded` until somebody wants it."""

    name: str
    label: str
    options: tuple[Option, ...]
    is_folded: bool = False

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
        "licence": {licence.value: LICENCES[licence] for licence in Licence if licence},
        "platform": PLATFORMS,
        "licence_kind": {kind.value: SHORT_LICENCE_KINDS[kind] for kind in LicenceKind},
    }


def facet_labels() -> dict[str, str]:
    """Facet -> its name."""
    return {
        "level": gettext("Level"),
        "subject": gettext("Subject"),
        "grade": gettext("Grade"),
        "kind": gettext("Kind"),
        "unit": gettext("Unit"),
        "licence": gettext("Licence"),
        "year": gettext("Year of publishing"),
        "approved_by": gettext("Approved by"),
        "platform": gettext("Runs on"),
        "licence_kind": gettext("Kind of licence"),
        "author": gettext("Author"),
    }


def read_question(args: MultiDict[str, str], programme: Programme) -> Question:
    """Read an address; whatever it says, the answer is a question that can be asked."""
    known = known_codes(programme)
    given = {facet: split_codes(args.getlist(facet)) for facet in FACETS}
    usable = {facet: tuple(code for code in codes if is_code(known, facet, code)) for facet, codes in given.items()}
    authors = (" ".join(name.split())[:LONGEST_AUTHOR] for name in args.getlist("author"))
    text = " ".join(args.get("q", "").split())
    sort = args.get("sort", "")
    return Question(
        text=text[:LONGEST_TEXT],
        chosen=usable | {"author": tuple(dict.fromkeys(filter(None, authors)))[:MOST_AUTHORS]},
        page=read_page(args),
        sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
        ignored=tuple(code for facet, codes in given.items() for code in codes if code not in usable[facet]),
        shortened=len(text) > LONGEST_TEXT,
        literal=args.get("literal") == "y",
    )


def is_code(known: Mapping[str, Mapping[str, Any]], facet: str, code: str) -> bool:
    """Whether a facet has a code, as far as anybody can tell: units, years and approvers are listed nowhere."""
    if facet in OPEN_CODES:
        return code.isascii() and re.fullmatch(OPEN_CODES[facet], code) is not None
    return code in known[facet]


def read_page(args: MultiDict[str, str]) -> int:
    """The page an address asks for, from 1 to the last that is shown; what is no number asks for the first."""
    page = args.get("page", "1")
    is_number = page.isascii() and page.isdigit() and len(page) <= LONGEST_PAGE
    return min(max(int(page), 1), LAST_PAGE) if is_number else 1


def split_codes(values: Iterable[str]) -> tuple[str, ...]:
    """The codes of a parameter that may be repeated or hold several, divided by commas; each once."""
    codes = (code.strip() for value in values for code in value.split(","))
    return tuple(dict.fromkeys(code for code in codes if code))


def counted_for(identity: Identity) -> tuple[str, ...]:
    """The facets that somebody's results are counted by; who approved a material is said to nobody from outside."""
    return tuple(facet for facet in FACETS if facet != "approved_by") if identity.is_anonymous else FACETS


def facets_of(
    question: Question,
    counts: Mapping[str, Mapping[str, int]],
    known: Mapping[str, Mapping[str, Any]],
    address: Callable[..., str],
    names: Iterable[str] = SHOWN_FACETS,
    *,
    folded: Collection[str] = MORE_FACETS,
) -> list[Facet]:
    """The facets of a result; options without hits are left out unless they are chosen.

    `known` maps each facet to the names of its codes, also of those that nobody can list.
    """
    labels = facet_labels()
    return [
        Facet(
            name,
            labels[name],
            _options(question, name, known.get(name, {}), counts.get(name, {}), address),
            is_folded=name in folded,
        )
        for name in names
    ]


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the hits: its name, and the address that asks for it."""

    label: str
    address: str
    is_chosen: bool


def orders_of(question: Question, address: Callable[..., str]) -> list[Order]:
    """The orders there are; without words the newest come first anyway."""
    labels = {
        Sort.RELEVANCE: gettext("Best match") if question.text else gettext("Newest"),
        Sort.NEWEST: gettext("Newest") if question.text else "",
        Sort.MOST_TAUGHT: gettext("Most used in teaching"),
    }
    chosen = Sort.RELEVANCE if not question.text and question.sort is Sort.NEWEST else question.sort
    return [
        Order(label, address(**question.query(sort=sort, page=1)), sort is chosen)
        for sort, label in labels.items()
        if label
    ]


def _options(
    question: Question, facet: str, known: Mapping[str, Any], counts: Mapping[str, int], address: Callable[..., str]
) -> tuple[Option, ...]:
    chosen = question.chosen.get(facet, ())
    return tuple(
        Option(
            code, known.get(code, code), counts.get(code, 0), code in chosen, address(**question.toggled(facet, code))
        )
        for code in _in_order(facet, known, counts, chosen)
        if code in chosen or counts.get(code, 0)
    )


def _in_order(facet: str, known: Mapping[str, Any], counts: Mapping[str, int], chosen: Sequence[str]) -> Iterable[str]:
    if facet == "author":
        return chosen
    if facet not in OPEN_CODES:
        return known
    largest = list(dict.fromkeys([*chosen, *counts]))[:MOST_OPTIONS]
    return sorted(largest, reverse=True) if facet == "year" else largest
