"""Documents that are kept ready to be shown are never older than the index, and keep their offsets."""

from search_index.documents import SearchPart
from search_index.engine import open_engine
from search_index.hits import Readable, store
from tests.support.search_documents import ask, material


def shown(engine, text="phân số"):
    return [(hit.uid, hit.title, hit.snippet) for hit in engine.search(ask(text)).hits]


def test_a_hit_that_was_shown_before_shows_what_it_says_now(engine):
    engine.rebuild([material("a", "Phân số", body="cũ"), material("b", "Phân số", body="cũ")])
    assert [snippet for *_, snippet in shown(engine)] == ["cũ", "cũ"]
    engine.apply([material("a", "Phân số", body="mới")], ["b"])
    assert shown(engine) == [("a", "Phân số", "mới")]
    engine.rebuild([material("a", "Phân số", body="mới hơn")])
    assert shown(engine) == [("a", "Phân số", "mới hơn")]


def test_a_hit_is_the_same_the_second_time_and_in_another_process(engine, engine_name, tmp_path):
    page = SearchPart("p1", "Bài 1", "Quy đồng mẫu số")
    engine.rebuild([material("a", "Toán", body="Phân số", parts=(page,)), material("b", "Phân số", body="lớp 5")])
    other = open_engine(engine_name, tmp_path / "index")
    for text in ("phân số", "mẫu số", "phân số", "lớp"):
        assert engine.search(ask(text)).hits == engine.search(ask(text)).hits == other.search(ask(text)).hits
    other.close()


def test_folded_texts_are_as_long_as_what_they_fold():
    pages = (SearchPart("a", "Đầu\0", "̣\0Số “thập” – phân"), SearchPart("b", "", ""), SearchPart("c", "\ud800", "𝒑 ế"))
    document = Readable(store(material("a", "Đường\0tròn", body="Lớp 5\0", parts=pages)))
    assert len(document.folded_title) == len(document.title)
    assert len(document.folded_text) == len(document.text)
    assert [len(text) for text in document.folded] == [len(part.text) for part in document.parts]
    assert document.folded[0].endswith("so “thap” – phan")


def test_a_document_says_at_least_how_many_bytes_its_texts_take():
    text = "chữ " * 1_000
    assert Readable(store(material("a", parts=(SearchPart("p", "", text),)))).size > len(text.encode("utf-16-le"))
