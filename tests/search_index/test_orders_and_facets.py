"""Hits come in the order that is asked for, are counted by what is asked for, and are narrowed to authors."""

from datetime import UTC, datetime, timedelta

import pytest

from search_index.documents import FACETS, MOST_CODES, Sort
from tests.support.search_documents import ask, found, material

DAY = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def library(engine):
    engine.rebuild(
        [
            material("best", "Phân số", published_at=DAY, taught=2, author="Nguyễn Thị Thuý", licence="CC0"),
            material("newest", "Bài", body="phân số", published_at=DAY + timedelta(days=9), year="2026", unit="7"),
        ]
    )
    engine.apply([material("taught", "Bài", body="Về phân số", taught=9, author="Trần Văn Bình", approved_by="3")], [])
    program = material(
        "program", "Bảng cộng", kind="software", platforms=("linux", "windows"), licence_kinds=("seats",)
    )
    engine.apply([program], [])
    return engine


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.RELEVANCE, ["best", "newest", "taught"]),
        (Sort.NEWEST, ["newest", "best", "taught"]),
        (Sort.MOST_TAUGHT, ["taught", "best", "newest"]),
    ],
)
def test_hits_come_in_the_order_asked_for(library, sort, order):
    assert found(library, "phân số", sort=sort) == order
    assert [uid for at in range(3) for uid in found(library, "phân số", sort=sort, limit=1, offset=at)] == order


def test_hits_are_counted_by_what_is_asked_for(library):
    facets = library.search(ask("phân số", facets=FACETS)).facets
    assert (facets["licence"], facets["year"], facets["unit"]) == ({"CC0": 1}, {"2026": 1}, {"7": 1})
    assert facets["approved_by"] == {"3": 1}
    assert library.search(ask("phân số", facets=("kind", "nonsense"))).facets == {"kind": {"pdf": 3}}


@pytest.mark.parametrize(("facet", "code", "uid"), [("licence", "CC0", "best"), ("approved_by", "3", "taught")])
def test_every_facet_narrows(library, facet, code, uid):
    assert found(library, "phân số", filters={facet: {code}}) == [uid]


def test_software_is_counted_and_narrowed_by_system_and_licence(library):
    facets = library.search(ask(facets=FACETS)).facets
    assert (facets["platform"], facets["licence_kind"]) == ({"linux": 1, "windows": 1}, {"seats": 1})
    assert found(library, filters={"platform": {"windows", "macos"}, "licence_kind": {"seats"}}) == ["program"]
    assert found(library, filters={"platform": {"macos"}}) == []
    without = library.search(ask("phân số", facets=FACETS)).facets
    assert (without["platform"], without["licence_kind"]) == ({}, {})


@pytest.mark.parametrize("name", ["Nguyễn Thị Thuý", "nguyễn thị thúy", "nguyen thi thuy"])
def test_hits_are_narrowed_to_an_author_by_the_whole_name(library, name):
    assert found(library, "phân số", filters={"author": {name}}) == ["best"]
    assert found(library, "phân số", filters={"author": {"Nguyễn Thị"}}) == []


def test_only_the_largest_counts_are_given_and_those_asked_for(engine):
    engine.rebuild(material(f"m{n:03}", unit=f"u{min(n, MOST_CODES + 5):03}") for n in range(MOST_CODES + 9))
    counts = engine.search(ask(facets=("unit",))).facets["unit"]
    assert (len(counts), counts[f"u{MOST_CODES + 5}"]) == (MOST_CODES, 4)
    last = f"u{MOST_CODES + 4}"
    assert last not in counts
    assert engine.search(ask(facets=("unit",), filters={"unit": {last}})).facets["unit"][last] == 1


def test_the_topic_is_searched(engine):
    engine.rebuild([material("a", "Phân số", topic="Toán; Lớp 5"), material("b", "Phân số")])
    assert found(engine, "toan lop 5") == ["a"]


def test_only_what_stands_equal_is_ordered_by_scope_then_use_then_date(engine):
    engine.rebuild(
        [
            material("oldest", "Phân số", scope=9, taught=1, published_at=DAY),
            material("school", "Phân số", scope=2, taught=9, published_at=DAY + timedelta(days=9)),
            material("taught", "Phân số", scope=9, taught=5, published_at=DAY),
            material("newest", "Phân số", scope=9, taught=1, published_at=DAY + timedelta(days=5)),
            material(
                "worse", "Phân tích số học của một lớp", scope=100, taught=99, published_at=DAY + timedelta(days=99)
            ),
        ]
    )
    assert found(engine, "phân số") == ["taught", "newest", "oldest", "school", "worse"]


def test_without_a_question_the_newest_or_the_most_taught_of_all_come_first(engine):
    engine.rebuild(
        material(f"m{n}", scope=n % 3, taught=200 - n, published_at=DAY + timedelta(days=n)) for n in range(150)
    )
    assert found(engine, limit=2) == ["m149", "m148"]
    assert found(engine, limit=2, sort=Sort.MOST_TAUGHT) == ["m0", "m1"]
