"""The fields of the Whoosh index and the weight of each in the score.

Whoosh pickles the classes of this module into every index by the name of the module: it must never move, nor may the
classes be renamed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, STORED, FieldType, Schema
from whoosh.formats import Format

from search_index.analysis import analyse
from search_index.documents import FACETS
from search_index.hits import store
from search_index.vietnamese import folded_terms, normalise

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from search_index.documents import SearchDocument

# Raised when fields or analysis change, so that an index of an older form counts as absent and is rebuilt.
INDEX_FORM = 6

# So much of a text is searched, a thick textbook; one document must not stop the writer for long.
INDEXED_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class TextField:
    """A searched field: `weight` multiplies its term frequencies, `b` says how much its length counts (BM25F)."""

    name: str
    weight: float
    b: float

    @property
    def exact(self) -> str:
        """Name of the Whoosh field with the exact words."""
        return f"{self.name}_exact"

    @property
    def folded(self) -> str:
        """Name of the Whoosh field with the folded words; it also keeps the length in words."""
        return f"{self.name}_folded"

    @property
    def bigrams(self) -> str:
        """Name of the Whoosh field with the folded bigrams."""
        return f"{self.name}_bigrams"


# A title of five words says more than a page of text; an author is searched by few, but then meant.
TEXT_FIELDS = (
    TextField("title", weight=3.0, b=0.4),
    TextField("keywords", weight=2.0, b=0.4),
    TextField("topic", weight=1.5, b=0.4),
    TextField("description", weight=1.2, b=0.6),
    TextField("author", weight=1.0, b=0.4),
    TextField("body", weight=1.0, b=0.5),
)

# What a query may be narrowed by; an author is a whole name in folded words.
FILTERS = (*FACETS, "author")


class WeightOnly(Format):
    """A posting is a document and a weight: no positions, no payload (a third of the size)."""

    posting_size = 0

    def decode_frequency(self, _value: bytes) -> int:
        """Whoosh asks every format for it; the frequency is the weight."""
        return 1


class Terms(FieldType):
    """Terms counted before they reach Whoosh: the value is a mapping of term -> frequency.

    With `measured` the sum of the frequencies is kept as the length of the document in this field.
    """

    def __init__(self, *, measured: bool = False) -> None:
        self.format = WeightOnly()
        self.scorable = measured

    def index(self, value: Mapping[str, int], **_options: Any) -> Generator[tuple[bytes, int, float, bytes]]:
        """Yield (term, frequency, weight, payload) in Whoosh's shape."""
        for term, frequency in value.items():
            yield term.encode(errors="surrogatepass"), frequency, float(frequency), b""


def schema() -> Schema:
    """Build the Whoosh schema."""
    fields: dict[str, FieldType] = {
        "uid": Terms(),
        "allow": Terms(),
        "published": COLUMN(NumericColumn("q")),
        "taught": COLUMN(NumericColumn("I")),
        "scope": COLUMN(NumericColumn("B")),
        "tiebreak": COLUMN(NumericColumn("Q")),
        "stored": STORED(),
    }
    fields |= {name: Terms() for name in FILTERS}
    for field in TEXT_FIELDS:
        fields |= {field.exact: Terms(), field.folded: Terms(measured=True), field.bigrams: Terms()}
    return Schema(**fields)


def row(document: SearchDocument) -> dict[str, Any]:
    """Convert a document into the values of the schema's fields."""
    values: dict[str, Any] = {
        "uid": {document.uid: 1},
        "allow": dict.fromkeys(filter(None, document.allow), 1),
        **columns_of(document),
        "stored": asdict(store(document)),
    }
    values |= {name: dict.fromkeys(codes, 1) for name, codes in codes_of(document).items()}
    for field in TEXT_FIELDS:
        values |= _term_fields(field, text_of(document, field.name))
    return values


def name_code(name: str) -> str:
    """Give the code under which an author is filtered: the name in folded words."""
    return " ".join(folded_terms(name))


def columns_of(document: SearchDocument) -> dict[str, int]:
    """Give the numbers by which hits are ordered: seconds of publishing, lessons, how far, a number out of the uid."""
    return {
        "published": int(document.published_at.timestamp()) if document.published_at else 0,
        "taught": document.taught,
        "scope": document.scope,
        "tiebreak": int.from_bytes(blake2b(document.uid.encode(), digest_size=8).digest()),
    }


def codes_of(document: SearchDocument) -> dict[str, tuple[str, ...]]:
    """Give the codes of a document for each of `FILTERS`; empty ones are none."""
    given = {
        "level": document.levels,
        "subject": document.subjects,
        "grade": document.grades,
        "kind": (document.kind,),
        "unit": (document.unit,),
        "licence": (document.licence,),
        "year": (document.year,),
        "approved_by": (document.approved_by,),
        "platform": document.platforms,
        "licence_kind": document.licence_kinds,
        "author": (name_code(document.author),),
    }
    return {name: tuple(code for code in codes if code) for name, codes in given.items()}


def text_of(document: SearchDocument, name: str) -> str:
    """Give what a document says in a text field, in NFC."""
    if name == "body":
        return normalise(_body(document)[:INDEXED_CHARACTERS])
    value = getattr(document, name)
    # The semicolon keeps a bigram from reaching over two keywords.
    text = value if isinstance(value, str) else "; ".join(value)
    return normalise(text[:INDEXED_CHARACTERS])


def _body(document: SearchDocument) -> str:
    # The empty lines keep a bigram from reaching over two parts.
    return "\n\n".join([document.body, *(f"{part.title}\n\n{part.text}" for part in document.parts)])


def _term_fields(field: TextField, text: str) -> dict[str, Mapping[str, int]]:
    terms = analyse(text)
    return {
        field.exact: Counter(terms.exact),
        field.folded: Counter(terms.folded),
        field.bigrams: Counter(terms.bigrams()),
    }
