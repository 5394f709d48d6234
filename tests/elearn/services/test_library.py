"""Looking at materials, editing and withdrawing them."""

import pytest
from sqlalchemy import select

from elearn.models.account import Account, AuditEvent, Role
from elearn.models.material import Picture, ReviewStep, SearchChange, Status, StoredBlob
from elearn.services import library
from elearn.services.access import ANONYMOUS, Action
from elearn.services.contribute import Metadata
from elearn.services.errors import ForbiddenError, NotFoundError, ServiceError
from elearn.services.review import history


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def author(world, school):
    return world.somebody(Role.TEACHER, school, "lan")


@pytest.fixture
def make_material(session, world, school, author):
    def make(status=Status.PUBLISHED, **values):
        material = world.material(school, session.get(Account, author.account_id), status, **values)
        session.refresh(material)
        return material

    return make


@pytest.mark.parametrize("uid", ["", "x", "0" * 32, "' OR 1=1 --", "\x00", "a" * 10_000])
def test_a_uid_that_is_none_is_not_found(session, author, uid):
    with pytest.raises(NotFoundError, match="material_not_found"):
        library.get_material(session, author, uid)


def test_what_may_not_be_seen_looks_absent(session, world, make_material, school):
    draft = make_material(Status.DRAFT)
    for identity in (ANONYMOUS, world.somebody(Role.STUDENT, school)):
        with pytest.raises(NotFoundError, match="material_not_found"):
            library.get_material(session, identity, draft.uid)


def test_what_may_be_seen_but_not_changed_says_so(session, world, make_material, school):
    pupil = world.somebody(Role.STUDENT, school)
    material = make_material()
    assert library.get_material(session, pupil, material.uid) is material
    with pytest.raises(ForbiddenError):
        library.get_material(session, pupil, material.uid, Action.EDIT_MATERIAL)


def test_the_newest_come_first_and_drafts_not_at_all(session, world, make_material, author):
    from elearn.clock import now  # noqa: PLC0415 - the only use of the clock

    first, second = make_material(published_at=now()), make_material(published_at=now())
    make_material(Status.DRAFT)
    assert library.newest(session, author) == [second, first]
    assert library.newest(session, author, 1) == [second]
    assert library.newest(session, ANONYMOUS) == []


def test_own_materials_are_counted_and_paged(session, world, make_material, author, school):
    made = [make_material(Status.DRAFT) for _ in range(3)]
    total, page = library.own(session, author, limit=2)
    assert (total, page) == (3, [made[2], made[1]])
    assert library.own(session, author, limit=2, offset=2) == (3, [made[0]])
    assert library.own(session, world.somebody(Role.TEACHER, school))[0] == 0


def test_the_author_edits_a_draft_and_search_hears_of_it(session, make_material, author):
    draft = make_material(Status.DRAFT)
    library.edit(session, author, draft, Metadata("Tên mới"))
    assert draft.title == "Tên mới"
    assert session.scalars(select(SearchChange.material_id)).all() == [draft.id]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PUBLISHED])
def test_the_author_does_not_edit_behind_the_reviewer(session, make_material, author, status):
    material = make_material(status)
    with pytest.raises(ForbiddenError):
        library.edit(session, author, material, Metadata("Tên mới"))


def test_a_withdrawal_ends_addresses_and_keeps_its_reason(session, make_material, author):
    material = make_material()
    library.withdraw(session, author, material, " Sách đã đổi ")
    assert material.status is Status.WITHDRAWN
    assert material.capability_epoch == 1
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "material.withdraw")).one()
    assert (event.subject_uid, event.note) == (material.uid, "Sách đã đổi")
    assert [(step.step, step.note) for step in history(session, material)] == [(ReviewStep.WITHDRAWN, "Sách đã đổi")]


def test_a_withdrawal_without_a_reason_changes_nothing(session, make_material, author):
    material = make_material()
    with pytest.raises(ServiceError, match="reason_needed"):
        library.withdraw(session, author, material, " ")
    assert (material.status, material.capability_epoch) == (Status.PUBLISHED, 0)


def test_others_withdraw_nothing(session, world, make_material, school):
    with pytest.raises(ForbiddenError):
        library.withdraw(session, world.somebody(Role.TEACHER, school), make_material(), "Vì tôi muốn")


def test_pictures_are_those_of_current_versions(session, make_material):
    with_picture, without = make_material(), make_material()
    session.add(StoredBlob(sha256="f" * 64, size=1))
    session.flush()
    version = with_picture.current_version
    session.add(Picture(version_id=version.id, role="card", media_type="image/webp", blob_sha256="f" * 64))
    session.flush()
    assert library.pictures_of(session, [with_picture, without]) == {with_picture.id: "f" * 64}
    assert library.pictures_of(session, []) == {}
