"""Opening what a platform has sent somebody to: the person, the place, the session behind the handle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from elearn.lti.claims import MessageType
from elearn.models.lti_courses import LtiSession
from elearn.services.access import load_identity
from elearn.services.errors import ConflictError, ForbiddenError
from elearn.services.lti import outbox
from elearn.services.lti.acts import record_launch
from elearn.services.lti.copies import content_of, original_of, take_over
from elearn.services.lti.former import keep_account
from elearn.services.lti.holders import holder
from elearn.services.lti.launched import as_launched, open_launched_session
from elearn.services.lti.places import context_of, link_of, named_by, note_member, place, target_of
from elearn.services.lti.reviewing import check_reviewer, link_of_review
from elearn.services.lti.subscribing import subscribe
from elearn.services.player.attempts import PLAYABLE, open_at

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.learning import Attempt
    from elearn.models.lti_courses import LtiContext, LtiLink
    from elearn.services.access import Identity
    from elearn.services.lti.arriving import Arrival


@dataclass(frozen=True, slots=True)
class Opened:
    """What a launch has opened: the handle, shown once, and the attempt of a learner who plays at once ("" else)."""

    handle: str
    account_id: int
    message: MessageType
    attempt: str = ""


@dataclass(frozen=True, slots=True)
class Browser:
    """What is known of the browser that launches."""

    user_agent: str = ""
    address: str = ""


def open_launch(session: Session, arrival: Arrival, browser: Browser, timezone: ZoneInfo) -> Opened:
    """Let somebody in: a learner is taken to the lesson, a teacher to the page of the link, a picker to the search.

    Raises:
        ServiceError: `lti_anonymous`, `lti_nothing_chosen`.
        ForbiddenError: `lti_account_disabled`, `lti_review_of_others`.
        NotFoundError: `lti_target_unknown`, `lti_content_not_found`, `lti_review_not_found`.
    """
    platform, launch, known_as = arrival.platform, arrival.launch, arrival.known_as
    keep_account(session, platform, launch, arrival.claims, known_as)
    known = holder(session, known_as, launch.person)
    identity = as_launched(load_identity(session, known.account_id), platform.unit_id, launch.person.locale)
    subscribe(session, arrival.deployment_id, launch)
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
    opened = Opened(handle, known.account_id, launch.message)
    plays = launch.message is MessageType.RESOURCE_LINK and not launch.is_teaching
    attempt = _begun(session, identity, link) if plays and link is not None else None
    if link is None or attempt is None:
        return opened
    record_launch(session, identity, link, attempt, timezone)
    return replace(opened, attempt=attempt.uid)


def _link(session: Session, identity: Identity, arrival: Arrival, context: LtiContext | None) -> LtiLink | None:
    """The link with what stands behind it; None of a picking, which has none yet."""
    launch = arrival.launch
    match launch.message:
        case MessageType.DEEP_LINKING:
            return None
        case MessageType.SUBMISSION_REVIEW:
            check_reviewer(launch)
            return link_of_review(session, arrival.deployment_id, launch)
        case MessageType.RESOURCE_LINK:
            link = link_of(session, arrival.deployment_id, launch, context)
            target = target_of(launch.target_link_uri) or named_by(launch.custom)
            is_new = link.placement_id is None and link.course_id is None
            origin = original_of(session, link, target, launch.ancestors.links) if is_new else None
            place(session, identity, link, target or content_of(origin))
            take_over(link, origin)
            outbox.follow_link(session, link)
            return link


def _begun(session: Session, identity: Identity, link: LtiLink) -> Attempt | None:
    """The attempt that a learner begins or goes on with; None where the page of the link says why there is none."""
    if link.placement is None or link.placement.material.kind not in PLAYABLE:
        return None
    try:
        return open_at(session, identity, link.placement)
    except (ConflictError, ForbiddenError):
        return None
