"""What happened with learning platforms, kept for administrators also where it was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from elearn.clock import now
from elearn.models.lti import LtiEvent, LtiLogin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.models.lti import LtiPlatform

KEEP = timedelta(days=90)
MOST_REFUSED = 500  # kept of one hour, kind and platform: anybody can bring refusals about, and read are thirty
LONGEST = 255  # characters of what a platform tells about itself
LONGEST_PARAM = 500


@dataclass(slots=True)
class About:
    """What an event is about; it fills up as a message is understood."""

    platform_id: int | None = None
    account_id: int | None = None
    issuer: str = ""
    client_id: str = ""
    deployment: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def come_from(self, platform: LtiPlatform) -> None:
        """Name the platform."""
        self.platform_id, self.issuer, self.client_id = platform.id, platform.issuer, platform.client_id


def add(session: Session, kind: str, about: About, code: str = "") -> LtiEvent:
    """Add an event to the transaction of the session; `code` is "" when all went well."""
    event = LtiEvent(
        platform_id=about.platform_id,
        account_id=about.account_id,
        kind=kind,
        issuer=_short(about.issuer)[:LONGEST],
        client_id=_short(about.client_id)[:LONGEST],
        deployment=_short(about.deployment)[:LONGEST],
        code=code,
        params={name: _short(value) for name, value in about.params.items()},
    )
    session.add(event)
    session.flush()
    return event


def note(
    database: Database, kind: str, *, code: str = "", params: Mapping[str, Any] | None = None, **about: Any
) -> None:
    """Keep an event in a short transaction of its own, so that it outlives a refusal; no other may be open here.

    `about` are fields of `About`.
    """
    with database.write() as session:
        add(session, kind, About(params=dict(params or {}), **about), code)


def note_refusal(database: Database, kind: str, about: About, code: str) -> None:
    """Keep a refusal like `note`, unless so many came lately that one more tells nothing and only fills the disk."""
    with database.read() as session:
        lately = select(LtiEvent.id).where(
            LtiEvent.platform_id == about.platform_id,
            LtiEvent.at > now() - timedelta(hours=1),
            LtiEvent.kind == kind,
            LtiEvent.code != "",
        )
        count = session.scalar(select(func.count()).select_from(lately.limit(MOST_REFUSED).subquery())) or 0
    if count < MOST_REFUSED:
        with database.write() as session:
            add(session, kind, about, code)


def purge(session: Session) -> int:
    """Drop logins whose time is over, and events that are old; returns how many."""
    moment = now()
    over = session.execute(delete(LtiLogin).where(LtiLogin.expires_at < moment)).rowcount
    return over + session.execute(delete(LtiEvent).where(LtiEvent.at < moment - KEEP)).rowcount


def _short(value: Any) -> Any:
    return value.replace("\0", "")[:LONGEST_PARAM] if isinstance(value, str) else value
