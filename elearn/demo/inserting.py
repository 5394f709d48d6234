"""Many rows at once, with uids from the seed, so that a demo of the same seed and day is the same to the last row."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.models.base import Row

    Values = dict[str, Any]

UID_VERSION = 4
PIECE = 5_000


class Inserter:
    """Inserts rows of one model after the other; uids come from a generator of its own."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self._rng = Random(seed)  # noqa: S311 - names of rows of a demo, no secrets

    def uid(self) -> str:
        """The next uid."""
        return UUID(int=self._rng.getrandbits(128), version=UID_VERSION).hex

    def add(self, model: type[Row], rows: Sequence[Values]) -> list[int]:
        """Insert rows that others will name; returns their ids in the order of the rows."""
        if not rows:
            return []
        self._name(model, rows)
        # SQLAlchemy keeps the order of the parameters, whatever order the database answers in.
        key = model.__table__.c.id
        statement = insert(model.__table__).returning(key, sort_by_parameter_order=True)
        return [row[0] for row in self.session.execute(statement, list(rows))]

    def pour(self, model: type[Row], rows: Sequence[Values]) -> None:
        """Insert rows that nobody names, in pieces that a database takes in one go."""
        self._name(model, rows)
        for start in range(0, len(rows), PIECE):
            self.session.execute(insert(model.__table__), list(rows[start : start + PIECE]))

    def _name(self, model: type[Row], rows: Sequence[Values]) -> None:
        if "uid" in model.__table__.c:
            for row in rows:
                row.setdefault("uid", self.uid())
