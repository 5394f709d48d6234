"""What others would do with the same documents and questions: SQLite FTS5 and tantivy as they come."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import tantivy

from search_index.documents import SearchQuery
from search_index.engine import open_engine
from search_index.fields import TEXT_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from search_index.documents import SearchDocument

    Ask = Callable[[str], list[str]]

HITS = 10
FIELDS = {field.name: field.weight for field in TEXT_FIELDS}
EVERYBODY = frozenset({"public"})


def own(name: str, documents: tuple[SearchDocument, ...], folder: Path) -> Ask:
    """An engine of this repository."""
    engine = open_engine(name, folder / name)
    engine.rebuild(documents)
    return lambda text: [hit.uid for hit in engine.search(SearchQuery(text, EVERYBODY, limit=HITS)).hits]


def _texts(document: SearchDocument) -> dict[str, str]:
    values = {
        "title": document.title,
        "keywords": "; ".join(document.keywords),
        "topic": document.topic,
        "description": document.description,
        "author": document.author,
        "body": document.body,
    }
    return {field: values[field] for field in FIELDS}


def fts5(documents: tuple[SearchDocument, ...]) -> Ask:
    """SQLite FTS5 that drops diacritics; any word may match, bm25 with the weights of the fields."""
    database = sqlite3.connect(":memory:")
    database.execute(
        f"create virtual table texts using fts5({','.join(FIELDS)}, tokenize='unicode61 remove_diacritics 2')"
    )
    rows = [(number, *_texts(document).values()) for number, document in enumerate(documents)]
    inserting = f"insert into texts(rowid, {','.join(FIELDS)}) values (?{',?' * len(FIELDS)})"  # noqa: S608 - words of this file
    database.executemany(inserting, rows)
    weights = ", ".join(str(weight) for weight in FIELDS.values())
    asking = f"select rowid from texts where texts match ? order by bm25(texts, {weights}), rowid limit {HITS}"  # noqa: S608 - words of this file

    def ask(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"[\w\u0300-\u036f]+", text))
        return [documents[number].uid for (number,) in database.execute(asking, (words,))] if words else []

    return ask


def tantivy_default(documents: tuple[SearchDocument, ...]) -> Ask:
    """Tantivy with its default tokenizer; any word may match, boosts are the weights of the fields."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("uid", stored=True, tokenizer_name="raw")
    for field in FIELDS:
        builder.add_text_field(field)
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for document in documents:
        writer.add_document(tantivy.Document(uid=document.uid, **_texts(document)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> list[str]:
        query, _errors = index.parse_query_lenient(text, list(FIELDS), field_boosts=FIELDS)
        return [searcher.doc(address)["uid"][0] for _score, address in searcher.search(query, HITS).hits]

    return ask
