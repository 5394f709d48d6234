"""What a unit and all below have installed: by title with flags and seats, and by the units below; added up in SQL."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from elearn.models.installations import Age, Installation
from elearn.models.organisation import Unit, UnitKind
from elearn.services.access import load_tree
from elearn.services.software.decisions import approved_titles
from elearn.services.software.installed.cover import Cover, Pool, machines_of
from elearn.services.software.installed.scope import within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class Flag(StrEnum):
    """What somebody should look at."""

    OUTDATED = "outdated"
    UNSUPPORTED = "unsupported"
    UNLICENSED = "unlicensed"
    OVER = "over"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class TitleSum:
    """A title as it is installed at a unit and below: machines, units, and machines of each flag."""

    title_id: int
    machines: int
    units: int
    flags: Mapping[Flag, int]
    pools: Sequence[Pool] = ()  # the seats from which they take: of units above, of the unit itself and below it


@dataclass(frozen=True, slots=True)
class UnitSum:
    """A unit directly below, with all below it."""

    unit_id: int
    machines: int
    outdated: int
    reporting: int  # units that have reported anything
    units: int


def of_age(*ages: Age) -> ColumnElement[int]:
    """Machines whose version has one of some ages."""
    return func.coalesce(func.sum(case((Installation.age.in_(ages), Installation.machines), else_=0)), 0)


def by_title(session: Session, unit: Unit, day: date) -> list[TitleSum]:
    """The titles that a unit and all below have, on most machines first, with five statements however many."""
    tree = load_tree(session)
    rows = session.execute(
        select(
            Installation.title_id,
            func.sum(Installation.machines),
            func.count(Installation.unit_id.distinct()),
            of_age(Age.OUTDATED),
            of_age(Age.UNSUPPORTED),
        )
        .where(Installation.is_current, Installation.title_id.is_not(None), Installation.machines > 0)
        .where(within(tree, unit))
        .group_by(Installation.title_id)
    ).all()
    approved = approved_titles(session, tree.ancestors(unit.id), day)
    cover = Cover(session, tree, day)
    limited = machines_of(session, cover.narrow(unit.id))
    below = tree.below([unit.id])
    near = below.union(tree.ancestors(unit.id))
    sums = []
    for title_id, machines, units, outdated, unsupported in rows:
        flags = {Flag.OUTDATED: int(outdated), Flag.UNSUPPORTED: int(unsupported)}
        flags[Flag.UNDECIDED] = 0 if title_id in approved else int(machines)
        pools: Sequence[Pool] = ()
        if not cover.covers_all(title_id, unit.id):
            use = cover.use(title_id, limited.get(title_id, {})) if cover.is_held(title_id) else None
            flags[Flag.UNLICENSED] = _among(use.unlicensed, below) if use else int(machines)
            pools = [pool for pool in use.pools if pool.unit_id in near] if use else ()
            flags[Flag.OVER] = sum(pool.over for pool in pools)
        held = {flag: count for flag, count in flags.items() if count}
        sums.append(TitleSum(title_id, int(machines), units, held, pools))
    sums.sort(key=lambda row: (-row.machines, row.title_id))
    return sums


def _among(counts: Mapping[int, int], below: frozenset[int]) -> int:
    return sum(count for unit_id, count in counts.items() if unit_id in below)


def by_unit(session: Session, unit: Unit, children: Iterable[Unit], schools: frozenset[int]) -> Sequence[UnitSum]:
    """The units directly below a unit, each with all below it; `schools` are the units that could report today."""
    tree = load_tree(session)
    rows = session.execute(
        select(Installation.unit_id, func.sum(Installation.machines), of_age(Age.OUTDATED, Age.UNSUPPORTED))
        .where(Installation.is_current)
        .where(within(tree, unit))
        .group_by(Installation.unit_id)
    )
    told = {unit_id: (int(machines), int(outdated)) for unit_id, machines, outdated in rows}
    sums = []
    for child in children:
        below = tree.below([child.id])
        counted: dict[str, int] = defaultdict(int)
        for unit_id in below & told.keys():
            counted["machines"] += told[unit_id][0]
            counted["outdated"] += told[unit_id][1]
        could = below & schools
        sums.append(UnitSum(child.id, counted["machines"], counted["outdated"], len(could & told.keys()), len(could)))
    return sums


def reporting_units(session: Session, day: date) -> frozenset[int]:
    """The units that are asked to report: the schools of a day."""
    return frozenset(session.scalars(select(Unit.id).where(Unit.valid_on(day), Unit.kind == UnitKind.SCHOOL)))
