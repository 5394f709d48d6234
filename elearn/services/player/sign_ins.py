"""The sign-in behind a player page: its token lives as long as the browser session from which it was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_, select, update

from elearn.clock import now
from elearn.models.account import BrowserSession
from elearn.models.learning import PlaySession
from elearn.models.lti_courses import LtiSession

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import BindParameter, ColumnElement
    from sqlalchemy.orm import Session


def is_signed_in(moment: datetime | BindParameter[datetime] | None = None) -> ColumnElement[bool]:
    """Whether the browser session of a page lives, as part of the query that reads the page.

    Signing out, ending a device and a new password delete browser sessions, and that alone ends their pages. A page
    that was opened without one lives until it is ended itself. `moment` stands for now in a query that is kept.
    """
    living = exists().where(
        BrowserSession.digest == PlaySession.browser_digest,
        BrowserSession.account_id == PlaySession.account_id,
        BrowserSession.expires_at > (now() if moment is None else moment),
    )
    return or_(living, and_(PlaySession.browser_digest.is_(None), PlaySession.ended_at.is_(None)))


def end_of(session: Session, play: PlaySession) -> str:
    """What has ended for a page whose browser session is gone: `launch_over` or `signed_out`."""
    of_launch = select(exists().where(LtiSession.digest == play.browser_digest))
    return "launch_over" if session.scalar(of_launch) else "signed_out"


def move_pages(session: Session, old: str, new: str, account_id: int) -> None:
    """Let the pages of an account follow its browser session to a new token (both as digests).

    Those of others stay behind and end: somebody else has signed in at this browser.
    """
    pages = update(PlaySession).where(PlaySession.browser_digest == old, PlaySession.account_id == account_id)
    session.execute(pages.values(browser_digest=new).execution_options(synchronize_session=False))
