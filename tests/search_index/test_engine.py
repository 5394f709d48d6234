"""The engine finds Vietnamese materials the way teachers type."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from search_index.documents import SearchDocument, fingerprint
from search_index.engine import ENGINES, UnknownEngineError, open_engine
from tests.support.search_documents import ask, found, material

LIBRARY = [
    material("fractions", "Phân số lớp 5", body="Học sinh học phân số và số thập phân", subjects=("toan",)),
    material("physics", "Vật lý 10: chuyển động", description="Chuyển động thẳng đều", keywords=("cơ học",)),
    material("chemistry", "Hoà tan muối ăn", body="Thí nghiệm hòa tan", author="Nguyễn Thị Thuý"),
    material("ethics", "Đạo đức: quý trọng thời gian", body="Bài học về thời gian"),
    material("table", "Bàn học của em", body="Cái bàn bằng gỗ"),
    material("friend", "Bạn học của em", body="Người bạn tốt"),
]


@pytest.fixture
def library(engine):
    engine.rebuild(LIBRARY)
    return engine


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("phân số", "fractions"),
        ("phan so", "fractions"),
        ("PHÂN SỐ", "fractions"),
        ("lop 5", "fractions"),
        ("lớp5", "fractions"),
        ("vật lí", "physics"),
        ("vat ly", "physics"),
        ("co hoc", "physics"),
        ("thẳng đều", "physics"),
        ("hòa tan", "chemistry"),
        ("hoà tan", "chemistry"),
        ("thủy", None),
        ("thúy", "chemistry"),
        ("nguyen thi thuy", "chemistry"),
        ("dao duc", "ethics"),
        ("đạo đức", "ethics"),
        ("qúy trọng", "ethics"),
        ("bàn học", "table"),
        ("bạn học", "friend"),
    ],
)
def test_materials_are_found_as_they_are_typed(library, typed, first):
    uids = found(library, typed)
    assert uids[0] == first if first else uids == ["chemistry"]


@pytest.mark.parametrize("typed", ["phân số lớp 5", "vật lí", "hòa tan", "đạo đức", "quý trọng"])
def test_decomposed_queries_give_the_same_answer(library, typed):
    decomposed = library.search(ask(unicodedata.normalize("NFD", typed)))
    assert decomposed.hits == library.search(ask(typed)).hits
    assert decomposed.total > 0


def test_decomposed_documents_are_found_and_shown_composed(engine):
    engine.rebuild(
        [material(title=unicodedata.normalize("NFD", "Đường thẳng"), body=unicodedata.normalize("NFD", "vuông góc"))]
    )
    (hit,) = engine.search(ask("đường vuông")).hits
    assert (hit.title, hit.snippet) == ("Đường thẳng", "vuông góc")


def test_without_accents_both_homographs_are_found(library):
    assert set(found(library, "ban hoc")) == {"table", "friend"}


def test_hits_show_where_the_words_stand(library):
    hit = library.search(ask("phan so")).hits[0]
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["Phân", "số"]
    assert {hit.snippet[start:end] for start, end in hit.marks} == {"phân", "số"}


def test_every_word_is_wanted(library):
    assert found(library, "học phân số") == ["fractions"]


def test_a_long_title_with_a_foreign_word_still_finds_its_material(library):
    assert found(library, "phân số lớp 5 cánh diều")[0] == "fractions"


def test_a_query_that_shares_few_words_finds_nothing(library):
    assert found(library, "phân tử oxi nguyên tố hiđro") == []


def test_phrases_want_neighbours(library):
    assert found(library, '"thập phân"') == ["fractions"]
    assert found(library, '"phân thập"') == []


def test_exclusions_take_out(library):
    assert set(found(library, "học -em")) == {"fractions", "physics", "ethics"}
    assert found(library, "ban hoc -bàn") == ["friend"]
    assert "fractions" not in found(library, 'hoc -"phan so"')


def test_an_exclusion_alone_shows_everything_else(library):
    assert len(found(library, "-bàn")) == len(LIBRARY) - 1


@pytest.mark.parametrize("better", ["title", "keywords", "description"])
def test_a_word_in_a_weightier_field_ranks_higher(engine, better):
    value = ("quang hợp",) if better == "keywords" else "quang hợp"
    texts = {"title": "Bài", "keywords": ("bài",), "description": "bài", "body": "bài"}
    engine.rebuild([material("a", **(texts | {"body": "bài quang hợp"})), material("b", **(texts | {better: value}))])
    assert found(engine, "quang hợp") == ["b", "a"]


def test_nothing_typed_shows_the_newest_first(engine):
    day = datetime(2026, 1, 1, tzinfo=UTC)
    dated = [material(f"m{n}", published_at=day + timedelta(days=n)) for n in (2, 0, 3, 1)]
    engine.rebuild([*dated, material("undated")])
    assert found(engine) == ["m3", "m2", "m1", "m0", "undated"]


def test_among_equals_the_newest_comes_first(engine):
    day = datetime(2026, 1, 1, tzinfo=UTC)
    engine.rebuild([material(f"m{n}", published_at=day + timedelta(days=n)) for n in (2, 0, 3, 1)])
    assert found(engine, "phân số") == ["m3", "m2", "m1", "m0"]


def test_pages_follow_each_other_without_gap_or_repetition(engine):
    engine.rebuild(material(f"m{n:02}") for n in range(25))
    whole = found(engine, "phan", limit=100)
    pages = [uid for offset in range(0, 30, 10) for uid in found(engine, "phan", limit=10, offset=offset)]
    assert pages == whole
    assert len(set(whole)) == 25


@pytest.mark.parametrize(("limit", "offset", "hits"), [(0, 0, 0), (-5, 0, 0), (5, -3, 3), (10_000, 0, 3), (5, 99, 0)])
def test_odd_pages_are_no_errors(engine, limit, offset, hits):
    engine.rebuild(material(f"m{n}") for n in range(3))
    result = engine.search(ask("phan", limit=limit, offset=offset))
    assert (result.total, len(result.hits)) == (3, hits)


def test_an_empty_index_answers_nothing(engine):
    assert engine.rebuild([]) == 0
    result = engine.search(ask("toán"))
    assert (result.total, result.hits, dict(result.facets["kind"])) == (0, (), {})


def test_uids_and_fingerprints_tell_what_is_stored(library):
    assert sorted(library.uids()) == sorted(document.uid for document in LIBRARY)
    assert library.fingerprint("physics") == fingerprint(LIBRARY[1])
    assert library.fingerprint("absent") is None


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Khác"},
        {"allow": frozenset({"unit:1"})},
        {"keywords": ("a", "b")},
        {"published_at": datetime(2026, 1, 1, tzinfo=UTC)},
        {"body": "x"},
    ],
)
def test_any_change_changes_the_fingerprint(change):
    assert fingerprint(material(**change)) != fingerprint(material())


def test_a_fingerprint_does_not_depend_on_the_order_of_a_set():
    tokens = [f"unit:{n}" for n in range(50)]
    one, other = (material(allow=frozenset(order)) for order in (tokens, reversed(tokens)))
    assert fingerprint(one) == fingerprint(other)


def test_whoosh_is_the_default_engine(tmp_path):
    assert type(open_engine("", tmp_path)) is type(open_engine(" Whoosh ", tmp_path))


def test_an_unknown_engine_is_named(tmp_path):
    with pytest.raises(UnknownEngineError) as caught:
        open_engine("lucene", tmp_path)
    assert caught.value.args == ("lucene", tuple(ENGINES))


def test_empty_codes_are_no_facets(engine):
    engine.rebuild([SearchDocument("m1", "Bài", "", frozenset({"public"}), levels=("",))])
    assert engine.search(ask()).facets == {"level": {}, "subject": {}, "grade": {}, "kind": {}}


@pytest.mark.parametrize(
    ("typed", "uids"),
    [
        ("tiêu đề:phân số", ["title"]),
        ("tieu de:phan so", ["title"]),
        ("nội dung:phân số", ["body"]),
        ('body:"phân số"', ["body"]),
        ('title:"số phân"', []),
        ("phân số title:bảng", ["body"]),
        ("từ khóa:phân số", []),
        ("title:phaan soos", []),
    ],
)
def test_a_field_says_where_words_must_stand(engine, typed, uids):
    engine.rebuild([material("title", "Phân số", body="Bài học"), material("body", "Bảng nhân", body="một phân số")])
    assert found(engine, typed) == uids


@pytest.mark.parametrize(
    ("typed", "uids"),
    [
        ("phân số -tiêu đề:phân số", ["body"]),
        ("phan so -tieu de:phan", ["body"]),
        ('phân số -title:"số phân"', ["title", "body"]),
        ("phân số -title:phân bảng", ["title", "body"]),
        ("-nội dung:phân số", ["title"]),
        ("-title:phân -title:nhân", []),
        ("phaan soos -title:nhân", []),
    ],
)
def test_a_field_says_where_words_must_not_stand(engine, typed, uids):
    engine.rebuild([material("title", "Phân số", body="Bài học"), material("body", "Bảng nhân", body="một phân số")])
    assert found(engine, typed) == uids


@pytest.mark.parametrize(
    ("without", "uids"),
    [
        ({"kind": {"pdf"}}, ["b"]),
        ({"author": {"nguyen thi lan"}}, ["b"]),
        ({"kind": {"pdf"}, "subject": {"TOAN"}}, []),
        ({"kind": set()}, ["a", "b"]),
        ({"colour": {"red"}}, ["a", "b"]),
    ],
)
def test_codes_may_be_excluded_and_are_not_counted(engine, without, uids):
    engine.rebuild(
        [
            material("a", "Phân số", author="Nguyễn Thị Lan", published_at=datetime(2026, 1, 1, tzinfo=UTC)),
            material("b", "Phân số", kind="video", subjects=("TOAN",)),
        ]
    )
    asked = ask("phan so", without={name: frozenset(codes) for name, codes in without.items()})
    result = engine.search(asked)
    assert [hit.uid for hit in result.hits] == uids
    assert sum(result.facets["kind"].values()) == len(uids)
