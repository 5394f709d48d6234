"""What goes into the index and what comes out: documents, queries, hits."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One material as the index sees it.

    `allow` holds the permission tokens; a reader finds the document when one of the reader's tokens is among them.
    Codes (level, subject, grade, kind, unit) are opaque to the index.
    """

    uid: str
    title: str
    kind: str
    allow: frozenset[str]
    description: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""
    levels: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    unit: str = ""
    author: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked: `filters` maps a facet (level, subject, grade, kind, unit) to the wanted codes (any of them).

    A page has at most 200 hits, whatever `limit` says.
    """

    text: str
    tokens: frozenset[str]  # permission tokens of who asks
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One hit. `snippet` is plain text in NFC; `marks` are the [start, end) ranges in it that matched.

    `title_marks` are those in the title, which comes back in NFC, too.
    """

    uid: str
    score: float
    title: str
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, the number of all, and facet -> code -> count over all of them.

    `read_as` is what was searched for where that is not what was typed ("toans lowps 5" is "toán lớp 5"), else "".
    """

    total: int
    hits: tuple[SearchHit, ...]
    facets: Mapping[str, Mapping[str, int]]
    took_ms: float
    read_as: str = ""


def fingerprint(document: SearchDocument) -> str:
    """Digest everything the index knows of a document, so that index and database can be compared."""
    values = [_plain(getattr(document, member.name)) for member in fields(document)]
    return blake2b(json.dumps(values).encode(), digest_size=16).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if isinstance(value, str | tuple | None) else str(value)
