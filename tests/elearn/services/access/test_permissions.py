"""The permission table, row by row."""

import pytest

from elearn.clock import now
from elearn.models.account import Role
from elearn.models.material import CoAuthor, Status
from elearn.services.access import ANONYMOUS, SYSTEM, TABLE, Action, may, require
from elearn.services.errors import ForbiddenError

EVERY_ROLE = frozenset(Role)


@pytest.fixture
def province(world):
    """A department with two schools."""
    province = world
    province.root = world.unit("SO")
    province.school = world.unit("A", province.root)
    province.other_school = world.unit("B", province.root)
    return province


@pytest.mark.parametrize(
    ("action", "allowed"),
    [
        (Action.ADMINISTER, {Role.ADMINISTRATOR}),
        (Action.MANAGE_UNIT, {Role.ADMINISTRATOR, Role.UNIT_MANAGER}),
        (Action.SEE_REGISTER, {Role.ADMINISTRATOR, Role.UNIT_MANAGER, Role.INSPECTOR}),
        (Action.CONTRIBUTE, {Role.ADMINISTRATOR, Role.UNIT_MANAGER, Role.REVIEWER, Role.TEACHER}),
        (Action.SEE_USAGE, {Role.ADMINISTRATOR, Role.UNIT_MANAGER, Role.REVIEWER, Role.INSPECTOR}),
        (Action.INSPECT, {Role.ADMINISTRATOR, Role.UNIT_MANAGER, Role.INSPECTOR}),
    ],
)
def test_an_action_on_a_unit_is_for_these_roles_there_and_above_and_nowhere_else(province, action, allowed):
    for role in EVERY_ROLE:
        at_school = province.somebody(role, province.school)
        at_root = province.somebody(role, province.root)
        at_other = province.somebody(role, province.other_school)
        assert may(at_school, action, province.school) is (role in allowed), role
        assert may(at_root, action, province.school) is (role in allowed), role
        assert not may(at_other, action, province.school), role
        assert not may(at_school, action, province.root), role


@pytest.mark.parametrize("action", list(Action))
def test_every_action_has_its_row_in_the_table(action):
    assert action in TABLE


def test_the_whole_house_is_administered_only_from_a_root(province):
    assert may(province.somebody(Role.ADMINISTRATOR, province.root), Action.ADMINISTER)
    assert not may(province.somebody(Role.ADMINISTRATOR, province.school), Action.ADMINISTER)
    assert not may(province.somebody(Role.UNIT_MANAGER, province.root), Action.ADMINISTER)


def test_an_account_with_a_role_outside_the_scope_is_out_of_reach(province):
    school_administrator = province.somebody(Role.ADMINISTRATOR, province.school)
    officer = province.account("officer")
    province.grant(officer, Role.TEACHER, province.school)
    assert may(school_administrator, Action.ADMINISTER, officer)
    province.grant(officer, Role.ADMINISTRATOR, province.root)
    province.session.expire(officer)
    assert not may(school_administrator, Action.ADMINISTER, officer)


def test_an_account_of_no_unit_is_administered_from_the_root(province):
    nobody = province.account("nobody")
    assert may(province.somebody(Role.ADMINISTRATOR, province.root), Action.ADMINISTER, nobody)
    assert not may(province.somebody(Role.ADMINISTRATOR, province.school), Action.ADMINISTER, nobody)


def test_a_person_is_managed_where_the_post_is_today(province):
    person = province.person()
    province.post(person, province.school)
    assert may(province.somebody(Role.UNIT_MANAGER, province.school), Action.MANAGE_UNIT, person)
    assert not may(province.somebody(Role.UNIT_MANAGER, province.other_school), Action.MANAGE_UNIT, person)


@pytest.fixture
def lent(province):
    """The account of a teacher of `school` who also gives lessons at `other_school`."""
    person = province.person()
    province.post(person, province.school)
    province.post(person, province.other_school, is_main=False)
    account = province.account("lent", person)
    for unit in (province.school, province.other_school):
        province.grant(account, Role.TEACHER, unit)
    return account


def test_whoever_has_a_second_post_is_managed_where_the_main_post_is(province, lent):
    for role in (Role.UNIT_MANAGER, Role.ADMINISTRATOR):
        for unit, manages in ((province.school, True), (province.root, True), (province.other_school, False)):
            somebody = province.somebody(role, unit)
            assert may(somebody, Action.MANAGE_ACCOUNT, lent) is manages, (role, unit.code)
            assert may(somebody, Action.MANAGE_UNIT, lent.person) is manages, (role, unit.code)


@pytest.mark.parametrize("role", sorted(EVERY_ROLE - {Role.TEACHER, Role.STUDENT}))
def test_a_role_over_others_elsewhere_keeps_an_account_from_the_head_of_the_main_unit(province, lent, role):
    province.grant(lent, role, province.other_school)
    province.session.expire(lent)
    assert not may(province.somebody(Role.ADMINISTRATOR, province.school), Action.MANAGE_ACCOUNT, lent)
    assert may(province.somebody(Role.ADMINISTRATOR, province.root), Action.MANAGE_ACCOUNT, lent)


def test_without_a_main_post_every_unit_of_an_account_must_be_within_reach(province, lent):
    province.session.delete(next(post for post in lent.person.posts if post.is_main))
    province.session.flush()
    province.session.expire_all()
    for unit, manages in ((province.school, False), (province.other_school, False), (province.root, True)):
        assert may(province.somebody(Role.UNIT_MANAGER, unit), Action.MANAGE_ACCOUNT, lent) is manages, unit.code


def test_a_pupil_belongs_to_the_school_of_the_class(province):
    pupil = province.person()
    province.enrolment(pupil, province.school_class(province.school))
    assert may(province.somebody(Role.UNIT_MANAGER, province.school), Action.SEE_REGISTER, pupil)
    assert not may(province.somebody(Role.UNIT_MANAGER, province.other_school), Action.SEE_REGISTER, pupil)


def test_everybody_sees_their_own_row_of_the_register(province):
    person = province.person()
    assert may(province.identity(province.account("own", person)), Action.SEE_REGISTER, person)
    assert not may(province.identity(province.account("other", province.person())), Action.SEE_REGISTER, person)


@pytest.mark.parametrize(
    ("status", "edits", "submits", "withdraws"),
    [
        (Status.DRAFT, True, True, True),
        (Status.SUBMITTED, False, False, False),
        (Status.PUBLISHED, True, False, True),
        (Status.WITHDRAWN, False, False, False),
    ],
)
def test_what_an_author_may_do_depends_on_the_status(province, status, edits, submits, withdraws):
    account = province.account("author")
    province.grant(account, Role.TEACHER, province.school)
    author = province.identity(account)
    material = province.material(province.school, account, status)
    assert may(author, Action.EDIT_MATERIAL, material) is edits
    assert may(author, Action.SUBMIT_MATERIAL, material) is submits
    assert may(author, Action.WITHDRAW_MATERIAL, material) is withdraws
    assert may(author, Action.SEE_MATERIAL, material)


def test_a_submitted_material_is_reviewed_by_these_roles_in_scope(province):
    material = province.material(province.school, province.account("author"), Status.SUBMITTED)
    reviewing = {Role.ADMINISTRATOR, Role.UNIT_MANAGER, Role.REVIEWER}
    for role in EVERY_ROLE:
        assert may(province.somebody(role, province.root), Action.REVIEW_MATERIAL, material) is (role in reviewing)
        assert not may(province.somebody(role, province.other_school), Action.REVIEW_MATERIAL, material)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED, Status.WITHDRAWN])
def test_only_what_was_submitted_is_reviewed(province, status):
    material = province.material(province.school, province.account("author"), status)
    assert not may(province.somebody(Role.REVIEWER, province.root), Action.REVIEW_MATERIAL, material)


@pytest.mark.parametrize("second_role", [Role.REVIEWER, Role.UNIT_MANAGER, Role.ADMINISTRATOR])
def test_nobody_reviews_their_own_material_through_a_second_role(province, second_role):
    account = province.account("author")
    province.grant(account, Role.TEACHER, province.school)
    province.grant(account, second_role, province.root)
    material = province.material(province.school, account, Status.SUBMITTED)
    assert not may(province.identity(account), Action.REVIEW_MATERIAL, material)


def test_nobody_reviews_their_own_material_through_a_second_account(province):
    person = province.person()
    second = province.account("second", person)
    province.grant(second, Role.REVIEWER, province.root)
    material = province.material(province.school, province.account("first", person), Status.SUBMITTED)
    assert not may(province.identity(second), Action.REVIEW_MATERIAL, material)


def test_whoever_uploaded_a_version_does_not_review_it(province):
    helper = province.account("helper")
    province.grant(helper, Role.REVIEWER, province.root)
    material = province.material(province.school, province.account("owner"), Status.SUBMITTED)
    material.versions[0].created_by_id = helper.id
    assert not may(province.identity(helper), Action.REVIEW_MATERIAL, material)


def test_whoever_was_named_as_co_author_does_not_review_it(province):
    person = province.person()
    named = province.account("named", person)
    province.grant(named, Role.REVIEWER, province.root)
    material = province.material(province.school, province.account("owner"), Status.SUBMITTED)
    row = province.add(CoAuthor(material_id=material.id, person_id=person.id))
    assert not may(province.identity(named), Action.REVIEW_MATERIAL, material)
    row.declined_at = now()
    province.session.flush()
    assert may(province.identity(named), Action.REVIEW_MATERIAL, material)


def test_nobody_edits_what_was_withdrawn(province):
    material = province.material(province.school, province.account("owner"), Status.WITHDRAWN)
    assert not may(province.somebody(Role.ADMINISTRATOR, province.root), Action.EDIT_MATERIAL, material)


def test_a_published_material_reaches_its_unit_and_below_but_not_beside(province):
    owner = province.account("owner")
    of_school = province.material(province.school, owner, Status.PUBLISHED)
    of_department = province.material(province.root, owner, Status.PUBLISHED)
    pupil = province.somebody(Role.STUDENT, province.school)
    pupil_beside = province.somebody(Role.STUDENT, province.other_school)
    assert may(pupil, Action.SEE_MATERIAL, of_school)
    assert may(pupil, Action.SEE_MATERIAL, of_department)
    assert not may(pupil_beside, Action.SEE_MATERIAL, of_school)


def test_public_counts_only_once_published(province):
    owner = province.account("owner")
    assert may(
        ANONYMOUS, Action.SEE_MATERIAL, province.material(province.school, owner, Status.PUBLISHED, is_public=True)
    )
    assert not may(
        ANONYMOUS, Action.SEE_MATERIAL, province.material(province.school, owner, Status.DRAFT, is_public=True)
    )


def test_playing_needs_an_account_downloading_what_is_public_does_not(province):
    material = province.material(province.school, province.account("owner"), Status.PUBLISHED, is_public=True)
    assert not may(ANONYMOUS, Action.PLAY_MATERIAL, material)
    assert may(ANONYMOUS, Action.DOWNLOAD_MATERIAL, material)
    assert may(province.somebody(Role.STUDENT, province.other_school), Action.PLAY_MATERIAL, material)


def test_an_attempt_is_seen_by_the_learner_and_those_who_answer_for_the_school(province):
    learner = province.account("learner")
    province.grant(learner, Role.STUDENT, province.school)
    attempt = province.attempt(learner, province.material(province.root, province.account("maker"), Status.PUBLISHED))
    assert may(province.identity(learner), Action.SEE_ATTEMPT, attempt)
    assert may(province.somebody(Role.UNIT_MANAGER, province.school), Action.SEE_ATTEMPT, attempt)
    assert may(province.somebody(Role.INSPECTOR, province.root), Action.SEE_ATTEMPT, attempt)
    assert not may(province.somebody(Role.STUDENT, province.school), Action.SEE_ATTEMPT, attempt)
    assert not may(province.somebody(Role.UNIT_MANAGER, province.other_school), Action.SEE_ATTEMPT, attempt)


def test_a_revoked_role_and_a_disabled_account_allow_nothing(province):
    account = province.account("leaver")
    grant = province.grant(account, Role.ADMINISTRATOR, province.root)
    grant.revoked_at = now()
    assert not may(province.identity(account), Action.ADMINISTER)
    grant.revoked_at = None
    account.disabled_at = now()
    assert province.identity(account) is ANONYMOUS


def test_the_operator_of_the_machine_may_do_everything_and_a_refusal_has_a_code(province):
    require(SYSTEM, Action.ADMINISTER)
    with pytest.raises(ForbiddenError) as refusal:
        require(ANONYMOUS, Action.MANAGE_UNIT, province.school)
    assert (refusal.value.code, refusal.value.params) == ("may_not", {"action": "manage_unit"})
