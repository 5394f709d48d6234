"""Batches, rebuilds and merges change what is found, never how; readers follow them."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_index import whoosh_writer
from search_index.documents import SearchPart
from search_index.engine import IndexBusyError, IndexUnavailableError, open_engine
from search_index.folder import IndexFolder
from tests.support.examples import examples
from tests.support.search_documents import ask, found, material

WORDS = ["phân", "số", "thập", "hình", "học", "toán", "lớp", "5", "vật", "lí", "hoà", "tan", "quý", "trọng"]
QUERIES = ["phân số", "phan so", "toán lớp 5", "vat ly", "", '"hinh hoc"', "số -toán", "hòa tan quý trọng"]


def answers(engine):
    return [(result.total, result.hits, result.facets) for result in map(engine.search, map(ask, QUERIES))]


def varied(number, salt=0):
    words = [WORDS[(number * 7 + step * (step + salt)) % len(WORDS)] for step in range(4 + number % 9)]
    return material(f"m{number:03}", " ".join(words[:4]), body=" ".join(words * (1 + number % 3)), levels=("th",))


def test_a_batch_puts_replaces_and_takes_out(engine):
    engine.rebuild([material("a", "Toán"), material("b", "Vật lý")])
    engine.apply([material("b", "Hoá học"), material("c", "Toán hình")], ["a"])
    assert sorted(engine.uids()) == ["b", "c"]
    assert (found(engine, "vật lý"), found(engine, "hóa"), found(engine, "toán")) == ([], ["b"], ["c"])


def test_a_uid_both_changed_and_removed_is_gone(engine):
    engine.rebuild([])
    engine.apply([material("a")], ["a"])
    assert list(engine.uids()) == []


def test_the_last_of_two_documents_with_one_uid_stays(engine, monkeypatch):
    monkeypatch.setattr(whoosh_writer, "_BUILD_CHARACTERS", 12)
    documents = [material("a", "Cũ"), material("b"), material("a", "Mới"), material("c")]
    assert engine.rebuild(documents) == 3
    assert sorted(engine.uids()) == ["a", "b", "c"]
    assert (found(engine, "cũ"), found(engine, "mới")) == ([], ["a"])


@pytest.mark.parametrize("engine_name", ["whoosh"], scope="session")
def test_a_rebuild_holds_no_more_text_in_memory_than_fits_whether_it_stands_in_parts_or_not(
    engine, tmp_path, monkeypatch
):
    monkeypatch.setattr(whoosh_writer, "_BUILD_CHARACTERS", 100)
    page = SearchPart("p", "", "chữ " * 30)
    engine.rebuild([material("a", parts=(page,)), material("b", body=page.text), material("c", parts=(page,))])
    assert segments(tmp_path) == 3


def test_removing_what_is_not_there_is_no_error(engine):
    engine.rebuild([material("a")])
    engine.apply([], ["absent"])
    assert list(engine.uids()) == ["a"]


@settings(max_examples=examples(15))
@given(
    st.lists(
        st.tuples(st.sets(st.integers(0, 15), max_size=4), st.sets(st.integers(0, 15), max_size=2), st.integers(0, 3)),
        max_size=8,
    )
)
def test_a_rebuild_gives_the_same_answers_as_the_batches(tmp_path_factory, engine_name, batches):
    present = {}
    batched, rebuilt = (open_engine(engine_name, tmp_path_factory.mktemp("index")) for _ in range(2))
    batched.rebuild([])
    for changed, removed, salt in batches:
        documents = [varied(number, salt) for number in changed]
        gone = [f"m{number:03}" for number in removed]
        batched.apply(documents, gone)
        present |= {document.uid: document for document in documents}
        present = {uid: document for uid, document in present.items() if uid not in gone}
    rebuilt.rebuild(present.values())
    assert answers(batched) == answers(rebuilt)
    assert sorted(batched.uids()) == sorted(present)
    batched.close()
    rebuilt.close()


def test_merging_and_optimizing_change_no_answer(engine, engine_name, tmp_path):
    engine.rebuild([])
    for number in range(40):
        engine.apply([varied(number)], [])
        if number % 5 == 4:
            engine.apply([varied(number - 2, salt=1)], [f"m{number - 3:03}"])
    before = answers(engine)
    assert segments(tmp_path) < 15
    engine.optimize()
    assert answers(engine) == before
    assert segments(tmp_path) == 1 or engine_name == "tantivy"


def segments(tmp_path):
    """Count the segments of either engine."""
    (generation,) = (tmp_path / "index").glob("generation-*")
    return len([*generation.glob("*.seg"), *generation.glob("*.store")])


def test_other_readers_see_batches_and_rebuilds(engine, engine_name, tmp_path):
    engine.rebuild([material("a")])
    reader = open_engine(engine_name, tmp_path / "index")
    assert found(reader) == ["a"]
    engine.apply([material("b")], ["a"])
    assert found(reader) == ["b"]
    engine.rebuild([material("c")])
    assert found(reader) == ["c"]
    engine.optimize()
    assert found(reader) == ["c"]
    reader.close()


def test_a_rebuild_leaves_one_generation(engine, tmp_path):
    for _ in range(3):
        engine.rebuild([material("a")])
    assert len(list((tmp_path / "index").glob("generation-*"))) == 1


def test_searches_go_on_with_the_old_index_while_a_rebuild_runs(engine):
    engine.rebuild([material("old")])

    def documents():
        yield material("new")
        assert found(engine) == ["old"]

    engine.rebuild(documents())
    assert found(engine) == ["new"]


def test_a_rebuild_that_fails_leaves_the_old_index_and_no_litter(engine, tmp_path):
    engine.rebuild([material("old")])

    def documents():
        yield material("new")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        engine.rebuild(documents())
    assert found(engine) == ["old"]
    assert len(list((tmp_path / "index").glob("generation-*"))) == 1


def test_a_batch_that_fails_changes_nothing_and_frees_the_writer(engine):
    engine.rebuild([material("old")])
    with pytest.raises(TypeError):
        engine.apply([material("new"), material("broken", title=None)], ["old"])
    assert found(engine) == ["old"]
    engine.apply([material("new")], ["old"])
    assert found(engine) == ["new"]


def test_a_second_writer_is_told_that_the_index_is_busy(engine, engine_name, tmp_path):
    engine.rebuild([material("a")])
    second = open_engine(engine_name, tmp_path / "index")
    with IndexFolder(tmp_path / "index").writing():
        for write in (lambda: second.apply([], ["a"]), lambda: second.rebuild([]), second.optimize):
            with pytest.raises(IndexBusyError):
                write()
    second.apply([], ["a"])
    assert found(engine) == []
    second.close()


def test_a_commit_whose_writer_died_before_telling_is_not_undone(engine, tmp_path, monkeypatch):
    engine.rebuild([material("a", "Cũ")])
    with monkeypatch.context() as dying:
        dying.setattr(IndexFolder, "point_to", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            engine.apply([material("a", "Mới")], [])
    engine.apply([material("a", "Mới hơn"), material("b")], [])
    assert sorted(engine.uids()) == ["a", "b"]
    assert found(engine, "mới") == ["a"]


def test_a_batch_before_the_first_rebuild_asks_for_one(engine):
    with pytest.raises(IndexUnavailableError):
        engine.apply([material("a")], [])


def test_threads_share_an_engine_while_it_changes(engine):
    engine.rebuild([varied(number) for number in range(30)])
    done = threading.Event()

    def search():
        rounds = 0
        while not done.is_set() or not rounds:
            for query in QUERIES:
                result = engine.search(ask(query))
                assert len(result.hits) == min(result.total, 20)
            rounds += 1
        return rounds

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(search) for _ in range(4)]
        for number in range(15):
            engine.apply([varied(number, salt=number)], [f"m{number + 15:03}"])
        engine.rebuild([varied(number) for number in range(30)])
        engine.optimize()
        done.set()
    assert all(reader.result() for reader in readers)
