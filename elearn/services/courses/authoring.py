"""Making courses: what they are called, which materials they have in which order, and copies of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.clock import now
from elearn.identifiers import new_uid
from elearn.models.course import Course, CourseItem, CourseTeacher, Grading
from elearn.models.curriculum import Grade, Subject
from elearn.models.learning import NewAttempt, Placement, PlacementKind
from elearn.models.material import Status
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.courses.finding import items_of
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError
from elearn.services.player.attempts import keep_to, new_attempt_of
from elearn.services.spans import check_day

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

TITLE_LENGTH = 300
MOST_ITEMS = 200
MOST_ATTEMPTS = 100
SENT_TWICE = timedelta(seconds=30)  # the same form again within this time is a double click


@dataclass(frozen=True, slots=True)
class CourseDetails:
    """What is said of a course; the codes are those of the programme."""

    title: str
    description: str = ""
    subject_code: str | None = None
    grade_code: str | None = None


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """What a teacher decides for an item. `max_attempts` 0: any number; dates are days of the department."""

    title: str
    opens_on: date | None = None
    due_on: date | None = None
    is_required: bool = True
    max_attempts: int = 0
    grading: Grading = Grading.BEST
    new_attempt: NewAttempt = NewAttempt.ENDED
    follows: bool = False  # new versions of the material are taken over by themselves


def create_course(session: Session, identity: Identity, unit: Unit, details: CourseDetails) -> Course:
    """Make an empty course of a unit; the identity is its owner and first teacher.

    The same form sent twice gives the course of the first time.

    Raises:
        ForbiddenError: `may_not`; `person_needed` for the operator of the machine.
        ServiceError: `course_title_needed`, `unknown_subject`, `unknown_grade`.
    """
    require(identity, Action.CREATE_COURSE, unit)
    _check(session, details)
    again = _sent_twice(session, identity, unit, details)
    if again is not None:
        return again
    course = _add_course(session, identity, unit, details)
    audit.record(session, identity, "course.create", course, title=course.title)
    return course


def _sent_twice(session: Session, identity: Identity, unit: Unit, details: CourseDetails) -> Course | None:
    same = select(Course).where(
        Course.owner_id == identity.account_id,
        Course.unit_id == unit.id,
        Course.title == details.title.strip(),
        Course.created_at > now() - SENT_TWICE,
    )
    return session.scalar(same.order_by(Course.id.desc()).limit(1))


def _add_course(session: Session, identity: Identity, unit: Unit, details: CourseDetails) -> Course:
    if identity.account_id is None:
        raise ForbiddenError("person_needed")
    course = Course(unit_id=unit.id, owner_id=identity.account_id, title="")
    _say(course, details)
    session.add(course)
    session.flush()
    session.add(CourseTeacher(course_id=course.id, account_id=identity.account_id))
    session.flush()
    return course


def edit_course(session: Session, identity: Identity, course: Course, details: CourseDetails) -> None:
    """Change what is said of a course.

    Raises:
        ForbiddenError: `may_not`.
        ServiceError: as `create_course`.
    """
    require(identity, Action.EDIT_COURSE, course)
    _check(session, details)
    _say(course, details)
    session.flush()


def _check(session: Session, details: CourseDetails) -> None:
    if not 0 < len(details.title.strip()) <= TITLE_LENGTH:
        raise ServiceError("course_title_needed", length=TITLE_LENGTH)
    if details.subject_code and session.get(Subject, details.subject_code) is None:
        raise ServiceError("unknown_subject", value=details.subject_code)
    if details.grade_code and session.get(Grade, details.grade_code) is None:
        raise ServiceError("unknown_grade", value=details.grade_code)


def _say(course: Course, details: CourseDetails) -> None:
    course.title, course.description = details.title.strip(), details.description.strip()
    course.subject_code, course.grade_code = details.subject_code or None, details.grade_code or None
    course.changed_at = now()


def add_item(session: Session, identity: Identity, course: Course, material: Material) -> CourseItem:
    """Put a material at the end of a course.

    Raises:
        ForbiddenError: `may_not`; of the course, or because the identity does not see the material.
        ConflictError: `course_item_twice`, `course_material_withdrawn`, `course_full`.
    """
    require(identity, Action.EDIT_COURSE, course)
    require(identity, Action.SEE_MATERIAL, material)
    hold(session, course)
    present = items_of(course)
    if material.status is Status.WITHDRAWN or material.current_version is None:
        raise ConflictError("course_material_withdrawn", title=material.title)
    if any(item.placement.material_id == material.id for item in present):
        raise ConflictError("course_item_twice", title=material.title)
    if len(present) >= MOST_ITEMS:
        raise ConflictError("course_full", count=MOST_ITEMS)
    position = max((item.position for item in present), default=0) + 1
    item = _add_item(session, course, material, ItemDetails(material.title), position)
    _touched(session, course)
    return item


def _add_item(
    session: Session,
    course: Course,
    material: Material,
    details: ItemDetails,
    position: int,
    *,
    version_id: int | None = None,
) -> CourseItem:
    uid = new_uid()
    placement = Placement(kind=PlacementKind.COURSE_ITEM, material=material, context=uid, policy={})
    placement.version_id = version_id
    session.add(placement)
    session.flush()
    item = CourseItem(uid=uid, course_id=course.id, placement_id=placement.id, position=position, title="")
    item.placement = placement
    _decide(session, item, details)
    session.add(item)
    session.flush()
    return item


def edit_item(session: Session, identity: Identity, item: CourseItem, details: ItemDetails) -> None:
    """Change what a teacher decides for an item; the policy holds for attempts from now on.

    Raises:
        ForbiddenError: `may_not`.
        ServiceError: `course_title_needed`, `course_dates_reversed`, `day_range`, `attempts_range`.
    """
    require(identity, Action.EDIT_COURSE, item.course)
    if not 0 < len(details.title.strip()) <= TITLE_LENGTH:
        raise ServiceError("course_title_needed", length=TITLE_LENGTH)
    check_day(details.opens_on, details.due_on)
    if details.opens_on and details.due_on and details.due_on < details.opens_on:
        raise ServiceError("course_dates_reversed")
    if not 0 <= details.max_attempts <= MOST_ATTEMPTS:
        raise ServiceError("attempts_range", most=MOST_ATTEMPTS)
    _decide(session, item, details)
    _touched(session, item.course)


def _decide(session: Session, item: CourseItem, details: ItemDetails) -> None:
    item.title = details.title.strip()
    item.opens_on, item.due_on, item.is_required = details.opens_on, details.due_on, details.is_required
    decided = {
        "max_attempts": details.max_attempts,
        "grading": details.grading.value,
        "new_attempt": details.new_attempt.value,
    }
    placement = item.placement
    placement.policy = {**placement.policy, **decided}  # what the player keeps there stays
    if details.follows:
        keep_to(session, placement, None)
    elif placement.version_id is None:
        keep_to(session, placement, placement.material.current_version)


def details_of(item: CourseItem) -> ItemDetails:
    """What is decided for an item now."""
    return ItemDetails(
        item.title,
        item.opens_on,
        item.due_on,
        item.is_required,
        max_attempts_of(item),
        grading_of(item),
        new_attempt_of(item.placement),
        follows=item.placement.version_id is None,
    )


def grading_of(item: CourseItem) -> Grading:
    """Which attempt at an item counts."""
    return Grading(item.placement.policy.get("grading") or Grading.BEST)


def max_attempts_of(item: CourseItem) -> int:
    """How many attempts at an item are allowed; 0: any number."""
    return int(item.placement.policy.get("max_attempts") or 0)


def move_item(session: Session, identity: Identity, item: CourseItem, *, up: bool) -> None:
    """Let an item change places with the one before it or after it; at the end nothing happens.

    Raises:
        ForbiddenError: `may_not`.
    """
    require(identity, Action.EDIT_COURSE, item.course)
    hold(session, item.course)
    order = items_of(item.course)
    place = order.index(item)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position
    _touched(session, item.course)


def remove_item(session: Session, identity: Identity, item: CourseItem) -> None:
    """Take an item out of a course; what learners did at it stays in the rows.

    Raises:
        ForbiddenError: `may_not`.
    """
    require(identity, Action.EDIT_COURSE, item.course)
    item.removed_at = now()
    _touched(session, item.course)
    audit.record(session, identity, "course.remove_item", item.course, item=item.uid, title=item.title)


def copy_course(session: Session, identity: Identity, course: Course, unit: Unit, title: str) -> Course:
    """A draft with the same items and policies for another class or year; dates, classes and results stay behind.

    Each item of the copy has a placement of its own, so that nobody's attempts are mixed.

    Raises:
        ForbiddenError: `may_not`, of the course or of the unit.
        ServiceError: `course_title_needed`.
    """
    require(identity, Action.SEE_COURSE, course)
    require(identity, Action.CREATE_COURSE, unit)
    details = CourseDetails(title, course.description, course.subject_code, course.grade_code)
    _check(session, details)
    copy = _add_course(session, identity, unit, details)
    for position, item in enumerate(items_of(course), start=1):
        decided = ItemDetails(
            item.title,
            is_required=item.is_required,
            max_attempts=max_attempts_of(item),
            grading=grading_of(item),
            new_attempt=new_attempt_of(item.placement),
            follows=item.placement.version_id is None,
        )
        placement = item.placement
        _add_item(session, copy, placement.material, decided, position, version_id=placement.version_id)
    audit.record(session, identity, "course.copy", copy, source=course.uid)
    return copy


def hold(session: Session, course: Course) -> None:
    """Let other changes of a course wait until this transaction ends, and see what the last one did."""
    session.execute(select(Course.id).where(Course.id == course.id).with_for_update())
    session.expire(course, ["items", "openings", "teachers", "status"])


def _touched(session: Session, course: Course) -> None:
    course.changed_at = now()
    session.flush()
    session.expire(course, ["items"])
