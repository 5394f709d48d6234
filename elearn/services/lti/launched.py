"""The session that a launch leaves: known by the handle in the addresses of its pages, and never by a cookie."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import contains_eager

from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.lti.values import is_web_address, origin_of
from elearn.models.account import BrowserSession
from elearn.models.learning import PlaySession
from elearn.models.lti import LtiDeployment, LtiPlatform, PlatformStatus
from elearn.models.lti_courses import LtiSession
from elearn.services.access import Identity, load_identity

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

LIFETIME = timedelta(hours=4)  # a morning of lessons; the platform opens another one with a click
SOON = timedelta(minutes=10)  # before the end people are told; `launch_ends.js` has the same number
KEEP = timedelta(days=30)  # so that a page that comes back later is told what has become of its work


@dataclass(frozen=True, slots=True)
class Launched:
    """What the pages of a launch know of it; `digest` is the key of its `LtiSession`.

    `ancestors` are the origins of the platform, whose pages may frame ours.
    """

    digest: str
    platform_name: str
    unit_id: int
    link_id: int | None
    context_id: int | None
    is_teaching: bool
    locale: str
    return_url: str
    ancestors: tuple[str, ...]
    ends_at: datetime

    @property
    def seconds_left(self) -> int:
        """How long its pages still open."""
        return max(0, int((self.ends_at - now()).total_seconds()))

    @property
    def ends_soon(self) -> bool:
        """Whether it is time to say so."""
        return self.ends_at - now() <= SOON


def open_launched_session(session: Session, left: LtiSession, *, user_agent: str = "", address: str = "") -> str:
    """Keep what a launch leaves and give the handle, which is shown once: the pages lie below `/l/{handle}/`.

    `left` comes without digest and times. Beside it stands a browser session of the same digest, so that whatever
    ends the sign-ins of an account ends this one too.
    """
    handle = new_token()
    moment = now()
    left.digest, left.created_at, left.expires_at = handle_digest(handle), moment, moment + LIFETIME
    session.add(left)
    session.add(
        BrowserSession(
            digest=left.digest,
            account_id=left.account_id,
            data={},
            user_agent=user_agent[:200],
            address=address[:64],
            created_at=moment,
            seen_at=moment,
            expires_at=left.expires_at,
        )
    )
    session.flush()
    return handle


def session_token(handle: str) -> str:
    """The token of the browser session of a handle: no cookie can be one, and no handle the token of a cookie."""
    return f"launched:{handle}"


def handle_digest(handle: str) -> str:
    """The form in which a handle is stored and looked up."""
    return token_digest(session_token(handle))


def find_launched(session: Session, handle: str) -> tuple[Launched, BrowserSession] | None:
    """What a handle opens; None when it is unknown, its time is over, or its platform may launch no more."""
    query = (
        select(LtiSession, BrowserSession)
        .join(BrowserSession, BrowserSession.digest == LtiSession.digest)
        .join(LtiSession.deployment)
        .join(LtiDeployment.platform)
        .where(
            LtiSession.digest == handle_digest(handle),
            LtiSession.expires_at > now(),
            BrowserSession.account_id == LtiSession.account_id,
            LtiDeployment.accepted_at.is_not(None),
            LtiPlatform.status == PlatformStatus.ACTIVE,
        )
        .options(contains_eager(LtiSession.deployment).contains_eager(LtiDeployment.platform))
    )
    found = session.execute(query).one_or_none()
    return None if found is None else (_launched(found[0]), found[1])


def _launched(row: LtiSession) -> Launched:
    platform = row.deployment.platform
    return Launched(
        digest=row.digest,
        platform_name=platform.name,
        unit_id=platform.unit_id,
        link_id=row.link_id,
        context_id=row.context_id,
        is_teaching=row.is_teaching,
        locale=row.locale,
        return_url=row.return_url if is_web_address(row.return_url) else "",
        ancestors=_origins(platform, row.return_url),
        ends_at=row.expires_at,
    )


def _origins(platform: LtiPlatform, return_url: str) -> tuple[str, ...]:
    """Where a platform is at home. Hosted ones sign in elsewhere than they show pages: the way back tells that."""
    addresses = (platform.issuer, platform.authorization_endpoint, return_url)
    return tuple(dict.fromkeys(filter(None, map(origin_of, addresses))))


def launched_identity(session: Session, account_id: int, launched: Launched) -> Identity:
    """Whoever acts in a launch: the account as a member of the platform's unit, without the roles it may have here."""
    return as_launched(load_identity(session, account_id), launched.unit_id, launched.locale)


def as_launched(identity: Identity, unit_id: int, locale: str = "") -> Identity:
    """An identity as it is known in a launch, in the language of the platform."""
    if identity.is_anonymous:
        return identity
    language = re.split("[-_]", locale)[0].lower()
    there = {"home_units": frozenset({unit_id}), "within": unit_id}
    return replace(identity, login="", grants=(), locale=language or identity.locale, **there)


def ancestors_of_page(session: Session, code: str) -> tuple[str, ...]:
    """The origins of the platform inside which a player page is opened, by its one-time code; none elsewhere."""
    query = _with_platform().join(PlaySession, PlaySession.browser_digest == LtiSession.digest)
    query = query.where(PlaySession.code_digest == token_digest(code), LtiPlatform.status == PlatformStatus.ACTIVE)
    row = session.scalar(query)
    return () if row is None else _origins(row.deployment.platform, row.return_url)


def _with_platform() -> Select[tuple[LtiSession]]:
    together = contains_eager(LtiSession.deployment).contains_eager(LtiDeployment.platform)
    return select(LtiSession).join(LtiSession.deployment).join(LtiDeployment.platform).options(together)


def end_launched_sessions(session: Session, platform: LtiPlatform) -> int:
    """End every open launch of a platform at once, with its player pages; returns how many."""
    theirs = select(LtiSession.digest).join(LtiSession.deployment).where(LtiDeployment.platform_id == platform.id)
    return session.execute(delete(BrowserSession).where(BrowserSession.digest.in_(theirs))).rowcount


def purge_launched_sessions(session: Session) -> int:
    """Drop what launches left a month ago; returns how many."""
    return session.execute(delete(LtiSession).where(LtiSession.expires_at < now() - KEEP)).rowcount
