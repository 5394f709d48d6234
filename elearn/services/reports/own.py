"""What the count says of whoever asks: why I am counted or not, by which acts, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.account import Account
from elearn.models.course import Course, CourseStatus, CourseTeacher
from elearn.models.organisation import Unit
from elearn.models.people import Person
from elearn.models.usage import ActKind
from elearn.services.access import Action, require
from elearn.services.errors import NotFoundError
from elearn.services.organisation import name_on
from elearn.services.reports.loading import facts_of, read_audiences
from elearn.services.reports.persons import NO_ACT, QUALIFIES, acts_of
from elearn.services.reports.report import question_of
from elearn.services.reports.rules import ActClass, days_within, judge
from elearn.services.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Period
    from elearn.models.reports import Ruleset
    from elearn.services.access import Identity
    from elearn.services.reports.loading import Question
    from elearn.services.reports.persons import ActRow
    from elearn.services.reports.rules import ActFact, PersonFacts, PersonResult
    from elearn.services.reports.ruleset import Rules


@dataclass(frozen=True, slots=True)
class CourseLack:
    """A course the person teaches that does not qualify yet: active learners and acts of the teacher, of how many."""

    uid: str
    title: str
    learners: int
    acts: int


@dataclass(frozen=True, slots=True)
class OwnResult:
    """One person in one period, explained.

    `post_days` and `leave_days` are calendar days in the period of `period_days`; the thresholds stand in `rules`.
    `lacks_classes` are the classes without a qualifying act: one act of any class is enough. `courses` are those that
    could still qualify. `unit` is None of somebody without a post in the period.
    """

    person: Person
    period: Period
    ruleset: Ruleset
    rules: Rules
    result: PersonResult
    unit: Unit | None
    unit_name: str
    post_days: int
    leave_days: int
    period_days: int
    acts: tuple[ActRow, ...]
    lacks_classes: tuple[ActClass, ...]
    courses: tuple[CourseLack, ...]

    @property
    def in_n(self) -> bool:
        """Whether the person counts in the denominator."""
        return self.result.in_n

    @property
    def in_q(self) -> bool:
        """Whether the person counts in the numerator."""
        return self.result.in_q

    @property
    def reason(self) -> str:
        """Why: the standing that keeps somebody out of N, else `qualifies` or `no_qualifying_act`."""
        if not self.in_n:
            return self.result.standing.value
        return QUALIFIES if self.in_q else NO_ACT


def own_result(session: Session, identity: Identity, period: Period) -> OwnResult:
    """The result of whoever asks.

    Raises:
        NotFoundError: `account_without_person`; it belongs to nobody of the register. Further as `question_of`.
    """
    person = session.get(Person, identity.person_id) if identity.person_id is not None else None
    if person is None:
        raise NotFoundError("account_without_person")
    return _explained(session, person, question_of(session, period))


def person_result(
    session: Session,
    identity: Identity,
    person: Person,
    period: Period,
    *,
    ruleset: Ruleset | None = None,
    as_of: datetime | None = None,
) -> OwnResult:
    """The result of somebody, for themselves or for whoever inspects the unit where they are counted.

    Raises:
        ForbiddenError: the identity is neither; NotFoundError: `person_unknown`, counted nowhere.
    """
    told = _explained(session, person, question_of(session, period, ruleset, as_of))
    if identity.person_id != person.id:
        if told.unit is None:
            raise NotFoundError("person_unknown")
        require(identity, Action.INSPECT, told.unit)
    return told


def _explained(session: Session, person: Person, question: Question) -> OwnResult:
    facts = next(facts_of(session, question, [person.id]))
    result = judge(facts, question.audiences, question.days, question.rules)
    unit = session.get(Unit, result.unit_id) if result.unit_id is not None else None
    main = (Span(post.start, post.end) for post in facts.posts if post.is_main_teaching)
    return OwnResult(
        person=person,
        period=question.period,
        ruleset=question.ruleset,
        rules=question.rules,
        result=result,
        unit=unit,
        unit_name=name_on(unit, question.days.census_on) if unit else "",
        post_days=days_within(main, question.days),
        leave_days=days_within(facts.leaves, question.days),
        period_days=question.days.days,
        acts=acts_of(session, question, [person.id])[person.id],
        lacks_classes=tuple(act_class for act_class in ActClass if not result.count(act_class)),
        courses=tuple(_courses(session, question, facts, result)),
    )


def _courses(session: Session, question: Question, facts: PersonFacts, result: PersonResult) -> Iterator[CourseLack]:
    """The open courses that the person teaches with any account, and that do not qualify yet."""
    mine = select(CourseTeacher.course_id).join(Account, Account.id == CourseTeacher.account_id)
    open_ones = select(Course).where(Course.id.in_(mine.where(Account.person_id == facts.person_id)))
    courses = session.scalars(open_ones.where(Course.status == CourseStatus.OPEN).order_by(Course.title)).all()
    read_audiences(session, question, {course.id for course in courses} - question.audiences.keys())
    qualified = {act.course_id for act in result.acts if act.act_class is ActClass.C and act.counts}
    for course in courses:
        if course.id not in qualified:
            acts = sum(1 for act in facts.acts if act.course_id == course.id and _is_teaching(act))
            yield CourseLack(course.uid, course.title, question.audiences[course.id].learners, acts)


def _is_teaching(act: ActFact) -> bool:
    return act.kind is ActKind.COURSE_TEACHING and not act.is_void
