"""The feed of the index: documents, batches, crashes between index and database, rebuilds."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from elearn.models.account import Account, Role
from elearn.models.material import (
    Licence,
    Material,
    MaterialGrade,
    MaterialLevel,
    MaterialSubject,
    Part,
    ReviewEvent,
    ReviewStep,
    SearchChange,
    Status,
)
from elearn.models.usage import ActKind, ActSource, UsageAct, UsageVoid
from elearn.services.access import load_tree
from elearn.services.health import check_index
from elearn.services.indexing import documents_of, index_changes, mark_changed, rebuild
from search_index.documents import SearchPart, SearchQuery
from search_index.engine import open_engine
from tests.support.factories import World

EVERYTHING = frozenset({"system"})


@pytest.fixture
def engine(tmp_path, database):
    engine = open_engine("whoosh", tmp_path / "index")
    rebuild(database, engine)
    return engine


@pytest.fixture
def publish(database):
    """Commit a published material with a text, as the pages would; gives its id."""

    def make(title, text="", status=Status.PUBLISHED):
        with database.write() as session:
            world = World(session)
            unit = world.unit()
            author = session.get(Account, world.somebody(Role.TEACHER, unit).account_id)
            material = world.material(unit, author, status, title=title, levels=[MaterialLevel(level="TH")])
            session.refresh(material)
            part = Part(
                version_id=material.current_version.id, key="p", kind="page", title="Trang", position=0, text=text
            )
            session.add(part)
            mark_changed(session, material)
            return material.id

    # The factory numbers its digests anew for each world, so there is one material per test and database.
    return make


def found(engine, text=""):
    return [hit.title for hit in engine.search(SearchQuery(text, EVERYTHING)).hits]


def waiting(database):
    with database.read() as session:
        return len(session.scalars(select(SearchChange)).all())


def test_a_document_holds_what_people_say_and_the_text_of_the_parts(database, publish):
    key = publish("Phân số", "Hai phân số bằng nhau")
    with database.read() as session:
        (document,) = documents_of(session, [session.get(Material, key)], load_tree(session))
    assert (document.title, document.kind, document.levels) == ("Phân số", "scorm", ("TH",))
    assert document.parts == (SearchPart("p", "Trang", "Hai phân số bằng nhau"),)
    assert {token.partition(":")[0] for token in document.allow} == {"owner", "scope", "system", "unit"}


def test_a_material_is_found_by_its_topic_of_the_curriculum(database, engine, publish):
    material_id = publish("Trò chơi")
    with database.write() as session:
        material = session.get_one(Material, material_id)
        material.topic = "Phép cộng trong phạm vi 100"
        mark_changed(session, material)
    index_changes(database, engine)
    assert found(engine, "phep cong pham vi 100") == ["Trò chơi"]


def test_text_of_old_files_is_read(database, publish):
    key = publish("Phân số", "Hai ph©n sè b»ng nhau")
    with database.read() as session:
        (document,) = documents_of(session, [session.get(Material, key)], load_tree(session))
    assert document.parts[0].text == "Hai phân số bằng nhau"


def test_a_change_is_searchable_after_one_batch_and_waits_no_longer(database, engine, publish):
    publish("Phân số", "quy đồng mẫu số")
    assert found(engine, "quy dong") == []
    assert index_changes(database, engine) == 1
    assert found(engine, "quy dong") == ["Phân số"]
    assert waiting(database) == 0
    assert index_changes(database, engine) == 0


def test_the_newest_of_several_changes_counts(database, engine, publish):
    key = publish("Cũ")
    with database.write() as session:
        material = session.get(Material, key)
        material.title = "Mới"
        mark_changed(session, material)
    index_changes(database, engine)
    assert found(engine) == ["Mới"]


def test_a_withdrawn_material_leaves_the_index(database, engine, publish):
    key = publish("Phân số")
    index_changes(database, engine)
    with database.write() as session:
        material = session.get(Material, key)
        material.status = Status.WITHDRAWN
        mark_changed(session, material)
    index_changes(database, engine)
    assert found(engine) == []


def test_a_crash_after_the_index_was_written_only_repeats_the_batch(database, engine, publish, monkeypatch):
    publish("Phân số")

    class CrashError(Exception):
        pass

    def crash():
        raise CrashError

    with monkeypatch.context() as patch:
        patch.setattr(type(database), "write", lambda _database: crash())
        with pytest.raises(CrashError):
            index_changes(database, engine)
    assert waiting(database) == 1
    assert index_changes(database, engine) == 1
    assert found(engine) == ["Phân số"]


def test_a_change_that_is_rolled_back_is_never_indexed(database, engine, publish):
    key = publish("Phân số")
    index_changes(database, engine)
    with database.writer() as session:
        material = session.get(Material, key)
        material.title = "Nhầm"
        mark_changed(session, material)
        session.rollback()
    assert index_changes(database, engine) == 0
    assert found(engine) == ["Phân số"]


def test_a_rebuild_gives_the_same_answers(database, engine, publish):
    publish("Phân số", "quy đồng mẫu số")
    index_changes(database, engine)
    before = engine.search(SearchQuery("quy dong", EVERYTHING))
    assert rebuild(database, engine) == 1
    after = engine.search(SearchQuery("quy dong", EVERYTHING))
    assert (after.total, after.hits, after.facets) == (before.total, before.hits, before.facets)


def test_lessons_taught_with_a_material_are_searchable_and_a_void_takes_them_back(database, engine, publish):
    key = publish("Phân số")
    index_changes(database, engine)
    with database.write() as session:
        acts = [_taught(key, day) for day in (1, 2)]
        session.add_all(acts)
        session.flush()
        account = session.scalars(select(Account.id)).first()
        voided = UsageVoid(act_id=acts[0].id, reason="Nhầm lớp", account_id=account)
    assert index_changes(database, engine) == 2
    assert taught(database, key) == 2
    with database.write() as session:
        session.add(voided)
    assert index_changes(database, engine) == 1
    assert taught(database, key) == 1
    with database.read() as session:
        assert check_index(session, engine).agrees


def _taught(material_id, day):
    at = datetime(2026, 9, day, 8, tzinfo=UTC)
    return UsageAct(
        kind=ActKind.TAUGHT,
        source=ActSource.TRACKER,
        occurred_at=at,
        act_date=at.date(),
        material_id=material_id,
        details={},
    )


def taught(database, key):
    with database.read() as session:
        (document,) = documents_of(session, [session.get(Material, key)], load_tree(session))
    return document.taught


def test_a_document_says_who_published_it_when_under_which_licence_and_about_what(session, world):
    unit = world.unit()
    author = session.get(Account, world.somebody(Role.TEACHER, unit).account_id)
    reviewer = world.somebody(Role.REVIEWER, unit)
    material = world.material(
        unit,
        author,
        Status.PUBLISHED,
        published_at=datetime(2025, 12, 31, 18, tzinfo=UTC),
        licence=Licence.CC0,
        subjects=[MaterialSubject(subject_code="TOAN")],
        grades=[MaterialGrade(grade_code="5")],
    )
    session.refresh(material)
    step = {"version_id": material.current_version.id, "account_id": reviewer.account_id}
    session.add(ReviewEvent(material_id=material.id, step=ReviewStep.PUBLISHED, **step))
    session.flush()
    (document,) = documents_of(session, [material], load_tree(session))
    assert (document.year, document.licence, document.topic) == ("2026", "CC0-1.0", "Toán; Lớp 5")
    assert document.approved_by == str(reviewer.account_id)


def test_the_more_may_see_a_material_the_further_it_is_published(session, world):
    province = world.unit("SO")
    school = world.unit("TH1", province)
    author = world.account("lan")
    drafted = world.material(school, author)
    of_school = world.material(school, author, Status.PUBLISHED)
    of_province = world.material(province, author, Status.PUBLISHED)
    of_all = world.material(school, author, Status.PUBLISHED, is_public=True)
    materials = [drafted, of_school, of_province, of_all]
    scopes = [document.scope for document in documents_of(session, materials, load_tree(session))]
    assert scopes[0] == 0
    assert scopes == sorted(set(scopes))
