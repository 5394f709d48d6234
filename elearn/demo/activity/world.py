"""What the acts of the demo are drawn from: teachers with their posts and classes, pupils, published materials."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from elearn.demo.population.calendar import DAY, ZONE
from elearn.models.account import Account
from elearn.models.curriculum import Level, Period
from elearn.models.material import Material, MaterialGrade, MaterialLevel, MaterialSubject, Status, Version
from elearn.models.organisation import Unit
from elearn.models.people import Assignment, Enrolment, Leave, Person, Post, PostRole, SchoolClass
from elearn.services.spans import Span

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


class Employment(NamedTuple):
    """A teaching post."""

    unit_id: int
    level: Level | None
    subject: str | None
    span: Span
    is_main: bool


@dataclass(slots=True)
class Teacher:
    """A teacher with an account; `classes` has (class id, span) of the assignments."""

    person_id: int
    account_id: int
    code: str
    posts: list[Employment] = field(default_factory=list)
    leaves: list[Span] = field(default_factory=list)
    classes: list[tuple[int, Span]] = field(default_factory=list)

    def post_at(self, unit_id: int, day: date) -> Employment | None:
        """The teaching post at a unit on a day."""
        return next((post for post in self.posts if post.unit_id == unit_id and holds(post.span, day)), None)

    def main_unit(self, day: date) -> int | None:
        """Where the main post is on a day."""
        return next((post.unit_id for post in self.posts if post.is_main and holds(post.span, day)), None)

    def is_away(self, day: date) -> bool:
        """Whether a leave holds on a day."""
        return any(holds(leave, day) for leave in self.leaves)


class Seat(NamedTuple):
    """A pupil with an account in a class."""

    person_id: int
    account_id: int
    span: Span


@dataclass(slots=True)
class Classroom:
    """A class of a school year, with its pupils."""

    id: int
    unit_id: int
    grade: str | None
    year: str
    name: str
    seats: list[Seat] = field(default_factory=list)

    def on(self, day: date) -> list[Seat]:
        """The pupils of a day."""
        return [seat for seat in self.seats if holds(seat.span, day)]


@dataclass(slots=True)
class Shared:
    """A material that was published, since a day."""

    id: int
    version_id: int
    file_name: str
    title: str
    kind: str
    unit_id: int
    is_public: bool
    since: date
    levels: set[Level] = field(default_factory=set)
    grades: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)


def holds(span: Span, day: date) -> bool:
    """Whether a span has a day."""
    return span.start <= day and (span.end is None or day <= span.end)


class World:
    """Reads everything once, in an order that depends on codes and names only."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.units = dict(session.execute(select(Unit.id, Unit.code)).all())
        accounts = select(Account.person_id, Account.id).where(Account.person_id.is_not(None))
        self.accounts = dict(session.execute(accounts).all())
        self.logins = dict(session.execute(select(Account.login, Account.id)).all())
        self.persons = dict(session.execute(select(Person.id, Person.code)).all())
        self.teachers = self._teachers()
        self.classes = self._classes()
        self.materials = self._materials()

    def _teachers(self) -> dict[int, Teacher]:
        found: dict[int, Teacher] = {}
        posts = select(Post).where(Post.role == PostRole.TEACHER).join(Person).order_by(Person.code, Post.valid_from)
        for post in self.session.scalars(posts):
            if post.person_id in self.accounts:
                new = Teacher(post.person_id, self.accounts[post.person_id], self.persons[post.person_id])
                held = found.setdefault(post.person_id, new).posts
                held.append(Employment(post.unit_id, post.level, post.subject_code, Span.of(post), post.is_main))
        for leave in self.session.scalars(select(Leave).order_by(Leave.id)):
            if leave.person_id in found:
                found[leave.person_id].leaves.append(Span.of(leave))
        for row in self.session.scalars(select(Assignment).order_by(Assignment.id)):
            if row.person_id in found:
                found[row.person_id].classes.append((row.class_id, Span.of(row)))
        return found

    def _classes(self) -> dict[int, Classroom]:
        years = dict(self.session.execute(select(Period.id, Period.code)).all())
        rows = self.session.scalars(select(SchoolClass).order_by(SchoolClass.id))
        found = {
            row.id: Classroom(row.id, row.unit_id, row.grade_code, years[row.school_year_id], row.name) for row in rows
        }
        for row in self.session.scalars(select(Enrolment).join(Person).order_by(Person.code, Enrolment.valid_from)):
            if row.person_id in self.accounts:
                seat = Seat(row.person_id, self.accounts[row.person_id], Span.of(row))
                found[row.class_id].seats.append(seat)
        return found

    def _materials(self) -> dict[int, Shared]:
        query = select(Material, Version).join(Version).where(Material.status == Status.PUBLISHED, Version.is_current)
        found = {
            material.id: Shared(
                material.id,
                version.id,
                version.file_name,
                material.title,
                material.kind,
                material.unit_id,
                material.is_public,
                material.published_at.astimezone(ZONE).date() + DAY,
            )
            for material, version in self.session.execute(query.order_by(Version.file_name))
            if material.published_at is not None
        }
        for row, name, column in (
            (MaterialLevel, "levels", MaterialLevel.level),
            (MaterialGrade, "grades", MaterialGrade.grade_code),
            (MaterialSubject, "subjects", MaterialSubject.subject_code),
        ):
            for material_id, value in self.session.execute(select(row.material_id, column)):
                if material_id in found:
                    getattr(found[material_id], name).add(value)
        return found

    def by_file(self) -> dict[str, Shared]:
        """The published materials by the names of their files without ending."""
        return {material.file_name.rsplit(".", 1)[0]: material for material in self.materials.values()}

    def classes_by_unit(self) -> dict[tuple[str, str], list[Classroom]]:
        """(unit code, school year) -> classes."""
        found: dict[tuple[str, str], list[Classroom]] = defaultdict(list)
        for row in self.classes.values():
            found[self.units[row.unit_id], row.year].append(row)
        return found
