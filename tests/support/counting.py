"""Makes posts, leave, acts, courses and voids for tests of the ratio: names and days, everything else by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from elearn.clock import now
from elearn.models.course import Course
from elearn.models.curriculum import Period, PeriodKind
from elearn.models.people import Leave, LeaveKind
from elearn.models.reports import CountChange, CountState, Ruleset
from elearn.models.usage import ActKind, ActSource, UsageAct, UsageVoid
from elearn.services import reports
from elearn.services.access import SYSTEM
from elearn.services.reports import counting, loading
from elearn.services.reports.ruleset import Rules

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.models.people import Person
    from tests.support.factories import World

LONG_AGO = date(2010, 1, 1)


class Ledger:
    """A ruleset, one period and acts in it, in the session of a `World`."""

    def __init__(self, world: World, starts_on: date, ends_on: date, code: str = "HK", **rules: Any) -> None:
        self.world = world
        self.session: Session = world.session
        self.ruleset: Ruleset = world.add(
            Ruleset(code=f"R-{code}", name="Quy tắc", valid_from=starts_on, rules=Rules(**rules).as_json())
        )
        self.period = self.add_period(code, starts_on, ends_on)

    def add_period(self, code: str, starts_on: date, ends_on: date, census_on: date | None = None) -> Period:
        """A semester."""
        return self.world.add(
            Period(
                code=code,
                kind=PeriodKind.SEMESTER,
                name_vi=code,
                name_en=code,
                starts_on=starts_on,
                ends_on=ends_on,
                census_on=census_on or ends_on,
            )
        )

    def leave(self, person: Person, since: date, until: date | None = None) -> Leave:
        """A leave."""
        row = Leave(person_id=person.id, kind=LeaveKind.STUDY, valid_from=since, valid_to=until)
        return self.world.add(row)

    def act(self, kind: ActKind, person: Person | None, unit: Unit | None, day: date, **values: Any) -> UsageAct:
        """An act, recorded at noon of its day unless `recorded_at` says otherwise."""
        moment = datetime.combine(day, time(5), UTC)
        values = {"recorded_at": moment, "source": ActSource.TRACKER, **values}
        return self.world.add(
            UsageAct(
                kind=kind,
                occurred_at=moment,
                act_date=day,
                person_id=person.id if person else None,
                unit_id=unit.id if unit else None,
                **values,
            )
        )

    def course(self, unit: Unit, title: str = "Khóa học") -> Course:
        """A course."""
        return self.world.add(Course(title=title, unit_id=unit.id, owner_id=self.world.account().id))

    def activity(self, course: Course, day: date, learners: int, **values: Any) -> list[UsageAct]:
        """Pupils who were active in a course on a day."""
        pupils = [self.world.person(f"Học sinh {number}") for number in range(learners)]
        return [self.act(ActKind.COURSE_ACTIVITY, pupil, None, day, course_id=course.id, **values) for pupil in pupils]

    def void(self, act: UsageAct, *, restores: bool = False, **values: Any) -> UsageVoid:
        """A decision about an act."""
        by = self.world.account().id
        return self.world.add(UsageVoid(act_id=act.id, restores=restores, reason="Kiểm tra", account_id=by, **values))

    def report(self, unit: Unit, period: Period | None = None, **values: Any) -> reports.UnitReport:
        """What the operator is told of a unit."""
        return reports.unit_report(self.session, SYSTEM, unit, period or self.period, **values)

    def persons(self, unit: Unit, period: Period | None = None, **values: Any) -> dict[str, reports.PersonRow]:
        """The persons of a unit's report by code."""
        page = reports.persons_of(self.session, SYSTEM, unit, period or self.period, **values)
        return {row.code: row for row in page.rows}


def keep_counts(session: Session, ledger: Ledger) -> None:
    """Count everybody in the ledger's period as the worker does, in the session of the test."""
    question = loading.ask(ledger.period, ledger.ruleset)
    counting.count_persons(session, question, loading.candidates(session, question))
    session.execute(delete(CountChange))
    state = CountState(period_id=ledger.period.id, ruleset_id=ledger.ruleset.id, counted_at=now())
    ledger.world.add(state)
