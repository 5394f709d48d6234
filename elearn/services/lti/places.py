"""Where a launch comes from: the course of the platform, its member, and the link with what stands behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from elearn.clock import now
from elearn.models.course import Course, CourseStatus
from elearn.models.learning import Placement, PlacementKind, Registration
from elearn.models.lti import LtiDeployment
from elearn.models.lti_courses import LtiContext, LtiLink, LtiMember
from elearn.models.material import Material
from elearn.services.access import Action, may
from elearn.services.access.visibility import readable_units
from elearn.services.errors import NotFoundError, ServiceError
from elearn.services.lti.holders import name_of
from elearn.services.lti.logins import OPEN_PREFIX
from elearn.services.player.attempts import placement_at
from elearn.services.player.single_part import part_of, with_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.lti.claims import Launch
    from elearn.services.access import Identity

Found = TypeVar("Found", LtiDeployment, LtiContext, LtiMember, LtiLink)

LONGEST_TITLE = 300  # characters
LONGEST_PART = 255
_MATERIAL = re.compile(r"m/(?P<uid>[0-9a-f]{32})(?:/p/(?P<part>[^/]+))?/?")
_UID = re.compile("[0-9a-f]{32}")
_COURSE = re.compile(r"c/(?P<uid>[0-9a-f]{32})/?")


@dataclass(frozen=True, slots=True)
class Target:
    """What an address of ours opens: a material, a part of it, or a course; nothing when all is empty."""

    material: str = ""
    part: str = ""
    course: str = ""

    def __bool__(self) -> bool:
        """Whether it names something."""
        return bool(self.material or self.course)


def target_of(address: str) -> Target:
    """What a target link opens.

    Raises:
        NotFoundError: there is no such page (`lti_target_unknown`).
    """
    path = urlsplit(address).path
    if not path.startswith(OPEN_PREFIX):
        return Target()
    asked = path.removeprefix(OPEN_PREFIX)
    if found := _MATERIAL.fullmatch(asked):
        return Target(material=found["uid"], part=unquote(found["part"] or "")[:LONGEST_PART])
    if found := _COURSE.fullmatch(asked):
        return Target(course=found["uid"])
    raise NotFoundError("lti_target_unknown", target=address)


def named_by(custom: Mapping[str, str]) -> Target:
    """What the custom parameters of an activity name: some platforms write their own address into copies of it."""
    uids = {name: custom.get(name, "") for name in ("material", "course")}
    material, course = (uid if _UID.fullmatch(uid) else "" for uid in uids.values())
    if course:
        return Target(course=course)
    return Target(material=material, part=custom.get("part", "")[:LONGEST_PART] if material else "")


def accepted_deployment(session: Session, platform_id: int, name: str) -> LtiDeployment | None:
    """The deployment with a name if an administrator has accepted it; one that is new is kept for that."""
    query = select(LtiDeployment).where(LtiDeployment.platform_id == platform_id, LtiDeployment.name == name)
    found = _found_or_made(session, query, LtiDeployment(platform_id=platform_id, name=name))
    return found if found.accepted_at is not None else None


def context_of(session: Session, deployment_id: int, launch: Launch) -> LtiContext | None:
    """The course from which a launch comes, with its names as of today; None for a launch from no course."""
    if not launch.context.id:
        return None
    context = context_named(session, deployment_id, launch.context.id)
    context.title = launch.context.title[:LONGEST_TITLE] or context.title
    context.label = launch.context.label[:LONGEST_TITLE] or context.label
    context.roster_url = launch.roster_url or context.roster_url
    told = launch.groups
    context.groups_url, context.group_sets_url = (told.groups, told.sets) if told is not None else ("", "")
    context.origins = list(launch.ancestors.contexts) or context.origins
    return context


def context_named(session: Session, deployment_id: int, name: str) -> LtiContext:
    """The course with an id of the platform; new when nothing was heard of it yet."""
    query = select(LtiContext).where(LtiContext.deployment_id == deployment_id, LtiContext.name == name)
    new = LtiContext(deployment_id=deployment_id, name=name, title="", label="", origins=[])
    return _found_or_made(session, query, new)


def note_member(session: Session, context: LtiContext, launch: Launch, account_id: int) -> LtiMember:
    """Keep that somebody of a course has come, with the roles there."""
    subject = launch.person.subject
    query = select(LtiMember).where(LtiMember.context_id == context.id, LtiMember.subject == subject)
    member = _found_or_made(
        session, query, LtiMember(context_id=context.id, subject=subject, display_name="", roles=[])
    )
    member.display_name = name_of(launch.person) or member.display_name
    member.roles = sorted(launch.roles)
    member.account_id = account_id
    member.opened_at = member.opened_at or now()
    member.is_active = True
    return member


def link_of(session: Session, deployment_id: int, launch: Launch, context: LtiContext | None) -> LtiLink:
    """The link that was launched, with its title and its services of grades as of today."""
    query = select(LtiLink).where(LtiLink.deployment_id == deployment_id, LtiLink.name == launch.link.id)
    new = LtiLink(deployment_id=deployment_id, name=launch.link.id, title="", scopes=[], policy={})
    link = _found_or_made(session, query, new)
    link.title = launch.link.title[:LONGEST_TITLE] or link.title
    link.context_id = context.id if context is not None else link.context_id
    link.scopes = sorted(launch.grades.scopes)
    # A line item that we have made ourselves stays when the platform names none.
    link.line_item = launch.grades.line_item or link.line_item
    link.line_items = launch.grades.line_items or link.line_items
    return link


def place(session: Session, identity: Identity, link: LtiLink, target: Target) -> None:
    """Put what the address names behind the link, if whoever launches may see it.

    Raises:
        ServiceError: it names nothing, and nothing is there from before (`lti_nothing_chosen`).
        NotFoundError: there is no such material or course for this platform (`lti_content_not_found`).
    """
    if target.course:
        course = session.scalar(select(Course).where(Course.uid == target.course))
        if course is None or course.status is CourseStatus.DRAFT or course.unit_id not in readable_units(identity):
            raise NotFoundError("lti_content_not_found")
        link.course_id, link.placement_id, link.part = course.id, None, ""
    elif target.material:
        material = session.scalar(select(Material).where(Material.uid == target.material))
        if material is None or not may(identity, Action.SEE_MATERIAL, material):
            raise NotFoundError("lti_content_not_found")
        link.placement = placement_at(session, material, PlacementKind.LTI, link.uid)
        link.course_id, link.part = None, target.part
        _play_part(session, link.placement, target.part)
    elif link.placement_id is None and link.course_id is None:
        raise ServiceError("lti_nothing_chosen")
    session.flush()


def _play_part(session: Session, placement: Placement, part: str) -> None:
    """Let a place play one part, or the whole with ""; work on what was chosen before is kept and not gone on with."""
    if part_of(placement) == part:
        return
    placement.policy = with_part(placement.policy, part)
    begun = update(Registration).where(Registration.placement_id == placement.id, Registration.reset_at.is_(None))
    session.execute(begun.values(reset_at=now()))


def _found_or_made(session: Session, query: Select[tuple[Found]], new: Found) -> Found:
    """The row of a query, or the new one; of two launches at once only one makes it."""
    found = session.scalar(query)
    if found is not None:
        return found
    try:
        with session.begin_nested():
            session.add(new)
    except IntegrityError:
        return session.scalars(query).one()
    return new
