"""Fills an empty database with the demo: units, people, accounts, then materials; running it again adds nothing."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from elearn.database import day_of
from elearn.demo.accounts import ACCOUNTS, MARK, MORE_ACCOUNTS, PASSWORD, is_demo
from elearn.demo.activity.drawing import draw_activity
from elearn.demo.catalogue.installs import load_installs
from elearn.demo.catalogue.loading import load_catalogue
from elearn.demo.loading import load_materials
from elearn.demo.population.calendar import anchored
from elearn.demo.population.drawing import draw_population
from elearn.demo.population.schools import BUREAUS, GROUP, GROUP_UNITS, MORE_UNITS, NON_PUBLIC
from elearn.demo.population.tables import MORE_STAFF
from elearn.demo.population.writing import Register
from elearn.demo.register import (
    BUREAU,
    CLASSES,
    LEAVES,
    REFORM,
    ROOT_NAME,
    STAFF_ROWS,
    UNITS,
    YEAR_BEGINS,
    YEAR_ENDS,
    ClassRow,
    StaffRow,
)
from elearn.models.operations import DatabaseMark
from elearn.models.organisation import Ownership, UnitGroup, UnitGroupMember
from elearn.services import account, organisation, people
from elearn.services.access import SYSTEM
from elearn.services.curriculum import period_by_code
from elearn.services.organisation import unit_by_code
from elearn.services.people import person_by_code
from elearn.services.spans import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.demo.accounts import DemoAccount
    from elearn.demo.population.calendar import Calendar
    from elearn.demo.register import UnitRow
    from elearn.house import House
    from elearn.models.organisation import Unit
    from elearn.models.people import Person

SIZE_MARK = "demo_size"


class Size(StrEnum):
    """How much of the demo is made; an installation keeps the size of its first start."""

    SMALL = "small"  # four schools, a few people, sixteen materials: quick, for tests
    WHOLE = "whole"  # the province


def build_demo(house: House, size: Size = Size.WHOLE) -> None:
    """Make the province and its materials; the schema and the root unit must be there."""
    if not is_demo(house.database):
        password_hash = account.hash_password(PASSWORD)
        with house.database.write() as session:
            day = day_of(session)
            _Building(session, anchored(day), Size(size), password_hash).build()
            session.add(DatabaseMark(name=MARK, value=day.isoformat()))
            session.add(DatabaseMark(name=SIZE_MARK, value=Size(size).value))
    kept, calendar = _kept(house)
    load_materials(house, calendar, whole=kept is Size.WHOLE)
    if kept is Size.WHOLE:
        load_catalogue(house.database)
        load_installs(house.database, calendar)
        draw_activity(house.database, calendar)


def _kept(house: House) -> tuple[Size, Calendar]:
    """The size and the time of the first start; demos from before there were sizes are small."""
    with house.database.read() as session:
        day, size = session.get(DatabaseMark, MARK), session.get(DatabaseMark, SIZE_MARK)
        assert day is not None  # noqa: S101 - written with the units
        return Size(size.value) if size else Size.SMALL, anchored(date.fromisoformat(day.value))


class _Building:
    """Units, register and accounts in one transaction."""

    def __init__(self, session: Session, calendar: Calendar, size: Size, password_hash: str) -> None:
        self.session = session
        self.calendar = calendar
        self.whole = size is Size.WHOLE
        self.password_hash = password_hash

    def build(self) -> None:
        """Make everything."""
        session = self.session
        self._units((*UNITS, *MORE_UNITS) if self.whole else UNITS, BUREAUS if self.whole else (BUREAU,))
        for row in (*STAFF_ROWS, *MORE_STAFF) if self.whole else STAFF_ROWS:
            self._staff(row)
        for leave in LEAVES:
            person, moved = _person(session, leave.person), self.calendar.moved
            people.add_leave(
                session, SYSTEM, person, leave.kind, valid_from=moved(leave.since), valid_to=moved(leave.until)
            )
        for row in CLASSES:
            self._class(row)
        self._accounts((*ACCOUNTS, *MORE_ACCOUNTS) if self.whole else ACCOUNTS)
        if self.whole:
            self._group()
            Register(session, self.calendar, self.password_hash).write(draw_population())

    def _units(self, rows: Iterable[UnitRow], bureaus: Iterable[str]) -> None:
        session = self.session
        root = organisation.ensure_root(session, SYSTEM)
        organisation.rename_unit(session, SYSTEM, root, ROOT_NAME, root.valid_from)
        for row in rows:
            organisation.create_unit(
                session,
                SYSTEM,
                code=row.code,
                name=row.name,
                kind=row.kind,
                valid_from=row.since,
                parent=_unit(session, row.parent),
                ownership=Ownership.NON_PUBLIC if row.code in NON_PUBLIC else Ownership.PUBLIC,
                levels=row.levels,
            )
        for row in rows:
            if row.since_reform is not None:
                new_parent = _unit(session, row.since_reform)
                organisation.move_unit(session, SYSTEM, _unit(session, row.code), new_parent, REFORM)
        for code in bureaus:
            organisation.end_unit(session, SYSTEM, _unit(session, code), REFORM - DAY)

    def _group(self) -> None:
        group = UnitGroup(code=GROUP[0], name=GROUP[1])
        self.session.add(group)
        self.session.flush()
        for code in GROUP_UNITS:
            unit = _unit(self.session, code)
            self.session.add(UnitGroupMember(group_id=group.id, unit_id=unit.id, valid_from=REFORM))

    def _staff(self, row: StaffRow) -> None:
        session, moved = self.session, self.calendar.moved
        unit = _unit(session, row.unit)
        person = person_by_code(session, row.code) or people.create_person(
            session, SYSTEM, code=row.code, full_name=row.name, unit=unit
        )
        people.add_post(
            session,
            SYSTEM,
            person,
            unit,
            role=row.role,
            valid_from=moved(row.since),
            valid_to=moved(row.until) if row.until else None,
            contract=row.contract,
            level=row.level,
            subject_code=row.subject,
        )

    def _class(self, row: ClassRow) -> None:
        session, moved = self.session, self.calendar.moved
        unit = _unit(session, row.unit)
        year = period_by_code(session, self.calendar.codes[-1])
        assert year is not None  # noqa: S101 - seeded with the schema
        span = {"valid_from": moved(YEAR_BEGINS), "valid_to": moved(YEAR_ENDS)}
        school_class = people.create_class(session, SYSTEM, unit, year, row.name, grade_code=row.grade)
        people.assign(session, SYSTEM, _person(session, row.teacher), school_class, **span)
        for code, name in row.pupils:
            pupil = people.create_person(session, SYSTEM, code=code, full_name=name, unit=unit)
            people.enrol(session, SYSTEM, pupil, school_class, **span)

    def _accounts(self, rows: Iterable[DemoAccount]) -> None:
        session = self.session
        for row in rows:
            person = _person(session, row.person)
            unit = _unit(session, row.unit)
            made = account.create_account(
                session,
                SYSTEM,
                login=row.login,
                display_name=person.full_name,
                unit=unit,
                password_hash=self.password_hash,
                person=person,
            )
            account.grant_role(session, SYSTEM, made, row.role, unit)


def _unit(session: Session, code: str) -> Unit:
    unit = unit_by_code(session, code)
    assert unit is not None, code  # noqa: S101 - the tables of the demo name only their own units
    return unit


def _person(session: Session, code: str) -> Person:
    person = person_by_code(session, code)
    assert person is not None, code  # noqa: S101 - the tables of the demo name only their own people
    return person
