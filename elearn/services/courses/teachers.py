"""Who teaches a course: its owner and the colleagues whom they take in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from elearn.database import day_of
from elearn.models.account import Account, Role, RoleGrant
from elearn.models.course import Course, CourseTeacher
from elearn.models.people import Person, Post, PostRole
from elearn.services import audit
from elearn.services.access import Action, require
from elearn.services.courses.authoring import hold
from elearn.services.errors import ConflictError, NotFoundError
from elearn.services.reports import mark_changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

MOST_COLLEAGUES = 400
MOST_TEACHERS = 20


def colleagues(session: Session, course: Course) -> Sequence[Account]:
    """The teachers of the course's unit who do not teach it yet, by given name."""
    taking_part = select(CourseTeacher.account_id).where(CourseTeacher.course_id == course.id)
    query = _teachers_there(session, course).where(Account.id.not_in(taking_part))
    return session.scalars(query.order_by(Person.sort_name, Account.display_name).limit(MOST_COLLEAGUES)).all()


def _teachers_there(session: Session, course: Course) -> Select[tuple[Account]]:
    granted = select(RoleGrant.account_id).where(
        RoleGrant.unit_id == course.unit_id,
        RoleGrant.role.in_([Role.TEACHER, Role.UNIT_MANAGER]),
        RoleGrant.revoked_at.is_(None),
    )
    posted = select(Post.person_id).where(
        Post.unit_id == course.unit_id, Post.role != PostRole.STAFF, Post.valid_on(day_of(session))
    )
    return (
        select(Account)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(or_(Account.id.in_(granted), Account.person_id.in_(posted)), Account.disabled_at.is_(None))
    )


def add_teacher(session: Session, identity: Identity, course: Course, account_uid: str) -> None:
    """Take a colleague of the same unit in; one who teaches it already is left as is.

    Raises:
        ForbiddenError: `may_not`.
        NotFoundError: `colleague_not_found`.
        ConflictError: `course_teachers_full`.
    """
    require(identity, Action.RUN_COURSE, course)
    hold(session, course)
    account = session.scalar(_teachers_there(session, course).where(Account.uid == account_uid))
    if account is None:
        raise NotFoundError("colleague_not_found")
    if any(row.account_id == account.id for row in course.teachers):
        return
    if len(course.teachers) >= MOST_TEACHERS:
        raise ConflictError("course_teachers_full", count=MOST_TEACHERS)
    session.add(CourseTeacher(course_id=course.id, account_id=account.id))
    _changed(session, identity, course, "course.add_teacher", account)


def remove_teacher(session: Session, identity: Identity, course: Course, account_uid: str) -> None:
    """Take a colleague out; the owner stays.

    Raises:
        ForbiddenError: `may_not`.
        NotFoundError: `colleague_not_found`.
        ConflictError: `course_owner_stays`.
    """
    require(identity, Action.RUN_COURSE, course)
    hold(session, course)
    row = next((row for row in course.teachers if row.account.uid == account_uid), None)
    if row is None:
        raise NotFoundError("colleague_not_found")
    if row.account_id == course.owner_id:
        raise ConflictError("course_owner_stays")
    account = row.account
    session.delete(row)
    _changed(session, identity, course, "course.remove_teacher", account)


def _changed(session: Session, identity: Identity, course: Course, action: str, account: Account) -> None:
    session.flush()
    session.expire(course, ["teachers"])
    mark_changed(session, account.person_id)
    mark_changed(session, None, course_id=course.id)
    audit.record(session, identity, action, course, account=account.uid)
