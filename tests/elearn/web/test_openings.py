"""Materials of every kind after their upload: what they are called, where their words stand, how they open."""

import html
import re

import pytest

from tests.content_packages.readers.test_epub import NAV, book
from tests.support.contributing import indexed, upload
from tests.support.media import film
from tests.support.office import docx, paragraph
from tests.support.packages import HOME_PAGE, compound_file, picture
from tests.support.shelf import AUTHOR, put
from tests.support.zips import simple_zip

SITE = simple_zip({"bai 1/story.html": HOME_PAGE, "bai 1/a.js": "1"})
COURSE = (
    '<courseStructure><course><title>x</title></course><au id="a"><title>Địa chất</title><url>a.html</url></au>'
    "</courseStructure>"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def shelf(house, make_account):
    make_account(AUTHOR)
    return lambda data, name: put(house, data if isinstance(data, bytes) else data.encode(), name)


OPENED = {
    "site": (SITE, "site.zip", "/f/", "bai%201/story.html", "text/html"),
    "cmi5": (simple_zip({"cmi5.xml": COURSE, "a.html": HOME_PAGE}), "c.zip", "/f/", "a.html", "text/html"),
    "book": (simple_zip(book(nav__xhtml=NAV)), "s.epub", "/w/", "", "text/html; charset=utf-8"),
    "film": (film(), "f.mp4", "/w/", "", "text/html; charset=utf-8"),
    "drawing": (SVG, "a.svg", "/w/", "", "text/html; charset=utf-8"),
    "picture": (picture(), "p.png", "/o/", "p.png", "image/png"),
}


@pytest.mark.parametrize(("data", "name", "route", "end", "media_type"), OPENED.values(), ids=OPENED.keys())
def test_what_a_browser_can_show_opens_on_the_content_host(
    shelf, teacher, make_browser, data, name, route, end, media_type
):
    uid = shelf(data, name)
    assert f'href="/materials/{uid}/open"' in teacher.get(f"/materials/{uid}").text
    answer = teacher.get(f"/materials/{uid}/open")
    origin, path = re.fullmatch(r"(http://\w+\.localhost)(/.+)", answer.headers["Location"]).groups()
    assert path.startswith(route)
    assert path.endswith(f"/{end}")
    shown = make_browser(origin=origin).get(path)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, media_type)
    assert "default-src" in shown.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in shown.headers


KEPT = {
    "document": (docx(paragraph("a")), "a.docx"),
    "old document": (compound_file("WordDocument"), "a.doc"),
    "page": (HOME_PAGE, "a.html"),
    "archive": (simple_zip({"a.dat": "x"}), "a.zip"),
    "h5p": (simple_zip({"h5p.json": '{"mainLibrary": "H5P.Essay"}', "content/content.json": "{}"}), "a.h5p"),
}


@pytest.mark.parametrize(("data", "name"), KEPT.values(), ids=KEPT.keys())
def test_what_it_cannot_show_safely_is_downloaded_as_it_came(shelf, teacher, make_browser, data, name):
    uid = shelf(data, name)
    assert f'href="/materials/{uid}/open"' not in teacher.get(f"/materials/{uid}").text
    assert teacher.get(f"/materials/{uid}/open").status_code == 404
    answer = teacher.get(f"/materials/{uid}/download")
    origin, path = re.fullmatch(r"(http://\w+\.localhost)(/d/.+)", answer.headers["Location"]).groups()
    got = make_browser(origin=origin).get(path)
    assert got.data == (data if isinstance(data, bytes) else data.encode())
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_a_document_is_found_by_its_words_and_called_by_its_kind(shelf, teacher, house):
    shelf(docx(paragraph("Phân số", "u1"), paragraph("Định lí Pythagore")), "giao an.docx")
    indexed(house)
    page = html.unescape(teacher.get("/library?q=pythagore&kind=document").text)
    assert "giao an" in page
    assert "Văn bản" in page


def test_an_upload_of_a_document_proposes_what_it_says_of_itself(teacher):
    core = "<dc:title>Giáo án phân số</dc:title><cp:keywords>toán</cp:keywords>"
    answer = upload(teacher, docx(paragraph("Hai nửa"), core=core), "a.docx")
    page = html.unescape(teacher.get(answer.headers["Location"]).text)
    assert "Giáo án phân số" in page
    assert "toán" in page


def test_the_length_of_a_film_is_shown(shelf, teacher):
    page = html.unescape(teacher.get(f"/materials/{shelf(film(600), 'f.mp4')}").text)
    assert "Thời lượng" in page
    assert "10 phút" in page
    assert "640 × 360" in page
