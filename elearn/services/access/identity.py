"""Whoever asks: an account with its roles and its units, as of today."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select, union

from elearn.models.account import Account, Role, RoleGrant
from elearn.models.people import Enrolment, Post, SchoolClass
from elearn.services.access.tree import EMPTY, Tree, load_tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a unit; it reaches that unit and all below it."""

    role: Role
    unit_id: int


@dataclass(frozen=True, slots=True)
class Identity:
    """Whoever asks. `home_units` are the units of the grants and of today's posts and enrolments.

    `within` is the unit for which a learning platform speaks, when somebody comes from one; its word counts there only.
    """

    account_id: int | None
    uid: str
    login: str
    name: str
    locale: str | None
    person_id: int | None
    grants: tuple[Grant, ...] = ()
    home_units: frozenset[int] = frozenset()
    tree: Tree = field(default=EMPTY, compare=False, repr=False)
    is_system: bool = False
    within: int | None = None

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is signed in."""
        return self.account_id is None and not self.is_system

    def units_of(self, roles: Iterable[Role]) -> frozenset[int]:
        """The units at which one of the roles was granted."""
        wanted = frozenset(roles)
        return frozenset(grant.unit_id for grant in self.grants if grant.role in wanted)

    def reaches(self, roles: Iterable[Role], unit_id: int) -> bool:
        """Whether one of the roles was granted at the unit or above it."""
        return not self.units_of(roles).isdisjoint(self.tree.ancestors(unit_id))


ANONYMOUS = Identity(account_id=None, uid="", login="", name="", locale=None, person_id=None)

# The operator of the machine: the command line, the worker and the demo act as this; a page never does.
SYSTEM = Identity(account_id=None, uid="", login="", name="elearn", locale=None, person_id=None, is_system=True)


def load_identity(session: Session, account_id: int | None, day: date | None = None) -> Identity:
    """The identity of an account on a day (default: today); anonymous when it is unknown or disabled."""
    account = session.get(Account, account_id) if account_id is not None else None
    if account is None or account.disabled_at is not None:
        return ANONYMOUS
    tree = load_tree(session, day)
    held = select(RoleGrant.role, RoleGrant.unit_id).where(
        RoleGrant.account_id == account.id, RoleGrant.revoked_at.is_(None)
    )
    grants = tuple(Grant(Role(role), unit_id) for role, unit_id in session.execute(held.order_by(RoleGrant.id)))
    homes = frozenset(grant.unit_id for grant in grants) | _units_of_person(session, account.person_id, tree.day)
    return Identity(
        account_id=account.id,
        uid=account.uid,
        login=account.login or "",
        name=account.display_name,
        locale=account.locale,
        person_id=account.person_id,
        grants=grants,
        home_units=homes,
        tree=tree,
    )


def _units_of_person(session: Session, person_id: int | None, day: date | None) -> frozenset[int]:
    if person_id is None or day is None:
        return frozenset()
    works = select(Post.unit_id).where(Post.person_id == person_id, Post.valid_on(day))
    learns = select(SchoolClass.unit_id).join(Enrolment, Enrolment.class_id == SchoolClass.id)
    learns = learns.where(Enrolment.person_id == person_id, Enrolment.valid_on(day))
    return frozenset(session.scalars(union(works, learns)))
