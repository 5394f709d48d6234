"""SQL that is compiled once for the many engines of the tests.

Every engine begins with an empty cache of compiled statements, and compiling them anew is a large part of what a short
test costs. SQL depends on the kind of a database and not on which one it is, so the engines of a kind share one cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine
from sqlalchemy.util import LRUCache

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine
    from sqlalchemy.engine import Dialect

STATEMENTS = 5000


class SharedStatements:
    """Makes engines as SQLAlchemy does; those of a kind that was learnt share its compiled statements."""

    def __init__(self) -> None:
        self._kinds: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}

    def learn(self, url: str) -> None:
        """Keep the dialect of a database that answers: connecting is what completes it."""
        engine = create_engine(url)
        with engine.connect():
            self._kinds[engine.dialect.name] = engine.dialect, LRUCache(STATEMENTS)
        engine.dispose()

    def create_engine(self, url: URL, **options: Any) -> Engine:
        """An engine for `url`. The dialect is part of the cache's keys, so it is shared as well."""
        engine = create_engine(url, **options)
        if engine.dialect.name in self._kinds:
            engine.dialect, engine._compiled_cache = self._kinds[engine.dialect.name]
        return engine
