"""Where a title is installed, by unit, of the units that somebody watches over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from elearn.database import day_of
from elearn.models.installations import Age, Installation
from elearn.models.organisation import Unit
from elearn.services.access.permissions import WATCHERS
from elearn.services.software.installed.cover import Cover, Holding, Use, machines_of
from elearn.services.software.installed.overview import of_age
from elearn.services.software.installed.scope import among

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class AtUnit:
    """A title at a unit."""

    unit: Unit
    machines: int
    outdated: int
    unsupported: int
    holding: Holding


@dataclass(frozen=True, slots=True)
class Places:
    """A page of the units that have a title, on most machines first, with sums of all of them and its seats."""

    rows: Sequence[AtUnit]
    units: int
    machines: int
    outdated: int
    versions: Sequence[tuple[str, int]]  # version -> machines, most first
    use: Use
    holders: Mapping[int, Unit]  # the units of the pools


@dataclass(frozen=True, slots=True)
class TitleCount:
    """On how many machines of how many units a title is, and how many of them have an old version."""

    units: int
    machines: int
    outdated: int


def count_of(session: Session, identity: Identity, title: Material) -> TitleCount | None:
    """The sums of a title for who watches over units; None for everybody else."""
    if not identity.units_of(WATCHERS):
        return None
    return TitleCount(*_sums(session, _seen(identity, title)))


def _sums(session: Session, seen: Sequence[ColumnElement[bool]]) -> tuple[int, int, int]:
    units, machines, old = session.execute(
        select(
            func.count(Installation.unit_id.distinct()),
            func.coalesce(func.sum(Installation.machines), 0),
            of_age(Age.OUTDATED, Age.UNSUPPORTED),
        ).where(*seen)
    ).one()
    return units, int(machines), int(old)


def _seen(identity: Identity, title: Material) -> list[ColumnElement[bool]]:
    theirs = among(identity.tree.below(identity.units_of(WATCHERS)))
    return [Installation.title_id == title.id, Installation.is_current, Installation.machines > 0, theirs]


def places_of(session: Session, identity: Identity, title: Material, page: int = 1) -> Places:
    """Where a title is installed, as far as the identity watches over units."""
    seen, machines = _seen(identity, title), func.sum(Installation.machines)
    units, total, old = _sums(session, seen)
    rows = session.execute(
        select(Installation.unit_id, machines, of_age(Age.OUTDATED), of_age(Age.UNSUPPORTED))
        .where(*seen)
        .group_by(Installation.unit_id)
        .order_by(machines.desc(), Installation.unit_id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    versions = session.execute(
        select(Installation.version, machines)
        .where(*seen)
        .group_by(Installation.version)
        .order_by(machines.desc(), Installation.version)
        .limit(20)
    ).all()
    cover = Cover(session, identity.tree, day_of(session), [title.id])
    use = cover.use(title.id, machines_of(session, [title.id])[title.id])
    pools = [pool for pool in use.pools if identity.is_system or identity.reaches(WATCHERS, pool.unit_id)]
    named = units_by_id(session, {row.unit_id for row in rows} | {pool.unit_id for pool in pools})
    return Places(
        [
            AtUnit(named[unit_id], int(count), int(outdated), int(unsupported), cover.holding(title.id, unit_id))
            for unit_id, count, outdated, unsupported in rows
        ],
        units,
        total,
        old,
        [(version, int(count)) for version, count in versions],
        Use(pools, use.unlicensed),
        named,
    )


def units_by_id(session: Session, ids: set[int]) -> dict[int, Unit]:
    """Units with their names."""
    rows = select(Unit).where(Unit.id.in_(ids)).options(selectinload(Unit.names))
    return {unit.id: unit for unit in session.scalars(rows)} if ids else {}
