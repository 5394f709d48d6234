"""Versions of a material: who brings one, who decides, what becomes of the one before, what comes back."""

import io

import pytest
from sqlalchemy import select

from content_packages.comparison import Change
from content_packages.storage.folder import FolderStorage
from content_packages.storage.receiving import receive
from elearn.models.account import AuditEvent, Role
from elearn.models.material import Licence, MaterialLevel, Part, ReviewStep, Status, Version, VersionState
from elearn.services import review, versions
from elearn.services.access import may
from elearn.services.access.permissions import Action
from elearn.services.contribute import create_material, examine
from elearn.services.drafts import delete_draft
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError
from elearn.services.player.attempts import attempts_on, latest_attempt, open_attempt, try_version
from tests.support.packages import pdf, scorm_package


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def people(world, school):
    class People:
        teacher = world.somebody(Role.TEACHER, school, "lan")
        reviewer = world.somebody(Role.REVIEWER, school, "duyet")
        manager = world.somebody(Role.UNIT_MANAGER, school, "hieutruong")
        pupil = world.somebody(Role.STUDENT, school, "em")
        stranger = world.somebody(Role.TEACHER, world.unit("TH2"), "la")

    return People


@pytest.fixture
def take_in(tmp_path):
    storage = FolderStorage(tmp_path / "files")

    def take(data, name="bai.zip"):
        with receive(io.BytesIO(data), tmp_path / "staging", 10**8) as staged:
            return examine(storage, staged, name)

    return take


@pytest.fixture
def lesson(session, people, school, take_in):
    """A published lesson of the teacher."""
    material = create_material(session, people.teacher, school, take_in(scorm_package()))
    material.levels = [MaterialLevel(level="TH")]
    material.licence = Licence.CC_BY
    review.submit(session, people.teacher, material)
    review.publish(session, people.reviewer, material)
    session.expire(material)
    return material


@pytest.fixture
def newer(session, people, lesson, take_in):
    """A second version of it that waits."""
    intake = take_in(scorm_package(them__html="<p>Thêm một trang</p>"))
    return versions.add(session, people.teacher, lesson, intake, "Thêm một trang")


def states(session, material):
    rows = session.scalars(select(Version).where(Version.material_id == material.id).order_by(Version.number))
    return [(version.number, version.state.value, version.is_current) for version in rows]


def steps(material):
    return [step.step for step in material.steps]


def test_of_a_draft_a_new_file_takes_effect_at_once(session, people, school, take_in):
    draft = create_material(session, people.teacher, school, take_in(scorm_package()))
    versions.add(session, people.teacher, draft, take_in(scorm_package("2004 4th Edition")))
    assert states(session, draft) == [(1, "taken", False), (2, "taken", True)]
    assert draft.steps == []
    delete_draft(session, people.teacher, draft)


def test_of_a_published_material_it_waits_and_everybody_keeps_the_one_before(session, people, lesson, newer):
    assert states(session, lesson) == [(1, "taken", True), (2, "waiting", False)]
    assert steps(lesson)[-1] is ReviewStep.PROPOSED
    assert lesson.steps[-1].version_id == newer.id
    assert open_attempt(session, people.pupil, lesson).registration.version.number == 1
    assert versions.waiting(session, people.reviewer) == [newer]
    assert versions.waiting(session, people.teacher) == []


def test_accepted_it_is_offered_and_who_has_begun_goes_on_with_theirs(session, people, lesson, newer, world, school):
    begun = open_attempt(session, people.pupil, lesson)
    versions.accept(session, people.reviewer, lesson, newer)
    assert states(session, lesson) == [(1, "taken", False), (2, "taken", True)]
    assert newer.released_at is not None
    assert open_attempt(session, people.pupil, lesson).id == begun.id
    other = world.somebody(Role.STUDENT, school, "ban")
    assert open_attempt(session, other, lesson).registration.version_id == newer.id
    assert session.scalar(select(AuditEvent.action).order_by(AuditEvent.id.desc())) == "material.accept_version"


def test_who_has_begun_may_begin_anew_with_the_new_one(session, people, lesson, newer):
    begun = open_attempt(session, people.pupil, lesson)
    assert open_attempt(session, people.pupil, lesson, anew=True).id == begun.id
    versions.accept(session, people.reviewer, lesson, newer)
    again = open_attempt(session, people.pupil, lesson, anew=True)
    assert (again.registration.version_id, begun.status.value) == (newer.id, "ended")
    assert [attempt.id for attempt in attempts_on(session, people.pupil, lesson)] == [again.id, begun.id]


@pytest.mark.parametrize("who", ["pupil", "stranger", "reviewer"])
def test_who_neither_made_nor_manages_it_brings_no_version(session, people, lesson, take_in, who):
    with pytest.raises(ForbiddenError, match="may_not"):
        versions.add(session, getattr(people, who), lesson, take_in(pdf("x"), "x.pdf"))


@pytest.mark.parametrize(
    ("who", "code"), [("teacher", "not_independent"), ("pupil", "may_not"), ("stranger", "may_not")]
)
def test_nobody_accepts_what_they_brought_and_only_reviewers_accept(session, people, lesson, newer, who, code):
    for act in (versions.accept, versions.decline):
        with pytest.raises(ForbiddenError, match=code):
            act(session, getattr(people, who), lesson, newer, "x")
    assert newer.state is VersionState.WAITING


def test_a_manager_who_brings_a_version_does_not_accept_it(session, people, lesson, take_in):
    version = versions.add(session, people.manager, lesson, take_in(scorm_package("2004 4th Edition")))
    with pytest.raises(ForbiddenError, match="not_independent"):
        versions.accept(session, people.manager, lesson, version)


def test_declining_needs_a_reason_and_changes_nothing(session, people, lesson, newer):
    with pytest.raises(ServiceError, match="reason_needed"):
        versions.decline(session, people.reviewer, lesson, newer, "  ")
    versions.decline(session, people.reviewer, lesson, newer, "Trang mới thiếu đáp án")
    assert states(session, lesson) == [(1, "taken", True), (2, "declined", False)]
    assert (lesson.steps[-1].step, lesson.steps[-1].note) == (ReviewStep.DECLINED, "Trang mới thiếu đáp án")
    with pytest.raises(ConflictError, match="version_decided"):
        versions.accept(session, people.reviewer, lesson, newer)


def test_a_newer_one_takes_the_place_of_one_that_waits(session, people, lesson, newer, take_in):
    third = versions.add(session, people.teacher, lesson, take_in(scorm_package("2004 4th Edition")))
    assert states(session, lesson)[1:] == [(2, "taken_back", False), (3, "waiting", False)]
    versions.take_back(session, people.teacher, lesson, third)
    assert states(session, lesson)[2] == (3, "taken_back", False)


def test_another_kind_and_the_same_file_are_refused(session, people, lesson, newer, take_in):
    with pytest.raises(ConflictError, match="version_other_kind"):
        versions.add(session, people.teacher, lesson, take_in(pdf("x"), "x.pdf"))
    for same in (scorm_package(), scorm_package(them__html="<p>Thêm một trang</p>")):
        with pytest.raises(ServiceError, match="version_same_file"):
            versions.add(session, people.teacher, lesson, take_in(same))


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.WITHDRAWN])
def test_what_is_under_review_or_withdrawn_gets_no_new_file(session, people, lesson, take_in, status):
    lesson.status = status
    session.flush()
    with pytest.raises(ForbiddenError, match="may_not"):
        versions.add(session, people.teacher, lesson, take_in(scorm_package("2004 4th Edition")))


def test_an_approved_version_comes_back_as_the_newest_without_a_second_word(session, people, lesson, newer):
    versions.accept(session, people.reviewer, lesson, newer)
    session.add(Part(version_id=lesson.versions[0].id, key="z", kind="sco", title="Z", position=9, href="", text="chữ"))
    session.flush()
    again = versions.restore(session, people.manager, lesson, lesson.versions[0], "Bản mới lỗi")
    assert states(session, lesson) == [(1, "taken", False), (2, "taken", False), (3, "taken", True)]
    assert (again.restored_from, again.blob_sha256) == (1, lesson.versions[0].blob_sha256)
    assert again.manifest == lesson.versions[0].manifest
    assert {part.key for part in again.parts} >= {"z"}
    assert sorted(row.key for row in again.prints) == sorted(row.key for row in lesson.versions[0].prints)
    assert steps(lesson)[-1] is ReviewStep.RESTORED
    assert may(people.manager, Action.ACCEPT_VERSION, lesson)


def test_what_readers_never_had_does_not_come_back(session, people, lesson, newer):
    versions.decline(session, people.reviewer, lesson, newer, "Không")
    with pytest.raises(ConflictError, match="version_not_approved"):
        versions.restore(session, people.teacher, lesson, newer)
    with pytest.raises(ConflictError, match="version_current"):
        versions.restore(session, people.teacher, lesson, lesson.current_version)
    with pytest.raises(ForbiddenError, match="may_not"):
        versions.restore(session, people.pupil, lesson, newer)


def test_readers_know_of_what_was_released_and_its_makers_of_everything(session, people, lesson, newer):
    def seen(who):
        return [row.version.number for row in versions.versions_of(session, who, lesson)]

    assert seen(people.pupil) == [1]
    assert seen(people.teacher) == seen(people.reviewer) == [2, 1]
    for number in (2, 7):
        with pytest.raises(NotFoundError, match="version_not_found"):
            versions.version_of(session, people.pupil, lesson, number)
    versions.accept(session, people.reviewer, lesson, newer)
    assert seen(people.pupil) == [2, 1]


def test_who_answers_sees_how_many_still_go_on_with_an_older_one(session, people, lesson, newer):
    open_attempt(session, people.pupil, lesson)
    versions.accept(session, people.reviewer, lesson, newer)
    assert [row.under_way for row in versions.versions_of(session, people.teacher, lesson)] == [0, 1]
    assert [row.under_way for row in versions.versions_of(session, people.pupil, lesson)] == [None, None]


def test_a_trial_of_a_version_is_nobodys_learning(session, people, lesson, newer):
    tried = try_version(session, people.reviewer, newer)
    assert tried.registration.version_id == newer.id
    assert try_version(session, people.reviewer, newer).id == tried.id
    assert attempts_on(session, people.reviewer, lesson) == []
    assert open_attempt(session, people.reviewer, lesson).registration.version.number == 1
    assert latest_attempt(session, people.reviewer.account_id, tried.registration.placement_id).id == tried.id


def test_what_differs_is_told_from_the_older_to_the_newer(session, people, lesson, newer):
    old = lesson.versions[0]
    for pair in ((old, newer), (newer, old)):
        found = versions.compare(session, *pair)
        assert (found.old.number, found.new.number, found.is_same) == (1, 2, False)
        assert [(each.change, each.path) for each in found.entries] == [
            (Change.CHANGED, "imsmanifest.xml"),
            (Change.ADDED, "them.html"),
        ]
    assert versions.compare(session, old, old).is_same


def test_what_was_judged_by_another_reviewer_meanwhile_is_not_judged_again(session, people, lesson, newer):
    versions.accept(session, people.reviewer, lesson, newer)
    for act in (versions.accept, versions.decline):
        with pytest.raises(ConflictError, match="version_decided"):
            act(session, people.manager, lesson, newer, "x")
    with pytest.raises(ConflictError, match="version_decided"):
        versions.take_back(session, people.teacher, lesson, newer)
