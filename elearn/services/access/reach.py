"""To which units a thing belongs, whose it is, and whether a role reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from elearn.models.account import Account, Role
from elearn.models.course import Course
from elearn.models.learning import Attempt
from elearn.models.material import Material
from elearn.models.organisation import Unit
from elearn.models.people import Person, SchoolClass
from elearn.models.usage import UsageAct

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from elearn.services.access.identity import Identity

    Rule = Callable[[Identity, Any], bool]

_OWN_WORK = frozenset({Role.TEACHER, Role.STUDENT})  # roles that decide nothing over others


def units_of(thing: Any, day: date) -> frozenset[int]:
    """The units a thing belongs to on a day."""
    match thing:
        case Unit():
            return frozenset({thing.id})
        case Material() | SchoolClass() | Course():
            return frozenset({thing.unit_id})
        case Person():
            return _units_of_person(thing, day)
        case UsageAct():
            return frozenset() if thing.unit_id is None else frozenset({thing.unit_id})
        case Account():
            granted = frozenset(grant.unit_id for grant in thing.grants if grant.revoked_at is None)
            return granted | (_units_of_person(thing.person, day) if thing.person else frozenset())
        case Attempt():
            return units_of(thing.registration.account, day)
        case _:
            raise TypeError(f"no permission rule knows a {type(thing).__name__}")


def _units_of_person(person: Person, day: date) -> frozenset[int]:
    works = {post.unit_id for post in person.posts if post.holds_on(day)}
    learns = {enrolment.school_class.unit_id for enrolment in person.enrolments if enrolment.holds_on(day)}
    return frozenset(works | learns)


def answering_units(thing: Any, day: date) -> frozenset[int]:
    """The units that answer for a thing on a day, all of them together.

    For a person that is the unit of the main post alone, and an account goes with its person: a second post or a
    lesson given elsewhere takes nothing from the head of the main unit. Without a main post every unit counts.
    """
    match thing:
        case Person():
            return _main_units(thing, day) or _units_of_person(thing, day)
        case Account():
            main = _main_units(thing.person, day) if thing.person else frozenset()
            return main | _units_of_power(thing) if main else units_of(thing, day)
        case _:
            return units_of(thing, day)


def _main_units(person: Person, day: date) -> frozenset[int]:
    return frozenset(post.unit_id for post in person.posts if post.is_main and post.holds_on(day))


def _units_of_power(account: Account) -> frozenset[int]:
    """Where an account decides over others: whoever takes it over decides there too."""
    held = (grant for grant in account.grants if grant.revoked_at is None)
    return frozenset(grant.unit_id for grant in held if grant.role not in _OWN_WORK)


def over_all(roles: Collection[Role]) -> Rule:
    """One of the roles reaches every unit that answers for the thing; what belongs to none needs a role at a root.

    A thing with a foot outside the scope is out of reach: else the administrator of a school could take
    over the account of an officer of the department who also teaches there.
    """

    def rule(identity: Identity, thing: Any) -> bool:
        units = _units(identity, thing, answering_units)
        if not units:
            return _over_house(identity, roles)
        return all(identity.reaches(roles, unit_id) for unit_id in units)

    return rule


def over_any(roles: Collection[Role]) -> Rule:
    """One of the roles reaches at least one unit of the thing; what belongs to no unit needs a role at a root."""

    def rule(identity: Identity, thing: Any) -> bool:
        units = _units(identity, thing)
        if not units:
            return _over_house(identity, roles)
        return any(identity.reaches(roles, unit_id) for unit_id in units)

    return rule


def _over_house(identity: Identity, roles: Collection[Role]) -> bool:
    return any(identity.tree.is_root(unit_id) for unit_id in identity.units_of(roles))


def owns(identity: Identity, thing: Any) -> bool:
    """The thing is the identity's own."""
    if identity.account_id is None:
        return False
    mine = False
    match thing:
        case Material():
            mine = thing.owner_id == identity.account_id
        case Attempt():
            mine = thing.registration.account_id == identity.account_id
        case Account():
            mine = thing.id == identity.account_id
        case Person():
            mine = thing.id == identity.person_id
        case UsageAct():  # with whichever account of the person it was done
            same_person = thing.person_id is not None and thing.person_id == identity.person_id
            mine = same_person or thing.account_id == identity.account_id
    return mine


def teaches(identity: Identity, thing: Any) -> bool:
    """The thing is a course that the identity teaches, and the identity still belongs to the course's unit.

    Whoever has left the school keeps the name on the course, but sees its learners no more.
    """
    if not isinstance(thing, Course) or identity.account_id is None:
        return False
    here = any(thing.unit_id in identity.tree.ancestors(unit_id) for unit_id in identity.home_units)
    return here and any(row.account_id == identity.account_id for row in thing.teachers)


def _units(
    identity: Identity, thing: Any, belonging: Callable[[Any, date], frozenset[int]] = units_of
) -> frozenset[int]:
    if thing is None or identity.tree.day is None:
        return frozenset()
    return belonging(thing, identity.tree.day)
