"""The persons behind a ratio: who is in N and Q, why or why not, and by which acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from elearn.models.course import Course
from elearn.models.material import Material
from elearn.models.organisation import Unit
from elearn.models.people import Person, SchoolClass
from elearn.models.reports import PersonCount, Standing
from elearn.models.usage import UsageAct
from elearn.services.organisation import name_on
from elearn.services.reports.counting import results_of
from elearn.services.reports.loading import CHUNK
from elearn.services.reports.report import open_scope
from elearn.services.reports.tallies import COLUMNS, Kept, kept_in, persons_below
from elearn.services.reports.units import units_named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level, Period
    from elearn.models.reports import Ruleset
    from elearn.services.access import Identity
    from elearn.services.reports.loading import Question
    from elearn.services.reports.rules import ActClass, JudgedAct, Verdict
    from elearn.services.reports.tallies import Scope

QUALIFIES = "qualifies"
NO_ACT = "no_qualifying_act"


@dataclass(frozen=True, slots=True)
class ActRow:
    """An act of a person with its class and verdict; texts are empty where there is nothing to name.

    `uid` opens the evidence (`elearn.services.usage.act_by_uid`).
    """

    uid: str
    act_class: ActClass
    day: date
    verdict: Verdict
    source: str
    unit_code: str
    material: str
    class_name: str
    course: str

    @property
    def counts(self) -> bool:
        """Whether the act qualifies."""
        return self.verdict.value == "counts"

    def as_dict(self) -> dict[str, str]:
        """The act in the public contract."""
        return {
            "id": self.uid,
            "class": self.act_class.value,
            "date": self.day.isoformat(),
            "verdict": self.verdict.value,
            "unit": self.unit_code,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of a report with unit, level and subject on the census date.

    `acts_a` and `acts_b` are numbers of qualifying acts, `acts_c` of qualifying courses.
    """

    person_id: int
    uid: str
    code: str
    name: str
    unit_id: int
    unit_code: str
    unit_name: str
    level: Level | None
    subject_code: str | None
    standing: Standing
    fte: float
    acts_a: int
    acts_b: int
    acts_c: int

    @property
    def in_n(self) -> bool:
        """Whether the person counts in the denominator."""
        return self.standing is Standing.COUNTED

    @property
    def in_q(self) -> bool:
        """Whether the person counts in the numerator."""
        return self.in_n and self.acts_a + self.acts_b + self.acts_c > 0

    @property
    def reason(self) -> str:
        """Why: the standing that keeps somebody out of N, else `qualifies` or `no_qualifying_act`."""
        if not self.in_n:
            return self.standing.value
        return QUALIFIES if self.in_q else NO_ACT


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Some of the persons of a unit, and how many there are."""

    rows: tuple[PersonRow, ...]
    total: int


def persons_of(
    session: Session,
    identity: Identity,
    unit: Unit,
    period: Period,
    *,
    ruleset: Ruleset | None = None,
    as_of: datetime | None = None,
    reasons: Iterable[str] = (),
    limit: int | None = None,
    offset: int = 0,
) -> PersonPage:
    """Whoever the report of a unit is about, by given name; with `reasons`, only those with one of them.

    Raises:
        ForbiddenError: the identity does not inspect the unit; further as `unit_report`.
    """
    scope = open_scope(session, identity, unit, period, ruleset=ruleset, as_of=as_of)
    wanted = frozenset(reasons)
    if scope.basis.is_kept and not scope.basis.anew:
        total, page = _kept_page(session, scope, wanted, limit, offset)
    else:
        total, page = _computed_page(session, scope, wanted, limit, offset)
    return PersonPage(tuple(_rows(session, page, scope.question.days.census_on)), total)


def _kept_page(
    session: Session, scope: Scope, wanted: Collection[str], limit: int | None, offset: int
) -> tuple[int, list[Kept]]:
    """The page as the database sorts it, which stays quick with everybody of a province."""
    held = [*kept_in(scope), *([or_(*map(_has_reason, wanted))] if wanted else [])]
    total = session.scalar(select(func.count()).select_from(PersonCount).where(*held)) or 0
    rows = select(*COLUMNS).join(Person, Person.id == PersonCount.person_id).where(*held)
    rows = rows.order_by(Person.sort_name, Person.code, Person.id).limit(limit).offset(offset)
    return total, [Kept(*row) for row in session.execute(rows)]


def _computed_page(
    session: Session, scope: Scope, wanted: Collection[str], limit: int | None, offset: int
) -> tuple[int, list[Kept]]:
    kept = {row.person_id: row for row in persons_below(session, scope) if not wanted or _reason(row) in wanted}
    order = _in_order(session, kept)
    return len(order), [kept[person_id] for person_id in order[offset : None if limit is None else offset + limit]]


def _has_reason(reason: str) -> ColumnElement[bool]:
    """The SQL condition that says the same as `_reason`."""
    acts = PersonCount.acts_a + PersonCount.acts_b + PersonCount.acts_c
    counted = PersonCount.standing == Standing.COUNTED
    if reason in {QUALIFIES, NO_ACT}:
        return and_(counted, acts > 0 if reason == QUALIFIES else acts == 0)
    known = [standing for standing in Standing if standing is not Standing.COUNTED and standing.value == reason]
    return PersonCount.standing.in_(known)


def _reason(row: Kept) -> str:
    if row.standing is not Standing.COUNTED:
        return row.standing.value
    return QUALIFIES if row.in_q else NO_ACT


def _in_order(session: Session, person_ids: Iterable[int]) -> list[int]:
    keys = []
    for chunk in _chunks(sorted(person_ids)):
        keys += session.execute(select(Person.sort_name, Person.code, Person.id).where(Person.id.in_(chunk))).all()
    return [person_id for _, _, person_id in sorted(keys)]


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _rows(session: Session, kept: Sequence[Kept], day: date) -> Iterator[PersonRow]:
    units = {
        unit.id: (unit.code, name_on(unit, day))
        for chunk in _chunks(sorted({row.unit_id for row in kept}))
        for unit in units_named(session, chunk)
    }
    persons = {}
    for chunk in _chunks([row.person_id for row in kept]):
        for person in session.execute(
            select(Person.id, Person.uid, Person.code, Person.full_name).where(Person.id.in_(chunk))
        ):
            persons[person.id] = person
    for row in kept:
        person, (unit_code, unit_name) = persons[row.person_id], units[row.unit_id]
        yield PersonRow(
            person_id=row.person_id,
            uid=person.uid,
            code=person.code,
            name=person.full_name,
            unit_id=row.unit_id,
            unit_code=unit_code,
            unit_name=unit_name,
            level=row.level,
            subject_code=row.subject_code,
            standing=row.standing,
            fte=row.fte,
            acts_a=row.acts_a,
            acts_b=row.acts_b,
            acts_c=row.acts_c,
        )


def acts_of(session: Session, question: Question, person_ids: Sequence[int]) -> dict[int, tuple[ActRow, ...]]:
    """The acts of some persons that could qualify in the period, each with its verdict, oldest first.

    It asks nobody's permission: whoever calls it has got the persons from `persons_of` or is one of them.
    """
    found: dict[int, tuple[ActRow, ...]] = {}
    for chunk in _chunks(person_ids):
        judged = {result.person_id: result.acts for result in results_of(session, question, chunk)}
        told = {row.id: row for acts in judged.values() for row in _told(session, [act.act_id for act in acts])}
        for person_id, acts in judged.items():
            found[person_id] = tuple(_act_row(act, told[act.act_id]) for act in acts)
    return found


def _told(session: Session, act_ids: Sequence[int]) -> Iterator[Sequence]:
    columns = (
        UsageAct.id,
        UsageAct.uid,
        UsageAct.source,
        Unit.code.label("unit_code"),
        Material.title.label("material"),
        SchoolClass.name.label("class_name"),
        Course.title.label("course"),
    )
    rows = select(*columns).outerjoin(Unit, Unit.id == UsageAct.unit_id)
    rows = rows.outerjoin(Material, Material.id == UsageAct.material_id)
    rows = rows.outerjoin(SchoolClass, SchoolClass.id == UsageAct.class_id)
    rows = rows.outerjoin(Course, Course.id == UsageAct.course_id)
    for chunk in _chunks(act_ids):
        yield from session.execute(rows.where(UsageAct.id.in_(chunk)))


def _act_row(act: JudgedAct, told: Sequence) -> ActRow:
    return ActRow(
        uid=told.uid,
        act_class=act.act_class,
        day=act.day,
        verdict=act.verdict,
        source=told.source.value,
        unit_code=told.unit_code or "",
        material=told.material or "",
        class_name=told.class_name or "",
        course=told.course or "",
    )
