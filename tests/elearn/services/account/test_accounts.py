"""Accounts, their roles, and the first administrator."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from elearn.clock import now
from elearn.models.account import AuditEvent, Role
from elearn.models.learning import PlaySession
from elearn.services import account
from elearn.services.access import SYSTEM, Action, may
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError


@pytest.fixture
def school(world):
    return world.unit("A", world.unit("SO"))


def create(session, school, login, identity=SYSTEM):
    return account.create_account(session, identity, login=login, display_name="Lan", unit=school)


def test_a_login_is_folded_and_taken_once(session, school):
    assert create(session, school, " Co.Lan ").login == "co.lan"
    assert account.account_by_login(session, "CO.LAN") is not None
    with pytest.raises(ConflictError, match="account_login_taken"):
        create(session, school, "CO.lan")


@pytest.mark.parametrize("login", ["", "a", "cô lan", "-lan", "lan/../x", "x" * 65, "<b>lan"])
def test_a_login_has_a_plain_form(session, school, login):
    with pytest.raises(ServiceError, match="account_login_form"):
        create(session, school, login)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.UNIT_MANAGER])
def test_whoever_manages_the_unit_creates_accounts(world, session, school, role):
    create(session, school, "mot", world.somebody(role, school))


@pytest.mark.parametrize("role", [Role.TEACHER, Role.REVIEWER, Role.INSPECTOR, Role.STUDENT])
def test_nobody_else_creates_accounts(world, session, school, role):
    with pytest.raises(ForbiddenError):
        create(session, school, "hai", world.somebody(role, school))


def test_an_account_for_a_person_needs_power_over_the_person(world, session, school):
    elsewhere = world.unit("B", school.parents[0].parent)
    person = world.person()
    world.post(person, elsewhere)
    with pytest.raises(ForbiddenError):
        account.create_account(
            session,
            world.somebody(Role.UNIT_MANAGER, school),
            login="muon",
            display_name="",
            unit=school,
            person=person,
        )


def test_a_role_is_granted_once_and_revoked_without_being_forgotten(world, session, school):
    teacher = world.account("gv")
    grant = account.grant_role(session, SYSTEM, teacher, Role.TEACHER, school)
    assert account.grant_role(session, SYSTEM, teacher, Role.TEACHER, school) is grant
    assert may(world.identity(teacher), Action.CONTRIBUTE, school)
    account.revoke_role(session, SYSTEM, grant)
    assert not may(world.identity(teacher), Action.CONTRIBUTE, school)
    assert account.grants_of(session, teacher) == []
    actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_uid == teacher.uid)).all()
    assert actions == ["role.grant", "role.revoke"]


def test_nobody_grants_more_than_their_scope(world, session, school):
    administrator = world.somebody(Role.ADMINISTRATOR, school)
    root = school.parents[0].parent
    with pytest.raises(ForbiddenError):
        account.grant_role(session, administrator, world.account("ban"), Role.ADMINISTRATOR, root)


def test_signing_out_everywhere_ends_players_too(world, session, school):
    pupil = world.account("hs")
    page = world.add(
        PlaySession(
            attempt_id=world.attempt(pupil, world.material(school, world.account("maker"))).id,
            account_id=pupil.id,
            code_digest="c" * 64,
            code_expires_at=now(),
            expires_at=now() + timedelta(hours=1),
        )
    )
    account.disable_account(session, SYSTEM, pupil)
    session.refresh(page)
    assert page.ended_at is not None


def test_the_set_up_link_makes_one_administrator(session):
    token = account.make_setup_token(session)
    assert account.setup_token_holds(session, token)
    made = account.use_setup_token(session, token, login="quantri", display_name="Quản trị", password_hash="x")
    assert account.administrator_exists(session)
    assert account.grants_of(session, made)[0].role is Role.ADMINISTRATOR
    with pytest.raises(ForbiddenError, match="setup_expired"):
        account.use_setup_token(session, token, login="hai", display_name="Hai", password_hash="x")
    assert account.make_setup_token(session) is None


def test_a_set_up_link_is_good_for_a_day_and_only_the_newest(session):
    with time_machine.travel("2026-11-20 08:00:00+07:00", tick=False) as clock:
        first = account.make_setup_token(session)
        second = account.make_setup_token(session)
        assert not account.setup_token_holds(session, first)
        assert account.setup_token_holds(session, second)
        assert not account.setup_token_holds(session, "guessed")
        clock.shift(timedelta(hours=24))
        assert not account.setup_token_holds(session, second)


def test_a_manager_hands_out_everyday_roles_only(world, session, school):
    head = world.somebody(Role.UNIT_MANAGER, school)
    account.grant_role(session, head, world.account("gv2"), Role.TEACHER, school)
    with pytest.raises(ForbiddenError):
        account.grant_role(session, head, world.account("pho"), Role.UNIT_MANAGER, school)


def test_a_manager_takes_over_no_account_with_a_higher_role(world, session, school):
    head = world.somebody(Role.UNIT_MANAGER, school)
    above = world.account("quantri")
    world.grant(above, Role.ADMINISTRATOR, school)
    for act in (account.disable_account, account.invite, account.enable_account):
        with pytest.raises(ForbiddenError):
            act(session, head, above)


def test_an_account_of_another_school_gets_no_role_here(world, session, school):
    elsewhere = world.unit("B", school.parents[0].parent)
    foreign = world.account("gv.b")
    world.grant(foreign, Role.TEACHER, elsewhere)
    with pytest.raises(ForbiddenError):
        account.grant_role(session, world.somebody(Role.UNIT_MANAGER, school), foreign, Role.TEACHER, school)


def test_the_last_administrator_keeps_the_role(world, session, school):
    only = world.account("mot.minh")
    grant = world.grant(only, Role.ADMINISTRATOR, school.parents[0].parent)
    itself = world.identity(only)
    with pytest.raises(ConflictError) as refused:
        account.revoke_role(session, itself, grant)
    assert refused.value.code == "role_last_administrator"
    world.grant(world.account("hai"), Role.ADMINISTRATOR, school.parents[0].parent)
    account.revoke_role(session, itself, grant)


def test_nobody_disables_the_own_account(world, session, school):
    only = world.account("tu.khoa")
    world.grant(only, Role.ADMINISTRATOR, school)
    with pytest.raises(ConflictError):
        account.disable_account(session, world.identity(only), only)
