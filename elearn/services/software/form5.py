"""Report R5 (Biểu 05) and indicator I6: the approved titles of each level, their licences, use and cost, and the plan.

A title of several levels stands in the row of each; its cost is split evenly among them, as in the tables of spending.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from elearn.models.curriculum import Level
from elearn.models.software import LicenceKind
from elearn.services.access import Action, load_tree, require
from elearn.services.software.decisions import approved_titles
from elearn.services.software.ending import reaches_down
from elearn.services.software.form5_facts import (
    Installed,
    Scope,
    Taught,
    costs,
    details,
    names_of,
    schools_by_level,
    schools_with_one,
    taught_in,
)
from elearn.services.software.quota import levels_of, progress_with, quotas_of
from elearn.services.software.spending import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity
    from elearn.services.software.form5_facts import AboutTitle, Details
    from elearn.services.software.quota import Progress


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

    `lines` are the first of its `count` titles by name. `installed` of the `schools` that teach there have one of the
    titles at least; `teachers` taught `lessons` with one; `cost` is what the titles cost these levels in the span.
    """

    levels: tuple[Level, ...]
    target: Progress | None
    count: int
    lines: Sequence[TitleLine]
    installed: int
    schools: int
    teachers: int
    lessons: int
    cost: int

    @property
    def missing(self) -> int:
        """How many titles the target still asks for."""
        return self.target.missing if self.target else 0


@dataclass(frozen=True, slots=True)
class Form5:
    """The report of a unit and all below for the days from `first` to `last`; the newest facts, not a snapshot."""

    unit: Unit
    first: date
    last: date
    groups: Sequence[LevelGroup]


class _Group(NamedTuple):
    """Levels with their target, the ids of their titles by name, and of their schools in the scope."""

    levels: tuple[Level, ...]
    target: Progress | None
    titles: Sequence[int]
    schools: frozenset[int]


def form5(
    session: Session,
    identity: Identity,
    unit: Unit,
    first: date,
    last: date,
    *,
    level: Level | None = None,
    most: int | None = None,
) -> Form5:
    """The report for some days, in a number of queries that does not grow with the titles.

    Titles are those approved on the last day by the unit or one above it; installations are as they stand now.
    With `level` only the group in which it stands is told, with `most` so many lines of each group.

    Raises:
        ForbiddenError: the identity does not see what software of the unit costs.
    """
    require(identity, Action.SEE_SPENDING, unit)
    tree = load_tree(session)
    scope = Scope(unit, tree, tree.below([unit.id]), first, last)
    approved = approved_titles(session, tree.ancestors(unit.id), last)
    levels = levels_of(session, approved)
    targets = _targets(progress_with(session, quotas_of(session, unit), unit, approved, levels), last)
    groups = _groups(session, scope, targets, names_of(session, approved), levels)
    asked = [group for group in groups if level is None or level in group.levels]
    return Form5(unit, first, last, _told(session, scope, asked, levels, most))


def _targets(rows: Iterable[Progress], day: date) -> dict[tuple[Level, ...], Progress]:
    """One target for the same levels: the next that is due on the day or after, else the last one."""
    found: dict[tuple[Level, ...], Progress] = {}
    for row in sorted(rows, key=lambda row: (row.quota.due_on < day, abs((row.quota.due_on - day).days))):
        if row.quota.starts_on <= day:
            found.setdefault(tuple(map(Level, row.quota.levels)), row)
    return found


def _groups(
    session: Session,
    scope: Scope,
    targets: Mapping[tuple[Level, ...], Progress],
    names: Mapping[int, str],
    levels: Mapping[int, frozenset[str]],
) -> list[_Group]:
    """The groups of the targets, and each further level at which a school teaches and a title is for."""
    schools = schools_by_level(session, scope)
    covered = {level for group in targets for level in group}
    used = {level for codes in levels.values() for level in codes} & set(schools)
    further = [(Level(code),) for code in used - covered]
    ordered = sorted(names, key=lambda title: (names[title].casefold(), title))
    return [
        _Group(
            group,
            targets.get(group),
            [title for title in ordered if not levels.get(title, frozenset()).isdisjoint(group)],
            scope.below & set[int]().union(*(schools.get(level, ()) for level in group)),
        )
        for group in sorted([*targets, *further], key=lambda group: list(Level).index(group[0]))
    ]


def _told(
    session: Session,
    scope: Scope,
    groups: Sequence[_Group],
    levels: Mapping[int, frozenset[str]],
    most: int | None,
) -> list[LevelGroup]:
    with_one = schools_with_one(session, [(group.schools, group.titles) for group in groups])
    shown = {title for group in groups for title in group.titles[:most]}
    use_of_groups, use_of_titles = taught_in(session, scope, [group.titles for group in groups], shown)
    known = details(session, scope, shown)
    shares = _shares(costs(session, scope), levels)
    return [
        LevelGroup(
            levels=group.levels,
            target=group.target,
            count=len(group.titles),
            lines=[
                _line(scope, known, title, use_of_titles.get(title, Taught()), _share(shares, title, group))
                for title in group.titles[:most]
            ],
            installed=installed,
            schools=len(group.schools),
            teachers=use.teachers,
            lessons=use.lessons,
            cost=sum(_share(shares, title, group) for title in group.titles),
        )
        for group, installed, use in zip(groups, with_one, use_of_groups, strict=True)
    ]


def _shares(costs: Mapping[int, int], levels: Mapping[int, frozenset[str]]) -> dict[int, dict[Level, int]]:
    """Id of a title that costs something -> the even part of each of its levels."""
    found = {}
    for title, cost in costs.items():
        of_title = [level for level in Level if level in levels.get(title, ())]
        if of_title:
            found[title] = dict(zip(of_title, split(cost, len(of_title)), strict=True))
    return found


def _share(shares: Mapping[int, Mapping[Level, int]], title: int, group: _Group) -> int:
    return sum(share for level, share in shares.get(title, {}).items() if level in group.levels)


def _line(scope: Scope, known: Details, title: int, use: Taught, cost: int) -> TitleLine:
    held = [row for row in known.licences.get(title, ()) if row.unit_id in scope.below or reaches_down(row.kind)]
    ends = [row.expires_on for row in held]
    installed = known.installed.get(title, Installed())
    return TitleLine(
        title=known.titles[title],
        kinds=tuple(kind for kind in LicenceKind if any(row.kind is kind for row in held)),
        seats=sum(row.seats or 0 for row in held),
        expires_on=None if None in ends else max((end for end in ends if end), default=None),
        schools=installed.units,
        machines=installed.machines,
        teachers=use.teachers,
        lessons=use.lessons,
        cost=cost,
    )
