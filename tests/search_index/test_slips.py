"""What fingers and ears make of a word is undone."""

import pytest

from search_index.slips import accented_forms, respelt, slipped, syllables


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("trogn", "trong"),  # two letters in the wrong order
        ("duonng", "duong"),  # a letter twice
        ("trng", "trong"),  # a letter missing
        ("phabn", "phan"),  # a letter too many
        ("phab", "phan"),  # the key beside
        ("lon", "non"),
        ("sac", "xac"),
        ("xuat", "suat"),
        ("che", "tre"),
        ("trung", "chung"),
        ("dap", "giap"),
        ("gia", "da"),
        ("ra", "da"),
        ("nge", "nghe"),
        ("kon", "con"),
        ("lang", "lan"),
        ("bac", "bat"),
        ("tai", "tay"),
    ],
)
def test_a_slip_is_undone(typed, meant):
    assert meant in slipped(typed)


def test_common_slips_are_likelier_than_others():
    assert slipped("che")["tre"] < slipped("che")["chem"]
    assert slipped("phab")["phan"] < slipped("phab")["phat"]


@pytest.mark.parametrize("word", ["phan", "nghieng", "quyet", "giua", "oan", "uong", "khuyu"])
def test_syllables_are_known(word):
    assert word in syllables()


@pytest.mark.parametrize("word", ["test", "zalo", "bcd", "phann", "", "x" * 64])
def test_other_words_are_none(word):
    assert word not in syllables()
    assert word not in slipped(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("geogerba", "geogebra"),
        ("pyhton", "python"),
        ("trafic", "traffic"),
        ("trafffic", "traffic"),
        ("newtom", "newton"),
        ("oython", "ython"),
        ("ypthon", "python"),
    ],
)
def test_words_that_are_not_vietnamese_are_respelt_by_one_slip(typed, meant):
    assert meant in respelt(typed)


@pytest.mark.parametrize(
    ("typed", "other"), [("python", "python"), ("pythno", "pithon"), ("usky", "husky"), ("abc", "ab")]
)
def test_other_words_are_no_slip_or_begin_otherwise(typed, other):
    assert other not in respelt(typed)


@pytest.mark.parametrize(
    ("folded", "typed", "first"),
    [("truong", "trờng", "trường"), ("phan", "phâb", "phân"), ("duong", "đườnng", "đường"), ("so", "xố", "số")],
)
def test_diacritics_that_were_typed_are_kept(folded, typed, first):
    assert first in accented_forms(folded, typed)[:3]
