"""The whole population as plain rows: the same for the same seed, before any database knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from elearn.demo.accounts import ACCOUNTS, MORE_ACCOUNTS
from elearn.demo.activity.courses_table import COURSES
from elearn.demo.population.classes import (
    BEGINS,
    ENDS,
    ClassPlan,
    Pupil,
    Schooling,
    Teaching,
    assign_teachers,
)
from elearn.demo.population.schools import SCHOOLS
from elearn.demo.population.staff import Member, PostPlan, Staffing
from elearn.demo.population.tables import MORE_STAFF
from elearn.demo.register import FOUNDED, STAFF_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from elearn.demo.register import StaffRow

SEED = 20260905
PUPILS_FROM, PUPILS_PER_SCHOOL = 20000, 1000


@dataclass(slots=True)
class Population:
    """Staff and pupils beside those of the tables, and the classes of all."""

    members: list[Member]
    pupils: list[Pupil]
    classes: list[ClassPlan]


def draw_population(seed: int = SEED) -> Population:
    """Draw everybody; days are those of the tables (`Calendar.moved` brings them to the demo's years)."""
    rng = Random(seed)  # noqa: S311 - people of a demo, no secrets
    members = Staffing(rng).draw()
    pupils: list[Pupil] = []
    classes: list[ClassPlan] = []
    for place, plan in enumerate(SCHOOLS):
        schooling = Schooling(rng, plan, PUPILS_FROM + PUPILS_PER_SCHOOL * place)
        schooling.draw()
        pupils += schooling.pupils
        classes += schooling.classes
    assign_teachers(classes, [*_of_tables((*STAFF_ROWS, *MORE_STAFF)), *members])
    _assign_course_teachers(classes)
    return Population(members, pupils, classes)


def _assign_course_teachers(classes: Iterable[ClassPlan]) -> None:
    """Whoever opens a course to a class teaches it."""
    persons = {row.login: row.person for row in (*ACCOUNTS, *MORE_ACCOUNTS)}
    rooms = {(room.unit, room.year, room.name): room for room in classes}
    for course in COURSES:
        for name in course.classes:
            room, person = rooms[course.unit, course.year, name], persons[course.owner]
            if all(part.teacher != person for part in room.teaching):
                room.teaching.append(Teaching(person, course.subject, BEGINS[course.year], ENDS[course.year]))


def _of_tables(rows: Iterable[StaffRow]) -> list[Member]:
    """Those of the tables with all their posts, for the assignment of classes."""
    found: dict[str, Member] = {}
    for row in rows:
        member = found.setdefault(row.code, Member(row.code, row.name, FOUNDED, []))
        member.posts.append(PostPlan(row.unit, row.role, row.since, row.until, row.level, row.subject, row.contract))
    return list(found.values())
