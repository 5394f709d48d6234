"""Queries with keys left in them are read as what was meant, where the index knows it."""

import pytest

from search_index.mending import MOST_LOOKUPS, mended, reconsidered
from search_index.synonyms import NO_SYNONYMS
from tests.support.search_documents import ask, found, material


@pytest.fixture
def library(engine):
    engine.rebuild(
        [
            material("fractions", "Toán lớp 5: phân số", body="Học sinh học phân số"),
            material("tests", "English for grade 5", body="A short test"),
            material("secret", "Vật lý lượng tử", allow=frozenset({"unit:1"})),
            material("lunar", "Tết Nguyên đán", body="Phong tục ngày Tết"),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("toans lowps 5", "toán lớp 5"),
        ("to1an lo7p1 5", "toán lớp 5"),
        ("phaan soos", "phân số"),
        ("Toans LOWPS", "toán lớp"),
        ('"phaan soos" -tieengs', '"phân số" -tieengs'),
        ("toan lowps 5", "toan lớp 5"),
    ],
)
def test_keys_are_read(library, typed, read):
    result = library.search(ask(typed))
    assert result.read_as == read
    assert result.hits[0].uid == "fractions"


@pytest.mark.parametrize("typed", ["toán lớp 5", "toan lop 5", "phan so", "", "123", "(((("])
def test_what_was_typed_well_stays_as_it_is(library, typed):
    assert library.search(ask(typed)).read_as == ""


def test_a_word_that_lessons_use_is_that_word(library):
    result = library.search(ask("test"))
    assert result.read_as == ""
    assert [hit.uid for hit in result.hits] == ["tests"]


def test_words_of_documents_that_one_may_not_see_decide_nothing(library):
    assert library.search(ask("luwowngj")).read_as == ""
    assert library.search(ask("luwowngj", tokens={"unit:1"})).read_as == "lượng"
    assert found(library, "luwowngj", tokens={"unit:1"}) == ["secret"]


def test_marks_show_the_words_that_were_meant(library):
    hit = library.search(ask("phaan soos")).hits[0]
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["phân", "số"]


@pytest.fixture
def shelf(engine):
    engine.rebuild(
        [
            material("perimeter", "Chu vi hình chữ nhật", body="Tính chu vi và diện tích"),
            material("vehicle", "Xe chở chi tiết máy", body="vị trí của chi tiết"),
            material("street", "Đường thẳng song song"),
            material("drawing", "Vẽ hình với GeoGebra", keywords=("geogebra",)),
            material("secret", "Bảo tàng ẩn giấu", allow=frozenset({"unit:1"})),
            material("spreadsheets", "Bảng tính", body="Lập công thức trong LibreOffice Calc"),
        ]
    )
    return engine


@pytest.mark.parametrize(
    ("typed", "read", "first"),
    [
        ("công thức liberoffice", "công thức libreoffice", "spreadsheets"),
        ("bảng tính ilbreoffice", "bảng tính libreoffice", "spreadsheets"),
        ("chu vi hìnhh chữ nhật", "chu vi hình chữ nhật", "perimeter"),
        ("Đườnng thẳng", "đường thẳng", "street"),
        ("duogn thang", "duong thang", "street"),
        ("đờng thẳng", "đường thẳng", "street"),
        ("đường thẳng xong xong", "đường thẳng song song", "street"),
        ("vẽ hình geogerba", "vẽ hình geogebra", "drawing"),
        ("nhậtt", "nhật", "perimeter"),
    ],
)
def test_words_that_nobody_uses_are_read_as_what_was_meant(shelf, typed, read, first):
    result = shelf.search(ask(typed))
    assert result.read_as == read
    assert result.hits[0].uid == first


def test_a_word_with_diacritics_that_nobody_writes_is_a_slip_though_it_folds_to_a_word(engine):
    engine.rebuild([material("head", "Hiệu trưởng nhà trường"), material("in", "Ở trong lớp")])
    result = engine.search(ask("hiệu trởng"))
    assert (result.read_as, result.hits[0].uid) == ("hiệu trưởng", "head")


def test_words_that_are_used_are_read_otherwise_when_nothing_has_them_all(shelf):
    result = shelf.search(ask("chi vi hình chữ nhật"))
    assert (result.read_as, result.did_you_mean) == ("chu vi hình chữ nhật", "")
    assert result.hits[0].uid == "perimeter"


def test_words_that_are_used_are_read_otherwise_when_a_document_has_clearly_more_of_it(engine):
    engine.rebuild(
        [
            material("reduce", "Giảm thiểu rác thải nhựa", body="Cách giảm thiểu rác thải ở trường em"),
            material("plain", "Sống giản dị mỗi ngày"),
        ]
    )
    result = engine.search(ask("cách giản thiểu rác thải nhựa ở quê hương"))
    assert result.read_as.startswith("cách giảm thiểu rác thải nhựa")
    assert result.hits[0].uid == "reduce"


def test_a_foreign_word_that_some_document_has_is_not_doubted(engine):
    engine.rebuild([material("cab", "Đi taxi trong thành phố"), material("ear", "Có tai để nghe", body="có tai")])
    assert engine.search(ask("thành phố có taxi không")).read_as == ""


def test_another_reading_is_only_offered_when_something_has_all_words(engine):
    engine.rebuild([material("typed", "Chi tiết: vi mạch"), material("meant", "Chu vi")])
    result = engine.search(ask("chi vi"))
    assert (result.read_as, result.did_you_mean) == ("", "chu vi")
    assert result.hits[0].uid == "typed"


@pytest.mark.parametrize("typed", ["chu vi hình chữ nhật", "chu vi", "diện tích", "geogebra", "GDCD", "ƯCLN"])
def test_what_is_found_is_neither_mended_nor_doubted(shelf, typed):
    result = shelf.search(ask(typed))
    assert (result.read_as, result.did_you_mean) == ("", "")


def test_slips_are_not_mended_by_documents_that_one_may_not_see(shelf):
    assert shelf.search(ask("bảo tànng")).read_as == ""
    assert shelf.search(ask("bảo tànng", tokens={"unit:1"})).read_as == "bảo tàng"


class Counting:
    """A vocabulary that knows every word and no neighbours, and counts what it is asked."""

    def __init__(self, known):
        self.is_used, self.asked = known, 0

    def frequency(self, kind, _term, _tokens):
        self.asked += 1
        return int(self.is_used and kind != "bigrams")

    def known(self, words):
        return list(words)


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    "typed", ["trogn duonng " * 200, "geogerbra " * 200, " ".join(f"{a}{b}n" for a in "xyzkhm" for b in "aeiou")]
)
def test_the_number_of_look_ups_is_bounded(known, typed):
    for read in (mended, reconsidered):
        vocabulary = Counting(known)
        read(vocabulary, typed, frozenset(), NO_SYNONYMS)
        assert vocabulary.asked <= MOST_LOOKUPS
