"""Writes the drawn population into the database: people and posts as rows of the session, pupils in bulk."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.demo.inserting import Inserter
from elearn.demo.population.calendar import moment
from elearn.demo.population.drawing import SEED
from elearn.demo.population.schools import SCHOOLS
from elearn.demo.population.tables import MORE_STAFF
from elearn.demo.register import STAFF_ROWS
from elearn.models.account import Account, Role, RoleGrant
from elearn.models.curriculum import Period
from elearn.models.organisation import Unit
from elearn.models.people import Assignment, Enrolment, Leave, Person, Post, PostRole, SchoolClass
from elearn.services.people import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from elearn.demo.population.calendar import Calendar
    from elearn.demo.population.classes import ClassPlan
    from elearn.demo.population.drawing import Population
    from elearn.demo.population.staff import Member

    Values = dict[str, Any]

TAGS = {plan.unit: plan.tag for plan in SCHOOLS}
HEADED = {row.unit for row in (*STAFF_ROWS, *MORE_STAFF) if row.role is PostRole.MANAGER}


class Register:
    """Writes a population; `password_hash` is that of every account."""

    def __init__(self, session: Session, calendar: Calendar, password_hash: str) -> None:
        self.session = session
        self.calendar = calendar
        self.password_hash = password_hash
        self.insert = Inserter(session, SEED)
        self.units = dict(session.execute(select(Unit.code, Unit.id)).all())
        self.persons = dict(session.execute(select(Person.code, Person.id)).all())
        self._logins = set(session.scalars(select(Account.login)))

    def write(self, population: Population) -> None:
        """Write everybody, their posts, classes and accounts."""
        people = [*population.members, *population.pupils]
        rows = [
            {
                "code": one.code,
                "full_name": one.name,
                "sort_name": sort_key(one.name),
                "born_on": self._born(one.born_on),
            }
            for one in people
        ]
        self.persons |= dict(zip((one.code for one in people), self.insert.add(Person, rows), strict=True))
        for member in population.members:
            self._employ(member)
        self._classes(population.classes)
        self._accounts(population)
        self.session.flush()

    def _born(self, day: date) -> date:
        return day.replace(year=day.year + self.calendar.shift)

    def _employ(self, member: Member) -> None:
        """Posts and leaves are rows of the session, so that the history of the register learns of them."""
        person, moved = self.persons[member.code], self.calendar.moved
        for post in member.posts:
            row = Post(uid=self.insert.uid(), person_id=person, unit_id=self.units[post.unit], role=post.role)
            row.contract, row.level, row.subject_code = post.contract, post.level, post.subject
            row.fte, row.is_main = post.fte, post.is_main
            row.valid_from, row.valid_to = moved(post.since), moved(post.until) if post.until else None
            self.session.add(row)
        for leave in member.leaves:
            span = {"valid_from": moved(leave.since), "valid_to": moved(leave.until)}
            self.session.add(Leave(person_id=person, kind=leave.kind, **span))

    def _classes(self, classes: list[ClassPlan]) -> None:
        ids = self._class_ids(classes)
        named = set(
            self.session.execute(select(Enrolment.class_id, Enrolment.person_id))
        )  # the few of the tables sit in their classes already
        stays = [
            row
            for plan, key in zip(classes, ids, strict=True)
            for row in self._dated(key, ((stay.pupil, stay.since, stay.until, {}) for stay in plan.stays))
            if (key, row["person_id"]) not in named
        ]
        self.insert.pour(Enrolment, stays)
        teaching = [
            row
            for plan, key in zip(classes, ids, strict=True)
            for row in self._dated(
                key, ((part.teacher, part.since, part.until, {"subject_code": part.subject}) for part in plan.teaching)
            )
        ]
        self.insert.pour(Assignment, teaching)

    def _class_ids(self, classes: list[ClassPlan]) -> list[int]:
        years = dict(self.session.execute(select(Period.code, Period.id)).all())
        year_ids = [years[code] for code in self.calendar.codes]
        held = select(SchoolClass.unit_id, SchoolClass.school_year_id, SchoolClass.name, SchoolClass.id)
        known = {(row[0], row[1], row[2]): row[3] for row in self.session.execute(held)}
        keys = [(self.units[plan.unit], year_ids[plan.year], plan.name) for plan in classes]
        new = [
            {"unit_id": key[0], "school_year_id": key[1], "name": key[2], "grade_code": plan.grade}
            for key, plan in zip(keys, classes, strict=True)
            if key not in known
        ]
        missing = [key for key in keys if key not in known]
        known |= dict(zip(missing, self.insert.add(SchoolClass, new), strict=True))
        return [known[key] for key in keys]

    def _dated(self, class_id: int, parts: Iterable[tuple[str, date, date, Values]]) -> Iterator[Values]:
        for code, since, until, more in parts:
            span = {"valid_from": self.calendar.moved(since), "valid_to": self.calendar.moved(until)}
            yield {"class_id": class_id, "person_id": self.persons[code], **span, **more}

    def _accounts(self, population: Population) -> None:
        rows, grants = [], []
        for code, name, login, role, units, left in self._who(population):
            created = moment(self.calendar.begins.replace(month=8, day=20), 8, 0)
            rows.append(
                {
                    "login": self._free(login),
                    "display_name": name,
                    "password_hash": self.password_hash,
                    "must_change_password": False,
                    "person_id": self.persons[code],
                    "created_at": created,
                    "disabled_at": moment(left, 17, 0) if left else None,
                }
            )
            grants.append([{"role": role, "unit_id": self.units[unit], "granted_at": created} for unit in units])
        ids = self.insert.add(Account, rows)
        self.insert.pour(
            RoleGrant, [{"account_id": key, **grant} for key, held in zip(ids, grants, strict=True) for grant in held]
        )

    def _who(self, population: Population) -> Iterator[tuple[str, str, str, Role, list[str], date | None]]:
        """Code, name, wished login, role, its units and the last day of everybody who gets an account."""
        today = self.calendar.until
        for member in population.members:
            posts = [post for post in member.posts if post.role is not PostRole.STAFF]
            if posts:
                ends = [self.calendar.moved(post.until) if post.until else None for post in posts]
                left = ends[-1] if ends[-1] and ends[-1] <= today else None
                now = [post.unit for post, end in zip(posts, ends, strict=True) if end is None or end > today]
                last = now[-1] if now else posts[-1].unit
                yield member.code, member.name, _login(member.name, TAGS[last]), _role(posts[0]), now, left
        year = 1
        seats = {stay.pupil: plan.unit for plan in population.classes if plan.year == year for stay in plan.stays}
        for pupil in population.pupils:
            unit = seats.get(pupil.code)
            left = None if unit else date(self.calendar.year, 8, 31)
            yield pupil.code, pupil.name, f"hs{pupil.code[-6:]}", Role.STUDENT, [unit] if unit else [], left

    def _free(self, login: str) -> str:
        number, chosen = 1, login
        while chosen in self._logins:
            number += 1
            chosen = f"{login}{number}"
        self._logins.add(chosen)
        return chosen


def _role(post: Any) -> Role:
    """Managers of schools that have no head in the tables lead them; the others review."""
    if post.role is PostRole.MANAGER:
        return Role.REVIEWER if post.unit in HEADED else Role.UNIT_MANAGER
    return Role.TEACHER


def _login(name: str, tag: str) -> str:
    """Given name and initials as offices form them, and the school: "thao.ntp.lequydon"."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    words = "".join(letter for letter in plain if not unicodedata.combining(letter)).split()
    return f"{words[-1]}.{''.join(word[0] for word in words[:-1])}.{tag}"
