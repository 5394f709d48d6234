"""Co-authors of a material: named by its author while it is a draft, confirmed or declined by the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from elearn.clock import now
from elearn.database import day_of
from elearn.identifiers import is_uid
from elearn.models.material import CoAuthor, Material, Status
from elearn.models.organisation import Unit
from elearn.models.people import Person, Post, PostRole
from elearn.services import audit, review
from elearn.services.access import Action, require
from elearn.services.access.reach import owns
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.indexing import mark_changed
from elearn.services.reports.ruleset import rules_on
from search_index.vietnamese import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.services.access import Identity

SHORTEST_QUESTION = 2
MOST_FOUND = 12


def candidates(session: Session, identity: Identity, material: Material, text: str) -> list[Person]:
    """People whom the author may name: of the register of the same unit and above, by name or by code.

    Accents may be left out, and the last word may break off. Too short a question finds nobody: the register is
    not a list to read through.

    Raises:
        ForbiddenError: the identity is not the author of a draft.
    """
    require(identity, Action.SUBMIT_MATERIAL, material)
    wanted = _plain(text)
    if len(wanted) < SHORTEST_QUESTION:
        return []
    left_out = {named.person_id for named in material.co_authors} | {material.owner.person_id}
    found = session.scalars(_colleagues(session, identity, material).order_by(Person.sort_name, Person.code))
    fitting = (row for row in found if row.id not in left_out and _fits(row, wanted))
    return [person for person, _ in zip(fitting, range(MOST_FOUND), strict=False)]


def _fits(person: Person, wanted: str) -> bool:
    return f" {wanted}" in f" {_plain(person.full_name)}" or person.code.casefold().startswith(wanted)


def _plain(text: str) -> str:
    return " ".join(fold(text.casefold()).split())


def _colleagues(session: Session, identity: Identity, material: Material) -> Select[Person]:
    units = identity.tree.ancestors(material.unit_id)
    working = select(Post.person_id).where(
        Post.unit_id.in_(units), Post.valid_on(day_of(session)), Post.role != PostRole.STAFF
    )
    return select(Person).where(Person.id.in_(working))


def name(session: Session, identity: Identity, material: Material, person_uid: str) -> CoAuthor:
    """Name somebody as co-author; it counts for nothing until the person confirms.

    Raises:
        ForbiddenError: the identity is not the author.
        ConflictError: `coauthor_not_draft`, `coauthor_named_already`, `coauthor_declined`, `coauthor_too_many`.
        ServiceError: `coauthor_is_author`.
        NotFoundError: `coauthor_person_not_found`; not in the register of the unit or above.
    """
    _hold_own_draft(session, identity, material)
    query = _colleagues(session, identity, material).where(Person.uid == person_uid)
    person = session.scalar(query) if is_uid(person_uid) else None
    if person is None:
        raise NotFoundError("coauthor_person_not_found")
    if person.id == material.owner.person_id:
        raise ServiceError("coauthor_is_author", person=person.full_name)
    _refuse_second(material, person)
    most = rules_on(session, day_of(session)).authors
    if sum(named.declined_at is None for named in material.co_authors) >= most:
        raise ConflictError("coauthor_too_many", most=most)
    row = CoAuthor(material_id=material.id, person_id=person.id)
    session.add(row)
    _changed(session, identity, material, "material.coauthor.name", person)
    return row


def _refuse_second(material: Material, person: Person) -> None:
    for named in material.co_authors:
        if named.person_id == person.id:
            code = "coauthor_named_already" if named.declined_at is None else "coauthor_declined"
            raise ConflictError(code, person=person.full_name)


def remove(session: Session, identity: Identity, material: Material, person_uid: str) -> None:
    """Take a name back before the material is submitted; a refusal stays, lest the person be asked again and again.

    Raises:
        ForbiddenError: the identity is not the author.
        ConflictError: `coauthor_not_draft`, `coauthor_declined`.
        NotFoundError: `coauthor_person_not_found`; nobody of that uid is named.
    """
    _hold_own_draft(session, identity, material)
    named = next((row for row in material.co_authors if row.person.uid == person_uid), None)
    if named is None:
        raise NotFoundError("coauthor_person_not_found")
    if named.declined_at is not None:
        raise ConflictError("coauthor_declined", person=named.person.full_name)
    person = named.person
    session.delete(named)
    _changed(session, identity, material, "material.coauthor.remove", person)


def _hold_own_draft(session: Session, identity: Identity, material: Material) -> None:
    review.hold(session, material)
    session.expire(material, ["co_authors"])
    if not owns(identity, material):
        raise ForbiddenError("may_not", action=Action.SUBMIT_MATERIAL.value)
    if material.status is not Status.DRAFT:
        raise ConflictError("coauthor_not_draft")


def _changed(session: Session, identity: Identity, material: Material, action: str, person: Person) -> None:
    session.flush()
    session.expire(material, ["co_authors"])
    audit.record(session, identity, action, material, person=person.code)
    mark_changed(session, material)


def waiting_for(session: Session, identity: Identity) -> Sequence[CoAuthor]:
    """Where the identity's person is named and has not answered, oldest first, each with its `material`'s owner."""
    if identity.person_id is None:
        return []
    query = _unanswered(identity).order_by(CoAuthor.id)
    return session.scalars(query).all()


def materials_of(session: Session, rows: Sequence[CoAuthor]) -> dict[int, Material]:
    """Material id -> the material of a row of co-authors, with its unit and owner."""
    query = (
        select(Material)
        .where(Material.id.in_([row.material_id for row in rows]))
        .options(joinedload(Material.unit).selectinload(Unit.names), joinedload(Material.owner))
        .options(selectinload(Material.levels))
    )
    return {material.id: material for material in session.scalars(query).unique()} if rows else {}


def _unanswered(identity: Identity) -> Select[CoAuthor]:
    return (
        select(CoAuthor)
        .join(Material, Material.id == CoAuthor.material_id)
        .where(
            CoAuthor.person_id == identity.person_id,
            CoAuthor.confirmed_at.is_(None),
            CoAuthor.declined_at.is_(None),
            Material.status != Status.WITHDRAWN,
        )
    )


def answer(session: Session, identity: Identity, material_uid: str, *, confirms: bool) -> Material:
    """Confirm or decline being a co-author, once; gives the material. The page records what a confirmation makes due.

    Raises:
        NotFoundError: `coauthor_not_found`; nobody named the identity's person, or the name was taken back.
        ConflictError: `coauthor_answered`.
    """
    query = (
        select(CoAuthor, Material)
        .join(Material, Material.id == CoAuthor.material_id)
        .where(Material.uid == material_uid, CoAuthor.person_id == identity.person_id)
        .where(Material.status != Status.WITHDRAWN)
        .with_for_update()
    )
    is_asked = is_uid(material_uid) and identity.person_id is not None
    found = session.execute(query).one_or_none() if is_asked else None
    if found is None:
        raise NotFoundError("coauthor_not_found")
    row, material = found
    session.refresh(row)
    if row.confirmed_at is not None or row.declined_at is not None:
        raise ConflictError("coauthor_answered")
    if confirms:
        row.confirmed_at = now()
    else:
        row.declined_at = now()
    _changed(session, identity, material, f"material.coauthor.{'confirm' if confirms else 'decline'}", row.person)
    return material
