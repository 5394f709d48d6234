"""Everyday use that never qualifies by itself: views, launches, downloads and completions, more from month to month."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from elearn.demo.activity.teaching import keenness
from elearn.demo.population.calendar import moment
from elearn.models.usage import ActKind

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from elearn.demo.activity.ledger import Ledger
    from elearn.demo.activity.world import Classroom, Shared, World
    from elearn.demo.population.calendar import Calendar

FIRST_DAY, LAST_DAY = 24, 72  # visits on the first and on the last school day
LAUNCHED, COMPLETED = 0.8, 0.45
TEACHERS = 0.2  # of the visits are teachers', who also download


def draw_use(world: World, ledger: Ledger, calendar: Calendar, rng: Random) -> None:
    """Note the visits of every school day."""
    days = list(calendar.school_days())
    rooms = defaultdict(list)
    for room in world.classes.values():
        rooms[room.year].append(room)
    for number, day in enumerate(days):
        today = rooms[calendar.year_of(day)]
        weights = [keenness(world.units[room.unit_id], 2 * number // len(days)) for room in today]
        visits = round(FIRST_DAY + (LAST_DAY - FIRST_DAY) * number / len(days))
        for room in rng.choices(today, weights, k=visits):
            if rng.random() < TEACHERS:
                _teacher_looks(world, ledger, rng, day)
            else:
                _pupil_looks(world, ledger, rng, room, day)


def _pupil_looks(world: World, ledger: Ledger, rng: Random, room: Classroom, day: date) -> None:
    seats = room.on(day)
    choice = [
        one for one in world.materials.values() if one.is_public and one.since <= day and room.grade in one.grades
    ]
    if not seats or not choice:
        return
    seat, material = rng.choice(seats), rng.choice(choice)
    at = moment(day, rng.randint(14, 20), rng.randrange(60), rng.randrange(60))
    about = _about(material, seat.account_id, seat.person_id, room.unit_id)
    ledger.add(ActKind.VIEW, at, **about)
    if rng.random() < LAUNCHED:
        ledger.add(ActKind.LAUNCH, at + timedelta(seconds=rng.randint(20, 90)), **about)
        if rng.random() < COMPLETED:
            ledger.add(ActKind.COMPLETION, at + timedelta(minutes=rng.randint(8, 40)), **about)


def _teacher_looks(world: World, ledger: Ledger, rng: Random, day: date) -> None:
    teacher = rng.choice(list(world.teachers.values()))
    unit = teacher.main_unit(day)
    choice = [one for one in world.materials.values() if one.since <= day and (one.is_public or one.unit_id == unit)]
    if unit is None or teacher.is_away(day) or not choice:
        return
    material = rng.choice(choice)
    at = moment(day, rng.randint(7, 21), rng.randrange(60), rng.randrange(60))
    about = _about(material, teacher.account_id, teacher.person_id, unit)
    ledger.add(ActKind.VIEW, at, **about)
    if rng.random() < LAUNCHED:
        kind = ActKind.LAUNCH if material.kind == "scorm" else ActKind.DOWNLOAD
        ledger.add(kind, at + timedelta(seconds=rng.randint(20, 90)), **about)


def _about(material: Shared, account_id: int, person_id: int, unit_id: int) -> dict[str, int]:
    return {
        "account_id": account_id,
        "person_id": person_id,
        "unit_id": unit_id,
        "material_id": material.id,
        "version_id": material.version_id,
    }
