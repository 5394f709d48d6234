"""Taking a file in: what is examined, proposed, written, and refused."""

import io

import pytest
from sqlalchemy import func, select

from content_packages.storage.folder import FolderStorage
from content_packages.storage.receiving import receive
from elearn.models.account import Role
from elearn.models.describing import Licence
from elearn.models.material import Picture, SearchChange, Status, StoredBlob
from elearn.services.access import ANONYMOUS
from elearn.services.contribute import (
    add_version,
    create_material,
    examine,
    proposed_metadata,
)
from elearn.services.contributors import last_returns, units_to_contribute
from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.metadata import KEYWORDS, TITLE_LENGTH, Metadata, apply_metadata
from tests.support.packages import pdf, program, scorm_package


@pytest.fixture
def storage(tmp_path):
    return FolderStorage(tmp_path / "files")


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def teacher(world, school):
    return world.somebody(Role.TEACHER, school, "lan")


@pytest.fixture
def take_in(storage, tmp_path):
    """Receive and examine bytes."""

    def take(data=None, name="bai.zip"):
        with receive(io.BytesIO(data or scorm_package()), tmp_path / "staging", 10**8) as staged:
            return examine(storage, staged, name)

    return take


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def test_a_good_file_is_safe_in_the_storage_before_any_row_names_it(take_in, storage):
    intake = take_in()
    assert intake.facts.accepted
    assert storage.exists(intake.staged.sha256)


def test_a_refused_file_is_not_kept(take_in, storage):
    intake = take_in(b"not a zip")
    assert not intake.facts.accepted
    assert list(storage.blobs()) == []


def test_the_file_proposes_its_metadata(take_in, teacher):
    proposed = proposed_metadata(take_in(pdf("x", title="Phan so", author="Tran Thi Mai"), "phieu.pdf"), teacher)
    assert (proposed.title, proposed.author_name) == ("Phan so", "Tran Thi Mai")


def test_what_the_file_does_not_say_comes_from_its_name_and_its_uploader(take_in, teacher):
    proposed = proposed_metadata(take_in(pdf("x"), "Phiếu bài tập.pdf"), teacher)
    assert (proposed.title, proposed.author_name, proposed.language) == ("Phiếu bài tập", "lan", "vi")


def test_a_program_proposes_vendor_release_and_platform(take_in, teacher):
    proposed = proposed_metadata(take_in(program(CompanyName="ABC", ProductVersion="2.1"), "a.exe"), teacher)
    assert (proposed.vendor, proposed.release, proposed.platforms) == ("ABC", "2.1", ("windows",))


def test_a_new_material_is_a_draft_with_its_first_version(session, take_in, teacher, school):
    intake = take_in()
    material = create_material(session, teacher, school, intake)
    version = material.current_version
    assert (material.status, material.kind, material.unit_id) == (Status.DRAFT, "scorm", school.id)
    assert (version.number, version.is_current, version.blob_sha256) == (1, True, intake.staged.sha256)
    assert (version.standard, version.edition, version.file_name) == ("SCORM", "1.2", "bai.zip")
    assert [part.title for part in version.parts] == ["Bài 1"]
    assert version.manifest is not None
    assert session.get(StoredBlob, intake.staged.sha256).entry_table is not None
    assert count(session, SearchChange) == 1


def test_the_picture_of_a_document_is_a_blob_of_its_own(session, take_in, teacher, school, storage):
    material = create_material(session, teacher, school, take_in(pdf("x"), "x.pdf"))
    picture = session.scalars(select(Picture)).one()
    assert picture.version_id == material.current_version.id
    assert storage.exists(picture.blob_sha256)


def test_the_same_bytes_are_one_blob(session, take_in, teacher, school):
    first = create_material(session, teacher, school, take_in())
    second = create_material(session, teacher, school, take_in())
    assert first.current_version.blob_sha256 == second.current_version.blob_sha256
    assert count(session, StoredBlob) == 1


def test_a_new_version_replaces_the_current_one(session, take_in, teacher, school):
    material = create_material(session, teacher, school, take_in())
    newer = add_version(session, teacher, material, take_in(scorm_package("2004 4th Edition")))
    assert material.current_version.id == newer.id
    assert [(version.number, version.is_current) for version in material.versions] == [(1, False), (2, True)]


@pytest.mark.parametrize("role", [Role.STUDENT, Role.INSPECTOR])
def test_who_does_not_teach_adds_nothing(session, world, take_in, school, role):
    with pytest.raises(ForbiddenError, match="may_not_contribute"):
        create_material(session, world.somebody(role, school), school, take_in())


def test_nobody_adds_to_another_school_and_visitors_add_nothing(session, world, take_in, teacher):
    other = world.unit("TH2")
    for identity in (teacher, ANONYMOUS):
        with pytest.raises(ForbiddenError, match="may_not_contribute"):
            create_material(session, identity, other, take_in())


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title": "  "}, "title_needed"),
        ({"title": "\u200b\u202e\u3164"}, "title_needed"),
        ({"levels": frozenset({"XX"})}, "unknown_level"),
        ({"grades": frozenset({"99"})}, "unknown_grade"),
        ({"subjects": frozenset({"NIX"})}, "unknown_subject"),
    ],
)
def test_metadata_that_cannot_be_used_is_named(session, world, school, said, code):
    material = world.material(school, world.account())
    with pytest.raises(ServiceError, match=code):
        apply_metadata(session, material, Metadata(**{"title": "Bài", **said}))


def test_metadata_are_trimmed_and_bounded(session, world, school):
    material = world.material(school, world.account())
    words = ("  a  ", "", *(f"từ {number}" for number in range(50)))
    said = Metadata("  " + "x" * 400, keywords=words, levels=frozenset({"TH"}), licence=Licence.CC_BY)
    apply_metadata(session, material, said)
    assert material.title == "x" * TITLE_LENGTH
    assert material.keywords[0] == "a"
    assert len(material.keywords) <= KEYWORDS
    assert [row.level for row in material.levels] == ["TH"]


def test_what_nobody_can_see_is_not_kept(session, world, school):
    material = world.material(school, world.account(), kind="software")
    said = Metadata(
        "\u202eVẽ\u200b  hình",
        description="Một\x07\r\n\r\nhai\ufeff",
        keywords=("to\u0301an\u2060", "\u200b"),
        author_name="Cô\x85 Lan\u2069",
        vendor="A\ue000BC",
        release="1\ud800.0",
    )
    apply_metadata(session, material, said)
    assert (material.title, material.description, material.keywords) == ("Vẽ hình", "Một\n\nhai", ["tóan"])
    assert (material.author_name, material.software.vendor, material.software.release) == ("Cô Lan", "ABC", "1.0")


def test_saying_it_again_replaces_what_was_said(session, world, school):
    material = world.material(school, world.account())
    apply_metadata(session, material, Metadata("A", levels=frozenset({"TH", "THCS"}), subjects=frozenset({"TOAN"})))
    apply_metadata(session, material, Metadata("B", levels=frozenset({"TH"}), subjects=frozenset({"TV"})))
    session.expire_all()
    assert [row.level for row in material.levels] == ["TH"]
    assert [row.subject_code for row in material.subjects] == ["TV"]


def test_only_software_has_vendor_and_release(session, world, school):
    program_, lesson = (world.material(school, world.account(), kind=kind) for kind in ("software", "scorm"))
    for material in (program_, lesson):
        apply_metadata(session, material, Metadata("A", vendor="ABC", release="1", platforms=("windows",)))
    assert (program_.software.vendor, program_.software.platforms) == ("ABC", ["windows"])
    assert lesson.software is None


def test_people_choose_among_their_own_units(session, world, school):
    account = world.account("hai")
    other = world.unit("TH2", name="Trường A")
    for unit, role in ((school, Role.TEACHER), (other, Role.TEACHER), (world.unit("TH3"), Role.STUDENT)):
        world.grant(account, role, unit)
    units = units_to_contribute(session, world.identity(account))
    assert {unit.id for unit in units} == {school.id, other.id}
    assert units_to_contribute(session, ANONYMOUS) == []


def test_nothing_came_back_where_nothing_was_returned(session, world, school):
    assert last_returns(session, [world.material(school, world.account())]) == {}
    assert last_returns(session, []) == {}
