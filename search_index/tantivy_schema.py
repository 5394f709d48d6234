"""The fields of the tantivy index, and the conversion of documents to them.

The analyzer is ours: tantivy gets words with spaces between them. For matching there is one field for each kind of
term, with the words of all text fields; a weightier text field counts there by repetition. What scoring needs exactly
is stored with each document (`pack_words`).
"""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Any

import tantivy

from search_index.analysis import analyse
from search_index.fields import FILTERS, TEXT_FIELDS, codes_of, columns_of, text_of
from search_index.hits import Stored, store
from search_index.question import WITHIN

if TYPE_CHECKING:
    from search_index.analysis import Analysed
    from search_index.documents import SearchDocument

# Words of a text field beyond these are found, but no longer counted exactly.
COUNTED_WORDS = 50_000

_FIELD_END, _BREAK = "\x1f", "\x1e"


def schema() -> tantivy.Schema:
    """Build the schema."""
    builder = tantivy.SchemaBuilder()
    for kind in ("exact", "folded", "bigrams"):
        builder.add_text_field(kind, tokenizer_name="whitespace", index_option="freq")
    for name in ("title_words", "author_words", "within"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in ("uid", "allow"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FILTERS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("published", "taught", "scope", "tiebreak", *(length_of(field.name) for field in TEXT_FIELDS)):
        builder.add_integer_field(name, fast=True)
    for name in ("stored", "packed", "words"):
        builder.add_bytes_field(name, stored=True)
    return builder.build()


def length_of(field: str) -> str:
    """Name the column with the length of a text field in words."""
    return f"{field}_length"


def clean(text: str) -> str:
    """Replace what is no character at all, which tantivy does not take."""
    return text.encode(errors="replace").decode()


def bigram_term(bigram: str) -> str:
    """Write a pair as one word."""
    return bigram.replace(" ", "_")


def within_term(field: str, term: str) -> str:
    """Write a word or pair of a text field as one word."""
    return f"{field}={bigram_term(term)}"


def convert(document: SearchDocument) -> tantivy.Document:
    """Convert a document to the fields of the schema."""
    given: dict[str, Any] = {"uid": [clean(document.uid)], "allow": [clean(token) for token in document.allow if token]}
    given |= {name: [clean(code) for code in codes] for name, codes in codes_of(document).items()}
    columns = columns_of(document)
    # A column of tantivy has a sign.
    given |= columns | {"tiebreak": columns["tiebreak"] >> 1}
    terms: dict[str, list[str]] = {"exact": [], "folded": [], "bigrams": [], "within": []}
    packed: list[str] = []
    for field in TEXT_FIELDS:
        text = text_of(document, field.name)
        analysed = analyse(text)
        times = max(round(field.weight), 1)
        terms["exact"] += analysed.exact * times
        terms["folded"] += analysed.folded * times
        terms["bigrams"] += analysed.bigrams("_") * times
        if field.name in WITHIN.values():
            said = dict.fromkeys([*analysed.folded, *analysed.bigrams()])
            terms["within"] += [within_term(field.name, term) for term in said]
        packed += pack_words(analysed)
        if analysed.exact:
            given[length_of(field.name)] = len(analysed.exact)
        if field.name in {"title", "author"}:
            given[f"{field.name}_words"] = clean(" ".join(analysed.folded))
    given |= {kind: clean(" ".join(words)) for kind, words in terms.items()}
    stored = asdict(store(document))
    given["packed"] = stored.pop("packed")
    given["stored"] = json.dumps(stored | {"codes": codes_of(document)}).encode()
    given["words"] = clean(_FIELD_END.join(packed)).encode()
    made = tantivy.Document()
    for name, values in given.items():
        for value in values if isinstance(values, list) else (values,):
            _ADD[type(value)](made, name, value)
    return made


_ADD: dict[type, Any] = {
    str: tantivy.Document.add_text,
    int: tantivy.Document.add_integer,
    bytes: tantivy.Document.add_bytes,
}


def pack_words(terms: Analysed) -> tuple[str, str]:
    """Write the exact and the folded words of a text, each between spaces of its own.

    The folded ones have a mark wherever two neighbours make no bigram.
    """
    exact, folded = terms.exact[:COUNTED_WORDS], terms.folded[:COUNTED_WORDS]
    if not exact:
        return "", ""
    between = ["  " if joined else f" {_BREAK} " for joined in terms.joined[: len(folded) - 1]]
    marked = "".join(chain.from_iterable(zip(folded, [*between, ""], strict=True)))
    return f" {'  '.join(exact)} ", f" {marked} "


def unpack_words(packed: bytes) -> list[bytes]:
    """Read the words: exact and folded of each of `TEXT_FIELDS` in turn, in UTF-8."""
    return packed.split(_FIELD_END.encode())


def read_stored(stored: bytes, packed: bytes) -> tuple[Stored, dict[str, list[str]]]:
    """Read what is stored of a document, and its codes."""
    values = json.loads(stored)
    codes: dict[str, list[str]] = values.pop("codes")
    return Stored(packed=packed, **values), codes


def stored_of(document: tantivy.Document) -> Stored:
    """Read what is stored of a document."""
    return read_stored(document.get_first("stored") or b"", document.get_first("packed") or b"")[0]
