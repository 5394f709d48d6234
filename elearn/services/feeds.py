"""Feeds of kept searches: an address that only its owner knows, and what the owner may see now."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.identifiers import is_uid, keyed_label, new_uid
from elearn.models.account import SavedSearch
from elearn.services import saved_searches
from elearn.services.access import load_identity
from elearn.services.errors import NotFoundError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

TOKEN_LENGTH = 32  # characters of five bits


def open_feed(session: Session, identity: Identity, uid: str) -> SavedSearch:
    """Give one's own search a feed, or another address to the one it has: the old address stops working.

    Raises:
        NotFoundError: `search_not_found`.
    """
    found = saved_searches.find(session, identity, uid)
    found.feed_salt = new_uid()
    session.flush()
    return found


def close_feed(session: Session, identity: Identity, uid: str) -> SavedSearch:
    """End the feed of one's own search. Raises as `open_feed`."""
    found = saved_searches.find(session, identity, uid)
    found.feed_salt = None
    session.flush()
    return found


def feed_token(secret: str, search: SavedSearch) -> str:
    """What the address of a feed shows as proof; "" when the search has no feed."""
    if search.feed_salt is None:
        return ""
    return keyed_label(secret, "feed", search.uid, search.feed_salt, length=TOKEN_LENGTH)


def feed_of(session: Session, secret: str, uid: str, token: str) -> tuple[SavedSearch, Identity]:
    """The search of a feed and its owner as of now.

    Raises:
        NotFoundError: `feed_not_found`: no such feed, another token, or an owner who may not sign in any more.
    """
    found = session.scalar(select(SavedSearch).where(SavedSearch.uid == uid)) if is_uid(uid) else None
    if found is not None and found.feed_salt is not None:
        owner = load_identity(session, found.account_id)
        if hmac.compare_digest(feed_token(secret, found).encode(), token.encode()) and not owner.is_anonymous:
            return found, owner
    raise NotFoundError("feed_not_found")
