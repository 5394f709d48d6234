"""Class B: lessons given in teach mode; some schools take up materials early, some late, all of them more and more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from elearn.demo.accounts import ACCOUNTS, MORE_ACCOUNTS
from elearn.demo.population.calendar import moment
from elearn.demo.population.schools import SCHOOLS
from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.models.teach import TeachEnd, TeachSession
from elearn.models.usage import ActKind
from elearn.services.usage import taught_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

    from elearn.demo.activity.ledger import Ledger
    from elearn.demo.activity.world import Classroom, Shared, Teacher, World
    from elearn.demo.population.calendar import Calendar

# Levels without many lessons of their own also teach with those of another.
ALSO = {Level.GDTX: Level.THPT, Level.KTTH: Level.THPT, Level.TCCN: Level.THPT}
BEGINS_AT = {1: (7, 15), 2: (8, 5), 3: (9, 5), 4: (9, 55), 5: (10, 45), 6: (13, 30), 7: (14, 20), 8: (15, 20)}
LESSONS = (2, 9)  # how many a teacher gives with materials in a semester
MINUTES, SHORT = (11, 38), (2, 8)
SHORT_SHARE = 0.08  # of the sessions are too short to count
NEEDED = 600  # seconds after which the act is recorded
KEEN = {plan.unit: plan.keen for plan in SCHOOLS}
ALWAYS = frozenset(row.person for row in (*ACCOUNTS, *MORE_ACCOUNTS) if row.role is Role.TEACHER)


class Teaching:
    """Draws the teach sessions of all teachers over the semesters."""

    def __init__(self, world: World, ledger: Ledger, calendar: Calendar, rng: Random) -> None:
        self.world = world
        self.ledger = ledger
        self.rng = rng
        self.sessions: list[dict[str, Any]] = []
        self._semesters = semesters(calendar)

    def draw(self) -> None:
        """Note sessions and acts of everybody who takes up materials."""
        for teacher in self.world.teachers.values():
            # The same inclination in all semesters: whoever has begun goes on.
            inclination = 0.0 if teacher.code in ALWAYS else self.rng.random()
            for number, days in enumerate(self._semesters):
                self._semester(teacher, inclination, number, days)
        self.ledger.insert.pour(TeachSession, self.sessions)

    def _semester(self, teacher: Teacher, inclination: float, number: int, days: Sequence[date]) -> None:
        unit = next((found for day in days if (found := teacher.main_unit(day))), None)
        if unit is None or not days or inclination >= keenness(self.world.units[unit], number):
            return
        for day in sorted(self.rng.sample(days, min(self.rng.randint(*LESSONS), len(days)))):
            self._lesson(teacher, day)

    def _lesson(self, teacher: Teacher, day: date) -> None:
        held = [class_id for class_id, span in teacher.classes if span.start <= day <= (span.end or day)]
        if teacher.is_away(day) or not held:
            return
        room = self.world.classes[self.rng.choice(sorted(set(held)))]
        post = teacher.post_at(room.unit_id, day)
        choice = fitting(self.world, post.level, post.subject, room, day) if post else []
        if choice:
            self._present(teacher, room, self.rng.choice(choice), day)

    def _present(self, teacher: Teacher, room: Classroom, material: Shared, day: date) -> None:
        rng, period = self.rng, self.rng.randint(1, 8)
        start = moment(day, *BEGINS_AT[period], rng.randrange(60)) + timedelta(minutes=rng.randint(1, 6))
        is_short = rng.random() < SHORT_SHARE
        minutes = rng.randint(*(SHORT if is_short else MINUTES))
        end = start + timedelta(minutes=minutes, seconds=rng.randrange(60))
        row = {
            "uid": self.ledger.insert.uid(),
            "account_id": teacher.account_id,
            "class_id": room.id,
            "version_id": material.version_id,
            "course_id": None,
            "lesson_period": period,
            "started_at": start,
            "beat_at": end,
            "active_seconds": float(minutes * 60 + rng.randrange(60)),
            "ended_at": end,
            "end": TeachEnd.TEACHER,
        }
        self.sessions.append(row)
        if is_short:
            return
        self.ledger.add(
            ActKind.TAUGHT,
            start,
            late=NEEDED + rng.randrange(30),
            account_id=teacher.account_id,
            person_id=teacher.person_id,
            unit_id=room.unit_id,
            material_id=material.id,
            version_id=material.version_id,
            class_id=room.id,
            key=taught_key(teacher.person_id, room.id, material.id, day),
            details={"by": "teach", "session": row["uid"], "minutes": minutes},
        )


def semesters(calendar: Calendar) -> list[list[date]]:
    """The school days of semester I and II of the previous year and of the present one, as far as they have come."""
    found: list[list[date]] = [[], [], [], []]
    for day in calendar.school_days():
        year = int(calendar.year_of(day)[:4])
        is_second = day >= day.replace(year=year + 1, month=1, day=18)
        found[2 * (year - calendar.year + 1) + is_second].append(day)
    return found


def keenness(unit: str, number: int) -> float:
    """The share of a school's teachers who take up materials in a semester (0 to 3); it rises."""
    first, last = KEEN.get(unit, (0.0, 0.0))
    return first + (last - first) * min(number, 2) / 2


def fitting(world: World, level: Level | None, subject: str | None, room: Classroom, day: date) -> list[Shared]:
    """The materials that fit a lesson best: of subject and grade, else of the subject, else of the level."""
    levels = {level, ALSO.get(level)} if level else set()
    known = [
        one for one in world.materials.values() if one.since <= day and one.levels & levels and one.kind == "scorm"
    ]
    subjects = [one for one in known if subject in one.subjects]
    grades = [one for one in subjects if room.grade in one.grades]
    return grades or subjects or known
