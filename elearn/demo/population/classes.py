"""Classes of two school years, who learns in them and who teaches them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from elearn.demo.population.calendar import DAY
from elearn.demo.population.names import draw_name
from elearn.demo.population.staff import person_code
from elearn.demo.register import CLASSES
from elearn.models.people import PostRole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from elearn.demo.population.schools import SchoolPlan, Section
    from elearn.demo.population.staff import Member, PostPlan
    from elearn.models.curriculum import Level

PREVIOUS, PRESENT = 0, 1
GIRLS = 0.49
BEGINS = (date(2025, 9, 1), date(2026, 9, 1))
ENDS = (date(2026, 8, 31), date(2027, 8, 31))
NAMED = {(row.unit, row.name): tuple(code for code, _ in row.pupils) for row in CLASSES}
FIRST_AGE = {"NT": 2, "3-4": 3, "4-5": 4, "5-6": 5, None: 16}
# At these grades only; other subjects are taught in every grade of their level.
TAUGHT_IN = {"KH": {"4", "5"}, "TNXH": {"1", "2", "3"}, "TINCN": {"3", "4", "5"}, "NN1": {*map(str, range(3, 13))}}


@dataclass(slots=True)
class Pupil:
    """Somebody who learns in the province."""

    code: str
    name: str
    born_on: date


class Stay(NamedTuple):
    """A pupil is in a class for a span of days."""

    pupil: str
    since: date
    until: date


class Teaching(NamedTuple):
    """A teacher has a class in a subject (none: as form teacher) for a span of days."""

    teacher: str
    subject: str | None
    since: date
    until: date


@dataclass(slots=True)
class ClassPlan:
    """A class of the previous (0) or the present (1) school year."""

    unit: str
    year: int
    name: str
    grade: str | None
    level: Level
    stays: list[Stay] = field(default_factory=list)
    teaching: list[Teaching] = field(default_factory=list)


class Schooling:
    """Draws the pupils of one school and sits them into its classes."""

    def __init__(self, rng: Random, plan: SchoolPlan, number: int) -> None:
        self.rng = rng
        self.plan = plan
        self.number = number
        self.pupils: list[Pupil] = []
        self.classes: list[ClassPlan] = []

    def draw(self) -> None:
        """Fill `pupils` and `classes`; most pupils go up from the class of the year before."""
        before: Section | None = None
        for section in self.plan.sections:
            for place, name in enumerate(section.names):
                cohort = [*NAMED.get((self.plan.unit, name), ())]
                cohort += [self._pupil(section).code for _ in range(section.size - len(cohort))]
                self._seat(PRESENT, section, name, cohort)
                if before is not None and place < len(before.names):
                    self._seat(PREVIOUS, before, before.names[place], cohort)
            before = section
        assert before is not None  # noqa: S101 - every school has classes
        for name in before.names:
            # Those who finished school in summer.
            self._seat(PREVIOUS, before, name, [self._pupil(before, 1).code for _ in range(before.size)])
        self._restless()

    def _pupil(self, section: Section, older: int = 0) -> Pupil:
        rng = self.rng
        age = FIRST_AGE.get(section.grade) or int(section.grade or 0) + 5
        born_on = date(2026 - age - older, rng.randint(1, 12), rng.randint(1, 28))
        woman = rng.random() < GIRLS
        code = person_code(rng, born_on, self.number + len(self.pupils), woman=woman)
        self.pupils.append(Pupil(code, draw_name(rng, self.plan.minorities, self.plan.share, woman=woman), born_on))
        return self.pupils[-1]

    def _seat(self, year: int, section: Section, name: str, cohort: Iterable[str]) -> None:
        stays = [Stay(code, BEGINS[year], ENDS[year]) for code in cohort]
        self.classes.append(ClassPlan(self.plan.unit, year, name, section.grade, section.level, stays))

    def _restless(self) -> None:
        """Where a grade has two classes, one pupil changes over in October; one pupil of the school leaves in March."""
        for first, second in pairwise(sorted(self.classes, key=lambda row: (row.year, row.grade or "", row.name))):
            if first.grade and (first.year, first.grade) == (second.year, second.grade):
                stay = first.stays[-1]
                day = BEGINS[first.year].replace(month=10, day=12)
                first.stays[-1] = stay._replace(until=day - DAY)
                second.stays.append(stay._replace(since=day))
        leaving = self.classes[-1]
        code = leaving.stays[-1].pupil
        if sum(stay.pupil == code for row in self.classes for stay in row.stays) == 1:
            leaving.stays[-1] = leaving.stays[-1]._replace(until=date(2026, 3, 14))


def assign_teachers(classes: Iterable[ClassPlan], members: Iterable[Member]) -> None:
    """Give every class its teachers: each subject of its school in turn, and a form teacher."""
    posts = defaultdict(list)
    for member in members:
        for post in member.posts:
            if post.role is PostRole.TEACHER and post.subject:
                posts[post.unit, post.level, post.subject].append((member.code, post))
    groups = defaultdict(list)
    for row in classes:
        groups[row.unit, row.level, row.year].append(row)
    for (unit, level, year), rows in groups.items():
        for (where, taught, subject), held in posts.items():
            if (where, taught) == (unit, level):
                _share_out([row for row in rows if _learns(row, subject)], held, subject, year)
        for place, row in enumerate(rows):
            _form_teacher(row, place)


def _learns(row: ClassPlan, subject: str) -> bool:
    return subject not in TAUGHT_IN or row.grade in TAUGHT_IN[subject]


def _share_out(rows: list[ClassPlan], held: list[tuple[str, PostPlan]], subject: str, year: int) -> None:
    present = [(code, span) for code, post in held if (span := _in_year(post, year))]
    for turn in range(max(len(rows), len(present)) if rows and present else 0):
        row, (code, (since, until)) = rows[turn % len(rows)], present[(turn + year) % len(present)]
        row.teaching.append(Teaching(code, subject, since, until))
        if until < ENDS[year] or since > BEGINS[year]:
            _stand_in(row, present, Teaching(code, subject, since, until), year)


def _stand_in(row: ClassPlan, present: list[tuple[str, tuple[date, date]]], part: Teaching, year: int) -> None:
    """Somebody who is there all year takes the days on which a teacher is not yet or no longer there."""
    for code, span in present:
        if span == (BEGINS[year], ENDS[year]):
            if part.since > BEGINS[year]:
                row.teaching.append(Teaching(code, part.subject, BEGINS[year], part.since - DAY))
            if part.until < ENDS[year]:
                row.teaching.append(Teaching(code, part.subject, part.until + DAY, ENDS[year]))
            return


def _in_year(post: PostPlan, year: int) -> tuple[date, date] | None:
    since, until = max(post.since, BEGINS[year]), min(post.until or ENDS[year], ENDS[year])
    return (since, until) if since <= until else None


def _form_teacher(row: ClassPlan, place: int) -> None:
    """One of those who teach the class all year."""
    span = (BEGINS[row.year], ENDS[row.year])
    choice = [part.teacher for part in row.teaching if (part.since, part.until) == span]
    if choice and (row.year == PREVIOUS or (row.unit, row.name) not in NAMED):
        row.teaching.append(Teaching(choice[place % len(choice)], None, *span))
