"""Searches that somebody keeps: saved from the result page, with how much is new since they last looked, deleted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from elearn.clock import now
from elearn.identifiers import is_uid
from elearn.models.account import SavedSearch
from elearn.models.material import Material
from elearn.services.access import visible_materials
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.search import asked_by
from elearn.services.search_fields import FieldReader
from search_index.documents import Sort
from search_index.engine import IndexUnavailableError, SearchEngine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity
    from search_index.documents import SearchQuery

MOST = 50  # searches of one account
LONGEST_TITLE, LONGEST_QUERY = 300, 1000
LOOKED_THROUGH = 40  # newest hits of a search among which those are counted that were not seen


class Asked(NamedTuple):
    """A kept search taken apart: its words, its filters, and whether the words are meant as they were typed."""

    row: SavedSearch
    text: str
    filters: Mapping[str, Iterable[str]]
    literal: bool = False


def save(session: Session, identity: Identity, title: str, query: str) -> SavedSearch:
    """Keep a search; `query` is the query string of the result page. One that is kept already stays as it is.

    Raises:
        ServiceError: `search_empty`, `search_long`: there is nothing to keep, or more than a row takes.
        ConflictError: `searches_full`.
    """
    if not query or identity.account_id is None:
        raise ServiceError("search_empty")
    if len(query) > LONGEST_QUERY:
        raise ServiceError("search_long")
    mine = SavedSearch.account_id == identity.account_id
    kept = session.scalar(select(SavedSearch).where(mine, SavedSearch.query == query).limit(1))
    if kept is not None:
        return kept
    if (session.scalar(select(func.count()).select_from(SavedSearch).where(mine)) or 0) >= MOST:
        raise ConflictError("searches_full", most=MOST)
    row = SavedSearch(account_id=identity.account_id, title=title[:LONGEST_TITLE], query=query)
    session.add(row)
    session.flush()
    return row


def kept_by(session: Session, identity: Identity, limit: int = MOST) -> Sequence[SavedSearch]:
    """The searches of whoever asks, newest first."""
    mine = select(SavedSearch).where(SavedSearch.account_id == identity.account_id)
    return session.scalars(mine.order_by(SavedSearch.id.desc()).limit(limit)).all()


def find(session: Session, identity: Identity, uid: str) -> SavedSearch:
    """One's own search with a uid.

    Raises:
        NotFoundError: `search_not_found`; somebody else's looks the same.
    """
    mine = select(SavedSearch).where(SavedSearch.uid == uid, SavedSearch.account_id == identity.account_id)
    found = session.scalar(mine) if is_uid(uid) and identity.account_id is not None else None
    if found is None:
        raise NotFoundError("search_not_found")
    return found


def look_at(session: Session, identity: Identity, uid: str) -> SavedSearch:
    """Note that its owner looks at a search now: what is published later will be new. Raises as `find`."""
    found = find(session, identity, uid)
    found.seen_at = now()
    session.flush()
    return found


def delete(session: Session, identity: Identity, uid: str) -> SavedSearch:
    """Keep a search no longer. Raises as `find`."""
    found = find(session, identity, uid)
    session.delete(found)
    session.flush()
    return found


def new_hits(session: Session, engine: SearchEngine, identity: Identity, asked: Sequence[Asked]) -> dict[int, int]:
    """Id of a search -> how many of its newest hits were published since it was looked at.

    The index answers each search, the database all of them in one query; without an index nothing is new.
    """
    try:
        fields = FieldReader(session)
        hits = {one.row.id: _uids(engine, _query(identity, fields, one)) for one in asked}
    except IndexUnavailableError:
        return {}
    wanted = {uid for uids in hits.values() for uid in uids}
    query = select(Material.uid, Material.published_at).where(Material.uid.in_(wanted), visible_materials(identity))
    dates = {uid: at for uid, at in session.execute(query) if at is not None} if wanted else {}
    rows = (one.row for one in asked)
    return {row.id: sum(dates[uid] > row.seen_at for uid in hits[row.id] if uid in dates) for row in rows}


def _query(identity: Identity, fields: FieldReader, asked: Asked) -> SearchQuery:
    return asked_by(identity, fields.take(asked.text), asked.filters, literal=asked.literal)


def _uids(engine: SearchEngine, query: SearchQuery) -> list[str]:
    newest = replace(query, limit=LOOKED_THROUGH, sort=Sort.NEWEST, facets=())
    return [hit.uid for hit in engine.search(newest).hits]
