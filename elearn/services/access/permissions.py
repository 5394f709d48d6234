"""The one permission table: each action with the rule that allows it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from elearn.models.account import Account, Role
from elearn.models.material import Material, ReviewStep, Status
from elearn.services.access.reach import over_all, over_any, owns, teaches
from elearn.services.access.visibility import OVERSEERS, sees_material
from elearn.services.errors import ForbiddenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from elearn.services.access.identity import Identity

    Rule = Callable[[Identity, Any], bool]


class Action(StrEnum):
    """What somebody may be allowed to do; the kind of thing it is done to stands beside it."""

    ADMINISTER = "administer"  # None (the whole house), Unit, Account: settings, accounts, roles
    INVITE = "invite"  # Unit: accounts of people there, and the roles of a school's everyday
    MANAGE_ACCOUNT = "manage_account"  # Account: invite again, new password, disable
    MANAGE_UNIT = "manage_unit"  # Unit, Person, SchoolClass: the tree below, people, classes
    SEE_REGISTER = "see_register"  # Unit, Person, SchoolClass
    CONTRIBUTE = "contribute"  # Unit: add materials there
    SEE_MATERIAL = "see_material"
    EDIT_MATERIAL = "edit_material"
    CHANGE_FILE = "change_file"  # Material: a new version, or an earlier one again
    ACCEPT_VERSION = "accept_version"  # Material: decide about a version that waits
    SUBMIT_MATERIAL = "submit_material"
    REVIEW_MATERIAL = "review_material"
    WITHDRAW_MATERIAL = "withdraw_material"
    DELETE_MATERIAL = "delete_material"
    DOWNLOAD_MATERIAL = "download_material"
    PLAY_MATERIAL = "play_material"
    MANAGE_TITLE = "manage_title"  # Material of kind software: its place in the catalogue, its releases
    SEE_SPENDING = "see_spending"  # Unit: what its software costs
    SET_PLAY_OPTIONS = "set_play_options"  # Material: how the player treats it
    SEE_USAGE = "see_usage"  # Unit, Person, Material: who used what
    SEE_ATTEMPT = "see_attempt"
    INSPECT = "inspect"  # Unit: evidence and audit
    SEE_ACT = "see_act"  # UsageAct: its evidence
    JUDGE_ACT = "judge_act"  # UsageAct: void it, restore it
    CREATE_COURSE = "create_course"  # Unit: make courses there
    SEE_COURSE = "see_course"  # Course: its contents and how its learners do; learners have their own page
    EDIT_COURSE = "edit_course"  # Course: its contents
    TEACH_COURSE = "teach_course"  # Course: feedback, grades, resets
    RUN_COURSE = "run_course"  # Course: its classes, its teachers, its end


MANAGERS = frozenset({Role.ADMINISTRATOR, Role.UNIT_MANAGER})
REVIEWERS = MANAGERS | {Role.REVIEWER}
AUTHORS = REVIEWERS | {Role.TEACHER}
WATCHERS = MANAGERS | {Role.INSPECTOR}


# What a unit manager may hand out; the others only an administrator can.
EVERYDAY_ROLES = frozenset({Role.TEACHER, Role.STUDENT, Role.REVIEWER})


def _any(*rules: Rule) -> Rule:
    return lambda identity, thing: any(rule(identity, thing) for rule in rules)


def _all(*rules: Rule) -> Rule:
    return lambda identity, thing: all(rule(identity, thing) for rule in rules)


def _is(*states: Status) -> Rule:
    return lambda _identity, material: material.status in states


def _everyday(_identity: Identity, account: Account) -> bool:
    """Nobody who only manages a unit takes over the account of a manager, an inspector or an administrator."""
    return all(grant.role in EVERYDAY_ROLES for grant in account.grants if grant.revoked_at is None)


def _signed_in(identity: Identity, _thing: Any) -> bool:
    return not identity.is_anonymous


def _of_somebody_else(identity: Identity, thing: Any) -> bool:
    return not owns(identity, thing)


def _unseen_by_others(_identity: Identity, material: Material) -> bool:
    """Nobody has taken a step with it: it was neither submitted nor edited by somebody else."""
    return not material.steps


def is_maker(identity: Identity, material: Material) -> bool:
    """Whether a material is the identity's work: as owner, co-author or uploader, with whichever of its accounts.

    Who has an earlier file offered again has uploaded nothing.
    """
    makers = [version.created_by for version in material.versions if version.restored_from is None]
    makers += [] if material.owner is None else [material.owner]
    accounts = {material.owner_id, *(maker.id for maker in makers)}
    persons = {maker.person_id for maker in makers}
    persons |= {named.person_id for named in material.co_authors if named.declined_at is None}
    return identity.account_id in accounts or identity.person_id in persons - {None}


def has_edited(identity: Identity, material: Material) -> bool:
    """Whether the identity has changed what is said of a material since it was last published."""
    for step in reversed(material.steps):
        if step.step is ReviewStep.PUBLISHED:
            return False
        same_person = identity.person_id is not None and step.account.person_id == identity.person_id
        if step.step is ReviewStep.EDITED and (same_person or step.account_id == identity.account_id):
            return True
    return False


def is_independent(identity: Identity, material: Material) -> bool:
    """Nobody reviews what they made or rewrote, whatever other role they hold."""
    return not (is_maker(identity, material) or has_edited(identity, material))


TABLE: Mapping[Action, Rule] = {
    Action.ADMINISTER: over_all({Role.ADMINISTRATOR}),
    Action.INVITE: over_all(MANAGERS),
    Action.MANAGE_ACCOUNT: _any(over_all({Role.ADMINISTRATOR}), _all(over_all(MANAGERS), _everyday)),
    Action.MANAGE_UNIT: over_all(MANAGERS),
    Action.SEE_REGISTER: _any(owns, over_any(WATCHERS)),
    Action.CONTRIBUTE: over_all(AUTHORS),
    Action.SEE_MATERIAL: sees_material,
    # Not what was withdrawn: it is kept as evidence. docs/decisions/0011 says why authors edit what is published.
    Action.EDIT_MATERIAL: _any(
        _all(owns, _is(Status.DRAFT, Status.PUBLISHED)),
        _all(over_all(MANAGERS), _is(Status.DRAFT, Status.SUBMITTED, Status.PUBLISHED)),
    ),
    # Not what reviewers look at: they approve the files that they have seen.
    Action.CHANGE_FILE: _all(_any(owns, over_all(MANAGERS)), _is(Status.DRAFT, Status.PUBLISHED)),
    Action.ACCEPT_VERSION: _all(over_all(REVIEWERS), _is(Status.PUBLISHED), is_independent),
    Action.SUBMIT_MATERIAL: _all(owns, _is(Status.DRAFT)),
    Action.REVIEW_MATERIAL: _all(over_all(REVIEWERS), _is(Status.SUBMITTED), is_independent),
    Action.WITHDRAW_MATERIAL: _any(
        _all(owns, _is(Status.DRAFT, Status.PUBLISHED)),
        _all(over_all(REVIEWERS), _is(Status.PUBLISHED)),
    ),
    Action.DELETE_MATERIAL: _all(owns, _is(Status.DRAFT), _unseen_by_others),
    Action.DOWNLOAD_MATERIAL: sees_material,
    Action.PLAY_MATERIAL: _all(_signed_in, sees_material),
    Action.MANAGE_TITLE: _all(over_all(MANAGERS), _is(Status.DRAFT, Status.SUBMITTED, Status.PUBLISHED)),
    Action.SEE_SPENDING: over_any(WATCHERS),
    Action.SET_PLAY_OPTIONS: _any(owns, over_all(REVIEWERS)),
    Action.SEE_USAGE: _any(owns, over_any(OVERSEERS)),
    Action.SEE_ATTEMPT: _any(owns, over_any(WATCHERS)),
    Action.INSPECT: over_all(WATCHERS),
    Action.SEE_ACT: _any(owns, over_any(WATCHERS)),
    # Never one's own act, whatever role one holds: INDICATORS, anti-gaming 4.
    Action.JUDGE_ACT: _all(over_all(MANAGERS), _of_somebody_else),
    Action.CREATE_COURSE: over_all(MANAGERS | {Role.TEACHER}),
    Action.SEE_COURSE: _any(teaches, over_any(WATCHERS)),
    Action.EDIT_COURSE: teaches,
    Action.TEACH_COURSE: teaches,
    Action.RUN_COURSE: _any(teaches, over_all(MANAGERS)),
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
