"""Teachers, managers and other staff of the province, drawn from a seed, with the turns their work takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from elearn.demo.population.calendar import DAY
from elearn.demo.population.names import draw_name
from elearn.demo.population.schools import SCHOOLS, SchoolPlan
from elearn.demo.population.turns import ARRIVALS, DEPARTURES, LEAVES, MOVES, SHARED, VISITORS
from elearn.models.curriculum import Level
from elearn.models.people import Contract, LeaveKind, PostRole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from elearn.demo.population.turns import Arrival

WOMEN = {Level.MN: 1.0, Level.TH: 0.8, Level.THCS: 0.65}  # share of women among teachers
NOWHERE = "099"  # no province has this code, so that no identifier is anybody's
CONTRACTS, CONTRACTS_SINCE = 0.12, 2021  # share of contracts among those employed since
PLANS = {plan.unit: plan for plan in SCHOOLS}


class PostPlan(NamedTuple):
    """A post, with the days of the tables of the demo."""

    unit: str
    role: PostRole
    since: date
    until: date | None = None
    level: Level | None = None
    subject: str | None = None
    contract: Contract = Contract.PERMANENT
    fte: float = 1.0
    is_main: bool = True


class LeavePlan(NamedTuple):
    """A leave."""

    kind: LeaveKind
    since: date
    until: date


@dataclass(slots=True)
class Member:
    """Somebody who works in the province."""

    code: str
    name: str
    born_on: date
    posts: list[PostPlan]
    leaves: list[LeavePlan] = field(default_factory=list)


def person_code(rng: Random, born_on: date, number: int, *, woman: bool) -> str:
    """A mã định danh of twelve digits: place, century and sex, year of birth, six digits."""
    century = 2 * (born_on.year // 100 - 19) + woman
    return f"{NOWHERE}{century}{born_on.year % 100:02d}{number:05d}{rng.randrange(10)}"


class Staffing:
    """Draws everybody who works in the schools beside those of the tables, in a fixed order."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.members: list[Member] = []
        self._waiting: dict[tuple[str, str], list[Member]] = {}
        self._numbers = count(1001)

    def draw(self) -> list[Member]:
        """All members; the turns of their work are already in their posts and leaves."""
        for plan in SCHOOLS:
            self.members.extend(self._school(plan))
        self._turn()
        return self.members

    def _school(self, plan: SchoolPlan) -> Iterator[Member]:
        level = plan.teachers[0][0]
        yield self._new(plan, PostRole.MANAGER, level, None)
        yield self._new(plan, PostRole.STAFF, None, None)
        for taught, subject, number in plan.teachers:
            for _ in range(number):
                member = self._new(plan, PostRole.TEACHER, taught, subject)
                self._waiting.setdefault((plan.unit, subject), []).append(member)
                yield member

    def _new(
        self,
        plan: SchoolPlan,
        role: PostRole,
        level: Level | None,
        subject: str | None,
        since: date | None = None,
    ) -> Member:
        rng = self.rng
        woman = rng.random() < WOMEN.get(level or Level.THPT, 0.55)
        start = since or date(rng.randint(max(2009, plan.founded.year), 2024), 8, 1)
        born_on = date(min(start.year - rng.randint(22, 29), 2003), rng.randint(1, 12), rng.randint(1, 28))
        contract = (
            Contract.CONTRACT if start.year >= CONTRACTS_SINCE and rng.random() < CONTRACTS else Contract.PERMANENT
        )
        return Member(
            person_code(rng, born_on, next(self._numbers), woman=woman),
            draw_name(rng, plan.minorities, plan.share, woman=woman),
            born_on,
            [PostPlan(plan.unit, role, start, None, level, subject, contract)],
        )

    def _turn(self) -> None:
        """Let people move, leave, come and share their time, as the tables of turns say."""
        for move in MOVES:
            self._move(self._take(move.unit, move.subject), move.to, move.day)
        for leave in LEAVES:
            member = self._take(leave.unit, leave.subject)
            member.leaves.append(LeavePlan(leave.kind, leave.since, leave.until))
        for share in SHARED:
            self._share(self._take(share.unit, share.subject), share.second, share.fte)
        for departure in DEPARTURES:
            member = self._take(departure.unit, departure.subject)
            member.posts[0] = member.posts[0]._replace(until=departure.last_day)
        for guest in VISITORS:
            self._add(guest, Contract.VISITING)
        for arrival in ARRIVALS:
            self._add(arrival, Contract.CONTRACT)

    def _take(self, unit: str, subject: str) -> Member:
        """A member of a school and subject whose work has taken no turn yet."""
        return self._waiting[unit, subject].pop(0)

    def _move(self, member: Member, to: str, day: date) -> None:
        before = member.posts[0]
        level = before.level if before.level in {row[0] for row in PLANS[to].teachers} else PLANS[to].teachers[0][0]
        member.posts = [before._replace(until=day - DAY), before._replace(unit=to, since=day, level=level)]

    def _share(self, member: Member, second: str, fte: float) -> None:
        before = member.posts[0]
        there = PostPlan(second, before.role, date(2025, 9, 1), None, before.level, before.subject, before.contract)
        level = PLANS[second].teachers[-1][0] if before.level not in _levels(second) else before.level
        member.posts = [
            before._replace(fte=fte),
            there._replace(level=level, fte=round(1 - fte, 3), is_main=False),
        ]

    def _add(self, row: Arrival, contract: Contract) -> None:
        member = self._new(PLANS[row.unit], PostRole.TEACHER, row.level, row.subject, row.since)
        member.posts[0] = member.posts[0]._replace(contract=contract, fte=row.fte)
        self.members.append(member)


def _levels(unit: str) -> set[Level]:
    return {level for level, _, _ in PLANS[unit].teachers}
