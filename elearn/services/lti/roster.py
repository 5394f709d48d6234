"""Reading who is in a course of a platform, page by page, and what has changed since (NRPS 2.0).

Where the platform also tells groups of the course, they are read on the same way.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.clock import now
from elearn.lti import roster
from elearn.lti.errors import LtiError
from elearn.models.lti_courses import LtiContext, LtiMember
from elearn.services import jobs
from elearn.services.lti import events, grouping
from elearn.services.lti.paging import Pages
from elearn.services.outside import OutsideError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy.orm import Session

    from elearn.house import House
    from elearn.lti.roster import Member
    from elearn.models.lti import LtiPlatform

    Writer = Callable[[Session, LtiContext], object]

KIND = "lti_roster"
EVENT = "roster"
FRESH = timedelta(hours=1)  # a roster younger than this is not asked for by itself
MOST_PAGES = 200  # some platforms give fewer than asked for
MOST_MEMBERS = 10_000


def is_due(context: LtiContext) -> bool:
    """Whether a teacher who looks at a course should set off another reading."""
    return can_be_read(context) and (context.roster_at is None or now() - context.roster_at > FRESH)


def can_be_read(context: LtiContext) -> bool:
    """Whether the platform tells anything of the course."""
    return bool(context.roster_url or context.groups_url)


def ask(session: Session, context: LtiContext) -> bool:
    """Let the worker read the roster of a course; at most once a minute."""
    return can_be_read(context) and jobs.enqueue(
        session, KIND, key=f"{KIND}:{context.id}:{now():%Y-%m-%dT%H:%M}", payload={"context": context.id}
    )


def read(house: House, payload: Mapping[str, Any]) -> Callable[[Session], object] | None:
    """Ask the platform, outside of any transaction; what is returned writes what came of it."""
    with house.database.read() as session:
        context = session.get(LtiContext, payload["context"])
        if context is None or not can_be_read(context):
            return None
        platform = context.deployment.platform
    writers: list[Writer] = []
    members: list[Member] | None = None
    if context.roster_url:
        try:
            members = _all_pages(house, platform, context)
        except (LtiError, OutsideError) as error:
            writers.append(_failed(house, platform, "roster_code", error))
        else:
            writers.append(partial(keep, listed=members))
    if context.groups_url:
        try:
            writers.append(partial(grouping.keep, told=grouping.read(house, platform, context, members)))
        except (LtiError, OutsideError) as error:
            writers.append(_failed(house, platform, "groups_code", error))
    return lambda session: [write(session, session.get_one(LtiContext, payload["context"])) for write in writers]


def _failed(house: House, platform: LtiPlatform, column: str, error: LtiError | OutsideError) -> Writer:
    """Tell the administrator, and the teacher whose page asks for it."""
    events.note(house.database, EVENT, platform_id=platform.id, code=error.code, params=error.params)
    return lambda _session, context: setattr(context, column, error.code)


def _all_pages(house: House, platform: LtiPlatform, context: LtiContext) -> list[Member]:
    """Every member; a roster of which a part is missing would make the rest look as if they had left.

    Raises:
        LtiError, OutsideError: it cannot be read to the end.
    """
    wanted = {"groups": "true"} if context.groups_url else {}
    pages = Pages(house, platform, roster.SCOPE, roster.TYPE, refused="roster_refused", service="roster")
    members: list[Member] = []
    for body, link, address in pages.read(roster.listing(context.roster_url, **wanted), MOST_PAGES):
        page = roster.page(body, link, asked=address)
        members += page.members
        if len(members) > MOST_MEMBERS:
            break
        if not page.following:
            return members
        pages.go_on(page.following)
    raise LtiError("roster_too_long", most=MOST_MEMBERS)


def keep(session: Session, context: LtiContext, listed: Iterable[Member]) -> None:
    """Write what a whole roster says: new members, changed ones, and those who are in it no more."""
    moment = now()
    known = {row.subject: row for row in session.scalars(select(LtiMember).where(LtiMember.context_id == context.id))}
    for member in listed:
        row = known.get(member.subject)
        if row is None:
            row = LtiMember(context_id=context.id, subject=member.subject, display_name="", groups=[])
            known[member.subject] = row
            session.add(row)
        row.roles = sorted(role.value for role in member.roles)
        row.is_active, row.listed_at = member.is_active, moment
        # A platform that keeps names to itself does not take away what a launch has told.
        row.display_name = name_of(member) or row.display_name
        row.groups = row.groups if member.groups is None else sorted(member.groups)
    for row in known.values():
        if row.listed_at != moment:
            row.is_active = False
    context.roster_at, context.roster_code = moment, ""
    session.flush()


def name_of(member: Member) -> str:
    """The name as it is read; Vietnamese names begin with the family."""
    return (member.name or f"{member.family_name} {member.given_name}").strip()[:300]
