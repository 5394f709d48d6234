"""The staff of a unit on a day, paged and filtered, and taking somebody on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from elearn.models.organisation import Unit, UnitClosure
from elearn.models.people import Leave, Person, Post, PostRole
from elearn.services.access import Action, require
from elearn.services.errors import ConflictError
from elearn.services.people.matching import is_named, perhaps_named
from elearn.services.people.pasting import plain
from elearn.services.people.persons import create_person, hold_person, person_by_code, tidy_code, tidy_name
from elearn.services.people.posts import add_post

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.models.curriculum import Level
    from elearn.services.access import Identity

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """Which posts are asked for: those of a unit (and below) on a day; empty filters ask for all."""

    unit: Unit
    day: date
    text: str = ""
    role: PostRole | None = None
    level: Level | None = None
    subject_code: str = ""
    with_below: bool = True


def staff_page(session: Session, question: StaffQuestion, page: int = 1) -> tuple[int, Sequence[Post]]:
    """How many posts there are, and those of a page by given name; person and unit come with each."""
    rows = _asked(question)
    if not plain(question.text):
        total = session.scalar(select(func.count()).select_from(rows.with_only_columns(Post.id).subquery())) or 0
        ids = session.scalars(_ordered(rows).with_only_columns(Post.id).limit(PER_PAGE).offset((page - 1) * PER_PAGE))
        return total, _load(session, ids.all())
    found = session.execute(
        _ordered(rows.where(perhaps_named(question.text, (Person.full_name, Person.code)))).with_only_columns(
            Post.id, Person.full_name, Person.code
        )
    )
    ids = [post_id for post_id, name, code in found if is_named(question.text, name, code)]
    return len(ids), _load(session, ids[(page - 1) * PER_PAGE : page * PER_PAGE])


def on_leave(session: Session, person_ids: Collection[int], day: date) -> dict[int, Leave]:
    """Who of some persons is away on a day."""
    rows = select(Leave).where(Leave.person_id.in_(person_ids), Leave.valid_on(day))
    return {leave.person_id: leave for leave in session.scalars(rows)}


def take_on(
    session: Session,
    identity: Identity,
    unit: Unit,
    *,
    code: str,
    full_name: str,
    born_on: date | None = None,
    **post: Any,
) -> tuple[Post, bool]:
    """Give a post at a unit to the person with a code, who is entered first when nobody has it.

    Returns the post and whether the person is new. Whoever adds a post to a person of another unit must know
    name and code, so that codes cannot be tried out.

    Raises:
        ConflictError: `person_code_other`, the code belongs to somebody of another name; others as `add_post`.
    """
    require(identity, Action.MANAGE_UNIT, unit)
    person = person_by_code(session, tidy_code(code))
    if person is None:
        created = create_person(session, identity, code=code, full_name=full_name, unit=unit, born_on=born_on)
        return add_post(session, identity, created, unit, **post), True
    hold_person(session, person)
    if not same_name(person.full_name, tidy_name(full_name)):
        raise ConflictError("person_code_other", person=person.code)
    return add_post(session, identity, person, unit, **post), False


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, accents and spaces: lists are often typed without accents."""
    return plain(one) == plain(other)


def _asked(question: StaffQuestion) -> Select[Any]:
    rows = select(Post).join(Person, Person.id == Post.person_id).where(Post.valid_on(question.day))
    if question.with_below:
        below = select(UnitClosure.unit_id).where(
            UnitClosure.ancestor_id == question.unit.id, UnitClosure.valid_on(question.day)
        )
        rows = rows.where(Post.unit_id.in_(below))
    else:
        rows = rows.where(Post.unit_id == question.unit.id)
    if question.role:
        rows = rows.where(Post.role == question.role)
    if question.level:
        rows = rows.where(Post.level == question.level)
    if question.subject_code:
        rows = rows.where(Post.subject_code == question.subject_code)
    return rows


def _ordered(rows: Select[Any]) -> Select[Any]:
    return rows.order_by(Person.sort_name, Person.code, Post.is_main.desc(), Post.id)


def _load(session: Session, ids: Sequence[int]) -> Sequence[Post]:
    rows = select(Post).join(Person, Person.id == Post.person_id).where(Post.id.in_(ids))
    rows = rows.options(contains_eager(Post.person), joinedload(Post.unit).options(selectinload(Unit.names)))
    return session.scalars(_ordered(rows)).all()
