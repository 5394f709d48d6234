"""Words of Vietnamese texts, however they were typed, become the same terms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.vietnamese import (
    LONGEST_WORD,
    canonical,
    exact_terms,
    fold,
    folded_bigrams,
    folded_terms,
    normalise,
    spellings,
    tokenise,
)


@pytest.mark.parametrize(
    ("written", "canonical_form"),
    [
        # The tone mark of oa, oe, uy: the old place and the new one.
        ("hòa", "hoà"),
        ("hoà", "hoà"),
        ("HÒA", "hoà"),
        ("khỏe", "khoẻ"),
        ("thủy", "thuỷ"),
        ("thuý", "thuý"),
        ("loá", "loá"),
        # After a final consonant both schools agree.
        ("hoàn", "hoàn"),
        ("huỳnh", "huỳnh"),
        ("toán", "toán"),
        ("tóan", "toán"),
        # The u of qu and the i of gi belong to the consonant.
        ("quý", "quý"),
        ("qúy", "quý"),
        ("quí", "quý"),
        ("quà", "quà"),
        ("qủa", "quả"),
        ("già", "già"),
        ("gìa", "già"),
        ("gìn", "gìn"),
        ("giếng", "giếng"),
        # One letter of i and y, as school books and newspapers differ.
        ("lý", "lí"),
        ("lí", "lí"),
        ("kỹ", "kĩ"),
        ("mỹ", "mĩ"),
        ("sỹ", "sĩ"),
        ("tỷ", "tỉ"),
        ("hy", "hi"),
        ("quýt", "quýt"),
        ("quít", "quýt"),
        # Where y and i are different words they stay.
        ("tay", "tay"),
        ("tai", "tai"),
        ("thúy", "thuý"),
        ("thúi", "thúi"),
        ("ý", "ý"),
        # Falling pairs, triples, marked vowels.
        ("mùa", "mùa"),
        ("chìa", "chìa"),
        ("mũi", "mũi"),
        ("cưú", "cứu"),
        ("ngòai", "ngoài"),
        ("khuỷu", "khuỷu"),
        ("ngoẹo", "ngoẹo"),
        ("ngừơi", "người"),
        ("túyêt", "tuyết"),
        ("thuở", "thuở"),
        # Đ, and the Icelandic letter that old fonts have in its place.
        ("ĐỨC", "đức"),
        ("Ðức", "đức"),
        # Foreign words keep their marks where they are.
        ("café", "café"),
        ("Menđêlêep", "menđêlêep"),
        # Typographic forms of digits and letters.
        ("x²", "x2"),
        ("５", "5"),
        # A soft hyphen or a zero-width space of a PDF text.
        ("phân\u00ad", "phân"),
        ("h\u200bọc", "học"),
    ],
)
def test_a_word_has_one_spelling(written, canonical_form):
    assert canonical(written) == canonical_form


@pytest.mark.parametrize("word", ["hòa", "toán", "lý", "quý", "nghiêng", "được", "ĐƯỜNG", "khuỷu", "thuở", "Việt"])
def test_decomposed_text_gives_the_same_terms(word):
    assert exact_terms(unicodedata.normalize("NFD", word)) == exact_terms(word)


@pytest.mark.parametrize(
    ("typed", "word"), [("vie\u0323\u0302t", "việt"), ("vie\u0302\u0323t", "việt"), ("te\u0301\u0302", "tế")]
)
def test_marks_in_the_wrong_order_are_put_right(typed, word):
    assert exact_terms(typed) == (word,)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Toán lớp 5", ("toan", "lop", "5")),
        ("Toán lớp5, toan10", ("toan", "lop", "5", "toan", "10")),
        ("lớp 5A", ("lop", "5a")),
        ("H2O, CO2 và mp3", ("h2o", "co2", "va", "mp3")),
        ("số 3,14 và 1.000", ("so", "3", "14", "va", "1", "000")),
        ("y = 2x + 1", ("y", "2x", "1")),
        ("bài-tập_nhóm", ("bai", "tap", "nhom")),
        ("định luật Ôm", ("dinh", "luat", "om")),
        ("GDKT&PL", ("gdkt", "pl")),
        ("((( ___ !!!", ()),
        ("\u200b \u0301", ()),
        ("", ()),
    ],
)
def test_text_is_cut_into_folded_words(text, terms):
    assert folded_terms(text) == terms


def test_exact_words_keep_their_diacritics():
    assert exact_terms("Vật lý: Hòa tan") == ("vật", "lí", "hoà", "tan")


@pytest.mark.parametrize(
    ("text", "bigrams"),
    [
        ("Toán lớp 5", ("toan lop", "lop 5")),
        ("phân số, số thập phân", ("phan so", "so so", "so thap", "thap phan")),
        ("Hết bài. Bài mới", ("het bai", "bai moi")),
        ("một\ndòng", ("mot dong",)),
        ("một\n\nđoạn", ()),
        ("số 3.14", ("so 3", "3 14")),
        ("phân số; hình học", ("phan so", "hinh hoc")),
    ],
)
def test_bigrams_join_neighbours_within_a_sentence(text, bigrams):
    assert folded_bigrams(text) == bigrams


def test_fold_drops_diacritics_and_case():
    assert fold("ĐƯỜNG Thẳng, Vật lý № 5") == "duong thang, vat ly № 5"


def test_tokens_say_where_they_stand_in_the_composed_text():
    text = "Định luật\u00a0Ôm (lớp9)"
    spelled = [normalise(text)[token.start : token.end] for token in tokenise(unicodedata.normalize("NFD", text))]
    assert spelled == ["Định", "luật", "Ôm", "lớp", "9"]


@pytest.mark.parametrize(
    ("folded", "forms"), [("li", ("li", "ly")), ("quynh", ("quynh", "quinh")), ("hoa", ("hoa",)), ("phi", ("phi",))]
)
def test_a_folded_term_knows_how_texts_write_it(folded, forms):
    assert spellings(folded) == forms


def test_endless_words_are_cut():
    assert [len(term) for term in exact_terms("a" * 10_000)] == [LONGEST_WORD]


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_folding_never_moves_offsets(text):
    assert len(fold(text)) == len(normalise(text))


@given(st.text(max_size=60))
def test_any_text_gives_terms_that_stay_as_they_are(text):
    for term in exact_terms(text):
        assert canonical(term) == term


@given(st.text(alphabet="aăâeêioôơuưyđbcghklmnpqrstvx áàảãạếệộợứừịỷ125", max_size=30))
def test_terms_do_not_depend_on_the_unicode_form(text):
    assert exact_terms(unicodedata.normalize("NFD", text)) == exact_terms(text)
