"""What fingers and ears make of a word is undone."""

import pytest

from search_index.slips import accented_forms, is_near, slipped, syllables


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
    ("word", "other", "near"),
    [
        ("geogerba", "geogebra", True),
        ("pyhton", "python", True),
        ("trafic", "traffic", True),
        ("trafffic", "traffic", True),
        ("newtom", "newton", True),
        ("python", "python", False),
        ("pythno", "pithon", False),
        ("abc", "abcde", False),
    ],
)
def test_long_words_are_near_when_one_slip_apart(word, other, near):
    assert is_near(word, other) is near
    assert is_near(other, word) is near


@pytest.mark.parametrize(
    ("folded", "typed", "first"),
    [("truong", "trờng", "trường"), ("phan", "phâb", "phân"), ("duong", "đườnng", "đường"), ("so", "xố", "số")],
)
def test_diacritics_that_were_typed_are_kept(folded, typed, first):
    assert first in accented_forms(folded, typed)[:3]
