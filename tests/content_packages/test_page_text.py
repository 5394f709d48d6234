"""The words of HTML pages."""

import pytest

from content_packages.page_text import decode_page, read_page


def text_of(page):
    return read_page(page.encode() if isinstance(page, str) else page).text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Một</p><p>hai</p>", "Một hai"),
        ("H<sub>2</sub>O và <b>n</b>ước", "H2O và nước"),
        ("<table><tr><td>1<td>2</table>", "1 2"),
        ("a<br>b", "a b"),
        ("<script>var a = 'no'</script><style>p{}</style>có", "có"),
        ("<template>no</template><svg><text>no</text></svg>có", "có"),
        ("<!-- no -->có<?php no ?>", "có"),
        ("<img alt='Tam giác' src=a.png><input type=button value='Nộp bài'>", "Tam giác Nộp bài"),
        ("có&nbsp;&#7879;&amp;\n\n  hết", "có ệ& hết"),
        ("<title>Tên</title>có", "có"),
        ("<p>chưa <b>đóng <i>thẻ", "chưa đóng thẻ"),
        ("a\x00b", "a b"),
        ("", ""),
        ("<!-- only -->", ""),
    ],
)
def test_a_reader_sees_the_words_and_nothing_else(page, text):
    assert text_of(page) == text


@pytest.mark.parametrize(
    "page",
    [
        "<p>Phân số</p>".encode(),
        b"\xef\xbb\xbf" + "<p>Phân số</p>".encode(),
        "<p>Phân số</p>".encode("utf-16"),
        b"<meta charset=windows-1258>" + "<p>Phân sô\u0301</p>".encode("cp1258"),
        b'<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">' + "<p>Phân số</p>".encode(),
        b"<p>Ph\xe2n s\xf4\xec, \xf0\xfd\xf5\xf2ng</p>".replace(b"\xf5\xf2", b"\xf5\xcc"),
    ],
    ids=["utf-8", "bom", "utf-16", "declared", "declared wrongly", "guessed"],
)
def test_a_page_is_decoded(page):
    assert "Phân số" in text_of(page)


def test_windows_1252_is_the_last_resort():
    assert text_of(b"caf\xe9 \x96 na\xefve") == "café – naïve"


def test_an_unknown_encoding_is_not_believed():
    assert text_of(b"<meta charset=x-vni-times>caf\xe9") == "café"


def test_an_encoding_that_hides_markup_is_not_believed():
    assert decode_page(b"<meta charset=utf-7>+ADw-script+AD4-") == "<meta charset=utf-7>+ADw-script+AD4-"


def test_a_character_cut_at_the_end_does_not_spoil_the_page():
    assert text_of("<p>Phân số bằng".encode()[:-1] + "ằ".encode()[:2]) == "Phân số bằn"


def test_the_title_and_the_generator_are_known():
    page = read_page(b'<meta name="Generator" content=" eXeLearning  2.9 "><title> B\xc3\xa0i\n1 </title>')
    assert (page.title, page.generator) == ("Bài 1", "eXeLearning 2.9")


def test_outside_hosts_are_those_the_browser_loads_from():
    page = read_page(
        b'<script src="//CDN.vn/a.js"></script><img src="https://img.vn:8443/a.png"><a href="http://link.vn">x</a>'
        b'<link href="css/a.css"><img src="data:image/png;base64,x"><iframe src="http://[bad"></iframe>'
    )
    assert page.hosts == {"cdn.vn", "img.vn"}


@pytest.mark.parametrize(
    "page", [b"<" * 50_000, b"<p>" * 50_000, b"<a b=" * 20_000, b"\xff" * 999, b"<!DOCTYPE " * 999]
)
def test_a_hostile_page_is_only_a_page(page):
    assert isinstance(text_of(page), str)
