"""The learner's side: which courses are open to whom, what comes next, and what may be opened now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from elearn.database import day_of
from elearn.models.course import Course, CourseFeedback, CourseItem, CourseOpening, CourseStatus, CourseTeacher
from elearn.models.learning import Placement
from elearn.models.material import Material, Status
from elearn.models.organisation import Unit
from elearn.models.people import Enrolment
from elearn.services.access import Action, may
from elearn.services.courses.authoring import max_attempts_of
from elearn.services.courses.finding import course_by_uid, items_of
from elearn.services.courses.progress import Cell, load_cells
from elearn.services.errors import ForbiddenError, NotFoundError
from elearn.services.player.attempts import offered_at

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity


class Gate(StrEnum):
    """Whether a learner may open an item now."""

    OPEN = "open"
    NOT_YET = "not_yet"  # its day has not come
    CLOSED = "closed"  # the course has ended
    UNAVAILABLE = "unavailable"  # the material was withdrawn, or this learner may not see it
    USED_UP = "used_up"  # no attempt is left


@dataclass(frozen=True, slots=True)
class Seat:
    """A learner's place in a course: through which class it is open on a day."""

    course: Course
    opening: CourseOpening
    day: date

    @property
    def is_over(self) -> bool:
        """Whether nothing begins here any more: the course was closed, or the last day of the class has passed."""
        last = self.opening.closes_on
        return self.course.status is CourseStatus.CLOSED or (last is not None and last < self.day)


@dataclass(frozen=True, slots=True)
class Step:
    """An item as its learner sees it; `attempts_left` is None where any number is allowed."""

    item: CourseItem
    cell: Cell
    gate: Gate
    attempts_left: int | None
    is_overdue: bool
    feedback: tuple[CourseFeedback, ...] = ()
    is_outdated: bool = False  # the attempt under way is at another version than a new one would get

    @property
    def can_open(self) -> bool:
        """Whether a launch will be taken."""
        return self.gate is Gate.OPEN


@dataclass(frozen=True, slots=True)
class LearnerCourse:
    """A course as one learner sees it: `done` of `required` items; `following` is what comes next."""

    seat: Seat
    steps: tuple[Step, ...]
    done: int
    required: int
    following: Step | None

    @property
    def progress(self) -> float:
        """The part of the required items that is done, from 0 to 1."""
        return self.done / self.required if self.required else 0.0


def find_seat(session: Session, identity: Identity, course: Course) -> Seat:
    """The learner's place in a course that is open to a class of the learner today.

    Raises:
        NotFoundError, ForbiddenError: as `find_last_seat`.
        ForbiddenError: `course_over`; the last day has passed.
    """
    seat = find_last_seat(session, identity, course)
    if not is_open_on(seat.opening, seat.day):
        raise ForbiddenError("course_over", day=seat.opening.closes_on)
    return seat


def find_last_seat(session: Session, identity: Identity, course: Course) -> Seat:
    """The learner's place in a course today, else the one held last: what was done there stays the learner's to see.

    Raises:
        NotFoundError: `course_not_found`; the identity is in no class to which it was opened, or teaches it.
        ForbiddenError: `course_not_begun`; it opens to a class of the learner later.
    """
    day = day_of(session)
    openings = _openings_of(session, identity, course, day)
    if not openings or course.status is CourseStatus.DRAFT or _is_teacher(identity, course):
        raise NotFoundError("course_not_found")
    for opening in openings:
        if is_open_on(opening, day):
            return Seat(course, opening, day)
    ended = [(opening.closes_on, opening.id) for opening in openings if opening.closes_on and opening.closes_on < day]
    if not ended:
        raise ForbiddenError("course_not_begun", day=min(opening.opens_on for opening in openings))
    last = max(ended)[1]
    return Seat(course, next(opening for opening in openings if opening.id == last), day)


def is_open_on(opening: CourseOpening, day: date) -> bool:
    """Whether a class has the course on a day."""
    return opening.opens_on <= day and (opening.closes_on is None or day <= opening.closes_on)


def _openings_of(session: Session, identity: Identity, course: Course, day: date) -> list[CourseOpening]:
    if identity.person_id is None:
        return []
    enrolled = select(Enrolment.class_id).where(Enrolment.person_id == identity.person_id, Enrolment.valid_on(day))
    classes = set(session.scalars(enrolled))
    return [opening for opening in course.openings if opening.class_id in classes]


def _is_teacher(identity: Identity, course: Course) -> bool:
    """Nobody is their own pupil, with whichever account."""
    accounts = {row.account_id for row in course.teachers}
    persons = {row.account.person_id for row in course.teachers}
    return identity.account_id in accounts or identity.person_id in persons - {None}


def learner_course(session: Session, identity: Identity, uid: str) -> LearnerCourse:
    """The page of a course for its learner, in a fixed number of queries.

    Raises:
        NotFoundError, ForbiddenError: as `find_last_seat`.
    """
    course = course_by_uid(session, uid)
    if course is None:
        raise NotFoundError("course_not_found")
    seat = find_last_seat(session, identity, course)
    said = _feedback(session, identity, course)
    return _view(session, identity, [seat], said)[0]


def my_courses(session: Session, identity: Identity) -> list[LearnerCourse]:
    """The courses that are open to the learner today, those with something left to do first."""
    day = day_of(session)
    if identity.person_id is None or identity.account_id is None:
        return []
    taught = select(CourseTeacher.course_id).where(CourseTeacher.account_id == identity.account_id)
    query = (
        select(CourseOpening)
        .join(Enrolment, Enrolment.class_id == CourseOpening.class_id)
        .join(Course, Course.id == CourseOpening.course_id)
        .where(Enrolment.person_id == identity.person_id, Enrolment.valid_on(day), Course.id.not_in(taught))
        .where(CourseOpening.opens_on <= day, or_(CourseOpening.closes_on.is_(None), CourseOpening.closes_on >= day))
        .where(Course.status != CourseStatus.DRAFT)
        .options(contains_eager(CourseOpening.course).options(*_contents()))
        .order_by(CourseOpening.opens_on.desc(), CourseOpening.id.desc())
    )
    seats = {}
    for opening in session.scalars(query).unique():
        seats.setdefault(opening.course_id, Seat(opening.course, opening, day))
    views = _view(session, identity, list(seats.values()), {})
    return sorted(views, key=lambda view: view.following is None)


def _contents() -> Sequence[object]:
    material = selectinload(Course.items).joinedload(CourseItem.placement).joinedload(Placement.material)
    return (
        material.joinedload(Material.current_version),
        joinedload(Course.unit).selectinload(Unit.names),
        joinedload(Course.owner),
    )


def _feedback(session: Session, identity: Identity, course: Course) -> dict[int, tuple[CourseFeedback, ...]]:
    query = select(CourseFeedback).where(
        CourseFeedback.learner_id == identity.account_id,
        CourseFeedback.item_id.in_([item.id for item in items_of(course)]),
    )
    said = defaultdict(list)
    for row in session.scalars(query.options(joinedload(CourseFeedback.teacher)).order_by(CourseFeedback.id)):
        said[row.item_id].append(row)
    return {item_id: tuple(rows) for item_id, rows in said.items()}


def _view(
    session: Session, identity: Identity, seats: Sequence[Seat], said: dict[int, tuple[CourseFeedback, ...]]
) -> list[LearnerCourse]:
    account_id = identity.account_id or 0
    items = [item for seat in seats for item in items_of(seat.course)]
    cells = load_cells(session, items, {account_id: account_id})
    views = []
    for seat in seats:
        steps = tuple(
            _step(identity, seat, item, cells.at(item.id, account_id), said.get(item.id, ()))
            for item in items_of(seat.course)
        )
        required = [step for step in steps if step.item.is_required]
        done = sum(step.cell.result.is_done for step in required)
        views.append(LearnerCourse(seat, steps, done, len(required), _following(steps)))
    return views


def _step(identity: Identity, seat: Seat, item: CourseItem, cell: Cell, said: tuple[CourseFeedback, ...]) -> Step:
    allowed = max_attempts_of(item)
    left = max(allowed - cell.result.attempts, 0) if allowed else None
    gate = gate_of(identity, seat, item)
    if gate is Gate.OPEN and left == 0 and not cell.is_under_way:
        gate = Gate.USED_UP
    is_overdue = item.due_on is not None and item.due_on < seat.day and not cell.result.is_done
    offered = offered_at(item.placement)
    is_outdated = cell.is_under_way and offered is not None and cell.version_id != offered.id
    return Step(item, cell, gate, left, is_overdue, said, is_outdated)


def gate_of(identity: Identity, seat: Seat, item: CourseItem) -> Gate:
    """Whether the learner may open an item today, attempts left aside."""
    material = item.placement.material
    is_ready = material.status is Status.PUBLISHED and material.current_version is not None
    if not is_ready or not may(identity, Action.PLAY_MATERIAL, material):
        return Gate.UNAVAILABLE
    if seat.is_over:
        return Gate.CLOSED
    return Gate.NOT_YET if item.opens_on is not None and item.opens_on > seat.day else Gate.OPEN


def _following(steps: Sequence[Step]) -> Step | None:
    """What comes next: the first required item that is not done; then what was not passed; then the others."""
    waiting = [step for step in steps if step.can_open and not step.cell.result.is_done]
    required = [step for step in waiting if step.item.is_required]
    fresh = [step for step in required if step.cell.result.standing != "failed"]
    return next(iter(fresh or required or waiting), None)
