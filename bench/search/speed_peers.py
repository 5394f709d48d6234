"""The same materials and queries in SQLite FTS5, Whoosh and tantivy as they come, with the same fields."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import Occur, Query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import KEYWORD, STORED, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.query import And, Every, Or, Term

from search_index.documents import EVERYDAY_FACETS
from search_index.fields import codes_of, text_of
from search_index.vietnamese import folded_terms, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from search_index.documents import SearchDocument, SearchQuery

WEIGHTS = {"title": 3.0, "keywords": 2.0, "description": 1.2, "body": 1.0}
PAGE = 20


class Fts5:
    """SQLite FTS5 without diacritics; facets by GROUP BY."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path / "fts.db")

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Index all documents in one transaction."""
        self.database.executescript(f"""
            create virtual table texts using fts5({",".join(WEIGHTS)}, tokenize='unicode61 remove_diacritics 2');
            create table facts(id integer primary key, {",".join(EVERYDAY_FACETS)}, published);
            create table allowed(id integer, token, primary key (token, id)) without rowid;
        """)
        for number, document in enumerate(documents):
            texts = [normalise(text_of(document, field)) for field in WEIGHTS]
            self.database.execute(
                "insert into texts(rowid, title, keywords, description, body) values (?,?,?,?,?)", (number, *texts)
            )
            codes = [codes_of(document)[facet][0] for facet in EVERYDAY_FACETS]
            self.database.execute(
                "insert into facts values (?,?,?,?,?,?)", (number, *codes, str(document.published_at))
            )
            self.database.executemany("insert into allowed values (?,?)", [(number, token) for token in document.allow])
        self.database.commit()

    def ask(self, query: SearchQuery) -> None:
        """Answer with a page of hits and the counts."""
        tokens = ",".join(f"'{token}'" for token in query.tokens)
        # Every word of these statements is this folder's own.
        where = [f"facts.id in (select id from allowed where token in ({tokens}))"]  # noqa: S608 - words of this folder
        for facet, codes in query.filters.items():
            where.append(f"{facet} in ({','.join(repr(code) for code in sorted(codes))})")
        source, order, snippet, values = "facts", "published desc", "''", []
        if query.text:
            source = "texts join facts on facts.id = texts.rowid"
            order = "bm25(texts, 3, 2, 1.2, 1)"
            snippet = "snippet(texts, -1, '[', ']', '', 30)"
            where.append("texts match ?")
            values = [" ".join(f'"{word}"' for word in query.text.split())]
        answering = f"from {source} where {' and '.join(where)}"
        hits = f"select facts.id, {snippet} {answering} order by {order} limit {PAGE}"
        self.database.execute(hits, values).fetchall()
        for facet in EVERYDAY_FACETS:
            self.database.execute(f"select {facet}, count(*) {answering} group by 1", values).fetchall()


class StockWhoosh:
    """Whoosh's own fields, matchers, BM25F and facets over folded words."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._searcher: Any = None

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Index all documents in one commit."""
        words = {name: TEXT(SpaceSeparatedTokenizer(), field_boost=weight) for name, weight in WEIGHTS.items()}
        facets = {name: KEYWORD(sortable=True) for name in EVERYDAY_FACETS}
        writer = create_in(self.path, Schema(uid=STORED(), allow=KEYWORD(), **words, **facets)).writer(limitmb=512)
        for document in documents:
            texts = {name: " ".join(folded_terms(text_of(document, name))) for name in WEIGHTS}
            codes = {name: codes_of(document)[name][0] for name in EVERYDAY_FACETS}
            writer.add_document(uid=document.uid, allow=" ".join(document.allow), **texts, **codes)
        writer.commit()

    def ask(self, query: SearchQuery) -> None:
        """Answer with a page of hits and the counts."""
        if self._searcher is None:
            self._searcher = open_dir(self.path).searcher()
        words = [Or([Term(name, word) for name in WEIGHTS]) for word in folded_terms(query.text)]
        allowed = Or([Term("allow", token) for token in query.tokens])
        narrowed = [Or([Term(name, code) for code in codes]) for name, codes in query.filters.items()]
        asked = And(words) if words else Every()
        found = self._searcher.search(
            asked, limit=PAGE, filter=And([allowed, *narrowed]), groupedby=list(EVERYDAY_FACETS)
        )
        for name in EVERYDAY_FACETS:
            {code: len(documents) for code, documents in found.groups(name).items()}
        len(found)


class PlainTantivy:
    """Tantivy's own tokenizer, query parser, BM25 and aggregations; it tells words with diacritics apart."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self._index: Any = None

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Index all documents in one commit."""
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("uid", stored=True, tokenizer_name="raw")
        builder.add_text_field("allow", tokenizer_name="raw", index_option="basic")
        for name in WEIGHTS:
            builder.add_text_field(name)
        for name in EVERYDAY_FACETS:
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        index = tantivy.Index(builder.build(), self.path)
        writer = index.writer(200_000_000, 1)
        for document in documents:
            texts = {name: text_of(document, name) for name in WEIGHTS}
            codes = {name: codes_of(document)[name][0] for name in EVERYDAY_FACETS}
            writer.add_document(tantivy.Document(uid=document.uid, allow=list(document.allow), **texts, **codes))
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, query: SearchQuery) -> None:
        """Answer with a page of hits and the counts."""
        if self._index is None:
            self._index = tantivy.Index.open(self.path)
        index, searcher = self._index, self._index.searcher()
        wanted = {"allow": query.tokens} | dict(query.filters)
        must = [Query.term_set_query(index.schema, name, sorted(codes)) for name, codes in wanted.items()]
        if query.text:
            names = list(WEIGHTS)
            must.append(index.parse_query(query.text, names, field_boosts=WEIGHTS, conjunction_by_default=True))
        asked = Query.boolean_query([(Occur.Must, one) for one in must])
        for _score, address in searcher.search(asked, PAGE).hits:
            searcher.doc(address)
        searcher.aggregate(asked, {name: {"terms": {"field": name}} for name in EVERYDAY_FACETS})


PEERS: dict[str, Any] = {"stock whoosh": StockWhoosh, "fts5": Fts5, "plain tantivy": PlainTantivy}
