"""The one permission table: each action with the rule that allows it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from elearn.models.account import Role
from elearn.models.material import Material, Status
from elearn.services.access.reach import over_all, over_any, owns
from elearn.services.access.visibility import OVERSEERS, sees_material
from elearn.services.errors import ForbiddenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from elearn.services.access.identity import Identity

    Rule = Callable[[Identity, Any], bool]


class Action(StrEnum):
    """What somebody may be allowed to do; the kind of thing it is done to stands beside it."""

    ADMINISTER = "administer"  # None (the whole house), Unit, Account: settings, accounts, roles
    MANAGE_UNIT = "manage_unit"  # Unit, Person, SchoolClass: the tree below, people, classes
    SEE_REGISTER = "see_register"  # Unit, Person, SchoolClass
    CONTRIBUTE = "contribute"  # Unit: add materials there
    SEE_MATERIAL = "see_material"
    EDIT_MATERIAL = "edit_material"
    SUBMIT_MATERIAL = "submit_material"
    REVIEW_MATERIAL = "review_material"
    WITHDRAW_MATERIAL = "withdraw_material"
    DOWNLOAD_MATERIAL = "download_material"
    PLAY_MATERIAL = "play_material"
    SEE_USAGE = "see_usage"  # Unit, Person, Material: who used what
    SEE_ATTEMPT = "see_attempt"
    INSPECT = "inspect"  # Unit: evidence and audit


MANAGERS = frozenset({Role.ADMINISTRATOR, Role.UNIT_MANAGER})
REVIEWERS = MANAGERS | {Role.REVIEWER}
AUTHORS = REVIEWERS | {Role.TEACHER}
WATCHERS = MANAGERS | {Role.INSPECTOR}


def _any(*rules: Rule) -> Rule:
    return lambda identity, thing: any(rule(identity, thing) for rule in rules)


def _all(*rules: Rule) -> Rule:
    return lambda identity, thing: all(rule(identity, thing) for rule in rules)


def _is(*states: Status) -> Rule:
    return lambda _identity, material: material.status in states


def _signed_in(identity: Identity, _thing: Any) -> bool:
    return not identity.is_anonymous


def _independent(identity: Identity, material: Material) -> bool:
    """Nobody reviews what they made, whatever other role they hold and with whichever of their accounts."""
    makers = [version.created_by for version in material.versions]
    makers += [] if material.owner is None else [material.owner]
    accounts = {material.owner_id, *(maker.id for maker in makers)}
    persons = {maker.person_id for maker in makers} - {None}
    return identity.account_id not in accounts and identity.person_id not in persons


TABLE: Mapping[Action, Rule] = {
    Action.ADMINISTER: over_all({Role.ADMINISTRATOR}),
    Action.MANAGE_UNIT: over_all(MANAGERS),
    Action.SEE_REGISTER: _any(owns, over_any(WATCHERS)),
    Action.CONTRIBUTE: over_all(AUTHORS),
    Action.SEE_MATERIAL: sees_material,
    Action.EDIT_MATERIAL: _any(_all(owns, _is(Status.DRAFT)), over_all(MANAGERS)),
    Action.SUBMIT_MATERIAL: _all(owns, _is(Status.DRAFT)),
    Action.REVIEW_MATERIAL: _all(over_all(REVIEWERS), _is(Status.SUBMITTED), _independent),
    Action.WITHDRAW_MATERIAL: _all(_any(owns, over_all(REVIEWERS)), _is(Status.PUBLISHED)),
    Action.DOWNLOAD_MATERIAL: sees_material,
    Action.PLAY_MATERIAL: _all(_signed_in, sees_material),
    Action.SEE_USAGE: _any(owns, over_any(OVERSEERS)),
    Action.SEE_ATTEMPT: _any(owns, over_any(WATCHERS)),
    Action.INSPECT: over_all(WATCHERS),
}


def may(identity: Identity, action: Action, thing: Any = None) -> bool:
    """Whether the identity may do the action to the thing (None: the whole house)."""
    return identity.is_system or TABLE[action](identity, thing)


def require(identity: Identity, action: Action, thing: Any = None) -> None:
    """Refuse what is not allowed.

    Raises:
        ForbiddenError: code `may_not`.
    """
    if not may(identity, action, thing):
        raise ForbiddenError("may_not", action=action.value)
