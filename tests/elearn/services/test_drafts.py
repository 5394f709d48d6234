"""A draft that was uploaded by mistake goes without a trace but the audit; what others have touched stays."""

import pytest
from sqlalchemy import func, select

from elearn.clock import now
from elearn.models.account import Account, AuditEvent, Role
from elearn.models.base import Row
from elearn.models.learning import ActivityState, Attempt
from elearn.models.material import CoAuthor, Material, MaterialLevel, Part, SearchRemoval, Status
from elearn.models.play_log import ApiCalls, ApiLog, Asker, Walk, WalkEvent
from elearn.models.usage import ActKind
from elearn.services import library, review, usage
from elearn.services.drafts import delete_draft
from elearn.services.errors import ConflictError, ForbiddenError
from elearn.services.indexing import index_changes, mark_changed, rebuild
from elearn.services.metadata import Metadata
from elearn.services.player.remarks import remember

LEFT = {"audit_event", "search_removal", "stored_blob"}


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def author(world, school):
    return world.somebody(Role.TEACHER, school, "lan")


@pytest.fixture
def draft(session, world, school, author):
    owner = session.get(Account, author.account_id)
    material = world.material(school, owner, Status.DRAFT, levels=[MaterialLevel(level="TH")])
    session.refresh(material)
    world.add(Part(version_id=material.versions[0].id, key="a", kind="sco", title="Bài 1", position=0))
    mark_changed(session, material)
    return material


def counted(session):
    session.flush()
    return {table.name: session.scalar(select(func.count()).select_from(table)) for table in Row.metadata.sorted_tables}


def test_a_draft_goes_with_all_its_rows_and_its_authors_own_trials(session, world, school, author, database):
    before = counted(session)
    owner = session.get(Account, author.account_id)
    draft = world.material(school, owner, Status.DRAFT, levels=[MaterialLevel(level="TH")], title="Nhầm")
    session.refresh(draft)
    attempt = world.attempt(owner, draft)
    world.add(ActivityState(attempt_id=attempt.id, activity="a", document={}))
    world.add(Walk(attempt_id=attempt.id, seed=1))
    world.add(WalkEvent(attempt_id=attempt.id, number=1, at=now(), asker=Asker.SYSTEM))
    world.add(ApiLog(attempt_id=attempt.id))
    world.add(ApiCalls(attempt_id=attempt.id, page="p", number=1))
    remember(session, draft.versions[0].id, "silent")
    usage.record(session, author, ActKind.LAUNCH, timezone=database.timezone, material=draft, attempt_id=attempt.id)
    mark_changed(session, draft)
    uid, digest = draft.uid, draft.current_version.blob_sha256
    delete_draft(session, author, draft)
    after = counted(session)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == dict.fromkeys(LEFT, 1)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "material.delete")).one()
    assert (event.subject_uid, event.account_id) == (uid, author.account_id)
    assert (event.details["title"], event.details["sha256"]) == ("Nhầm", digest)
    assert session.scalars(select(SearchRemoval.uid)).all() == [uid]


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PUBLISHED, Status.WITHDRAWN])
def test_only_a_draft_is_deleted(session, draft, author, status):
    draft.status = status
    session.flush()
    with pytest.raises(ForbiddenError):
        delete_draft(session, author, draft)


def test_only_its_author_deletes_it(session, world, school, draft):
    with pytest.raises(ForbiddenError):
        delete_draft(session, world.somebody(Role.ADMINISTRATOR, school), draft)


def test_a_draft_that_was_submitted_once_is_withdrawn_instead(session, world, school, draft, author):
    library.edit(session, author, draft, Metadata("Bài", levels=frozenset({"TH"}), licence="CC-BY-4.0"))
    review.submit(session, author, draft)
    review.give_back(session, world.somebody(Role.REVIEWER, school), draft, "Sai")
    with pytest.raises(ForbiddenError):
        delete_draft(session, author, draft)
    review.withdraw(session, author, draft, "Tải nhầm")
    assert draft.status is Status.WITHDRAWN


def test_what_a_manager_has_edited_is_not_deleted(session, world, school, draft, author):
    library.edit(session, world.somebody(Role.UNIT_MANAGER, school), draft, Metadata("Tên khác"))
    with pytest.raises(ForbiddenError):
        delete_draft(session, author, draft)


def attempted(world, draft, _database):
    world.attempt(world.account("khac"), draft)


def looked_at(world, draft, database):
    somebody = world.identity(world.account("khac"))
    usage.record(world.session, somebody, ActKind.DOWNLOAD, timezone=database.timezone, material=draft)


def confirmed(world, draft, _database):
    world.add(CoAuthor(material_id=draft.id, person_id=world.person().id, confirmed_at=now()))


@pytest.mark.parametrize("use", [attempted, looked_at, confirmed])
def test_what_others_have_used_is_withdrawn_instead(session, world, draft, author, database, use):
    use(world, draft, database)
    rows = counted(session)
    with pytest.raises(ConflictError, match="draft_in_use"):
        delete_draft(session, author, draft)
    assert counted(session) == rows
    review.withdraw(session, author, draft, "Tải nhầm")
    assert session.scalars(select(Attempt)).all() == [] or use is attempted


def test_rows_that_this_room_does_not_know_keep_the_draft(session, world, draft, author, monkeypatch):
    monkeypatch.setattr("elearn.services.drafts._OF_MATERIAL", ())
    rows = counted(session)
    with pytest.raises(ConflictError, match="draft_in_use"):
        delete_draft(session, author, draft)
    assert {**counted(session), "audit_event": 0} == {**rows, "audit_event": 0}


def test_search_forgets_a_deleted_draft(house):
    from tests.support.factories import World  # noqa: PLC0415 - the only test with a database of its own

    with house.database.write() as session:
        world = World(session)
        author = world.somebody(Role.TEACHER, world.unit("TH1"))
        uid = world.material(world.unit("TH2"), session.get(Account, author.account_id)).uid
    rebuild(house.database, house.engine)
    assert uid in set(house.engine.uids())
    with house.database.write() as session:
        delete_draft(session, author, session.scalars(select(Material)).one())
    assert index_changes(house.database, house.engine) == 1
    assert uid not in set(house.engine.uids())
    assert index_changes(house.database, house.engine) == 0
