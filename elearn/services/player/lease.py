"""The writer lease: of all pages that show an attempt, one writes; the others are told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.models.learning import PlaySession
from elearn.services.player.sign_ins import is_signed_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LEASE = timedelta(seconds=90)  # a quiet page renews it every half minute


def acquire(session: Session, play: PlaySession, *, take_over: bool = False) -> bool:
    """Take the lease when it is free, run out, our own, or held by an earlier load of the same tab.

    One whose holder has signed out is free.
    """
    attempt = play.attempt
    if not take_over and not _free_for(session, play):
        return False
    attempt.lease_session_id = play.id
    attempt.lease_until = now() + LEASE
    return True


def _free_for(session: Session, play: PlaySession) -> bool:
    attempt = play.attempt
    if attempt.lease_session_id in (None, play.id) or attempt.lease_until is None or attempt.lease_until < now():
        return True
    query = select(PlaySession.tab).where(PlaySession.id == attempt.lease_session_id, is_signed_in())
    tab = session.scalar(query)  # None: the holder is gone, or signed out
    return tab is None or (bool(play.tab) and tab == play.tab)


def holds(play: PlaySession) -> bool:
    """Whether no other page has taken the lease since this one held it (a lease that ran out is still ours)."""
    return play.attempt.lease_session_id == play.id


def extend(play: PlaySession) -> None:
    """Keep the lease of a page that holds it for another while, unless it has given it up.

    Messages overtake each other: one that was sent before the goodbye may come after it.
    """
    if holds(play) and play.attempt.lease_until is not None:
        play.attempt.lease_until = now() + LEASE


def release(play: PlaySession) -> None:
    """Give the lease up: another page may have it at once, and no message of this one extends it any more.

    The row keeps who wrote last, so what still comes from that page is stored while nobody else has gone on.
    """
    if holds(play):
        play.attempt.lease_until = None
