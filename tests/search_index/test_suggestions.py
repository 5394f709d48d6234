"""Titles are completed while one types, only those the reader may see."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.search_documents import EVERYBODY, material

DAY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def library(engine):
    engine.rebuild(
        [
            material("a", "Phân số lớp 5", published_at=DAY),
            material("b", "Phân tích đa thức", published_at=DAY + timedelta(days=1)),
            material("c", "Vật lý 10", body="phân tích"),
            material("d", "Phân số bí mật", allow=frozenset({"unit:1"})),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("ph", ("Phân tích đa thức", "Phân số lớp 5")),
        ("phân", ("Phân tích đa thức", "Phân số lớp 5")),
        ("phan s", ("Phân số lớp 5",)),
        ("phan so", ("Phân số lớp 5",)),
        ("lop pha", ("Phân số lớp 5",)),
        ("đa th", ("Phân tích đa thức",)),
        ("vat ly", ("Vật lý 10",)),
        ("v", ()),
        ("", ()),
        ("(((", ()),
        ("\ud800\x00", ()),
        ("xyz", ()),
    ],
)
def test_titles_go_on_from_what_was_typed(library, typed, titles):
    assert library.suggest(typed, EVERYBODY).titles == titles


def test_hidden_titles_are_never_suggested(library):
    assert library.suggest("bí mật", EVERYBODY).titles == ()
    assert library.suggest("bí mật", frozenset({"unit:1"})).titles == ("Phân số bí mật",)


def test_removed_titles_are_no_longer_suggested(library):
    library.apply([], ["a"])
    assert library.suggest("phan so", EVERYBODY).titles == ()


def test_equal_titles_are_suggested_once(engine):
    engine.rebuild([material("a", "Phân số"), material("b", "Phân số")])
    engine.apply([material("c", "Phân số")], [])
    assert engine.suggest("phân", EVERYBODY).titles == ("Phân số",)


@pytest.mark.parametrize(("limit", "count"), [(3, 3), (0, 0), (-1, 0)])
def test_no_more_are_given_than_asked(engine, limit, count):
    engine.rebuild(material(f"m{n}", f"Phân số bài {n}") for n in range(9))
    assert len(engine.suggest("phân", EVERYBODY, limit).titles) == count


@pytest.fixture
def authors(engine):
    engine.rebuild(
        [
            material("a", author="Nguyễn Thị Thuý"),
            material("b", author="Nguyễn Văn An"),
            material("c", author="Nguyễn Văn An"),
            material("d", author="Nguyễn Bí Mật", allow=frozenset({"unit:1"})),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("nguyen", ("Nguyễn Văn An", "Nguyễn Thị Thuý")),
        ("nguyễn th", ("Nguyễn Thị Thuý",)),
        ("thuy ng", ("Nguyễn Thị Thuý",)),
        ("guyen", ()),
        ("bí m", ()),
    ],
)
def test_authors_go_on_from_what_was_typed_those_with_most_materials_first(authors, typed, names):
    assert authors.suggest(typed, EVERYBODY).authors == names
