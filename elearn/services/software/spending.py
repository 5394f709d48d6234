"""What software costs a unit and all below, by title, unit, level, money and calendar year (H103).

Each licence counts once, at the unit that holds it. The cost of a year is spread over the days of the licence, so that
one which begins in September costs four months of that year. Amounts are whole đồng; whatever way they are summed, the
sums agree.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from elearn.models.curriculum import Level
from elearn.models.material import Material, MaterialLevel
from elearn.models.organisation import Unit
from elearn.models.software import LicenceKind, Money, SoftwareLicence
from elearn.services.access import Action, load_tree, require
from elearn.services.errors import ServiceError
from elearn.services.software.taught_or_installed import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity, Tree

YEARS = 5  # years in a table
FIRST_YEAR, LAST_YEAR = 1990, 2100
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """What something costs in each year, in đồng; `about` is None for what has no name, such as money not said."""

    about: T
    amounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TitleName:
    """A title as far as a table names it."""

    id: int
    uid: str
    title: str


@dataclass(frozen=True, slots=True)
class Paid:
    """A licence with what it costs in each year."""

    id: int
    title_id: int
    unit_id: int
    kind: LicenceKind
    starts_on: date
    expires_on: date | None
    money: Money | None
    amounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spending:
    """The tables of a unit; each one's columns add up to `total`, the largest last year first."""

    unit: Unit
    years: tuple[int, ...]
    total: tuple[int, ...]
    titles: Sequence[Line[TitleName]]
    units: Sequence[Line[Unit]]  # the unit itself, then those directly below with all under them
    levels: Sequence[Line[Level | None]]
    money: Sequence[Line[Money | None]]
    paid: Sequence[Paid]
    names: Mapping[int, TitleName]


def cost_in(year: int, cost_per_year: int, starts_on: date, expires_on: date | None) -> int:
    """What a licence costs in a calendar year, by days, half a đồng upwards; both days belong to the licence."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    start, end = max(starts_on, first), min(expires_on or last, last)
    days, whole = (end - start).days + 1, (last - first).days + 1
    return (2 * cost_per_year * days + whole) // (2 * whole) if days > 0 else 0


def cost_between(first: date, last: date, cost_per_year: int, starts_on: date, expires_on: date | None) -> int:
    """What a licence costs between two days: of each calendar year its part."""
    start, end = max(starts_on, first), min(expires_on or last, last)
    return sum(cost_in(year, cost_per_year, start, end) for year in range(first.year, last.year + 1))


def split(amount: int, parts: int) -> list[int]:
    """An amount in even whole parts; what is left over goes to the first ones, so that they add up."""
    each, rest = divmod(amount, parts)
    return [each + (number < rest) for number in range(parts)]


def spending(session: Session, identity: Identity, unit: Unit, until: int) -> Spending:
    """What software costs the unit and all below, in the five years up to one; six queries, whatever there is.

    Raises:
        ForbiddenError: the identity does not see what software of the unit costs.
        ServiceError: `year_range`.
    """
    require(identity, Action.SEE_SPENDING, unit)
    if not FIRST_YEAR <= until <= LAST_YEAR:
        raise ServiceError("year_range", first=FIRST_YEAR, last=LAST_YEAR)
    tree, years = load_tree(session), tuple(range(until - YEARS + 1, until + 1))
    paid = _paid(session, tree, unit, years)
    names, levels = _names(session, paid), _levels(session, paid)
    return Spending(
        unit=unit,
        years=years,
        total=_sum((row.amounts for row in paid), len(years)),
        titles=_lines((names[row.title_id], row.amounts) for row in paid),
        units=_units(session, tree, unit, paid),
        levels=_in_order([*Level, None], _by_level(paid, levels)),
        money=_in_order([*Money, None], ((row.money, row.amounts) for row in paid)),
        paid=paid,
        names=names,
    )


def _paid(session: Session, tree: Tree, unit: Unit, years: Sequence[int]) -> list[Paid]:
    licence = SoftwareLicence
    query = select(
        licence.id,
        licence.title_id,
        licence.unit_id,
        licence.kind,
        licence.starts_on,
        licence.expires_on,
        licence.money,
        licence.cost_per_year,
    ).where(
        licence.unit_id.in_(written(tree.below([unit.id]))),
        licence.removed_at.is_(None),
        licence.cost_per_year > 0,
        licence.starts_on <= date(years[-1], 12, 31),
        or_(licence.expires_on.is_(None), licence.expires_on >= date(years[0], 1, 1)),
    )
    return [_spread(row, years) for row in session.execute(query.order_by(licence.id))]


def _spread(row: Any, years: Sequence[int]) -> Paid:
    *about, cost = row
    return Paid(*about, _amounts(years, cost, row.starts_on, row.expires_on))


@lru_cache(maxsize=1024)
def _amounts(years: Sequence[int], cost: int, starts_on: date, expires_on: date | None) -> tuple[int, ...]:
    """Licences of many schools are bought on the same days for the same money."""
    return tuple(cost_in(year, cost, starts_on, expires_on) for year in years)


def _names(session: Session, paid: Iterable[Paid]) -> dict[int, TitleName]:
    query = select(Material.id, Material.uid, Material.title)
    rows = session.execute(query.where(Material.id.in_(written({row.title_id for row in paid}))))
    return {row.id: TitleName(*row) for row in rows}


def _levels(session: Session, paid: Iterable[Paid]) -> dict[int, list[Level]]:
    query = select(MaterialLevel.material_id, MaterialLevel.level)
    found: dict[int, set[Level]] = defaultdict(set)
    for title, level in session.execute(
        query.where(MaterialLevel.material_id.in_(written({r.title_id for r in paid})))
    ):
        found[title].add(level)
    return {title: [level for level in Level if level in levels] for title, levels in found.items()}


def _by_level(
    paid: Iterable[Paid], levels: Mapping[int, Sequence[Level]]
) -> Iterable[tuple[Level | None, tuple[int, ...]]]:
    """A title of several levels is split evenly among them: nobody records how much each of them uses it."""
    for row in paid:
        of_title: Sequence[Level | None] = levels.get(row.title_id) or [None]
        yield from zip(of_title, _shares(row.amounts, len(of_title)), strict=True)


@lru_cache(maxsize=1024)
def _shares(amounts: tuple[int, ...], parts: int) -> list[tuple[int, ...]]:
    """The amounts of the years in even parts, as often as licences cost the same."""
    return list(zip(*(split(amount, parts) for amount in amounts), strict=True))


def _units(session: Session, tree: Tree, unit: Unit, paid: Sequence[Paid]) -> list[Line[Unit]]:
    branches = {unit_id: _branch(tree, unit.id, unit_id) for unit_id in {row.unit_id for row in paid}}
    amounts = _grouped((branches[row.unit_id], row.amounts) for row in paid)
    found = select(Unit).where(Unit.id.in_(written(amounts))).options(selectinload(Unit.names))
    units = {row.id: row for row in session.scalars(found)}
    lines = [Line(units[id_], sums) for id_, sums in amounts.items()]
    return sorted(lines, key=lambda line: (line.about.id != unit.id, line.about.code))


def _branch(tree: Tree, top: int, unit_id: int) -> int:
    """The unit directly below the top one in whose part of the tree another stands; the top one for itself."""
    above = tree.ancestors(unit_id)
    place = above.index(top)
    return above[place - 1] if place else top


def _grouped(rows: Iterable[tuple[T, tuple[int, ...]]]) -> dict[T, tuple[int, ...]]:
    held: dict[T, list[tuple[int, ...]]] = defaultdict(list)
    for about, amounts in rows:
        held[about].append(amounts)
    return {about: tuple(map(sum, zip(*amounts, strict=True))) for about, amounts in held.items()}


def _lines(rows: Iterable[tuple[T, tuple[int, ...]]]) -> list[Line[T]]:
    """Sums, the largest in the last year first."""
    lines = [Line(about, sums) for about, sums in _grouped(rows).items()]
    return sorted(lines, key=lambda line: tuple(-amount for amount in reversed(line.amounts)))


def _in_order(order: Sequence[T], rows: Iterable[tuple[T, tuple[int, ...]]]) -> list[Line[T]]:
    sums = _grouped(rows)
    return [Line(about, sums[about]) for about in order if about in sums]


def _sum(rows: Iterable[tuple[int, ...]], width: int) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True))) or (0,) * width
