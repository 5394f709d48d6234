"""Persons of the register: who may see and change them, and entering each of them once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.database import day_of
from elearn.models.people import Leave, Person, Post
from elearn.services import audit
from elearn.services.access import Action, may, require
from elearn.services.access.permissions import WATCHERS
from elearn.services.access.reach import units_of
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.marks import mark_of
from elearn.services.people.names import sort_key
from elearn.services.people.pasting import CellError, read_code, tidy
from elearn.services.spans import check_day
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

LONGEST_NAME = 300


def person_by_code(session: Session, code: str) -> Person | None:
    """The person with a mã định danh."""
    return session.scalar(select(Person).where(Person.code == code))


def home_post(session: Session, person: Person) -> Post | None:
    """The main post that says who answers for a person: today's, else the last one, else the first to come."""
    today = day_of(session)
    posts = [post for post in person.posts if post.is_main]
    begun = [post for post in posts if post.valid_from <= today]
    return begun[-1] if begun else (posts[0] if posts else None)


def belongs_somewhere(session: Session, person: Person) -> bool:
    """Whether a person works or learns at some unit today."""
    return bool(units_of(person, day_of(session)))


def manages_person(session: Session, identity: Identity, person: Person) -> bool:
    """Whether an identity answers for a person: manages the unit of the main post, else all units of the person.

    A second post elsewhere takes nothing from the head of the main unit.
    """
    home = home_post(session, person)
    return may(identity, Action.MANAGE_UNIT, person if home is None else home.unit)


def require_manager(session: Session, identity: Identity, person: Person) -> None:
    """Refuse whoever does not answer for a person.

    Raises:
        ForbiddenError: `may_not`.
    """
    home = home_post(session, person)
    require(identity, Action.MANAGE_UNIT, person if home is None else home.unit)


def sees_person(identity: Identity, person: Person) -> bool:
    """Whether an identity may look at a person: one's own page, and whoever watches over a unit of any post."""
    if may(identity, Action.SEE_REGISTER, person):
        return True
    return any(identity.reaches(WATCHERS, post.unit_id) for post in person.posts)


def get_person(session: Session, identity: Identity, uid: str) -> Person:
    """The person with a public identifier.

    Raises:
        NotFoundError: `person_unknown`; there is none, or none that whoever asks may see.
    """
    person = session.scalar(select(Person).where(Person.uid == uid))
    if person is None or not sees_person(identity, person):
        raise NotFoundError("person_unknown")
    return person


def seen_person(session: Session, person: Person) -> str:
    """The mark of a person with all posts and leaves, which a form carries."""
    leaves = select(Leave).where(Leave.person_id == person.id).order_by(Leave.id)
    return mark_of([person, *sorted(person.posts, key=lambda post: post.id), *session.scalars(leaves)])


def hold_person(session: Session, person: Person, seen: str | None = None) -> None:
    """Take a person for a change, so that two people never overlap each other's posts.

    Raises:
        ConflictError: `person_changed` since `seen`.
    """
    session.flush()
    session.refresh(person, with_for_update=True)
    session.expire(person, ["posts"])
    if seen is not None and seen != seen_person(session, person):
        raise ConflictError("person_changed")


def create_person(
    session: Session, identity: Identity, *, code: str, full_name: str, unit: Unit | None, born_on: date | None = None
) -> Person:
    """Enter a person into the register on behalf of a unit (None: of the house).

    Raises:
        ForbiddenError: the identity does not manage the unit.
        ServiceError: `person_nameless`, `person_name_long`, `person_code_form` or `day_range`;
            ConflictError: `person_code_taken`.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    name, code = tidy_name(full_name), tidy_code(code)
    check_day(born_on)
    if person_by_code(session, code) is not None:
        raise ConflictError("person_code_taken", person=code)
    person = Person(code=code, full_name=name, sort_name=sort_key(name), born_on=born_on)
    session.add(person)
    session.flush()
    audit.record(session, identity, "person.create", person, after=facts(person))
    return person


def edit_person(session: Session, identity: Identity, person: Person, *, full_name: str, born_on: date | None) -> None:
    """Correct the name and the birth date of a person.

    Raises:
        ServiceError: `person_nameless`, `person_name_long` or `day_range`.
    """
    require_manager(session, identity, person)
    check_day(born_on)
    before = facts(person)
    person.full_name = tidy_name(full_name)
    person.sort_name, person.born_on = sort_key(person.full_name), born_on
    session.flush()
    audit.record(session, identity, "person.edit", person, before=before, after=facts(person))


def possible_duplicates(session: Session, full_name: str, born_on: date | None, code: str = "") -> Sequence[Person]:
    """Other persons with the same name and birth date; without a birth date none is told."""
    if born_on is None:
        return []
    same = select(Person).where(Person.sort_name == sort_key(full_name), Person.born_on == born_on, Person.code != code)
    return session.scalars(same.order_by(Person.code).limit(5)).all()


def facts(person: Person) -> dict[str, str | None]:
    """What the audit log keeps of a person."""
    born_on = person.born_on and person.born_on.isoformat()
    return {"code": person.code, "name": person.full_name, "born_on": born_on}


def tidy_name(full_name: str) -> str:
    """A name in NFC with single spaces, without characters that nobody sees.

    Raises:
        ServiceError: `person_nameless` or `person_name_long`.
    """
    name = one_line(full_name)
    if not any(character.isalpha() for character in name):
        raise ServiceError("person_nameless")
    if len(name) > LONGEST_NAME:
        raise ServiceError("person_name_long", most=LONGEST_NAME)
    return name


def tidy_code(code: str) -> str:
    """A mã định danh as the register keeps it.

    Raises:
        ServiceError: `person_code_form`.
    """
    try:
        return read_code(tidy(code))
    except CellError as error:
        raise ServiceError("person_code_form") from error
