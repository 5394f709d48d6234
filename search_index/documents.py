"""What goes into the index and what comes out: documents, queries, hits."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


# A page of hits is never longer, whatever is asked.
MOST_HITS = 200

# A province has thousands of units; nobody reads on so far.
MOST_CODES = 100

# What hits are counted by when a query does not say; `FACETS` are all by which they can be counted and filtered.
EVERYDAY_FACETS = ("level", "subject", "grade", "kind")
FACETS = (*EVERYDAY_FACETS, "unit", "licence", "year", "approved_by", "platform", "licence_kind")


class Sort(StrEnum):
    """In which order hits come; among equals the better score decides, then the newer, then the uid."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    MOST_TAUGHT = "most_taught"


@dataclass(frozen=True, slots=True)
class SearchPart:
    """A page, slide or SCO of a material: the key by which it is opened, what it is called, what it says."""

    key: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One material as the index sees it.

    `allow` holds the permission tokens; a reader finds the document when one of the reader's tokens is among them.
    Codes (level, subject, grade, kind, unit, licence, year, approved_by; of software platform and licence_kind) are
    opaque to the index. `topic` is where in the curriculum it belongs, in words. The text of a material is that of its
    parts, in their order, and `body`, which belongs to none of them. `taught` says in how many lessons it was used,
    `scope` how far it is published, from 0 to 255: the more may see it, the larger.
    """

    uid: str
    title: str
    kind: str
    allow: frozenset[str]
    description: str = ""
    keywords: tuple[str, ...] = ()
    topic: str = ""
    body: str = ""
    parts: tuple[SearchPart, ...] = ()
    levels: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    unit: str = ""
    licence: str = ""
    year: str = ""
    approved_by: str = ""
    platforms: tuple[str, ...] = ()
    licence_kinds: tuple[str, ...] = ()
    author: str = ""
    published_at: datetime | None = None
    taught: int = 0
    scope: int = 0


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked: `filters` maps a facet to the wanted codes (any of them), or "author" to whole names of authors.

    `without` maps such names to what no hit may have. `facets` are those that hits are counted by. A page has at most
    `MOST_HITS` hits, whatever `limit` says. `literal` asks for the words just as they were typed, mended by nobody.
    """

    text: str
    tokens: frozenset[str]  # permission tokens of who asks
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0
    sort: Sort = Sort.RELEVANCE
    facets: tuple[str, ...] = EVERYDAY_FACETS
    literal: bool = False
    without: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartHit:
    """The part of a material in which most of what was asked stands: the `number`-th (from 1) of `count`."""

    key: str
    title: str
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One hit. `snippet` is plain text in NFC; `marks` are the [start, end) ranges in it that matched.

    `title_marks` are those in the title, which comes back in NFC, too. With a `part` the snippet is from there; there
    is none when no part has any of the words.
    """

    uid: str
    score: float
    title: str
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    part: PartHit | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, the number of all, and facet -> code -> count over all of them, the largest counts first.

    A facet has the `MOST_CODES` largest counts, and those of the codes that are asked for.
    `read_as` is what was searched for where that is not what was typed ("toans lowps 5" is "toán lớp 5"), else "";
    `did_you_mean` what was not searched for, but may have been meant.
    """

    total: int
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, Mapping[str, int]]
    took_ms: float
    read_as: str = ""
    did_you_mean: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """How what is being typed may go on: titles of materials, and names of authors."""

    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def fingerprint(document: SearchDocument) -> str:
    """Digest everything the index knows of a document, so that index and database can be compared."""
    values = [_plain(getattr(document, member.name)) for member in fields(document)]
    return blake2b(json.dumps(values).encode(), digest_size=16).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [(one.key, one.title, one.text) if isinstance(one, SearchPart) else one for one in value]
    return value if isinstance(value, str | int | None) else str(value)
