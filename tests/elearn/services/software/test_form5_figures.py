"""Report R5 against sums in plain Python over random provinces."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from elearn.models.curriculum import Level
from elearn.models.installations import Installation, ReportedBy
from elearn.models.material import MaterialLevel, Status
from elearn.models.organisation import UnitKind
from elearn.models.software import LicenceKind, Outcome, QuotaKind, SoftwareDecision, SoftwareLicence
from elearn.models.usage import ActKind, ActSource, SignStep, UsageAct, UsageSign, UsageVoid
from elearn.services.access import SYSTEM, load_tree
from elearn.services.organisation import rebuild_closure
from elearn.services.software.form5 import form5
from elearn.services.software.licences import FOR_ALL_BELOW, WITHOUT_COST
from elearn.services.software.quota import Target, add_quota

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
LEVELS = (Level.MN, Level.TH, Level.THCS, Level.THPT)


@dataclass
class Drawn:
    """A province drawn by chance, as rows of the database and as plain facts."""

    units: list = field(default_factory=list)  # the department first
    above: dict = field(default_factory=dict)  # id of a unit -> ids of it and all above
    taught_at: dict = field(default_factory=dict)  # id of a school -> levels
    levels: dict = field(default_factory=dict)  # id of a title -> levels
    names: dict = field(default_factory=dict)
    approved: list = field(default_factory=list)
    installed: list = field(default_factory=list)  # title, unit, machines
    lessons: list = field(default_factory=list)  # title, unit, person
    licences: list = field(default_factory=list)

    def is_in(self, unit_id, scope):
        return scope in self.above[unit_id]


@pytest.fixture(params=range(3))
def drawn(request, session, world):
    chance, found = random.Random(request.param), Drawn()
    add_units(chance, world, found)
    rebuild_closure(session)
    session.flush()
    found.above = {unit.id: set(load_tree(session).ancestors(unit.id)) for unit in found.units}
    add_titles(chance, world, found)
    people = [world.person(f"Người {number}") for number in range(8)]
    for _ in range(120):
        add_installation(chance, world, found)
        add_lesson(chance, world, found, people)
    for number in range(60):
        add_licence_row(chance, world, found, number)
    session.flush()
    for levels in ({Level.TH}, {Level.THCS, Level.THPT}):
        target = Target(frozenset(levels), QuotaKind.LEVEL, 5, date(2012, 1, 1), date(2026, 12, 31))
        add_quota(session, SYSTEM, found.units[0], target)
    return found


def add_units(chance, world, found):
    found.units.append(world.unit("S", kind=UnitKind.DEPARTMENT))
    communes = [world.unit(f"X{number}", found.units[0], kind=UnitKind.COMMUNE) for number in range(3)]
    found.units.extend(communes)
    for number in range(14):
        levels = sorted(chance.sample(LEVELS, chance.choice((1, 1, 2))))
        school = world.unit(f"T{number}", chance.choice([*communes, found.units[0]]), levels=levels)
        found.units.append(school)
        found.taught_at[school.id] = set(levels)


def add_titles(chance, world, found):
    owner = world.account()
    for number in range(24):
        levels = chance.sample(LEVELS, chance.choice((0, 1, 1, 2, 3)))
        rows = [MaterialLevel(level=level) for level in levels]
        title = world.material(found.units[0], owner, Status.PUBLISHED, kind="software", levels=rows,
                               title=f"{chance.choice('aÁbĐâ')} {number}")  # fmt: skip
        found.levels[title.id], found.names[title.id] = set(levels), title.title
        if number % 5:
            world.add(SoftwareDecision(title_id=title.id, unit_id=found.units[0].id, outcome=Outcome.APPROVED,
                                       decided_on=date(2025, 1, 1)))  # fmt: skip
            found.approved.append(title.id)


def add_installation(chance, world, found):
    title, unit = chance.choice([*found.levels, None]), chance.choice(found.units[1:])
    machines, stands = chance.choice((0, 3, 9)), chance.random() < 0.8
    world.add(Installation(unit_id=unit.id, title_id=title, name="X", room=str(chance.random()), machines=machines,
                           reported_on=LAST, confirmed_on=LAST, via=ReportedBy.FORM, is_current=stands))  # fmt: skip
    if title and machines and stands:
        found.installed.append((title, unit.id, machines))


def add_lesson(chance, world, found, people):
    title, unit, person = chance.choice([*found.levels]), chance.choice(found.units), chance.choice(people)
    kind, day = chance.choice((ActKind.TAUGHT, ActKind.TAUGHT_WITH)), FIRST + timedelta(days=chance.randrange(-20, 200))
    act = world.add(UsageAct(kind=kind, source=ActSource.TRACKER, occurred_at=datetime(2026, 5, 4, tzinfo=UTC),
                             act_date=day, person_id=person.id, unit_id=unit.id, material_id=title))  # fmt: skip
    fate, by = chance.choice(("nothing", "signed", "signed", "refused", "void")), world.account().id
    if fate in {"signed", "refused"}:
        step = SignStep.SIGNED if fate == "signed" else SignStep.REFUSED
        world.add(UsageSign(act_id=act.id, step=step, signed_on=LAST, reason="", account_id=by))
    elif fate == "void":
        world.add(UsageVoid(act_id=act.id, reason="x", account_id=by))
    counts = fate == "signed" or (kind is ActKind.TAUGHT and fate != "void")
    if counts and FIRST <= day <= LAST:
        found.lessons.append((title, unit.id, person.id))


def add_licence_row(chance, world, found, number):
    start = FIRST + timedelta(days=chance.randrange(-500, 200))
    end = chance.choice((None, start + timedelta(days=chance.randrange(1, 600))))
    kind = chance.choice(list(LicenceKind))
    found.licences.append(
        world.add(SoftwareLicence(
            title_id=chance.choice([*found.levels]), unit_id=chance.choice(found.units).id, kind=kind, starts_on=start,
            expires_on=end, seats=number + 1 if kind is LicenceKind.SEATS else None,
            cost_per_year=0 if kind in WITHOUT_COST else chance.randrange(1, 9_999_999), contract_number="1", note="",
        ))
    )  # fmt: skip


def cost_of(title, scope, drawn):
    """Each year's part by days, rounded half up, of the licences at the unit and below."""
    total = 0
    for row in drawn.licences:
        if row.title_id == title and drawn.is_in(row.unit_id, scope):
            start, end = max(row.starts_on, FIRST), min(row.expires_on or LAST, LAST)
            days = max((end - start).days + 1, 0)
            total += int(row.cost_per_year * days / 365 + 0.5)
    return total


def expected_line(title, group, scope, drawn):
    units = defaultdict(int)
    for name, unit_id, machines in drawn.installed:
        if name == title and drawn.is_in(unit_id, scope):
            units[unit_id] += machines
    lessons = [person for name, unit_id, person in drawn.lessons if name == title and drawn.is_in(unit_id, scope)]
    held = [
        row for row in drawn.licences
        if row.title_id == title and row.starts_on <= LAST and (row.expires_on is None or row.expires_on >= LAST)
        and (drawn.is_in(row.unit_id, scope)
             or (row.unit_id in drawn.above[scope] and row.kind in FOR_ALL_BELOW | WITHOUT_COST))
    ]  # fmt: skip
    ends = [row.expires_on for row in held]
    each, rest = divmod(cost_of(title, scope, drawn), len(drawn.levels[title]))
    of_title = [level for level in Level if level in drawn.levels[title]]
    cost = sum(each + (of_title.index(level) < rest) for level in of_title if level in group)
    return (
        drawn.names[title],
        {row.kind for row in held},
        sum(row.seats or 0 for row in held),
        None if not ends or None in ends else max(ends),
        len(units),
        sum(units.values()),
        len(set(lessons)),
        len(lessons),
        cost,
    )


def told_line(line):
    kinds, use = set(line.kinds), (line.teachers, line.lessons, line.cost)
    return (line.title.title, kinds, line.seats, line.expires_on, line.schools, line.machines, *use)


def test_every_figure_is_the_plain_sum_for_every_unit(session, drawn):
    for unit in drawn.units:
        told = form5(session, SYSTEM, unit, FIRST, LAST)
        assert len(told.groups) >= 3
        for group in told.groups:
            titles = [title for title in drawn.approved if drawn.levels[title] & set(group.levels)]
            titles.sort(key=lambda title: (drawn.names[title].casefold(), title))
            assert [told_line(line) for line in group.lines] == [
                expected_line(title, group.levels, unit.id, drawn) for title in titles
            ]
            check_sums(group, titles, unit, drawn)


def check_sums(group, titles, unit, drawn):
    schools = {
        school for school, levels in drawn.taught_at.items()
        if levels & set(group.levels) and drawn.is_in(school, unit.id)
    }  # fmt: skip
    having = {school for title, school, _ in drawn.installed if title in titles} & schools
    lessons = [person for title, unit_id, person in drawn.lessons if title in titles and drawn.is_in(unit_id, unit.id)]
    assert (group.count, group.schools, group.installed) == (len(titles), len(schools), len(having))
    assert (group.teachers, group.lessons) == (len(set(lessons)), len(lessons))
    assert group.cost == sum(line.cost for line in group.lines)


def test_few_lines_and_a_single_level_leave_the_figures_as_they_are(session, drawn):
    department = drawn.units[0]
    whole = form5(session, SYSTEM, department, FIRST, LAST)
    few = form5(session, SYSTEM, department, FIRST, LAST, most=2)
    for group, short in zip(whole.groups, few.groups, strict=True):
        assert len(short.lines) == min(2, group.count)
        assert short.lines == group.lines[:2]
        assert figures(short) == figures(group)
        (alone,) = form5(session, SYSTEM, department, FIRST, LAST, level=group.levels[0], most=2).groups
        assert (alone.lines, figures(alone)) == (short.lines, figures(group))
    assert form5(session, SYSTEM, department, FIRST, LAST, level=Level.GDTX).groups == []


def figures(group):
    use = (group.teachers, group.lessons, group.cost)
    return (group.levels, group.target, group.count, group.installed, group.schools, *use)
