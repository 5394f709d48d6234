"""Makes rows for tests: a word or two says what matters, everything else has a sensible value."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from elearn.models.account import Account, Role, RoleGrant
from elearn.models.learning import Attempt, Placement, PlacementKind, Registration
from elearn.models.material import Material, Status, StoredBlob, Version
from elearn.models.organisation import Unit, UnitKind
from elearn.models.people import Enrolment, Person, Post, PostRole, SchoolClass
from elearn.services import organisation
from elearn.services.access import SYSTEM, Identity, load_identity
from elearn.services.curriculum import period_by_code
from elearn.services.people import sort_key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LONG_AGO = date(2010, 1, 1)


class World:
    """Rows in one session; nothing is committed unless the test does."""

    def __init__(self, session: Session, first: int = 1) -> None:
        self.session = session
        self._numbers = count(first)  # a second world in the same database begins further on

    def unit(self, code: str = "", parent: Unit | None = None, since: date = LONG_AGO, **values: Any) -> Unit:
        """A unit of the tree; without a parent it is a root."""
        code = code or f"U{next(self._numbers)}"
        kind = values.pop("kind", UnitKind.SCHOOL if parent else UnitKind.DEPARTMENT)
        name = values.pop("name", f"Đơn vị {code}")
        return organisation.create_unit(
            self.session, SYSTEM, code=code, name=name, kind=kind, valid_from=since, parent=parent, **values
        )

    def person(self, name: str = "Nguyễn Văn An", **values: Any) -> Person:
        """A person of the register."""
        code = values.pop("code", f"P{next(self._numbers)}")
        return self.add(Person(code=code, full_name=name, sort_name=sort_key(name), **values))

    def post(self, person: Person, unit: Unit, since: date = LONG_AGO, **values: Any) -> Post:
        """A main teaching post."""
        values = {"role": PostRole.TEACHER, **values}
        return self.add(Post(person_id=person.id, unit_id=unit.id, valid_from=since, **values))

    def school_class(self, unit: Unit, name: str = "4A", year: str = "2026-2027", grade: str = "4") -> SchoolClass:
        """A class of a school year."""
        period = period_by_code(self.session, year)
        assert period is not None
        return self.add(SchoolClass(unit_id=unit.id, school_year_id=period.id, grade_code=grade, name=name))

    def enrolment(self, person: Person, school_class: SchoolClass, since: date = LONG_AGO, **values: Any) -> Enrolment:
        """A pupil of a class."""
        return self.add(Enrolment(person_id=person.id, class_id=school_class.id, valid_from=since, **values))

    def account(self, login: str = "", person: Person | None = None, **values: Any) -> Account:
        """An account without password and role."""
        login = login or f"login{next(self._numbers)}"
        values = {"display_name": login, **values}
        return self.add(Account(login=login, person_id=person.id if person else None, **values))

    def grant(self, account: Account, role: Role, unit: Unit) -> RoleGrant:
        """A role of an account at a unit."""
        return self.add(RoleGrant(account_id=account.id, role=role, unit_id=unit.id))

    def somebody(self, role: Role, unit: Unit, login: str = "") -> Identity:
        """The identity of a new account with one role at a unit."""
        account = self.account(login)
        self.grant(account, role, unit)
        return self.identity(account)

    def identity(self, account: Account, day: date | None = None) -> Identity:
        """Whoever holds an account."""
        self.session.flush()
        return load_identity(self.session, account.id, day)

    def material(self, unit: Unit, owner: Account, status: Status = Status.DRAFT, **values: Any) -> Material:
        """A material with one version whose file does not exist."""
        number = next(self._numbers)
        digest = f"{number:064x}"
        values = {"kind": "scorm", "title": f"Bài giảng {number}", **values}
        material = self.add(Material(unit_id=unit.id, owner_id=owner.id, status=status, **values))
        self.add(StoredBlob(sha256=digest, size=number))
        self.add(
            Version(
                material_id=material.id,
                number=1,
                file_name="bai-giang.zip",
                media_type="application/zip",
                blob_sha256=digest,
                created_by_id=owner.id,
            )
        )
        return material

    def attempt(self, learner: Account, material: Material) -> Attempt:
        """An attempt of self-study at the only version of a material."""
        placement = self.add(Placement(kind=PlacementKind.SELF_STUDY, material_id=material.id))
        registration = self.add(
            Registration(account_id=learner.id, placement_id=placement.id, version_id=material.versions[0].id)
        )
        return self.add(Attempt(registration_id=registration.id, number=1))

    def add(self, row: Any) -> Any:
        """A row as it is."""
        self.session.add(row)
        self.session.flush()
        return row
