"""Opening an item of a course: the attempt of its placement under its policy, or a visit of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.models.course import Course, CourseItem
from elearn.models.learning import Attempt, PlacementKind
from elearn.services.courses.finding import course_by_uid, item_of
from elearn.services.courses.learning import Gate, Seat, find_seat, gate_of
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError
from elearn.services.player.attempts import PLAYABLE, latest_attempt, offered_at, open_at, visited_attempt
from elearn.services.player.locks import lock_learner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.learning import Placement
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class Launch:
    """An item that a learner has opened: the seat from which, and the attempt that keeps the result."""

    seat: Seat
    item: CourseItem
    attempt: Attempt


def launch(session: Session, identity: Identity, course_uid: str, item_uid: str, *, anew: bool = False) -> Launch:
    """Begin or continue the learner's attempt at a lesson of a course; `anew` begins another when one is done.

    Raises:
        NotFoundError: `course_not_found`, `course_item_not_found`.
        ForbiddenError: `course_not_begun`, `course_over`, `course_item_not_yet`.
        ConflictError: `course_closed`, `course_item_unavailable`, `attempts_used_up`, `not_playable`.
    """
    seat, item = _admitted(session, identity, course_uid, item_uid)
    return Launch(seat, item, open_at(session, identity, item.placement, anew=anew))


def visit(session: Session, identity: Identity, course_uid: str, item_uid: str) -> Launch:
    """Note that the learner has opened a file of a course, which is all that can be known of files: it is done.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `launch`.
    """
    seat, item = _admitted(session, identity, course_uid, item_uid)
    material, version = item.placement.material, offered_at(item.placement)
    if material.kind in PLAYABLE or identity.account_id is None or version is None:
        raise ConflictError("course_item_unavailable", title=item.title)
    lock_learner(session, identity.account_id)
    attempt = latest_attempt(session, identity.account_id, item.placement_id)
    if attempt is None or attempt.registration.version_id != version.id:
        attempt = _visited(session, identity.account_id, item, version.id)
    attempt.changed_at = now()
    session.flush()
    return Launch(seat, item, attempt)


def _visited(session: Session, account_id: int, item: CourseItem, version_id: int) -> Attempt:
    return visited_attempt(session, account_id, item.placement_id, version_id)


def _admitted(session: Session, identity: Identity, course_uid: str, item_uid: str) -> tuple[Seat, CourseItem]:
    course = course_by_uid(session, course_uid)
    if course is None:
        raise NotFoundError("course_not_found")
    seat = find_seat(session, identity, course)
    item = item_of(course, item_uid)
    _pass_gate(identity, seat, item)
    return seat, item


def _pass_gate(identity: Identity, seat: Seat, item: CourseItem) -> None:
    match gate_of(identity, seat, item):
        case Gate.CLOSED:
            raise ConflictError("course_closed")
        case Gate.NOT_YET:
            raise ForbiddenError("course_item_not_yet", title=item.title, day=item.opens_on)
        case Gate.UNAVAILABLE:
            raise ConflictError("course_item_unavailable", title=item.title)


def require_open(session: Session, identity: Identity, placement: Placement) -> None:
    """Refuse to go on with an attempt when its course is no longer open to the learner.

    Raises:
        NotFoundError, ForbiddenError, ConflictError: as `launch`; placements of other kinds pass.
    """
    if placement.kind is not PlacementKind.COURSE_ITEM:
        return
    item = session.scalar(select(CourseItem).where(CourseItem.placement_id == placement.id))
    if item is None:
        raise NotFoundError("course_item_not_found")
    _admitted(session, identity, item.course.uid, item.uid)


def course_uid_of(session: Session, placement: Placement) -> str | None:
    """The uid of the course to which a player returns; None for a launch from elsewhere."""
    if placement.kind is not PlacementKind.COURSE_ITEM:
        return None
    found = select(Course.uid).join(CourseItem, CourseItem.course_id == Course.id)
    return session.scalar(found.where(CourseItem.placement_id == placement.id))
