"""What a unit has, and what it may install: approved titles under a licence that covers it, with the latest release."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from elearn.database import day_of
from elearn.models.installations import Age, Installation
from elearn.models.material import Material, MaterialLevel, Status
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services.access import load_tree, visible_materials
from elearn.services.software.decisions import approved_titles
from elearn.services.software.installed.cover import Cover, Holding, Pool, machines_of
from elearn.services.software.installed.overview import Flag

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level
    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class Had:
    """A title that a unit has: what stands in each room, on how many machines, what to look at, and its seats."""

    title: Material
    rows: Sequence[Installation]
    flags: Sequence[Flag]
    holding: Holding
    pool: Pool | None  # the seats it takes from

    @property
    def machines(self) -> int:
        """On how many machines it is."""
        return sum(row.machines for row in self.rows)


@dataclass(frozen=True, slots=True)
class Programs:
    """What a unit has: titles of the catalogue by name, and what the catalogue does not know."""

    had: Sequence[Had]
    unlisted: Sequence[Installation]


@dataclass(frozen=True, slots=True)
class Offer:
    """A title that a unit may install."""

    title: Material
    latest: SoftwareRelease | None
    holding: Holding
    installed: int
    seats_left: int | None


def programs_of(session: Session, unit: Unit) -> Programs:
    """What stands for a unit, with flags of today."""
    tree, day = load_tree(session), day_of(session)
    rows = session.scalars(
        select(Installation)
        .where(Installation.unit_id == unit.id, Installation.is_current, Installation.machines > 0)
        .options(joinedload(Installation.title), joinedload(Installation.release))
        .order_by(Installation.room, Installation.version, Installation.id)
    ).all()
    by_title: dict[Material, list[Installation]] = defaultdict(list)
    for row in rows:
        if row.title is not None:
            by_title[row.title].append(row)
    titles = {title.id for title in by_title}
    approved = approved_titles(session, tree.ancestors(unit.id), day)
    cover = Cover(session, tree, day, titles)
    pools = _pools(session, cover, unit, titles)
    had = []
    for title, held in by_title.items():
        holding, pool = cover.holding(title.id, unit.id), pools.get(title.id)
        flags = _flags(held, holding, pool, decided=title.id in approved)
        had.append(Had(title, held, flags, holding, pool))
    had.sort(key=lambda row: (row.title.title.casefold(), row.title.id))
    return Programs(had, [row for row in rows if row.title is None])


def _pools(session: Session, cover: Cover, unit: Unit, titles: Collection[int]) -> dict[int, Pool]:
    """The seats from which a unit takes, for each title that it has by seats; of several the nearest."""
    by_seats = [title for title in titles if cover.holding(title, unit.id) is Holding.SEATS]
    machines = machines_of(session, by_seats) if by_seats else {}
    above = load_tree(session).ancestors(unit.id)
    found: dict[int, Pool] = {}
    for title in by_seats:
        pools = {pool.unit_id: pool for pool in cover.use(title, machines.get(title, {})).pools}
        near = [pools[unit_id] for unit_id in above if unit_id in pools]
        # Where the nearest is full, the next above it is what counts.
        found[title] = next((pool for pool in near if pool.over or pool.used < pool.seats), near[-1])
    return found


def _flags(held: Sequence[Installation], holding: Holding, pool: Pool | None, *, decided: bool) -> list[Flag]:
    ages = {row.age for row in held}
    asked = {
        Flag.UNSUPPORTED: Age.UNSUPPORTED in ages,
        Flag.OUTDATED: Age.OUTDATED in ages,
        Flag.OVER: pool is not None and pool.over > 0,
        Flag.UNLICENSED: holding is Holding.NONE,
        Flag.UNDECIDED: not decided,
    }
    return [flag for flag, is_so in asked.items() if is_so]


def offers_for(
    session: Session, identity: Identity, unit: Unit, levels: Collection[Level] = (), page: int = 1
) -> tuple[int, Sequence[Offer]]:
    """How many titles a unit may install, and a page of them by name; `levels` narrow to what is taught there."""
    tree, day = load_tree(session), day_of(session)
    cover = Cover(session, tree, day)
    approved = approved_titles(session, tree.ancestors(unit.id), day)
    allowed = [title for title in sorted(approved) if cover.holding(title, unit.id) is not Holding.NONE]
    # The numbers are written into the statement: there may be more titles than a database takes parameters.
    wanted = [
        Material.id.in_(bindparam(None, allowed, expanding=True, literal_execute=True)),
        Material.status == Status.PUBLISHED,
        visible_materials(identity),
    ]
    if levels:
        wanted.append(exists().where(MaterialLevel.material_id == Material.id, MaterialLevel.level.in_(levels)))
    total = session.scalar(select(func.count()).select_from(Material).where(*wanted)) or 0
    titles = session.scalars(
        select(Material)
        .where(*wanted)
        .options(joinedload(Material.software), selectinload(Material.levels))
        .order_by(Material.title, Material.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    ids = [title.id for title in titles]
    latest, installed = _latest(session, ids), _installed(session, unit, ids)
    pools = _pools(session, cover, unit, ids)
    return total, [
        Offer(
            title,
            latest.get(title.id),
            cover.holding(title.id, unit.id),
            installed.get(title.id, 0),
            pools[title.id].seats - pools[title.id].used if title.id in pools else None,
        )
        for title in titles
    ]


def _latest(session: Session, titles: Sequence[int]) -> Mapping[int, SoftwareRelease]:
    rows = select(SoftwareRelease).where(SoftwareRelease.title_id.in_(titles), SoftwareRelease.is_latest)
    with_files = rows.options(selectinload(SoftwareRelease.files).joinedload(SoftwareFile.blob))
    return {row.title_id: row for row in session.scalars(with_files)} if titles else {}


def _installed(session: Session, unit: Unit, titles: Sequence[int]) -> Mapping[int, int]:
    rows = (
        select(Installation.title_id, func.sum(Installation.machines))
        .where(Installation.unit_id == unit.id, Installation.is_current, Installation.title_id.in_(titles))
        .group_by(Installation.title_id)
    )
    return {title: int(machines) for title, machines in session.execute(rows) if title is not None}
