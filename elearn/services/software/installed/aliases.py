"""Names that no title has: what schools report under them, and saying which title they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from elearn.models.installations import Installation, SoftwareAlias
from elearn.models.material import Material
from elearn.services import audit
from elearn.services.access import Action, load_tree, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.software.installed.ages import Releases
from elearn.services.software.installed.names import Names, name_key
from elearn.services.software.installed.scope import within
from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit
    from elearn.services.access import Identity

MOST_SHOWN = 200
MOST_ALIASES = 50


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A program that schools have and the catalogue does not."""

    name: str
    units: int
    machines: int


def unlisted(session: Session, unit: Unit, most: int = MOST_SHOWN) -> Sequence[Unlisted]:
    """What a unit and all below report that is no title of the catalogue, on most machines first."""
    machines = func.sum(Installation.machines)
    rows = (
        select(func.max(Installation.name), func.count(Installation.unit_id.distinct()), machines)
        .where(Installation.is_current, Installation.title_id.is_(None), Installation.machines > 0)
        .where(within(load_tree(session), unit))
        .group_by(Installation.name_key)
        .order_by(machines.desc(), func.max(Installation.name))
        .limit(most)
    )
    return [Unlisted(name, units, int(machines)) for name, units, machines in session.execute(rows)]


def add_alias(session: Session, identity: Identity, title: Material, name: str) -> int:
    """Say that a title is meant by a name; what was reported under it counts for the title. Gives the rows moved.

    Raises:
        ForbiddenError: the identity does not manage the title.
        ServiceError: `alias_nameless`; ConflictError: `alias_taken` (`title`), `alias_most`.
    """
    require(identity, Action.MANAGE_TITLE, title)
    name = one_line(name)[:300]
    key = name_key(name)
    if not key:
        raise ServiceError("alias_nameless")
    tree = load_tree(session)
    meant = Names(session).find(name, tree.ancestors(title.unit_id))
    if meant is not None and name_key(name) in _keys_of(session, meant):
        raise ConflictError("alias_taken", name=name, title=session.get_one(Material, meant).title)
    if len(aliases_of(session, title)) >= MOST_ALIASES:
        raise ConflictError("alias_most", most=MOST_ALIASES)
    alias = SoftwareAlias(title_id=title.id, name=name, name_key=key, created_by_id=identity.account_id)
    session.add(alias)
    session.flush()
    moved = _move(session, title, key)
    audit.record(session, identity, "title.alias", title, name=name, rows=moved)
    return moved


def _keys_of(session: Session, title_id: int) -> set[str]:
    named = select(SoftwareAlias.name_key).where(SoftwareAlias.title_id == title_id)
    return {name_key(session.get_one(Material, title_id).title), *session.scalars(named)}


def _move(session: Session, title: Material, key: str) -> int:
    """Rows under the name, of the units that the title is offered to."""
    tree = load_tree(session)
    reached = tree.below([title.unit_id])
    rows = [
        row
        for row in session.scalars(
            select(Installation).where(
                Installation.is_current, Installation.title_id.is_(None), Installation.name_key == key
            )
        )
        if title.is_public or row.unit_id in reached
    ]
    releases = Releases(session, [title.id])
    for row in rows:
        read = releases.read(title.id, row.version, proof=row.proof)
        row.title_id, row.name_key, row.release_id, row.age = title.id, "", read.release_id, read.age
    session.flush()
    return len(rows)


def aliases_of(session: Session, title: Material) -> Sequence[SoftwareAlias]:
    """The further names of a title, by name."""
    named = select(SoftwareAlias).where(SoftwareAlias.title_id == title.id)
    return session.scalars(named.order_by(SoftwareAlias.name)).all()


def remove_alias(session: Session, identity: Identity, title: Material, uid: str) -> None:
    """Take a name away; what was counted under it stays with the title until it is reported again.

    Raises:
        ForbiddenError: the identity does not manage the title.
        NotFoundError: `alias_not_found`.
    """
    require(identity, Action.MANAGE_TITLE, title)
    alias = session.scalar(select(SoftwareAlias).where(SoftwareAlias.uid == uid, SoftwareAlias.title_id == title.id))
    if alias is None:
        raise NotFoundError("alias_not_found")
    session.delete(alias)
    audit.record(session, identity, "title.unalias", title, name=alias.name)
