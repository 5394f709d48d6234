"""What the indexer takes of the change rows: all there are, or those that the copy of one node has not yet.

A node is a machine that keeps a copy of the index of its own. The rows then stay until every node has them. The place
of a node is a moment: all rows written before it are in its copy. It stays two minutes behind, because a row comes into
sight only when its transaction ends, and clocks of machines differ; what was taken beyond it is known to the process,
and is taken once more after a restart, which changes nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import delete, func, select

from elearn.clock import now
from elearn.models.material import SearchChange, SearchRemoval
from elearn.models.operations import SearchNode

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    Taken = set[tuple[type, int, datetime]]

BEHIND = timedelta(minutes=2)
# A node that has not been seen for so long makes its copy anew when it comes back; rows do not wait for it.
FORGOTTEN = timedelta(days=3)
# So often a node that has nothing to take says that it is there.
SIGN_OF_LIFE = timedelta(seconds=30)


class NodeUnknownError(Exception):
    """The node has no place yet, or was forgotten: join, and rebuild."""


class Batch:
    """Changed materials by id, and uids that are gone."""

    def __init__(self, rows: list[tuple[type, Any]]) -> None:
        self.rows = rows
        self.changed = {row.material_id for kind, row in rows if kind is SearchChange}
        self.gone = [row.uid for kind, row in rows if kind is SearchRemoval]

    def __len__(self) -> int:
        return len(self.rows)


class Feed(Protocol):
    """A way to take the rows."""

    @property
    def moves(self) -> bool:
        """Tell whether something has to be remembered although nothing was taken."""

    def join(self, session: Session) -> None:
        """Make ready for an index that is about to be built anew."""

    def waiting(self, session: Session, limit: int) -> Batch:
        """Give the next rows, at most so many of each kind.

        Raises:
            NodeUnknownError: the index has to be built anew first.
        """

    def took(self, session: Session, batch: Batch) -> None:
        """Remember that the rows are in the index."""


class SharedFeed:
    """The rows of the one index that all processes share: whoever takes them removes them."""

    moves = False

    def join(self, session: Session) -> None:
        """Nothing to do: rows that are in the new index already are only taken once more."""

    def waiting(self, session: Session, limit: int) -> Batch:
        """Give the oldest rows."""
        return Batch([(kind, row) for kind in _KINDS for row in session.execute(_rows(kind).limit(limit))])

    def took(self, session: Session, batch: Batch) -> None:
        """Remove the rows."""
        for kind in _KINDS:
            session.execute(delete(kind).where(kind.id.in_([row.id for one, row in batch.rows if one is kind])))


class NodeFeed:
    """The rows as one node takes them; an object belongs to one process, which alone writes this node's copy."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._taken: Taken = set()
        self._place: datetime | None = None  # where the next batch leads

    @property
    def moves(self) -> bool:
        """Tell whether it is time for a sign of life."""
        return self._place is not None

    def join(self, session: Session) -> None:
        """Give the node a place before anything of this moment."""
        self._taken.clear()
        session.merge(SearchNode(name=self.name, place=now() - BEHIND, seen_at=now()))

    def waiting(self, session: Session, limit: int) -> Batch:
        """Give the oldest rows that this node has not taken."""
        node = session.get(SearchNode, self.name)
        if node is None:
            raise NodeUnknownError(self.name)
        places, found = [now() - BEHIND], []
        for kind in _KINDS:
            seen = _rows(kind).where(kind.at >= node.place).limit(limit + len(self._taken) + 1)
            fresh = [row for row in session.execute(seen) if (kind, row.id, row.at) not in self._taken]
            found += [(kind, row) for row in fresh[:limit]]
            places += [row.at for row in fresh[limit : limit + 1]]
        self._place = min(places) if found or node.seen_at < now() - SIGN_OF_LIFE else None
        return Batch(found)

    def took(self, session: Session, batch: Batch) -> None:
        """Move on, and remove the rows that no node waits for."""
        self._taken |= {(kind, row.id, row.at) for kind, row in batch.rows}
        if self._place is None:
            return
        place = self._place
        self._taken = {one for one in self._taken if one[2] >= place}
        session.merge(SearchNode(name=self.name, place=place, seen_at=now()))
        session.flush()
        session.execute(delete(SearchNode).where(SearchNode.seen_at < now() - FORGOTTEN))
        everywhere = session.scalar(select(func.min(SearchNode.place)))
        for kind in _KINDS:
            session.execute(delete(kind).where(kind.at < everywhere))


_KINDS: tuple[Any, ...] = (SearchChange, SearchRemoval)
_WHAT = {SearchChange: SearchChange.material_id, SearchRemoval: SearchRemoval.uid}


def _rows(kind: Any) -> Any:
    return select(kind.id, kind.at, _WHAT[kind]).order_by(kind.at, kind.id)


def feed_of(node: str) -> Feed:
    """Give the feed of a node; without a name that of the shared index."""
    return NodeFeed(node) if node else SharedFeed()
