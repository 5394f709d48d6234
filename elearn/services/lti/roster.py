"""Reading who is in a course of a platform, page by page, and what has changed since (NRPS 2.0)."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.clock import now
from elearn.lti import roster
from elearn.lti.errors import LtiError
from elearn.lti.values import read_json
from elearn.models.lti import LtiContext, LtiMember
from elearn.services import jobs
from elearn.services.lti import events
from elearn.services.lti.tokens import bearer
from elearn.services.outside import OutsideError, fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy.orm import Session

    from elearn.house import House
    from elearn.lti.roster import Member
    from elearn.models.lti import LtiPlatform
    from elearn.services.outside import Answer

KIND = "lti_roster"
EVENT = "roster"
FRESH = timedelta(hours=1)  # a roster younger than this is not asked for by itself
MOST_PAGES = 100
MOST_MEMBERS = 10_000


def is_due(context: LtiContext) -> bool:
    """Whether a teacher who looks at a course should set off another reading."""
    return bool(context.roster_url) and (context.roster_at is None or now() - context.roster_at > FRESH)


def ask(session: Session, context: LtiContext) -> bool:
    """Let the worker read the roster of a course; at most once a minute."""
    return bool(context.roster_url) and jobs.enqueue(
        session, KIND, key=f"{KIND}:{context.id}:{now():%Y-%m-%dT%H:%M}", payload={"context": context.id}
    )


def read(house: House, payload: Mapping[str, Any]) -> Callable[[Session], object] | None:
    """Ask the platform, outside of any transaction; what is returned writes what came of it."""
    with house.database.read() as session:
        context = session.get(LtiContext, payload["context"])
        if context is None or not context.roster_url:
            return None
        address, platform = context.roster_url, context.deployment.platform
    try:
        members = _all_pages(house, platform, address)
    except (LtiError, OutsideError) as error:
        code, params = error.code, error.params
        events.note(house.database, EVENT, platform_id=platform.id, code=code, params=params)
        return lambda session: _keep_failure(session, payload["context"], code)
    return lambda session: keep(session, session.get_one(LtiContext, payload["context"]), members)


def _all_pages(house: House, platform: LtiPlatform, address: str) -> list[Member]:
    """Every member; a roster of which a part is missing would make the rest look as if they had left.

    Raises:
        LtiError, OutsideError: it cannot be read to the end.
    """
    members: list[Member] = []
    address = roster.listing(address)
    asked = set[str]()
    token = bearer(house, platform, [roster.SCOPE])
    for _ in range(MOST_PAGES):
        answer = _ask(house, address, token)
        if answer.status == HTTPStatus.UNAUTHORIZED:  # a token that the platform has forgotten
            token = bearer(house, platform, [roster.SCOPE], refused=token)
            answer = _ask(house, address, token)
        page = _page(answer, address)
        members += page.members
        if len(members) > MOST_MEMBERS:
            break
        if not page.following:
            return members
        asked.add(address)
        if page.following in asked:
            raise LtiError("service_malformed", service="roster", field="next")
        address = page.following
    raise LtiError("roster_too_long", most=MOST_MEMBERS)


def _ask(house: House, address: str, token: str) -> Answer:
    return fetch(house.guard, address, headers={"Accept": roster.TYPE, "Authorization": f"Bearer {token}"})


def _page(answer: Answer, address: str) -> roster.Page:
    if answer.status != HTTPStatus.OK:
        raise LtiError("roster_refused", status=answer.status)
    try:
        body = read_json(answer.body)
    except ValueError as error:
        raise LtiError("service_malformed", service="roster", field="") from error
    return roster.page(body, answer.headers.get("link", ""), asked=address)


def _keep_failure(session: Session, context_id: int, code: str) -> None:
    session.get_one(LtiContext, context_id).roster_code = code


def keep(session: Session, context: LtiContext, listed: Iterable[Member]) -> None:
    """Write what a whole roster says: new members, changed ones, and those who are in it no more."""
    moment = now()
    known = {row.subject: row for row in session.scalars(select(LtiMember).where(LtiMember.context_id == context.id))}
    for member in listed:
        row = known.get(member.subject)
        if row is None:
            row = known[member.subject] = LtiMember(context_id=context.id, subject=member.subject, display_name="")
            session.add(row)
        row.roles = sorted(role.value for role in member.roles)
        row.is_active, row.listed_at = member.is_active, moment
        # A platform that keeps names to itself does not take away what a launch has told.
        row.display_name = name_of(member) or row.display_name
    for row in known.values():
        if row.listed_at != moment:
            row.is_active = False
    context.roster_at, context.roster_code = moment, ""
    session.flush()


def name_of(member: Member) -> str:
    """The name as it is read; Vietnamese names begin with the family."""
    return (member.name or f"{member.family_name} {member.given_name}").strip()[:300]
