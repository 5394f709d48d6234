"""Notices that have come from platforms: each is proven, counts once, and changes only what its platform has."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from elearn.clock import now
from elearn.identifiers import token_digest
from elearn.lti.errors import LtiError
from elearn.lti.id_token import LEEWAY, issuer_of
from elearn.lti.notices import LATEST, NoticeKind, notice_of
from elearn.lti.values import number
from elearn.models.lti import LtiLogin, LtiPlatform
from elearn.services.errors import ForbiddenError, NotFoundError
from elearn.services.lti import events, keysets
from elearn.services.lti.copies import follow_copy
from elearn.services.lti.logins import check_active
from elearn.services.lti.places import LONGEST_TITLE, accepted_deployment, context_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sqlalchemy.orm import Session

    from elearn.house import House
    from elearn.lti.notices import Notice
    from elearn.models.lti_courses import LtiContext

EVENT = "notice"


def take(house: House, token: str, about: events.About) -> bool:
    """Let the notice of a token count; False for one that came before, which changes nothing.

    It may ask the platform for its keyset, so no transaction may be open. `about` fills up as the notice is
    understood.

    Raises:
        LtiError: it is not signed by a platform of ours, not meant for us, too late, or no notice.
        NotFoundError: nobody has registered its platform (`lti_platform_unknown`).
        ForbiddenError: `lti_platform_waiting`, `lti_platform_off`, `lti_deployment_waiting`.
        OutsideError, ServiceError: the platform's keyset cannot be had.
    """
    platform = _platform_of(house, token, about)
    claims = keysets.judge(house, platform, token, None)
    _check_age(claims)
    notice = notice_of(claims)
    about.deployment = notice.deployment_id
    about.params |= {"notice": notice.kind, "context": notice.context.title or notice.context.id}
    with house.database.write() as session:
        deployment = accepted_deployment(session, platform.id, notice.deployment_id)
    if deployment is None:
        raise ForbiddenError("lti_deployment_waiting", deployment=notice.deployment_id, platform=platform.name)
    with house.database.write() as session:
        if not _use_up(session, platform, notice):
            return False
        if notice.kind == NoticeKind.CONTEXT_COPY:
            copied(session, deployment.id, notice)
        events.add(session, EVENT, about)
    return True


def copied(session: Session, deployment_id: int, notice: Notice) -> LtiContext:
    """Keep of what a course is a copy, whether or not anybody has opened it yet."""
    context = context_named(session, deployment_id, notice.context.id)
    context.title = notice.context.title[:LONGEST_TITLE] or context.title
    context.label = notice.context.label[:LONGEST_TITLE] or context.label
    # Content may be taken over from several courses, one after the other; the newest comes first.
    context.origins = list(dict.fromkeys([*notice.origins, *context.origins]))
    session.flush()
    follow_copy(session, context)
    return context


def _platform_of(house: House, token: str, about: events.About) -> LtiPlatform:
    """The platform from which a token claims to be; nothing of it is proven yet."""
    issuer, audience = issuer_of(token)
    about.issuer, about.client_id = issuer, ", ".join(audience)[:255]
    with house.database.read() as session:
        query = select(LtiPlatform).where(LtiPlatform.issuer == issuer, LtiPlatform.client_id.in_(audience[:10]))
        found = session.scalar(query.order_by(LtiPlatform.id).limit(1))
    if found is None:
        raise NotFoundError("lti_platform_unknown", issuer=issuer, client=about.client_id)
    about.come_from(found)
    check_active(found)
    return found


def _check_age(claims: Mapping[str, Any]) -> None:
    """Refuse what is so old that nobody remembers any more whether it came before."""
    age = now().timestamp() - number(claims, "iat", code="token_claim")
    if age > LATEST:
        raise LtiError("token_late", seconds=round(age - LATEST))


def _use_up(session: Session, platform: LtiPlatform, notice: Notice) -> bool:
    """Remember a notice until it would be too late; False for a second one like it, also at the same moment."""
    moment = now()
    once = f"notice\0{platform.uid}\0{notice.deployment_id}\0{notice.id}"
    row = LtiLogin(
        state_digest=token_digest(once),
        binding_digest="",
        nonce="",
        platform_id=platform.id,
        target="",
        expires_at=moment + timedelta(seconds=LATEST + 2 * LEEWAY),
        used_at=moment,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True
