"""What stands at a resource link of a platform, for whoever was launched from there: a lesson, a file or a course."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.database import day_of
from elearn.models.course import Course, CourseStatus
from elearn.models.learning import Attempt, AttemptStatus, Placement, PlacementKind, Registration
from elearn.models.lti_courses import LtiLink
from elearn.models.material import Material, Status, Version
from elearn.services.access import Action, may
from elearn.services.courses.authoring import grading_of
from elearn.services.courses.finding import item_of, items_of, with_contents
from elearn.services.courses.learning import Gate
from elearn.services.courses.results import ItemResult, item_result
from elearn.services.errors import ConflictError, NotFoundError
from elearn.services.lti import outbox
from elearn.services.lti.acts import record_launch
from elearn.services.lti.pdf_pages import page_of
from elearn.services.lti.reached import grading_of as grading_at
from elearn.services.player.attempts import (
    PLAYABLE,
    keep_to,
    latest_attempt,
    offered_at,
    open_at,
    placement_at,
    visited_attempt,
)
from elearn.services.player.locks import lock_learner

if TYPE_CHECKING:
    from datetime import date
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.course import CourseItem
    from elearn.services.access import Identity
    from elearn.services.lti.launched import Launched


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson or file of an activity as its learner sees it; `attempts` are the own ones here, newest first.

    `item` is its place in a course; None for what stands at the link alone. `page` is where a document opens.
    """

    title: str
    material: Material
    gate: Gate
    result: ItemResult
    attempts: tuple[Attempt, ...]
    item: CourseItem | None = None
    page: int | None = None

    @property
    def is_playable(self) -> bool:
        """Whether the player shows it; others are files."""
        return self.material.kind in PLAYABLE

    @property
    def is_under_way(self) -> bool:
        """Whether the newest attempt goes on with the next launch."""
        return bool(self.attempts) and self.attempts[0].status is not AttemptStatus.ENDED


@dataclass(frozen=True, slots=True)
class Activity:
    """What stands at a link: the lessons of a course, or one without a course."""

    title: str
    description: str
    lessons: tuple[Lesson, ...]
    is_course: bool


def load_activity(session: Session, identity: Identity, launched: Launched) -> Activity:
    """What stands at the link of a launch, in a fixed number of queries.

    Raises:
        NotFoundError: nothing was chosen for the link, or it is not for the learner's unit any more.
    """
    link = _link(session, launched)
    attempts = _attempts(session, identity, link)
    if link.course_id is not None:
        course = _course(session, link.course_id)
        day = day_of(session)
        lessons = tuple(_of_item(identity, course, item, day, attempts) for item in items_of(course))
        return Activity(link.title or course.title, course.description, lessons, is_course=True)
    placement = _placement_of(link)
    material = placement.material
    if not may(identity, Action.SEE_MATERIAL, material) or material.current_version is None:
        raise NotFoundError("material_not_found")
    own = attempts[material.id]
    result = item_result(own, grading_at(link))
    lesson = Lesson(
        material.title,
        material,
        _left(placement, own, Gate.OPEN),
        result,
        tuple(reversed(own)),
        page=page_of(material, link.part),
    )
    return Activity(link.title or material.title, material.description, (lesson,), is_course=False)


def begin_lesson(session: Session, identity: Identity, launched: Launched, item: str, timezone: ZoneInfo) -> Attempt:
    """Begin or continue the learner's attempt at a lesson (`item` of a course, else ""), and record that.

    Raises:
        NotFoundError: as `load_activity`, or there is no such item.
        ForbiddenError, ConflictError: as `open_at`; `course_item_unavailable`.
    """
    link, placement = _place(session, identity, launched, item)
    attempt = open_at(session, identity, placement)
    record_launch(session, identity, link, attempt, timezone)
    return attempt


@dataclass(frozen=True, slots=True)
class Visited:
    """A file that was opened, and the page at which it opens; None for its beginning."""

    material: Material
    version: Version
    page: int | None


def visit_file(session: Session, identity: Identity, launched: Launched, item: str, timezone: ZoneInfo) -> Visited:
    """Note that the learner has opened a file, which is all that can be known of files: it is done.

    Raises:
        NotFoundError, ConflictError: as `begin_lesson`.
    """
    link, placement = _place(session, identity, launched, item)
    material, version = placement.material, offered_at(placement)
    if material.kind in PLAYABLE or version is None or identity.account_id is None:
        raise ConflictError("course_item_unavailable", title=material.title)
    lock_learner(session, identity.account_id)
    attempt = latest_attempt(session, identity.account_id, placement.id)
    if attempt is None or attempt.registration.version_id != version.id:
        attempt = visited_attempt(session, identity.account_id, placement.id, version.id)
        outbox.follow(session, attempt)
    attempt.changed_at = now()
    record_launch(session, identity, link, attempt, timezone)
    return Visited(material, version, page_of(material, link.part))


def link_at(session: Session, placement: Placement) -> LtiLink | None:
    """The resource link at which a placement is; None for those elsewhere."""
    if placement.kind is not PlacementKind.LTI:
        return None
    return session.scalar(select(LtiLink).where(LtiLink.uid == placement.context))


def _link(session: Session, launched: Launched) -> LtiLink:
    link = session.get(LtiLink, launched.link_id) if launched.link_id is not None else None
    if link is None:
        raise NotFoundError("material_not_found")
    return link


def _placement_of(link: LtiLink) -> Placement:
    if link.placement is None:
        raise NotFoundError("material_not_found")
    return link.placement


def _course(session: Session, course_id: int) -> Course:
    query = select(Course).where(Course.id == course_id, Course.status != CourseStatus.DRAFT)
    course = session.scalars(with_contents(query)).unique().one_or_none()
    if course is None:
        raise NotFoundError("course_not_found")
    return course


def _place(session: Session, identity: Identity, launched: Launched, item_uid: str) -> tuple[LtiLink, Placement]:
    """Where a lesson is launched from: the place of the link, or one of its own for each item of a course."""
    link = _link(session, launched)
    if link.course_id is None:
        placement = _placement_of(link)
        if not may(identity, Action.SEE_MATERIAL, placement.material):
            raise NotFoundError("material_not_found")
        return link, placement
    course = _course(session, link.course_id)
    item = item_of(course, item_uid)
    if _gate(identity, course, item, day_of(session)) is not Gate.OPEN:
        raise ConflictError("course_item_unavailable", title=item.title)
    placement = placement_at(session, item.placement.material, PlacementKind.LTI, link.uid)
    placement.policy = dict(item.placement.policy)  # what the course says counts here too
    if placement.version_id != item.placement.version_id:
        keep_to(session, placement, item.placement.version)
    return link, placement


def _attempts(session: Session, identity: Identity, link: LtiLink) -> dict[int, list[Attempt]]:
    """The learner's own attempts at the link by material, in the order in which they were begun."""
    query = (
        select(Attempt, Placement.material_id)
        .join(Attempt.registration)
        .join(Registration.placement)
        .where(
            Registration.account_id == identity.account_id,
            Registration.reset_at.is_(None),
            Placement.kind == PlacementKind.LTI,
            Placement.context == link.uid,
        )
        .options(joinedload(Attempt.registration))
        .order_by(Attempt.id)
    )
    found = defaultdict(list)
    for attempt, material_id in session.execute(query):
        found[material_id].append(attempt)
    return found


def _of_item(
    identity: Identity, course: Course, item: CourseItem, day: date, attempts: dict[int, list[Attempt]]
) -> Lesson:
    own = attempts[item.placement.material_id]
    gate = _left(item.placement, own, _gate(identity, course, item, day))
    result = item_result(own, grading_of(item))
    return Lesson(item.title, item.placement.material, gate, result, tuple(reversed(own)), item)


def _gate(identity: Identity, course: Course, item: CourseItem, day: date) -> Gate:
    material = item.placement.material
    is_ready = material.status is Status.PUBLISHED and material.current_version is not None
    if not is_ready or not may(identity, Action.SEE_MATERIAL, material):
        return Gate.UNAVAILABLE
    if course.status is CourseStatus.CLOSED:
        return Gate.CLOSED
    return Gate.NOT_YET if item.opens_on is not None and item.opens_on > day else Gate.OPEN


def _left(placement: Placement, own: list[Attempt], gate: Gate) -> Gate:
    """A gate that is open closes when the attempts are used up and none is under way."""
    allowed = int(placement.policy.get("max_attempts") or 0)
    goes_on = bool(own) and own[-1].status is not AttemptStatus.ENDED
    return Gate.USED_UP if gate is Gate.OPEN and allowed and len(own) >= allowed and not goes_on else gate
