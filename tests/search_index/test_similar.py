"""Materials like one are those that speak of the same, first of all in the same subject and grade."""

import pytest

from search_index.documents import SearchPart
from tests.support.search_documents import EVERYBODY, material

FRACTIONS = "quy đồng mẫu số các phân số, rút gọn phân số"


@pytest.fixture
def library(engine):
    engine.rebuild(
        [
            material("this", "Phân số bằng nhau", parts=(SearchPart("p", "", FRACTIONS),), subjects=("toan",)),
            material("same subject", "Rút gọn phân số", body=FRACTIONS, subjects=("toan",)),
            material("other subject", "Rút gọn phân số", body=FRACTIONS, subjects=("anh",)),
            material("far", "Vật lý 10", body="chuyển động thẳng đều"),
        ]
    )
    engine.apply([material("hidden", "Quy đồng mẫu số", allow=frozenset({"unit:1"}), subjects=("toan",))], [])
    return engine


def similar(engine, uid, tokens=EVERYBODY, **more):
    return [hit.uid for hit in engine.similar(uid, tokens, **more)]


def test_those_of_the_same_subject_come_first_and_strangers_not_at_all(library):
    assert similar(library, "this") == ["same subject", "other subject"]
    assert similar(library, "this", limit=1) == ["same subject"]


def test_only_what_the_reader_may_see_is_compared(library):
    assert "hidden" in similar(library, "this", EVERYBODY | {"unit:1"})
    assert similar(library, "hidden") == []
    assert similar(library, "absent") == []


def test_a_hit_has_a_title_and_something_to_read(library):
    (hit, *_others) = library.similar("this", EVERYBODY)
    assert (hit.title, hit.snippet) == ("Rút gọn phân số", FRACTIONS)


def test_a_material_of_one_word_is_like_nothing(engine):
    engine.rebuild([material("a", "Toán"), material("b", "Toán")])
    assert similar(engine, "a") == []
