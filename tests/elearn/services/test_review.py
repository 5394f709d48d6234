"""The publishing form: each step, its order, and who may take it."""

import pytest
from sqlalchemy import select

from elearn.models.account import AuditEvent, Role
from elearn.models.describing import Licence
from elearn.models.material import MaterialLevel, ReviewStep, Status
from elearn.services import library, review
from elearn.services.contributors import last_returns
from elearn.services.errors import ConflictError, ForbiddenError, ServiceError
from elearn.services.metadata import Metadata


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def author(world, school):
    return world.somebody(Role.TEACHER, school, "lan")


@pytest.fixture
def reviewer(world, school):
    return world.somebody(Role.REVIEWER, school, "duyet")


@pytest.fixture
def make_material(session, world, school, author):
    def make(status=Status.DRAFT, owner=author, **values):
        values = {"licence": Licence.CC_BY, **values}
        levels = [MaterialLevel(level=level) for level in values.pop("levels", ("TH",))]
        material = world.material(school, owner_of(session, owner), status, levels=levels, **values)
        session.refresh(material)
        return material

    return make


def owner_of(session, identity):
    from elearn.models.account import Account  # noqa: PLC0415 - rows are made from accounts, people ask as identities

    return session.get(Account, identity.account_id)


def test_a_material_walks_from_draft_to_published(session, make_material, author, reviewer):
    material = make_material()
    review.submit(session, author, material, "Xin duyệt")
    assert material.status is Status.SUBMITTED
    assert material.submitted_at is not None
    review.publish(session, reviewer, material, "Tốt")
    assert material.status is Status.PUBLISHED
    assert material.published_at is not None
    session.expire(material, ["steps"])
    steps = [(event.step, event.account.login, event.note) for event in material.steps]
    assert steps == [(ReviewStep.SUBMITTED, "lan", "Xin duyệt"), (ReviewStep.PUBLISHED, "duyet", "Tốt")]


@pytest.mark.parametrize(
    ("lacking", "code"), [({"levels": ()}, "level_needed"), ({"licence": Licence.UNKNOWN}, "licence_needed")]
)
def test_reviewers_need_level_and_licence(session, make_material, author, lacking, code):
    material = make_material(**lacking)
    with pytest.raises(ServiceError, match=code):
        review.submit(session, author, material)
    assert material.status is Status.DRAFT


def test_a_return_needs_a_reason_and_tells_it(session, make_material, reviewer):
    material = make_material(Status.SUBMITTED)
    with pytest.raises(ServiceError, match="reason_needed"):
        review.give_back(session, reviewer, material, "  ")
    review.give_back(session, reviewer, material, " Sai đáp án ")
    assert material.status is Status.DRAFT
    assert last_returns(session, [material])[material.id].note == "Sai đáp án"


def test_a_submitted_again_material_no_longer_counts_as_returned(session, make_material, author, reviewer):
    material = make_material(Status.SUBMITTED)
    review.give_back(session, reviewer, material, "Sai")
    review.submit(session, author, material)
    assert last_returns(session, [material]) == {}


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PUBLISHED, Status.WITHDRAWN])
def test_only_a_draft_is_submitted(session, make_material, author, status):
    with pytest.raises(ConflictError, match="wrong_status"):
        review.submit(session, author, make_material(status))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED, Status.WITHDRAWN])
def test_only_what_was_submitted_is_published_or_returned(session, make_material, reviewer, status):
    material = make_material(status)
    with pytest.raises(ConflictError, match="wrong_status"):
        review.publish(session, reviewer, material)
    with pytest.raises(ConflictError, match="wrong_status"):
        review.give_back(session, reviewer, material, "Không")


def test_only_the_author_submits(session, make_material, reviewer):
    with pytest.raises(ForbiddenError):
        review.submit(session, reviewer, make_material())


@pytest.mark.parametrize("role", [Role.TEACHER, Role.STUDENT, Role.INSPECTOR])
def test_who_does_not_review_publishes_nothing(session, world, school, make_material, role):
    material = make_material(Status.SUBMITTED)
    with pytest.raises(ForbiddenError):
        review.publish(session, world.somebody(role, school), material)
    assert material.status is Status.SUBMITTED


def test_a_reviewer_of_another_school_publishes_nothing(session, world, make_material):
    with pytest.raises(ForbiddenError):
        review.publish(session, world.somebody(Role.REVIEWER, world.unit("TH2")), make_material(Status.SUBMITTED))


def test_nobody_publishes_their_own_even_with_a_second_account(session, world, school, make_material):
    person = world.person()
    teaching, reviewing = world.account("mot", person), world.account("hai", person)
    world.grant(teaching, Role.TEACHER, school)
    world.grant(reviewing, Role.REVIEWER, school)
    material = make_material(Status.SUBMITTED, owner=world.identity(teaching))
    with pytest.raises(ForbiddenError):
        review.publish(session, world.identity(reviewing), material)


@pytest.fixture
def edited(session, world, school, make_material):
    """A submitted material, and the manager with two accounts who edited it with the first of them."""
    person = world.person()
    first, second = world.account("mot", person), world.account("hai", person)
    for account in (first, second):
        world.grant(account, Role.UNIT_MANAGER, school)
    material = make_material(Status.SUBMITTED)
    library.edit(
        session, world.identity(first), material, Metadata("Tên mới", levels=frozenset({"TH"}), licence=Licence.CC0)
    )
    return material, world.identity(first), world.identity(second)


@pytest.mark.parametrize("account", [1, 2])
def test_whoever_edited_what_was_submitted_neither_publishes_nor_returns_it(session, edited, account):
    material, editor = edited[0], edited[account]
    with pytest.raises(ForbiddenError, match="not_independent"):
        review.publish(session, editor, material)
    with pytest.raises(ForbiddenError, match="not_independent"):
        review.give_back(session, editor, material, "Không")
    assert material.status is Status.SUBMITTED
    assert review.queue(session, editor) == (0, [])


def test_another_reviewer_publishes_what_a_manager_edited(session, edited, reviewer):
    material, editor, _ = edited
    assert review.queue(session, reviewer) == (1, [material])
    review.publish(session, reviewer, material)
    session.expire(material, ["steps"])
    steps = [(event.step, event.account_id) for event in material.steps]
    assert steps == [(ReviewStep.EDITED, editor.account_id), (ReviewStep.PUBLISHED, reviewer.account_id)]


def test_a_return_and_a_second_submission_do_not_make_the_editor_independent(session, edited, reviewer, author):
    material, editor, _ = edited
    review.give_back(session, reviewer, material, "Sai")
    review.submit(session, author, material)
    with pytest.raises(ForbiddenError, match="not_independent"):
        review.publish(session, editor, material)


def test_an_edit_of_the_edition_before_bars_nobody_from_the_next(session, edited, reviewer):
    material, editor, _ = edited
    review.publish(session, reviewer, material)
    material.status = Status.SUBMITTED  # as a new edition of it will be
    assert review.queue(session, editor) == (1, [material])
    review.publish(session, editor, material)


def test_a_withdrawal_ends_addresses_and_keeps_its_reason(session, make_material, author):
    material = make_material(Status.PUBLISHED)
    review.withdraw(session, author, material, " Sách đã đổi ")
    assert material.status is Status.WITHDRAWN
    assert material.capability_epoch == 1
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "material.withdraw")).one()
    assert (event.subject_uid, event.note) == (material.uid, "Sách đã đổi")
    session.expire(material, ["steps"])
    steps = [(step.step, step.note) for step in material.steps]
    assert steps == [(ReviewStep.WITHDRAWN, "Sách đã đổi")]


def test_a_withdrawal_without_a_reason_changes_nothing(session, make_material, author):
    material = make_material(Status.PUBLISHED)
    with pytest.raises(ServiceError, match="reason_needed"):
        review.withdraw(session, author, material, " ")
    assert (material.status, material.capability_epoch) == (Status.PUBLISHED, 0)


def test_others_withdraw_nothing(session, world, make_material, school):
    with pytest.raises(ForbiddenError):
        review.withdraw(session, world.somebody(Role.TEACHER, school), make_material(Status.PUBLISHED), "Vì tôi muốn")


def test_the_queue_holds_what_waits_here_and_below_longest_first(world, school, make_material, author, reviewer):
    session = world.session
    late, early = make_material(), make_material()
    review.submit(session, author, early)
    review.submit(session, author, late)
    make_material()
    own = make_material(Status.SUBMITTED, owner=reviewer)
    total, waiting = review.queue(session, reviewer)
    assert (total, waiting) == (2, [early, late])
    assert own not in waiting
    above = world.somebody(Role.REVIEWER, school.parents[0].parent)
    assert review.queue(session, above)[0] == 3
    assert review.queue(session, world.somebody(Role.REVIEWER, world.unit("TH2")))[0] == 0
    assert review.queue(session, reviewer, limit=1, offset=1) == (2, [late])
