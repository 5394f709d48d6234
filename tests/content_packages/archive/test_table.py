"""The table of verified entries: lenient look-up, strict serialisation."""

import pytest

from content_packages.archive.table import DEFLATED, STORED, Entry, EntryTable

PAGE = Entry("Bài 1/Trang đầu.html", DEFLATED, 44, 10, 30, 0xDEADBEEF)
PICTURE = Entry("img/100%.png", STORED, 99, 5_000_000_000, 5_000_000_000, 7)
TABLE = EntryTable.of([PAGE, PICTURE])


@pytest.mark.parametrize(
    "path",
    [
        "Bài 1/Trang đầu.html",
        "Ba\u0300i 1/Trang đâ\u0300u.html",
        "B%C3%A0i%201/Trang%20%C4%91%E1%BA%A7u.html",
        "BÀI 1/trang đầu.HTML",
        "b%C3%A0i%201/TRANG đầu.html",
    ],
)
def test_a_sloppy_reference_finds_its_file(path):
    assert TABLE.lookup(path) == PAGE


@pytest.mark.parametrize("path", ["", "Bài 1", "Bài 1/", "../Bài 1/Trang đầu.html", "Bài 1/Trang đầu.html?x=1"])
def test_what_is_not_there_is_not_found(path):
    assert TABLE.lookup(path) is None


def test_the_written_name_comes_before_the_decoded_one():
    assert TABLE.lookup("img/100%.png") == PICTURE
    literal, decoded = Entry("a%20b", 0, 0, 0, 0, 0), Entry("a b", 0, 0, 0, 0, 0)
    assert EntryTable.of([decoded, literal]).lookup("a%20b") == literal


def test_the_exact_case_comes_before_the_others():
    upper, lower = Entry("A.png", 0, 0, 0, 0, 0), Entry("a.png", 0, 0, 0, 0, 0)
    assert EntryTable.of([upper, lower]).lookup("a.png") == lower


def test_a_table_survives_its_serialisation():
    assert EntryTable.from_bytes(TABLE.to_bytes()) == TABLE


def test_serialisation_is_compact():
    table = EntryTable.of(Entry(f"scormcontent/lib/{n}.js", DEFLATED, n * 999, 900, 2000, n) for n in range(1000))
    assert len(table.to_bytes()) < 20 * len(table)


@pytest.mark.parametrize("data", [b"", b"ELT0" + TABLE.to_bytes()[4:], TABLE.to_bytes()[:-5], b"ELT1x", b"ELT1"])
def test_other_bytes_are_no_table(data):
    with pytest.raises(ValueError, match="entry table"):
        EntryTable.from_bytes(data)


def test_the_size_of_a_table_is_that_of_its_files():
    assert TABLE.size == 30 + 5_000_000_000
