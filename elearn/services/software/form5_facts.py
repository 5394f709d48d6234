"""What report R5 reads: of all approved titles what groups of levels add up, and of the titles shown every detail.

The database counts and adds up; only what stands in a line of the report is read in rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import String, exists, func, literal, or_, select, type_coerce, union_all

from elearn.models.installations import Installation
from elearn.models.material import Material, SoftwareDetail
from elearn.models.organisation import Unit, UnitKind, UnitLevel
from elearn.models.software import LicenceKind, SoftwareLicence
from elearn.models.usage import UsageAct
from elearn.services.software.spending import cost_between
from elearn.services.software.taught_or_installed import written
from elearn.services.usage.counts import is_taught
from elearn.services.usage.voids import void_acts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from sqlalchemy import CTE, ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute, Session

    from elearn.services.access import Tree


@dataclass(frozen=True, slots=True)
class Scope:
    """A unit and all below it, and the days of the report."""

    unit: Unit
    tree: Tree
    below: frozenset[int]
    first: date
    last: date

    def within(self, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
        """The condition that a column names a unit of the scope."""
        return column.is_not(None) if self.tree.is_all_below(self.unit.id) else column.in_(written(self.below))


class AboutTitle(NamedTuple):
    """What the report says of a title itself."""

    id: int
    uid: str
    title: str
    vendor: str | None
    release: str | None
    platforms: Sequence[str] | None


class Held(NamedTuple):
    """A licence as far as the report reads it."""

    title_id: int
    unit_id: int
    kind: LicenceKind
    seats: int | None
    expires_on: date | None


class Installed(NamedTuple):
    """How many units have a title, and on how many machines."""

    units: int = 0
    machines: int = 0


class Taught(NamedTuple):
    """How many people taught how many lessons."""

    teachers: int = 0
    lessons: int = 0


@dataclass(frozen=True, slots=True)
class Details:
    """Of some titles, by id, what stands in their lines beside cost and lessons."""

    titles: Mapping[int, AboutTitle]
    licences: Mapping[int, Sequence[Held]]
    installed: Mapping[int, Installed]


def details(session: Session, scope: Scope, titles: Collection[int]) -> Details:
    """What the lines of some titles say, in three statements."""
    return Details(
        titles=_about(session, titles),
        licences=_held(session, scope, titles),
        installed=_installed(session, scope, titles),
    )


def names_of(session: Session, titles: Collection[int]) -> dict[int, str]:
    """Id -> the name of a title."""
    return dict(session.execute(select(Material.id, Material.title).where(Material.id.in_(written(titles)))).all())


def costs(session: Session, scope: Scope) -> dict[int, int]:
    """Id of a title -> what its licences of the scope cost between the two days, in đồng."""
    licence, first, last = SoftwareLicence, scope.first, scope.last
    query = select(licence.title_id, licence.cost_per_year, licence.starts_on, licence.expires_on).where(
        licence.removed_at.is_(None),
        licence.cost_per_year > 0,
        scope.within(licence.unit_id),
        licence.starts_on <= last,
        or_(licence.expires_on.is_(None), licence.expires_on >= first - timedelta(days=1)),
    )
    found: Counter[int] = Counter()
    for title, *terms in session.execute(query):
        found[title] += _cost(first, last, *terms)
    return found


@lru_cache(maxsize=1024)
def _cost(first: date, last: date, cost_per_year: int, starts_on: date, expires_on: date | None) -> int:
    """Licences of many schools are bought on the same days for the same money."""
    return cost_between(first, last, cost_per_year, starts_on, expires_on)


def schools_by_level(session: Session, scope: Scope) -> dict[str, set[int]]:
    """Code of a level -> the schools anywhere that teach at it on the last day."""
    rows = select(type_coerce(UnitLevel.level, String), UnitLevel.unit_id).join(Unit, Unit.id == UnitLevel.unit_id)
    rows = rows.where(Unit.kind == UnitKind.SCHOOL, Unit.valid_on(scope.last), UnitLevel.valid_on(scope.last))
    found: dict[str, set[int]] = defaultdict(set)
    for level, unit_id in session.execute(rows):
        found[level].add(unit_id)
    return found


def schools_with_one(session: Session, groups: Sequence[tuple[frozenset[int], Collection[int]]]) -> list[int]:
    """Of each group of (schools, titles): how many of the schools have one of the titles at least, in one statement."""
    if not groups:
        return []
    arms = []
    for number, (schools, titles) in enumerate(groups):
        # The sum keeps the database from looking for each title at each school: it walks along what a school has.
        has_one = exists().where(
            Installation.unit_id == Unit.id,
            Installation.is_current,
            Installation.machines > 0,
            (Installation.title_id + 0).in_(written(titles)),
        )
        arms.append(select(literal(number), func.count()).where(Unit.id.in_(written(schools)), has_one))
    counted = dict(session.execute(union_all(*arms)).all())
    return [counted[number] for number in range(len(groups))]


def taught_in(
    session: Session, scope: Scope, groups: Sequence[Collection[int]], shown: Collection[int]
) -> tuple[list[Taught], dict[int, Taught]]:
    """How many people of the scope taught how many lessons, in one statement that looks at each lesson once.

    Returns the numbers for each group of titles, and by id those of the titles shown; none taught with is left out.
    """
    if not groups:
        return [], {}
    acts = _lessons(scope, {title for titles in groups for title in titles})
    counts = (func.count(acts.c.person.distinct()), func.count())
    arms = [
        select(literal(number), literal(0).label("title"), *counts).where(acts.c.title.in_(written(titles)))
        for number, titles in enumerate(groups)
    ]
    lines = select(literal(-1), acts.c.title, *counts).where(acts.c.title.in_(written(shown))).group_by(acts.c.title)
    of_groups, of_titles = {}, {}
    for number, title, *counted in session.execute(union_all(*arms, lines)):
        if number < 0:
            of_titles[title] = Taught(*counted)
        else:
            of_groups[number] = Taught(*counted)
    return [of_groups[number] for number in range(len(groups))], of_titles


def _lessons(scope: Scope, titles: Collection[int]) -> CTE:
    """The lessons of the scope in the span: title and person; all whom no register knows are one."""
    person = func.coalesce(UsageAct.person_id, 0).label("person")
    lessons = select(UsageAct.material_id.label("title"), person).where(
        UsageAct.material_id.in_(written(titles)),
        is_taught(),
        UsageAct.act_date.between(scope.first, scope.last),
        UsageAct.id.not_in(void_acts()),
        scope.within(UsageAct.unit_id),
    )
    return lessons.cte("lesson")


def _about(session: Session, titles: Collection[int]) -> dict[int, AboutTitle]:
    material, detail = Material, SoftwareDetail
    rows = select(material.id, material.uid, material.title, detail.vendor, detail.release, detail.platforms)
    rows = rows.outerjoin(detail, detail.material_id == material.id).where(material.id.in_(written(titles)))
    return {row.id: AboutTitle(*row) for row in session.execute(rows)}


def _held(session: Session, scope: Scope, titles: Collection[int]) -> dict[int, list[Held]]:
    """The licences that hold on the last day, of the scope and of units above it."""
    licence = SoftwareLicence
    query = select(*(getattr(licence, name) for name in Held._fields)).where(
        licence.title_id.in_(written(titles)),
        licence.removed_at.is_(None),
        or_(scope.within(licence.unit_id), licence.unit_id.in_(scope.tree.ancestors(scope.unit.id))),
        licence.starts_on <= scope.last,
        or_(licence.expires_on.is_(None), licence.expires_on >= scope.last),
    )
    found: dict[int, list[Held]] = defaultdict(list)
    for row in session.execute(query.order_by(licence.id)):
        found[row.title_id].append(Held(*row))
    return found


def _installed(session: Session, scope: Scope, titles: Collection[int]) -> dict[int, Installed]:
    row = Installation
    query = select(row.title_id, func.count(row.unit_id.distinct()), func.sum(row.machines)).where(
        row.title_id.in_(written(titles)), row.is_current, row.machines > 0, scope.within(row.unit_id)
    )
    return {
        title: Installed(units, machines) for title, units, machines in session.execute(query.group_by(row.title_id))
    }
