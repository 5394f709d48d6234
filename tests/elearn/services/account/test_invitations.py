"""Invitations: one use, two weeks, and no token that works in any row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.models.account import Invitation, Role
from elearn.models.operations import Job
from elearn.services import account
from elearn.services.account.passwords import verify_password
from elearn.services.errors import ForbiddenError, ServiceError

PASSWORD = "một câu dễ nhớ"


@pytest.fixture
def school(world):
    return world.unit("A", world.unit("SO"))


@pytest.fixture
def head(world, school):
    return world.somebody(Role.UNIT_MANAGER, school)


@pytest.fixture
def teacher(world, school):
    teacher = world.account("gv1", email="gv1@example.vn")
    world.grant(teacher, Role.TEACHER, school)
    return teacher


def test_an_invitation_is_accepted_once(session, head, teacher):
    token = account.invite(session, head, teacher)
    assert account.invited_account(session, token) is teacher
    account.accept(session, token, account.hash_password(PASSWORD))
    assert verify_password(teacher.password_hash, PASSWORD)
    assert account.invited_account(session, token) is None
    with pytest.raises(ForbiddenError):
        account.accept(session, token, account.hash_password(PASSWORD))


def test_a_new_invitation_replaces_the_one_before(session, head, teacher):
    first = account.invite(session, head, teacher)
    second = account.invite(session, head, teacher)
    assert account.invited_account(session, first) is None
    assert account.invited_account(session, second) is teacher


def test_an_invitation_ends_after_two_weeks(session, head, teacher):
    token = account.invite(session, head, teacher)
    invitation = session.scalars(select(Invitation)).one()
    invitation.expires_at -= timedelta(days=14, seconds=1)
    session.flush()
    assert account.invited_account(session, token) is None


def test_a_disabled_account_is_invited_no_more(session, head, teacher):
    token = account.invite(session, head, teacher)
    account.disable_account(session, head, teacher)
    assert account.invited_account(session, token) is None


def test_the_row_of_an_invitation_holds_no_token(session, head, teacher):
    token = account.invite(session, head, teacher)
    assert token not in session.scalars(select(Invitation.token_digest)).one()


def test_mail_is_left_to_the_worker_without_a_token(session, head, teacher):
    account.invite_by_mail(session, head, teacher, "https://hoclieu.example.vn")
    job = session.scalars(select(Job).where(Job.kind == "mail_invitation")).one()
    assert job.payload["account_id"] == teacher.id
    assert session.scalars(select(Invitation)).all() == []


def test_mail_needs_an_address(session, head, teacher):
    teacher.email = None
    with pytest.raises(ServiceError) as refused:
        account.invite_by_mail(session, head, teacher, "https://hoclieu.example.vn")
    assert refused.value.code == "email_needed"


def test_accounts_of_a_unit_are_those_with_a_role_a_post_or_a_class_there(world, session, school, head):
    colleague = world.person("Trần Văn Bình")
    world.post(colleague, school)
    pupil = world.person("Lê Thị Cúc")
    world.enrolment(pupil, world.school_class(school))
    there = {world.account("gv2", colleague).login, world.account("hs2", pupil).login}
    world.account("xa")
    found = {row.login for row in account.accounts_of_unit(session, head, school).accounts}
    assert found == there | {head.login}


def test_a_search_finds_only_accounts_within_reach(world, session, school, head, teacher):
    elsewhere = world.account("gv1.b")
    world.grant(elsewhere, Role.TEACHER, world.unit("B", school.parents[0].parent))
    assert account.find_accounts(session, head, "GV1") == [teacher]


@pytest.mark.parametrize("words", ["le thi anh", "LÊ THỊ ÁNH", "ánh", "anh le", "hs07"])
def test_a_search_minds_neither_accents_nor_case_nor_order(world, session, school, head, words):
    pupil = world.person("Lê Thị Ánh", code="HS07")
    world.enrolment(pupil, world.school_class(school))
    sought = world.account("anh.le", pupil, display_name="Lê Thị Ánh")
    assert account.find_accounts(session, head, words) == [sought]


@pytest.mark.parametrize("words", ["%", "_", "\\", "", "   "])
def test_signs_of_patterns_are_taken_as_they_are(session, head, teacher, words):
    assert account.find_accounts(session, head, words) == []
