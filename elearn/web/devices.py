"""One's own sessions as people recognise them: which browser on which system, when it was last seen."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from elearn.clock import now
from elearn.models.account import BrowserSession

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

# The first pattern that is found names it; Chromium's children also say Chrome, and Chrome says Safari.
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "coc_coc": "Cốc Cốc",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Windows": "Windows",
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "CrOS": "ChromeOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
_MOBILE = re.compile("Mobi|Android|iPhone|iPad")


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session in the list; `handle` names it in a form and opens nothing."""

    handle: str
    device: str
    is_mobile: bool
    address: str
    seen_at: datetime
    is_current: bool


def device_name(user_agent: str) -> str:
    """Browser and system of a User-Agent in a few words; its first word when nothing is known."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in user_agent), "")
    return " · ".join(filter(None, (browser, system))) or user_agent.partition("/")[0][:40] or "?"


def _handle(digest: str) -> str:
    return hashlib.sha256(f"handle\0{digest}".encode()).hexdigest()[:24]


def own_sessions(database: Session, account_id: int, current: str) -> list[OwnSession]:
    """The living sessions of an account, this one first, then the last seen."""
    living = select(BrowserSession).where(BrowserSession.account_id == account_id, BrowserSession.expires_at > now())
    rows = database.scalars(living.order_by(BrowserSession.seen_at.desc())).all()
    listed = [
        OwnSession(
            handle=_handle(row.digest),
            device=device_name(row.user_agent),
            is_mobile=_MOBILE.search(row.user_agent) is not None,
            address=row.address,
            seen_at=row.seen_at,
            is_current=row.digest == current,
        )
        for row in rows
    ]
    return sorted(listed, key=lambda row: not row.is_current)


def end_own_session(database: Session, account_id: int | None, handle: str) -> None:
    """End the session with a handle, if it is one of this account."""
    digests = database.scalars(select(BrowserSession.digest).where(BrowserSession.account_id == account_id))
    for digest in [found for found in digests if _handle(found) == handle]:
        database.execute(delete(BrowserSession).where(BrowserSession.digest == digest))
