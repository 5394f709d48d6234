"""The rules of the ratio for one person, without a database: who is in N, and who of them is in Q (INDICATORS 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from elearn.models.people import Contract, PostRole
from elearn.models.reports import Standing
from elearn.models.usage import ActKind, SignStep
from elearn.services.errors import ConflictError
from elearn.services.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from elearn.models.curriculum import Level
    from elearn.services.reports.ruleset import Rules


class ActClass(StrEnum):
    """The classes of acts that qualify."""

    A = "A"  # xây dựng bài giảng có ứng dụng CNTT
    B = "B"  # sử dụng học liệu, phần mềm dùng chung trong dạy học
    C = "C"  # dạy khóa học trên mạng


CLASSES = {
    ActKind.AUTHORED: ActClass.A,
    ActKind.TAUGHT: ActClass.B,
    ActKind.TAUGHT_WITH: ActClass.B,
    ActKind.COURSE_TEACHING: ActClass.C,
}


class Verdict(StrEnum):
    """Whether an act qualifies, and if not, why."""

    COUNTS = "counts"
    VOID = "void"
    OUTSIDE = "outside"  # of the period
    FEW_LEARNERS = "few_learners"  # active in the course
    FEW_ACTS = "few_acts"  # of the teacher in the course
    UNSIGNED = "unsigned"  # nobody has countersigned it
    REFUSED = "refused"  # a leader did not countersign it, or took the signature back
    WITHDRAWN = "withdrawn"  # the teacher had declared it by mistake
    SIGNED_LATE = "signed_late"  # countersigned after the days the ruleset gives


class PeriodFact(NamedTuple):
    """The days of a period, both ends included, and its census date."""

    starts_on: date
    ends_on: date
    census_on: date

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def span(self) -> Span:
        """The days of the period."""
        return Span(self.starts_on, self.ends_on)


class PostFact(NamedTuple):
    """A post while its unit exists; `end` None: for now."""

    post_id: int
    unit_id: int
    role: PostRole
    contract: Contract
    level: Level | None
    subject_code: str | None
    fte: float
    is_main: bool
    start: date
    end: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the post holds on a day."""
        return self.start <= day and (self.end is None or day <= self.end)

    @property
    def is_main_teaching(self) -> bool:
        """Whether its days are days in a main teaching post."""
        return self.is_main and self.role is PostRole.TEACHER


class ActFact(NamedTuple):
    """An act of the person that could qualify; `sign` is the newest word about one that needs a countersignature."""

    act_id: int
    kind: ActKind
    day: date
    course_id: int | None = None
    is_void: bool = False
    sign: SignStep | None = None
    signed_on: date | None = None


class PersonFacts(NamedTuple):
    """What the register and the ledger say of one person; a leave is a span of days."""

    person_id: int
    posts: Sequence[PostFact] = ()
    leaves: Sequence[Span] = ()
    acts: Sequence[ActFact] = ()


@dataclass(frozen=True, slots=True)
class Audience:
    """Who was active in a course in the period, its teachers left out.

    `classes` has (active learners, size) of each class whose size is known.
    """

    learners: int = 0
    classes: tuple[tuple[int, int], ...] = ()

    def suffices(self, rules: Rules) -> bool:
        """Whether the course has enough active learners for class C."""
        share = Decimal(str(rules.c_share))  # as written: 0.7 of 10 is 7, and not a little more
        return self.learners >= rules.c_students or any(
            active > 0 and active >= share * size for active, size in self.classes
        )


NOBODY = Audience()


class JudgedAct(NamedTuple):
    """An act with its class and whether it qualifies."""

    act_id: int
    act_class: ActClass
    day: date
    course_id: int | None
    verdict: Verdict

    @property
    def counts(self) -> bool:
        """Whether it qualifies."""
        return self.verdict is Verdict.COUNTS


@dataclass(frozen=True, slots=True)
class PersonResult:
    """One person in one period: where they stand in N, and which acts put them into Q.

    `unit_id`, `level` and `subject_code` are those of the main post on the census date. Of somebody who has none
    then, they are those of the last post in the period; None of somebody without any post in it.
    """

    person_id: int
    standing: Standing
    unit_id: int | None
    level: Level | None
    subject_code: str | None
    fte: float
    acts: tuple[JudgedAct, ...] = ()

    @property
    def in_n(self) -> bool:
        """Whether the person counts in the denominator."""
        return self.standing is Standing.COUNTED

    @property
    def in_q(self) -> bool:
        """Whether the person counts in the numerator."""
        return self.in_n and any(act.counts for act in self.acts)

    def count(self, act_class: ActClass) -> int:
        """How many acts of a class qualify; of class C, how many courses."""
        counted = [act for act in self.acts if act.act_class is act_class and act.counts]
        return len({act.course_id for act in counted}) if act_class is ActClass.C else len(counted)


def period_fact(code: str, starts_on: date, ends_on: date, census_on: date | None) -> PeriodFact:
    """The days of a period.

    Raises:
        ConflictError: `period_without_census`; the census date is absent or lies outside of the period.
    """
    if census_on is None or not starts_on <= census_on <= ends_on:
        raise ConflictError("period_without_census", period=code)
    return PeriodFact(starts_on, ends_on, census_on)


def judge(facts: PersonFacts, audiences: Mapping[int, Audience], period: PeriodFact, rules: Rules) -> PersonResult:
    """The result of one person; the same facts give the same result in whatever order they come.

    `audiences` has the courses (by id) in which somebody was active in the period.
    """
    post = main_post(facts.posts, period.census_on)
    shown = post or _last_post(facts.posts, period)
    return PersonResult(
        person_id=facts.person_id,
        standing=standing(post, facts, period, rules),
        unit_id=shown.unit_id if shown else None,
        level=shown.level if shown else None,
        subject_code=shown.subject_code if shown else None,
        fte=shown.fte if shown else 0.0,
        acts=tuple(judged_acts(facts.acts, audiences, period, rules)),
    )


def main_post(posts: Iterable[PostFact], day: date) -> PostFact | None:
    """The main post as a teacher or manager on a day.

    The register refuses overlapping main posts. Where a bulk import brought some all the same, the one that began
    last is taken (of several, the last entered), so that the person still counts once.
    """
    held = [post for post in posts if post.is_main and post.role is not PostRole.STAFF and post.holds_on(day)]
    return max(held, key=lambda post: (post.start, post.post_id), default=None)


def _last_post(posts: Iterable[PostFact], period: PeriodFact) -> PostFact | None:
    held = [post for post in posts if post.role is not PostRole.STAFF and Span(post.start, post.end).meet(period.span)]
    return max(held, key=lambda post: (post.end or date.max, post.is_main, post.start, post.post_id), default=None)


def standing(post: PostFact | None, facts: PersonFacts, period: PeriodFact, rules: Rules) -> Standing:
    """Why a person is in N or not: the first reason that holds, in the order of INDICATORS 1."""
    if post is None:
        return Standing.NO_MAIN_POST
    if post.role is PostRole.MANAGER:
        return Standing.MANAGER
    if (
        days_within((Span(held.start, held.end) for held in facts.posts if held.is_main_teaching), period)
        < rules.min_days
    ):
        return Standing.NEW
    if days_within(facts.leaves, period) > Decimal(str(rules.leave_share)) * period.days:
        return Standing.ON_LEAVE
    if post.contract is Contract.VISITING and post.fte < rules.visiting_fte:
        return Standing.VISITING
    return Standing.COUNTED


def days_within(spans: Iterable[Span], period: PeriodFact) -> int:
    """How many days of the period lie in at least one of the spans."""
    met = sorted((common.start, common.end or period.ends_on) for span in spans if (common := span.meet(period.span)))
    total, reached = 0, date.min
    for start, end in met:
        if end > reached:
            total += (end - max(start, reached)).days + (start > reached)
            reached = end
    return total


def judged_acts(
    acts: Iterable[ActFact], audiences: Mapping[int, Audience], period: PeriodFact, rules: Rules
) -> Iterator[JudgedAct]:
    """Each act with its class and verdict, oldest first; an act of another kind can never qualify and is left out."""
    known = sorted((act for act in acts if act.kind in CLASSES), key=lambda act: (act.day, act.act_id))
    taught: dict[int | None, int] = {}
    for act in known:
        if act.kind is ActKind.COURSE_TEACHING and _first_doubt(act, period) is None:
            taught[act.course_id] = taught.get(act.course_id, 0) + 1
    for act in known:
        verdict = _first_doubt(act, period)
        if verdict is None and act.kind is ActKind.COURSE_TEACHING:
            verdict = _course_doubt(act.course_id, taught[act.course_id], audiences, rules)
        if verdict is None and act.kind is ActKind.TAUGHT_WITH:
            verdict = _sign_doubt(act, rules)
        yield JudgedAct(act.act_id, CLASSES[act.kind], act.day, act.course_id, verdict or Verdict.COUNTS)


def _first_doubt(act: ActFact, period: PeriodFact) -> Verdict | None:
    if act.is_void:
        return Verdict.VOID
    return None if period.starts_on <= act.day <= period.ends_on else Verdict.OUTSIDE


_UNSIGNED = {SignStep.REFUSED: Verdict.REFUSED, SignStep.WITHDRAWN: Verdict.WITHDRAWN}


def _sign_doubt(act: ActFact, rules: Rules) -> Verdict | None:
    """What a teacher says of a lesson counts once a leader has countersigned it, in time (INDICATORS, class B3)."""
    if act.sign is not SignStep.SIGNED or act.signed_on is None:
        return _UNSIGNED.get(act.sign, Verdict.UNSIGNED) if act.sign is not None else Verdict.UNSIGNED
    return Verdict.SIGNED_LATE if (act.signed_on - act.day).days > rules.b_sign_days else None


def _course_doubt(
    course_id: int | None, taught: int, audiences: Mapping[int, Audience], rules: Rules
) -> Verdict | None:
    audience = audiences.get(course_id, NOBODY) if course_id is not None else NOBODY
    if not audience.suffices(rules):
        return Verdict.FEW_LEARNERS
    return None if taught >= rules.c_acts else Verdict.FEW_ACTS
