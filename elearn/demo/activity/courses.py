"""Class C: courses under way, with attempts, scores, feedback and the acts that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from elearn.demo.activity.courses_table import COURSES, PRAISE, WORRY
from elearn.demo.activity.world import holds
from elearn.demo.population.calendar import DAY, moment
from elearn.models.course import Course, CourseFeedback, CourseItem, CourseOpening, CourseStatus, CourseTeacher
from elearn.models.learning import Attempt, AttemptStatus, Placement, PlacementKind, Registration
from elearn.models.usage import ActKind
from elearn.services.usage import taught_key

if TYPE_CHECKING:
    from datetime import date, datetime
    from random import Random

    from elearn.demo.activity.courses_table import CourseRow
    from elearn.demo.activity.ledger import Ledger
    from elearn.demo.activity.world import Classroom, Seat, Shared, World
    from elearn.demo.population.calendar import Calendar

NEEDED, SHARE, WINDOW = 3, 0.3, timedelta(days=7)  # INDICATORS, class B1
UNFINISHED, FAILED = 0.14, 0.12
PASSING = 0.6
STAYING = 0.93  # of those who take part come to each item
FEEDBACK = (2, 5)  # of each class
SPREAD = 18  # days within which most pupils come to an item


class Item(NamedTuple):
    """An item of a course with its keys."""

    id: int
    uid: str
    placement_id: int
    material: Shared
    opens: date


@dataclass(frozen=True, slots=True)
class Opened:
    """A course opened to a class."""

    course_id: int
    room: Classroom
    row: CourseRow
    teacher: tuple[int, int]  # account and person
    opens: date
    last: date
    items: tuple[Item, ...]


class Courses:
    """Draws the courses of the table."""

    def __init__(self, world: World, ledger: Ledger, calendar: Calendar, rng: Random) -> None:
        self.world = world
        self.ledger = ledger
        self.insert = ledger.insert
        self.calendar = calendar
        self.rng = rng
        self._rooms = world.classes_by_unit()
        self._materials = world.by_file()
        self._days = list(calendar.school_days())
        self._feedback: list[dict[str, Any]] = []

    def draw(self) -> None:
        """Write courses, openings and attempts; note the acts."""
        for row in COURSES:
            for opened in self._course(row):
                if opened.opens <= self.calendar.until:
                    self._take(opened)
        self.insert.pour(CourseFeedback, self._feedback)

    def _course(self, row: CourseRow) -> list[Opened]:
        moved = self.calendar.moved
        opens, owner = moved(row.opens_on), self.world.logins[row.owner]
        made = moment(min(opens, self.calendar.until) - 4 * DAY, 20, 5)
        closes = moved(row.closes_on) if row.closes_on else None
        is_over = closes is not None and closes < self.calendar.until
        status = CourseStatus.CLOSED if is_over else CourseStatus.OPEN if row.classes else CourseStatus.DRAFT
        values = {"title": row.title, "description": row.description, "owner_id": owner, "status": status}
        values |= {"subject_code": row.subject, "grade_code": row.grade, "created_at": made, "changed_at": made}
        unit_id = next(key for key, code in self.world.units.items() if code == row.unit)
        (course_id,) = self.insert.add(Course, [{**values, "unit_id": unit_id}])
        self.insert.pour(CourseTeacher, [{"course_id": course_id, "account_id": owner}])
        items = self._items(row, course_id, opens)
        person = next(one.person_id for one in self.world.teachers.values() if one.account_id == owner)
        rooms = [room for room in self._rooms[row.unit, self.calendar.codes[row.year]] if room.name in row.classes]
        opening = {"course_id": course_id, "opens_on": opens, "closes_on": closes, "opened_by_id": owner}
        self.insert.pour(CourseOpening, [{**opening, "class_id": room.id, "created_at": made} for room in rooms])
        last = min(closes or self.calendar.until, self.calendar.until)
        return [Opened(course_id, room, row, (owner, person), opens, last, items) for room in rooms]

    def _items(self, row: CourseRow, course_id: int, opens: date) -> tuple[Item, ...]:
        found = []
        for position, slug in enumerate(row.items, 1):
            material, uid = self._materials[slug], self.insert.uid()
            policy = {"max_attempts": row.max_attempts, "grading": row.grading.value}
            placement = {"kind": PlacementKind.COURSE_ITEM, "material_id": material.id, "context": uid}
            placement["version_id"] = material.version_id
            (placement_id,) = self.insert.add(Placement, [{**placement, "policy": policy}])
            day = max(opens, material.since) + (position - 1) * 7 * DAY
            item = {"uid": uid, "course_id": course_id, "placement_id": placement_id, "title": material.title}
            item |= {"position": position, "opens_on": None, "due_on": day + 21 * DAY, "is_required": True}
            (item_id,) = self.insert.add(CourseItem, [{**item, "removed_at": None}])
            found.append(Item(item_id, uid, placement_id, material, day))
        return tuple(found)

    def _take(self, opened: Opened) -> None:
        """Let the pupils of a class work through a course, and the teacher answer some of them."""
        at = moment(opened.opens, 7, self.rng.randrange(5, 55))
        size = len(opened.room.on(opened.opens))
        self._teach(opened, at, size, {"by": "opening"})
        done: list[tuple[datetime, Item, Seat, bool]] = []
        takers = [seat for seat in opened.room.on(opened.opens) if self.rng.random() < opened.row.share]
        if opened.row.share < SHARE:
            takers = opened.room.on(opened.opens)[: self.rng.randint(2, 3)]
        for item in opened.items:
            done += self._item(opened, item, takers, size)
        for end, item, seat, is_good in self.rng.sample(done, min(self.rng.randint(*FEEDBACK), len(done))):
            self._answer(opened, item, seat, end, is_good=is_good, size=size)

    def _item(
        self, opened: Opened, item: Item, takers: list[Seat], size: int
    ) -> list[tuple[datetime, Item, Seat, bool]]:
        days = [day for day in self._days if max(item.opens, opened.opens) <= day <= opened.last]
        visits = []
        for seat in takers:
            if days and self.rng.random() < STAYING:
                day = days[min(int(self.rng.expovariate(3 / SPREAD)), len(days) - 1)]
                at = moment(day, self.rng.randint(14, 20), self.rng.randrange(60), self.rng.randrange(60))
                if holds(seat.span, day):  # who has changed over to another class meanwhile learns there
                    visits.append((at, seat))
        visits.sort(key=lambda visit: (visit[0], visit[1].person_id))
        self._count_as_taught(opened, item, [at for at, _ in visits], size)
        if item.material.kind != "scorm":
            for at, seat in visits:
                self._open(opened, item, seat, at, size, kind=ActKind.DOWNLOAD)
            return []
        return self._attempts(opened, item, visits, size)

    def _attempts(
        self, opened: Opened, item: Item, visits: list[tuple[datetime, Seat]], size: int
    ) -> list[tuple[datetime, Item, Seat, bool]]:
        holder = {"placement_id": item.placement_id, "version_id": item.material.version_id, "reset_at": None}
        registrations = self.insert.add(
            Registration, [{**holder, "account_id": seat.account_id, "created_at": at} for at, seat in visits]
        )
        attempts = [self._attempt(key, at) for key, (at, _) in zip(registrations, visits, strict=True)]
        ids = self.insert.add(Attempt, attempts)
        done = []
        for key, row, (at, seat) in zip(ids, attempts, visits, strict=True):
            self._open(opened, item, seat, at, size, attempt_id=key)
            if row["completion"] == "completed":
                about = self._about(opened, item, seat, attempt_id=key)
                self.ledger.add(ActKind.COMPLETION, row["changed_at"], **about)
            done.append((row["changed_at"], item, seat, row["success"] == "passed"))
        return done

    def _attempt(self, registration_id: int, at: datetime) -> dict[str, Any]:
        rng, seconds = self.rng, float(self.rng.randint(300, 2400))
        end, fate = at + timedelta(seconds=seconds), rng.random()
        row = {"registration_id": registration_id, "number": 1, "started_at": at, "changed_at": end}
        row |= {"time_seconds": seconds, "current_activity": None, "score_min": 0.0}
        row |= {"lease_session_id": None, "lease_until": None}
        if fate < UNFINISHED:
            part = round(rng.uniform(0.2, 0.8), 2)
            scores = {"score_scaled": None, "score_raw": None, "score_max": 100.0, "progress": part}
            open_ = {"status": AttemptStatus.OPEN, "completion": "incomplete", "success": "unknown"}
            return {**row, **open_, **scores, "ended_at": None}
        scaled = rng.uniform(0.2, 0.55) if fate < UNFINISHED + FAILED else min(1.0, rng.uniform(PASSING, 1.08))
        success = "passed" if scaled >= PASSING else "failed"
        scores = {
            "score_scaled": round(scaled, 2),
            "score_raw": round(100 * scaled),
            "score_max": 100.0,
            "progress": 1.0,
        }
        closed = {"status": AttemptStatus.ENDED, "completion": "completed", "success": success}
        return {**row, **closed, **scores, "ended_at": end}

    def _about(self, opened: Opened, item: Item, seat: Seat, **more: Any) -> dict[str, Any]:
        return {
            "account_id": seat.account_id,
            "person_id": seat.person_id,
            "unit_id": opened.room.unit_id,
            "material_id": item.material.id,
            "version_id": item.material.version_id,
            "class_id": opened.room.id,
            "course_id": opened.course_id,
            "placement_id": item.placement_id,
            **more,
        }

    def _open(
        self,
        opened: Opened,
        item: Item,
        seat: Seat,
        at: datetime,
        size: int,
        *,
        kind: ActKind = ActKind.LAUNCH,
        attempt_id: int | None = None,
    ) -> None:
        day, about = at.date().isoformat(), self._about(opened, item, seat)
        key = f"opened:{item.placement_id}:{seat.person_id}:{day}"
        self.ledger.add(kind, at, **about, attempt_id=attempt_id, key=key)
        active = {name: value for name, value in about.items() if name not in {"material_id", "version_id"}}
        key = f"active:{seat.person_id}:{opened.course_id}:{day}"
        self.ledger.add(ActKind.COURSE_ACTIVITY, at, **active, key=key, details={"class_size": size})

    def _count_as_taught(self, opened: Opened, item: Item, moments: list[datetime], size: int) -> None:
        """The lesson taught that follows when enough of a class have opened an item within a week."""
        within = [at for at in moments if at <= moments[0] + WINDOW]
        needed = max(1, min(NEEDED, ceil(SHARE * size)))
        if len(within) < needed:
            return
        at, (account, person) = within[needed - 1], opened.teacher
        self.ledger.add(
            ActKind.TAUGHT,
            at,
            account_id=account,
            person_id=person,
            unit_id=opened.room.unit_id,
            material_id=item.material.id,
            version_id=item.material.version_id,
            class_id=opened.room.id,
            course_id=opened.course_id,
            placement_id=item.placement_id,
            key=taught_key(person, opened.room.id, item.material.id, at.date()),
            details={"by": "course", "item": item.uid, "learners": needed, "class_size": size},
        )

    def _teach(self, opened: Opened, at: datetime, size: int, details: dict[str, Any]) -> None:
        account, person = opened.teacher
        self.ledger.add(
            ActKind.COURSE_TEACHING,
            at,
            account_id=account,
            person_id=person,
            unit_id=opened.room.unit_id,
            class_id=opened.room.id,
            course_id=opened.course_id,
            details={**details, "class_size": size},
        )

    def _answer(self, opened: Opened, item: Item, seat: Seat, end: datetime, *, is_good: bool, size: int) -> None:
        at = end + timedelta(minutes=self.rng.randint(20, 120))  # the same evening
        text = self.rng.choice(PRAISE if is_good else WORRY)
        row = {"item_id": item.id, "learner_id": seat.account_id, "teacher_id": opened.teacher[0], "at": at}
        self._feedback.append({**row, "text": text, "score_scaled": None})
        self._teach(opened, at, size, {"by": "feedback", "item": item.uid})
