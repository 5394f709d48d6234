"""Fills an empty database with the demo: units, people, accounts, then materials; running it again adds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.database import day_of
from elearn.demo.accounts import ACCOUNTS, MARK, PASSWORD, is_demo
from elearn.demo.loading import load_materials
from elearn.demo.register import (
    BUREAU,
    CLASSES,
    LEAVES,
    REFORM,
    ROOT_NAME,
    SCHOOL_YEAR,
    STAFF_ROWS,
    UNITS,
    YEAR_BEGINS,
    YEAR_ENDS,
    ClassRow,
    StaffRow,
)
from elearn.models.operations import DatabaseMark
from elearn.services import account, organisation, people
from elearn.services.access import SYSTEM
from elearn.services.curriculum import period_by_code
from elearn.services.organisation import unit_by_code
from elearn.services.people import person_by_code
from elearn.services.spans import DAY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.house import House
    from elearn.models.organisation import Unit
    from elearn.models.people import Person


def build_demo(house: House) -> None:
    """Make the province and its materials; the schema and the root unit must be there."""
    if not is_demo(house.database):
        password_hash = account.hash_password(PASSWORD)
        with house.database.write() as session:
            _build_units(session)
            _build_register(session)
            _build_accounts(session, password_hash)
            session.add(DatabaseMark(name=MARK, value=day_of(session).isoformat()))
    load_materials(house)


def _build_units(session: Session) -> None:
    root = organisation.ensure_root(session, SYSTEM)
    organisation.rename_unit(session, SYSTEM, root, ROOT_NAME, root.valid_from)
    for row in UNITS:
        organisation.create_unit(
            session,
            SYSTEM,
            code=row.code,
            name=row.name,
            kind=row.kind,
            valid_from=row.since,
            parent=_unit(session, row.parent),
            levels=row.levels,
        )
    for row in UNITS:
        if row.since_reform is not None:
            organisation.move_unit(session, SYSTEM, _unit(session, row.code), _unit(session, row.since_reform), REFORM)
    organisation.end_unit(session, SYSTEM, _unit(session, BUREAU), REFORM - DAY)


def _build_register(session: Session) -> None:
    for row in STAFF_ROWS:
        _add_staff(session, row)
    for leave in LEAVES:
        person = _person(session, leave.person)
        people.add_leave(session, SYSTEM, person, leave.kind, valid_from=leave.since, valid_to=leave.until)
    for row in CLASSES:
        _add_class(session, row)


def _add_staff(session: Session, row: StaffRow) -> None:
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
        valid_from=row.since,
        valid_to=row.until,
        contract=row.contract,
        level=row.level,
        subject_code=row.subject,
    )


def _add_class(session: Session, row: ClassRow) -> None:
    unit = _unit(session, row.unit)
    year = period_by_code(session, SCHOOL_YEAR)
    assert year is not None  # noqa: S101 - seeded with the schema
    school_class = people.create_class(session, SYSTEM, unit, year, row.name, grade_code=row.grade)
    people.assign(
        session,
        SYSTEM,
        _person(session, row.teacher),
        school_class,
        valid_from=YEAR_BEGINS,
        valid_to=YEAR_ENDS,
    )
    for code, name in row.pupils:
        pupil = people.create_person(session, SYSTEM, code=code, full_name=name, unit=unit)
        people.enrol(session, SYSTEM, pupil, school_class, valid_from=YEAR_BEGINS, valid_to=YEAR_ENDS)


def _build_accounts(session: Session, password_hash: str) -> None:
    for row in ACCOUNTS:
        person = _person(session, row.person)
        unit = _unit(session, row.unit)
        made = account.create_account(
            session,
            SYSTEM,
            login=row.login,
            display_name=person.full_name,
            unit=unit,
            password_hash=password_hash,
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
