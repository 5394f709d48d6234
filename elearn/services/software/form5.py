"""Report R5 (Biểu 05) and indicator I6: the approved titles of each level, their licences, use and cost, and the plan.

A title of several levels stands in the row of each; its cost is split evenly among them, as in the tables of spending.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import or_, select

from elearn.models.curriculum import Level
from elearn.models.material import Material, MaterialLevel, SoftwareDetail
from elearn.models.organisation import Unit, UnitKind, UnitLevel
from elearn.models.software import LicenceKind, SoftwareLicence
from elearn.services.access import Action, load_tree, require
from elearn.services.software.decisions import approved_titles
from elearn.services.software.ending import reach_of
from elearn.services.software.quota import progress
from elearn.services.software.spending import cost_between, split
from elearn.services.software.taught_or_installed import machines_now, teachers_by_title, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from elearn.services.access import Identity, Tree
    from elearn.services.software.quota import Progress
    from elearn.services.software.taught_or_installed import TaughtBy


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
    cost_per_year: int
    starts_on: date
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A title in a group of levels.

    `kinds` are those of the licences that hold on the last day for the unit or something below it, with `seats`
    together and the last of their days (None: no licence, or one without end). `schools` below the unit have it
    installed on `machines`; `teachers` taught `lessons` with it in the span; `cost` is the share of these levels.
    """

    title: AboutTitle
    kinds: tuple[LicenceKind, ...]
    seats: int
    expires_on: date | None
    schools: int
    machines: int
    teachers: int
    lessons: int
    cost: int


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """Levels that a target counts together, or a single one without a target: I6 and the lines of R5.

    `installed` of the `schools` that teach there have one of the titles at least; `teachers` have a lesson with one.
    """

    levels: tuple[Level, ...]
    target: Progress | None
    lines: Sequence[TitleLine]
    installed: int
    schools: int
    teachers: int

    @property
    def missing(self) -> int:
        """How many titles the target still asks for."""
        return self.target.missing if self.target else 0

    @property
    def lessons(self) -> int:
        """Lessons with any of the titles."""
        return sum(line.lessons for line in self.lines)

    @property
    def cost(self) -> int:
        """What the titles cost these levels in the span."""
        return sum(line.cost for line in self.lines)


@dataclass(frozen=True, slots=True)
class Form5:
    """The report of a unit and all below for the days from `first` to `last`; the newest facts, not a snapshot."""

    unit: Unit
    first: date
    last: date
    groups: Sequence[LevelGroup]


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything that was read, by id of a title; `below` are the unit and all below it."""

    span: tuple[date, date]
    tree: Tree
    below: frozenset[int]
    titles: Mapping[int, AboutTitle]
    levels: Mapping[int, Sequence[Level]]
    licences: Mapping[int, Sequence[Held]]
    machines: Mapping[int, Counter[int]]
    taught: Mapping[int, Sequence[TaughtBy]]
    schools: Mapping[Level, frozenset[int]]


def form5(session: Session, identity: Identity, unit: Unit, first: date, last: date) -> Form5:
    """The report for some days, in a number of queries that does not grow with the titles.

    Titles are those approved on the last day by the unit or one above it; installations are as they stand now.

    Raises:
        ForbiddenError: the identity does not see what software of the unit costs.
    """
    require(identity, Action.SEE_SPENDING, unit)
    tree = load_tree(session)
    approved = approved_titles(session, tree.ancestors(unit.id), last)
    known = _known(session, unit, approved, (first, last))
    targets = _targets(progress(session, unit, last), last)
    groups = []
    for levels in _groups(targets, known):
        titles = [title for title in approved if set(known.levels.get(title, ())) & set(levels)]
        lines = [_line(known, title, levels) for title in titles if title in known.titles]
        lines.sort(key=lambda line: (line.title.title.casefold(), line.title.id))
        groups.append(_group(known, levels, targets.get(levels), lines))
    return Form5(unit, first, last, groups)


def _targets(rows: Iterable[Progress], day: date) -> dict[tuple[Level, ...], Progress]:
    """One target for the same levels: the next that is due on the day or after, else the last one."""
    found: dict[tuple[Level, ...], Progress] = {}
    for row in sorted(rows, key=lambda row: (row.quota.due_on < day, abs((row.quota.due_on - day).days))):
        if row.quota.starts_on <= day:
            found.setdefault(tuple(map(Level, row.quota.levels)), row)
    return found


def _groups(targets: Iterable[tuple[Level, ...]], known: _Known) -> list[tuple[Level, ...]]:
    """The groups of the targets, and each further level at which a school below teaches or a title is for."""
    asked = list(targets)
    covered = {level for levels in asked for level in levels}
    used = {level for levels in known.levels.values() for level in levels} & set(known.schools)
    return sorted([*asked, *((level,) for level in used - covered)], key=lambda levels: list(Level).index(levels[0]))


def _group(known: _Known, levels: tuple[Level, ...], target: Progress | None, lines: list[TitleLine]) -> LevelGroup:
    below = known.below
    schools = frozenset().union(*(known.schools.get(level, frozenset()) for level in levels)) & below
    ids = [line.title.id for line in lines]
    installed = {unit_id for title in ids for unit_id in known.machines.get(title, {})} & schools
    teachers = {row.person_id for title in ids for row in known.taught.get(title, ()) if row.unit_id in below}
    return LevelGroup(levels, target, lines, len(installed), len(schools), len(teachers))


def _line(known: _Known, title: int, levels: Sequence[Level]) -> TitleLine:
    (first, last), tree, below = known.span, known.tree, known.below
    licences = known.licences.get(title, ())
    held = [row for row in licences if _holds(row, last) and reach_of(row, tree) & below]
    ends = [row.expires_on for row in held]
    own = [row for row in licences if row.unit_id in below]
    taught = [row for row in known.taught.get(title, ()) if row.unit_id in below]
    machines = {unit_id: count for unit_id, count in known.machines.get(title, {}).items() if unit_id in below}
    cost = sum(cost_between(first, last, row.cost_per_year, row.starts_on, row.expires_on) for row in own)
    shares = dict(zip(known.levels[title], split(cost, len(known.levels[title])), strict=True))
    return TitleLine(
        title=known.titles[title],
        kinds=tuple(kind for kind in LicenceKind if any(row.kind is kind for row in held)),
        seats=sum(row.seats or 0 for row in held),
        expires_on=None if None in ends else max((end for end in ends if end), default=None),
        schools=len(machines),
        machines=sum(machines.values()),
        teachers=len({row.person_id for row in taught}),
        lessons=sum(row.lessons for row in taught),
        cost=sum(share for level, share in shares.items() if level in levels),
    )


def _holds(row: Held, day: date) -> bool:
    return row.starts_on <= day and (row.expires_on is None or row.expires_on >= day)


def _known(session: Session, unit: Unit, titles: set[int], span: tuple[date, date]) -> _Known:
    ids, tree, (first, last) = written(titles), load_tree(session), span
    below = tree.below([unit.id])
    licence, material, detail = SoftwareLicence, Material, SoftwareDetail
    held = select(*(getattr(licence, name) for name in Held._fields)).where(
        SoftwareLicence.title_id.in_(ids),
        SoftwareLicence.removed_at.is_(None),
        SoftwareLicence.unit_id.in_(written(below | set(tree.ancestors(unit.id)))),
        SoftwareLicence.starts_on <= last,
        or_(SoftwareLicence.expires_on.is_(None), SoftwareLicence.expires_on >= first - timedelta(days=1)),
    )
    licences = defaultdict(list)
    for row in session.execute(held.order_by(SoftwareLicence.id)):
        licences[row.title_id].append(Held(*row))
    rows = select(material.id, material.uid, material.title, detail.vendor, detail.release, detail.platforms)
    rows = rows.outerjoin(detail, detail.material_id == material.id).where(material.id.in_(ids))
    return _Known(
        span=span,
        tree=tree,
        below=below,
        titles={row.id: AboutTitle(*row) for row in session.execute(rows)},
        levels=_levels(session, titles),
        licences=licences,
        machines=machines_now(session, titles),
        taught=teachers_by_title(session, titles, first, last),
        schools=_schools(session, last),
    )


def _levels(session: Session, titles: set[int]) -> dict[int, list[Level]]:
    rows = select(MaterialLevel.material_id, MaterialLevel.level).where(MaterialLevel.material_id.in_(written(titles)))
    found: dict[int, set[Level]] = defaultdict(set)
    for title, level in session.execute(rows):
        found[title].add(level)
    return {title: [level for level in Level if level in levels] for title, levels in found.items()}


def _schools(session: Session, day: date) -> dict[Level, frozenset[int]]:
    """Level -> the schools that teach at it on a day."""
    rows = select(UnitLevel.level, UnitLevel.unit_id).join(Unit, Unit.id == UnitLevel.unit_id)
    rows = rows.where(Unit.kind == UnitKind.SCHOOL, Unit.valid_on(day), UnitLevel.valid_on(day))
    found: dict[Level, set[int]] = defaultdict(set)
    for level, unit_id in session.execute(rows):
        found[level].add(unit_id)
    return {level: frozenset(units) for level, units in found.items()}
