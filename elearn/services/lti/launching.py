"""Opening what a platform has sent somebody to: the person, the place, the session behind the handle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from elearn.lti.claims import MessageType
from elearn.models.lti import LtiSession
from elearn.services.access import load_identity
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError
from elearn.services.lti.acts import record_launch
from elearn.services.lti.holders import KnownAs, holder
from elearn.services.lti.launched import as_launched, open_launched_session
from elearn.services.lti.places import accepted_deployment, context_of, link_of, note_member, place, target_of
from elearn.services.player.attempts import PLAYABLE, open_at

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.lti.claims import Launch
    from elearn.models.learning import Attempt
    from elearn.models.lti import LtiContext, LtiLink, LtiLogin, LtiPlatform
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class Opened:
    """What a launch has opened: the handle, shown once, and the attempt of a learner who plays at once ("" else)."""

    handle: str
    account_id: int
    attempt: str = ""
    is_picking: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A launch that may come in, from a deployment that an administrator has accepted."""

    platform: LtiPlatform
    deployment_id: int
    launch: Launch


@dataclass(frozen=True, slots=True)
class Browser:
    """What is known of the browser that launches."""

    user_agent: str = ""
    address: str = ""


def admit(database: Database, login: LtiLogin, launch: Launch) -> Arrival:
    """Let a launch come in; a deployment that is new is kept for an administrator, in a transaction of its own.

    Raises:
        ForbiddenError: nobody has accepted the deployment yet (`lti_deployment_waiting`).
        ServiceError: the message opens something else than the login asked for (`lti_target_differs`).
    """
    if launch.target_link_uri != login.target:
        raise ServiceError("lti_target_differs", target=launch.target_link_uri)
    with database.write() as session:
        deployment = accepted_deployment(session, login.platform_id, launch.deployment_id)
    if deployment is None:
        raise ForbiddenError("lti_deployment_waiting", deployment=launch.deployment_id, platform=login.platform.name)
    return Arrival(login.platform, deployment.id, launch)


def open_launch(session: Session, arrival: Arrival, browser: Browser, timezone: ZoneInfo) -> Opened:
    """Let somebody in: a learner is taken to the lesson, a teacher to the page of the link, a picker to the search.

    Raises:
        ServiceError: `lti_anonymous`, `lti_nothing_chosen`.
        ForbiddenError: `lti_account_disabled`.
        NotFoundError: `lti_target_unknown`, `lti_content_not_found`.
    """
    platform, launch = arrival.platform, arrival.launch
    known_as = KnownAs(platform.issuer, platform.client_id, launch.person.subject)
    known = holder(session, known_as, launch.person)
    identity = as_launched(load_identity(session, known.account_id), platform.unit_id, launch.person.locale)
    context = context_of(session, arrival.deployment_id, launch)
    if context is not None:
        note_member(session, context, launch, known.account_id)
    link = _link(session, identity, arrival, context)
    left = LtiSession(
        deployment_id=arrival.deployment_id,
        identity_id=known.id,
        account_id=known.account_id,
        context_id=context.id if context is not None else None,
        link_id=link.id if link is not None else None,
        is_teaching=launch.is_teaching,
        locale=launch.person.locale[:16],
        return_url=launch.return_url,
        picking=launch.deep_linking.to_json() if launch.deep_linking is not None else None,
        for_subject=launch.for_subject,
    )
    handle = open_launched_session(session, left, user_agent=browser.user_agent, address=browser.address)
    opened = Opened(handle, known.account_id, is_picking=launch.deep_linking is not None)
    attempt = None if link is None or launch.is_teaching else _begun(session, identity, link)
    if link is None or attempt is None:
        return opened
    record_launch(session, identity, link, attempt, timezone)
    return replace(opened, attempt=attempt.uid)


def _link(session: Session, identity: Identity, arrival: Arrival, context: LtiContext | None) -> LtiLink | None:
    """The link with what stands behind it; None of a picking, which has none yet."""
    launch = arrival.launch
    if launch.message is MessageType.DEEP_LINKING:
        return None
    link = link_of(session, arrival.deployment_id, launch, context)
    place(session, identity, link, target_of(launch.target_link_uri))
    return link


def _begun(session: Session, identity: Identity, link: LtiLink) -> Attempt | None:
    """The attempt that a learner begins or goes on with; None where the page of the link says why there is none."""
    if link.placement is None or link.placement.material.kind not in PLAYABLE:
        return None
    try:
        return open_at(session, identity, link.placement)
    except (ConflictError, ForbiddenError):
        return None
