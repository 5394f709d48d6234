"""Copies of courses of a platform: what teachers had said of an activity holds for its copy too.

Taken over are the content, where the copy does not name it, and how its grade is made. Which class a course is, is not:
next year's course is another class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.lti.claims import MOST_ANCESTORS
from elearn.models.learning import Placement
from elearn.models.lti_courses import LtiContext, LtiLink
from elearn.services.lti.places import Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

GENERATIONS = 5  # of courses copied from copies of which this library has seen none


def original_of(session: Session, link: LtiLink, target: Target, links: Sequence[str] = ()) -> LtiLink | None:
    """The activity of which a new one is a copy; None where nobody knows, or several could be it.

    `target` is what the new one names, empty where it names nothing; `links` are ids of originals that the platform
    has told.
    """
    if links:
        told = _links(LtiLink.deployment_id == link.deployment_id, LtiLink.name.in_(links))
        found = {row.name: row for row in session.scalars(told)}
        known = next((found[name] for name in links if name in found and found[name].id != link.id), None)
        if known is not None:
            return known
    context = session.get(LtiContext, link.context_id) if link.context_id is not None else None
    for name in _ancestors(session, context) if context is not None else ():
        of_course = _links(LtiContext.deployment_id == link.deployment_id, LtiContext.name == name)
        alike = [row for row in session.scalars(of_course.join(LtiLink.context)) if _is_alike(row, link, target)]
        titled = [row for row in alike if row.title == link.title]
        if len(titled or alike) == 1:
            return (titled or alike)[0]
    return None


def content_of(origin: LtiLink | None) -> Target:
    """What stands at an activity; nothing where there is none."""
    if origin is None:
        return Target()
    if origin.course is not None:
        return Target(course=origin.course.uid)
    return (
        Target(material=origin.placement.material.uid, part=origin.part) if origin.placement is not None else Target()
    )


def take_over(link: LtiLink, origin: LtiLink | None) -> None:
    """Let what was said of an activity hold for its copy, unless something was said of the copy already."""
    if origin is None or link.policy:
        return
    link.policy, link.maximum = dict(origin.policy), origin.maximum
    link.tag = link.tag or origin.tag


def follow_copy(session: Session, context: LtiContext) -> None:
    """Do the same for activities that were opened before their platform said that the course is a copy."""
    for link in session.scalars(_links(LtiLink.context_id == context.id)).all():
        if not link.policy:
            take_over(link, original_of(session, link, content_of(link)))


def _links(*conditions: ColumnElement[bool]) -> Select[tuple[LtiLink]]:
    whole = joinedload(LtiLink.placement).joinedload(Placement.material)
    return select(LtiLink).where(*conditions).options(whole, joinedload(LtiLink.course)).order_by(LtiLink.id)


def _is_alike(row: LtiLink, link: LtiLink, target: Target) -> bool:
    """Whether an activity has the content that another names; of one that names nothing, the title decides."""
    if row.id == link.id:
        return False
    told = content_of(row)
    return told == target if target else bool(told) and bool(link.title) and row.title == link.title


def _ancestors(session: Session, context: LtiContext) -> list[str]:
    """The ids of the courses that one was copied from, the nearest first; those tell of what they are copies again."""
    found, asked = list[str](), list(context.origins)
    for _ in range(GENERATIONS):
        asked = [name for name in dict.fromkeys(asked) if name not in found and name != context.name]
        found += asked
        if not asked or len(found) >= MOST_ANCESTORS:
            break
        rows = select(LtiContext.origins).where(
            LtiContext.deployment_id == context.deployment_id, LtiContext.name.in_(asked)
        )
        asked = [name for origins in session.scalars(rows) for name in origins]
    return found[:MOST_ANCESTORS]
