"""Names of entries that old tools wrote in the code page of their machine."""

import io

import pytest

from content_packages.archive.intake import take_in
from content_packages.archive.vietnamese import decode_tcvn, is_syllable
from tests.support.zips import UTF8, ZipEntry, build_zip


def read_names(*raw_names):
    intake = take_in(io.BytesIO(build_zip(*(ZipEntry(name, b"x") for name in raw_names))))
    return [entry.path for entry in intake.entries], [dict(f.params) for f in intake.findings]


# "Bài giảng", "Toán lớp 5" and "Địa lý" as Vietnamese machines of the nineties wrote them.
TCVN_NAMES = {b"B\xb5i gi\xb6ng.html": "Bài giảng.html", b"To\xb8n l\xedp 5.html": "Toán lớp 5.html"}
CP1258_NAMES = {
    b"B\xe0i gia\xd2ng.html": "Bài giảng.html",
    b"To\xe1n l\xf5\xecp 5.html": "Toán lớp 5.html",
}


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (TCVN_NAMES, "tcvn"),
        (CP1258_NAMES, "cp1258"),
        ({"Žluťoučký/Koníček.txt".encode("cp852"): "Žluťoučký/Koníček.txt"}, "cp852"),
        ({"Prüfung.txt".encode("cp437"): "Prüfung.txt"}, "cp437"),
        ({"测试文件.txt".encode("gb18030"): "测试文件.txt"}, "gb18030"),
    ],
)
def test_legacy_names_become_readable(names, encoding):
    paths, params = read_names(*names)
    assert paths == list(names.values())
    assert params == [{"encoding": encoding}]


def test_utf8_is_recognised_without_its_flag():
    paths, params = read_names("Bài giảng.html".encode())
    assert (paths, params) == (["Bài giảng.html"], [])


def test_names_are_composed():
    assert read_names("Ba\u0300i.html".encode())[0] == ["Bài.html"]


def test_a_name_that_claims_to_be_utf8_and_is_not_refuses_the_package():
    intake = take_in(io.BytesIO(build_zip(ZipEntry(b"b\xe0i.html", b"x", flags=UTF8))))
    assert [found.code for found in intake.findings] == ["name_legacy_encoding", "name_undecodable"]


def test_a_name_with_a_byte_that_its_code_page_lacks_refuses_the_package():
    names = [b"B\xe0i gia\xd2ng %d.html" % number for number in range(600)]
    intake = take_in(io.BytesIO(build_zip(*(ZipEntry(name, b"x") for name in [*names, b"\xd2\xff\x80\x8a\x9a.html"]))))
    assert [found.code for found in intake.findings] == ["name_legacy_encoding", "name_undecodable"]


@pytest.mark.parametrize("word", ["giảng", "Toán", "nghiêng", "quyển", "ươm", "thuở", "khuỷu", "yêu", "Đường"])
def test_vietnamese_syllables_are_recognised(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["strength", "Žluť", "bàì", "ngngo", "çok"])
def test_other_words_are_not_vietnamese_syllables(word):
    assert not is_syllable(word)


def test_tcvn_covers_all_letters_of_the_alphabet():
    decoded = decode_tcvn(bytes(range(0x80, 0x100)))
    assert set("ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ") <= set(decoded)
