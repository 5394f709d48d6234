"""The feed of the index: documents, batches, crashes between index and database, rebuilds."""

import pytest
from sqlalchemy import select

from elearn.models.account import Account, Role
from elearn.models.material import Material, MaterialLevel, Part, SearchChange, Status
from elearn.services.access import load_tree
from elearn.services.indexing import document_of, index_changes, mark_changed, rebuild
from search_index.documents import SearchQuery
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
        document = document_of(session.get(Material, key), load_tree(session))
    assert (document.title, document.kind, document.levels) == ("Phân số", "scorm", ("TH",))
    assert document.body == "Trang\nHai phân số bằng nhau"
    assert {token.partition(":")[0] for token in document.allow} == {"owner", "scope", "system", "unit"}


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
