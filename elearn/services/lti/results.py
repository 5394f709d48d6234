"""How the learners of a platform's course do at one link: attempts, the grade sent, and who never opened it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.models.account import Account
from elearn.models.course import CourseItem
from elearn.models.learning import Attempt, Placement, PlacementKind, Registration
from elearn.models.lti_courses import LtiGrade, LtiMember
from elearn.services.courses.authoring import grading_of as grading_of_item
from elearn.services.courses.progress import SUMMARY
from elearn.services.courses.results import item_result
from elearn.services.lti.grouping import Groups
from elearn.services.lti.members import is_teacher, teaching_members
from elearn.services.lti.reached import combined, grading_of, reached
from elearn.services.lti.undelivered import is_stuck
from elearn.services.people.names import sort_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from elearn.models.course import Grading
    from elearn.models.lti_courses import LtiLink

    Attempts = Sequence[Row[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """One learner at a link: `done` of its lessons, `score` from 0 to 1, `grade` as the platform was told it.

    The score is made of the attempts in the way in which the grade is: where all is sent, both are the same.

    `account` is the uid, "" of whoever never began here; `groups` are titles of groups of the course; `has_left`: the
    platform's roster names them no more.
    """

    name: str
    account: str
    attempts: int
    done: int
    score: float | None
    seconds: float
    changed_at: datetime | None
    grade: LtiGrade | None
    groups: tuple[str, ...] = ()
    has_left: bool = False

    @property
    def never_opened(self) -> bool:
        """Whether nothing was begun here."""
        return self.attempts == 0


@dataclass(frozen=True, slots=True)
class LinkResults:
    """The learners of the course at a link that has so many lessons; those who never opened it last."""

    rows: tuple[LearnerRow, ...]
    lessons: int

    @property
    def opened(self) -> int:
        """How many have begun."""
        return sum(not row.never_opened for row in self.rows)

    @property
    def undelivered(self) -> int:
        """How many grades were refused, or could not be sent yet."""
        return sum(row.grade is not None and is_stuck(row.grade) for row in self.rows)

    @property
    def waiting(self) -> int:
        """How many of those who belong to the course have not."""
        return sum(row.never_opened and not row.has_left for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Learner:
    """Somebody who belongs to a link; `uid` is that of an account that has begun, `groups` are the platform's ids."""

    account_id: int | None
    uid: str
    name: str
    groups: Sequence[str] = ()
    has_left: bool = False


def link_results(session: Session, link: LtiLink, groups: Groups | None = None) -> LinkResults:
    """The results at a link, in a fixed number of queries; teachers who looked at it are left out.

    With a chosen group only those who are in it.
    """
    groups = groups or Groups()
    attempts = _attempts(session, link)
    materials = _materials(session, link)
    grades = {row.account_id: row for row in session.scalars(select(LtiGrade).where(LtiGrade.link_id == link.id))}
    rows = [
        _row(
            learner,
            attempts.get(learner.account_id or 0, {}),
            materials,
            grades.get(learner.account_id or 0),
            groups.of(learner.groups),
        )
        for learner in _learners(session, link, attempts)
        if groups.chosen is None or groups.chosen.name in learner.groups
    ]
    kept = [row for row in rows if not (row.has_left and row.never_opened)]
    return LinkResults(tuple(sorted(kept, key=lambda row: (row.never_opened, sort_key(row.name)))), len(materials))


def _learners(session: Session, link: LtiLink, attempts: Mapping[int, object]) -> list[_Learner]:
    """The learners among the members, and whoever else has begun here."""
    begun = select(Account.id, Account.uid, Account.display_name).where(Account.id.in_(sorted(attempts)))
    accounts = {row.id: row for row in session.execute(begun)}
    members = list(session.scalars(select(LtiMember).where(LtiMember.context_id == link.context_id)))
    known = {member.account_id for member in members}
    found = [
        _Learner(
            member.account_id,
            accounts[member.account_id].uid if member.account_id in accounts else "",
            member.display_name or f"({member.subject})",
            member.groups,
            has_left=not member.is_active,
        )
        for member in members
        if not is_teacher(member)
    ]
    others = (row for account_id, row in accounts.items() if account_id not in known)
    return found + [_Learner(row.id, row.uid, row.display_name) for row in others]


def _attempts(session: Session, link: LtiLink) -> dict[int, dict[int, Attempts]]:
    """Account -> material -> attempts at the link, in the order in which they were begun."""
    teaching = select(LtiMember.account_id).where(
        LtiMember.context_id == link.context_id, LtiMember.account_id.is_not(None), teaching_members()
    )
    query = (
        select(Registration.account_id, Placement.material_id, *SUMMARY)
        .join(Attempt, Attempt.registration_id == Registration.id)
        .join(Placement, Placement.id == Registration.placement_id)
        .where(
            Placement.kind == PlacementKind.LTI,
            Placement.context == link.uid,
            Registration.reset_at.is_(None),
            Registration.account_id.not_in(teaching),
        )
        .order_by(Attempt.id)
    )
    found: dict[int, dict[int, list[Row[tuple[object, ...]]]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(query):
        found[row.account_id][row.material_id].append(row)
    return {account_id: dict(own) for account_id, own in found.items()}


def _materials(session: Session, link: LtiLink) -> dict[int, Grading]:
    """The materials that stand at the link, one or the required ones of a course, and which attempt at each counts."""
    if link.course_id is None:
        return {link.placement.material_id: grading_of(link)} if link.placement is not None else {}
    query = select(CourseItem).where(CourseItem.course_id == link.course_id, CourseItem.removed_at.is_(None))
    query = query.options(joinedload(CourseItem.placement)).order_by(CourseItem.position)
    items = session.scalars(query).all()
    counted = [item for item in items if item.is_required] or items
    return {item.placement.material_id: grading_of_item(item) for item in counted}


def _row(
    learner: _Learner,
    own: Mapping[int, Attempts],
    materials: Mapping[int, Grading],
    grade: LtiGrade | None,
    groups: tuple[str, ...],
) -> LearnerRow:
    results = [item_result(own.get(material, []), grading) for material, grading in materials.items()]
    every = [attempt for attempts in own.values() for attempt in attempts]
    return LearnerRow(
        name=learner.name,
        account=learner.uid,
        attempts=len(every),
        done=sum(result.is_done for result in results),
        score=combined([reached(result) for result in results]),
        seconds=sum(attempt.time_seconds for attempt in every),
        changed_at=max((attempt.changed_at for attempt in every), default=None),
        grade=grade,
        groups=groups,
        has_left=learner.has_left,
    )
