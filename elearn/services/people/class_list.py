"""A class list pasted from a spreadsheet: read, compared with the register, and entered all at once or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from elearn.models.people import Enrolment, Person, Post
from elearn.services import audit
from elearn.services.access import Action, may, require
from elearn.services.errors import ConflictError
from elearn.services.people.names import sort_key
from elearn.services.people.pasting import (
    Column,
    Line,
    Problem,
    plain,
    read_code,
    read_day,
    read_name,
    read_table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.people import SchoolClass
    from elearn.services.access import Identity

COLUMNS = (
    Column("code", ("Mã định danh", "Mã học sinh", "Mã HS", "Code"), required=True),
    Column("name", ("Họ và tên", "Họ tên", "Name"), required=True),
    Column("born_on", ("Ngày sinh", "Birth date")),
)
CHUNK = 500


class Change(StrEnum):
    """What confirming does with a line."""

    NEW = "new"  # the person is entered and put into the class
    ENROLLED = "enrolled"  # the person is known and put into the class
    SAME = "same"  # is in the class already


@dataclass(slots=True)
class Pupil:
    """A line of the list as it was understood; `person` is the row the register already has."""

    line: Line
    code: str = ""
    name: str = ""
    born_on: date | None = None
    person: Person | None = None
    change: Change = Change.NEW


@dataclass(frozen=True, slots=True)
class ClassList:
    """The preview of a list: its pupils, in the order of the lines."""

    pupils: Sequence[Pupil] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether no line has a problem."""
        return not any(pupil.line.problems for pupil in self.pupils)

    def count(self, change: Change) -> int:
        """How many sound lines bring a change."""
        return sum(pupil.change is change and not pupil.line.problems for pupil in self.pupils)


def read_class_list(session: Session, identity: Identity, school_class: SchoolClass, text: str, day: date) -> ClassList:
    """Understand a pasted list and compare it with the register as of the day from which pupils join the class.

    Raises:
        ForbiddenError: the identity does not manage the class.
        ServiceError: the list as a whole cannot be read (`paste_...`).
    """
    require(identity, Action.MANAGE_UNIT, school_class)
    pupils = [_read(line) for line in read_table(text, COLUMNS)]
    _tell_doubles(pupils)
    _compare(session, identity, school_class, pupils, day)
    return ClassList(pupils)


def enter_class_list(
    session: Session, identity: Identity, school_class: SchoolClass, text: str, day: date
) -> ClassList:
    """Enter a list: new persons, then enrolments from the day on; repeating it changes nothing.

    Raises:
        ConflictError: `paste_problems`; some line has a problem, and nothing was changed.
        ForbiddenError, ServiceError: as for reading it.
    """
    entered = read_class_list(session, identity, school_class, text, day)
    if not entered.is_sound:
        raise ConflictError("paste_problems")
    for pupil in entered.pupils:
        if pupil.change is Change.NEW:
            pupil.person = Person(
                code=pupil.code, full_name=pupil.name, sort_name=sort_key(pupil.name), born_on=pupil.born_on
            )
            session.add(pupil.person)
    session.flush()
    joining = [pupil.person for pupil in entered.pupils if pupil.change is not Change.SAME and pupil.person]
    session.add_all(Enrolment(class_id=school_class.id, person_id=person.id, valid_from=day) for person in joining)
    session.flush()
    session.expire(school_class, ["enrolments"])
    codes = [person.code for person in joining]
    audit.record(session, identity, "class.list", school_class, joined=codes, day=day.isoformat())
    return entered


def _read(line: Line) -> Pupil:
    return Pupil(
        line,
        code=line.read("code", read_code, ""),
        name=line.read("name", read_name, ""),
        born_on=line.read("born_on", read_day),
    )


def _tell_doubles(pupils: Sequence[Pupil]) -> None:
    first: dict[str, int] = {}
    for pupil in pupils:
        if not pupil.code:
            continue
        earlier = first.setdefault(pupil.code, pupil.line.number)
        if earlier != pupil.line.number:
            pupil.line.problems.append(Problem("code", "code_twice", {"line": earlier}))


def _compare(
    session: Session, identity: Identity, school_class: SchoolClass, pupils: Sequence[Pupil], day: date
) -> None:
    codes = [pupil.code for pupil in pupils if pupil.code]
    known = _persons(session, codes)
    held = _enrolments(session, [person.id for person in known.values()], day)
    for pupil in pupils:
        pupil.person = known.get(pupil.code)
        if pupil.person is None:
            continue
        pupil.change = Change.ENROLLED
        if plain(pupil.person.full_name) != plain(pupil.name):
            pupil.line.problems.append(Problem("name", "code_of_other", {"value": pupil.code}))
        for enrolment in held.get(pupil.person.id, ()):
            _judge(pupil, enrolment, school_class)
        # Else a head who knows a code would reach the register and the acts of other units' staff.
        if any(not may(identity, Action.MANAGE_UNIT, post.unit) for post in pupil.person.posts if _lasts(post, day)):
            pupil.line.problems.append(Problem("code", "staff_elsewhere"))
        elif any(post.holds_on(day) for post in pupil.person.posts):
            pupil.line.problems.append(Problem("code", "staff_here"))


def _lasts(post: Post, day: date) -> bool:
    return post.valid_to is None or post.valid_to >= day


def _judge(pupil: Pupil, enrolment: Enrolment, school_class: SchoolClass) -> None:
    if enrolment.class_id == school_class.id:
        pupil.change = Change.SAME
    elif enrolment.school_class.unit_id == school_class.unit_id:
        pupil.line.problems.append(Problem("code", "pupil_in_class", {"name": enrolment.school_class.name}))
    else:
        pupil.line.problems.append(Problem("code", "pupil_elsewhere"))


def _persons(session: Session, codes: Sequence[str]) -> Mapping[str, Person]:
    found: dict[str, Person] = {}
    for start in range(0, len(codes), CHUNK):
        chosen = select(Person).where(Person.code.in_(codes[start : start + CHUNK]))
        rows = session.scalars(chosen.options(selectinload(Person.posts).joinedload(Post.unit)))
        found |= {person.code: person for person in rows}
    return found


def _enrolments(session: Session, person_ids: Sequence[int], day: date) -> Mapping[int, list[Enrolment]]:
    """The enrolments of persons that hold on the day or begin later."""
    found: dict[int, list[Enrolment]] = {}
    for start in range(0, len(person_ids), CHUNK):
        held = select(Enrolment).where(Enrolment.person_id.in_(person_ids[start : start + CHUNK]))
        held = held.where((Enrolment.valid_to.is_(None)) | (Enrolment.valid_to >= day))
        for enrolment in session.scalars(held.options(joinedload(Enrolment.school_class))):
            found.setdefault(enrolment.person_id, []).append(enrolment)
    return found
