"""People stand in a list as in a Vietnamese class register."""

import unicodedata

import pytest

from elearn.services.people import sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["Trần An", "Nguyễn Văn Anh", "Bùi Ánh", "Cao Ăn", "Đỗ Ân"],  # given name decides; a ă â are three letters
        ["Lê Thị Hoa", "Nguyễn Hoa", "Trần Hoa"],  # then the family name
        ["Lê Ái Hoa", "Lê Thị Hoa", "Lê Văn Hoa"],  # then the middle names
        ["Lê Ma", "Lê Mà", "Lê Mả", "Lê Mã", "Lê Má", "Lê Mạ"],  # the tones in the order of a dictionary
        ["Lê Má", "Lê Mai"],  # a tone never outweighs a letter
        ["Lê Dung", "Lê Dũng", "Lê Dương", "Lê Đức"],  # đ after d, u before ư
        ["Lê Oanh", "Lê Ông", "Lê Ơn"],
        ["Lê Ưng", "Lê Vân", "Lê Xuân", "Lê Yến"],
        ["Hoa", "Lê Hoa"],  # who has only one name stands before those who have more
    ],
)
def test_names_sort_in_vietnamese_order(ordered):
    assert sorted(ordered, key=sort_key) == ordered


def test_the_key_does_not_depend_on_the_normal_form_or_the_case():
    name = "Nguyễn Thị Ánh"
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name) == sort_key("  NGUYỄN  THỊ ÁNH ")


def test_the_key_is_of_digits_so_that_every_database_sorts_it_alike():
    assert sort_key("Zoë O'Brien-Nguyễn").isdigit()
