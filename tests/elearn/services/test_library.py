"""Looking at materials and editing them."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from elearn.models.account import Account, AuditEvent, Role
from elearn.models.describing import Licence
from elearn.models.material import Picture, ReviewStep, SearchChange, Status, StoredBlob
from elearn.services import library
from elearn.services.access import ANONYMOUS, Action
from elearn.services.errors import ForbiddenError, NotFoundError, ServiceError
from elearn.services.metadata import Metadata, apply_metadata


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


def edits(session, material):
    """What the audit log and the history say of edits; they tell the same."""
    rows = session.scalars(select(AuditEvent).where(AuditEvent.action == "material.edit").order_by(AuditEvent.id)).all()
    session.expire(material, ["steps"])
    steps = [step for step in material.steps if step.step is ReviewStep.EDITED]
    assert [(row.account_id, row.details["changes"]) for row in rows] == [
        (step.account_id, step.changes) for step in steps
    ]
    return [(step.account_id, step.changes) for step in steps]


WHOLE = Metadata("Bài giảng", licence=Licence.CC_BY, levels=frozenset({"TH"}))


def said_to_be(session, material, metadata=WHOLE):
    """Let a material have the metadata that reviewers ask for."""
    apply_metadata(session, material, metadata)
    return material


def test_the_author_does_not_edit_behind_the_reviewer(session, make_material, author):
    material = make_material(Status.SUBMITTED)
    with pytest.raises(ForbiddenError):
        library.edit(session, author, material, WHOLE)


def test_what_an_author_changes_in_a_draft_is_nobody_elses_business(session, make_material, author):
    draft = make_material(Status.DRAFT)
    library.edit(session, author, draft, Metadata("Tên mới"))
    assert edits(session, draft) == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.PUBLISHED])
def test_an_edit_by_somebody_else_is_kept_with_what_it_changed(session, world, make_material, school, status):
    material = said_to_be(session, make_material(status))
    manager = world.somebody(Role.UNIT_MANAGER, school)
    new = replace(WHOLE, title="Tên mới", levels=frozenset({"TH", "THCS"}), licence=Licence.CC0)
    library.edit(session, manager, material, new)
    told = {"title": ["Bài giảng", "Tên mới"], "levels": [["TH"], ["TH", "THCS"]]}
    told["licence"] = ["CC-BY-4.0", "CC0-1.0"]
    assert edits(session, material) == [(manager.account_id, told)]
    library.edit(session, manager, material, new)
    assert len(edits(session, material)) == 1  # saving the same again changes nothing


def test_what_an_author_changes_in_a_published_material_stands_in_its_history(session, make_material, author):
    material = said_to_be(session, make_material())
    library.edit(session, author, material, replace(WHOLE, title="Bài giảng đúng"))
    assert edits(session, material) == [(author.account_id, {"title": ["Bài giảng", "Bài giảng đúng"]})]
    assert material.status is Status.PUBLISHED
    assert session.scalars(select(SearchChange.material_id)).all()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"levels": frozenset()}, "level_needed"),
        ({"licence": Licence.UNKNOWN}, "licence_needed"),
        ({"is_public": True}, "public_needs_others"),
    ],
)
def test_an_author_does_not_take_back_what_the_reviewer_asked_for(session, make_material, author, change, code):
    material = said_to_be(session, make_material())
    with pytest.raises(ServiceError, match=code):
        library.edit(session, author, material, replace(WHOLE, **change))
    assert edits(session, material) == []


def test_a_manager_opens_the_published_material_of_somebody_else_to_everybody(session, world, make_material, school):
    material = said_to_be(session, make_material())
    library.edit(session, world.somebody(Role.UNIT_MANAGER, school), material, replace(WHOLE, is_public=True))
    assert material.is_public


def test_pictures_are_those_of_current_versions(session, make_material):
    with_picture, without = make_material(), make_material()
    session.add(StoredBlob(sha256="f" * 64, size=1))
    session.flush()
    version = with_picture.current_version
    session.add(Picture(version_id=version.id, role="card", media_type="image/webp", blob_sha256="f" * 64))
    session.flush()
    assert library.pictures_of(session, [with_picture, without]) == {with_picture.id: "f" * 64}
    assert library.pictures_of(session, []) == {}
