"""EPUB 2 and 3: what the book is, and its chapters."""

import pytest

from content_packages.facts import Kind
from tests.support.zips import simple_zip

CONTAINER = '<container><rootfiles><rootfile full-path="OPS/sach.opf"/></rootfiles></container>'
NAV = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><nav><a href="c1.xhtml">Chương một</a>'
    '<a href="c2.xhtml#a">Hai</a></nav></html>'
)
NCX = (
    '<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx><navMap>'
    '<navPoint><navLabel><text>Chương một</text></navLabel><content src="c1.xhtml"/></navPoint></navMap></ncx>'
)


def book(version="3.0", navigation='<item id="n" href="nav.xhtml" properties="nav"/>', **files):
    package = (
        f'<package version="{version}" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Sách</dc:title>'
        "<dc:creator>Lan</dc:creator><dc:language>vi</dc:language><dc:subject>toán</dc:subject></metadata><manifest>"
        f'{navigation}<item id="a" href="c1.xhtml"/><item id="b" href="c2.xhtml"/></manifest>'
        '<spine toc="x"><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )
    chapters = {
        "OPS/c1.xhtml": "<html><head><title>x</title></head><body>Phân số</body></html>",
        "OPS/c2.xhtml": "<html><head><title>Hình</title></head><body>Tròn</body></html>",
    }
    named = {name.replace("__", "."): data for name, data in files.items()}
    return (
        {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OPS/sach.opf": package}
        | chapters
        | {f"OPS/{name}": data for name, data in named.items()}
    )


def codes(facts):
    return [found.code for found in facts.findings]


def test_a_book_of_edition_3_has_its_chapters_and_their_titles(inspected):
    facts = inspected(simple_zip(book(nav__xhtml=NAV)), "sach.epub")
    assert (facts.kind, facts.standard, facts.edition, facts.title) == (Kind.EPUB, "EPUB", "3.0", "Sách")
    assert (facts.authors, facts.language, facts.keywords) == (("Lan",), "vi", ("toán",))
    assert [(part.key, part.kind, part.title, part.text) for part in facts.parts] == [
        ("OPS/c1.xhtml", "chapter", "Chương một", "Phân số"),
        ("OPS/c2.xhtml", "chapter", "Hai", "Tròn"),
    ]
    assert dict(facts.properties) == {"chapters": 2, "entry": "OPS/nav.xhtml"}
    assert codes(facts) == []


def test_a_book_of_edition_2_has_them_too(inspected):
    facts = inspected(simple_zip(book("2.0", '<item id="x" href="toc.ncx"/>', toc__ncx=NCX)), "sach.epub")
    assert [part.title for part in facts.parts] == ["Chương một", "Hình"]
    assert (facts.edition, facts.properties["entry"]) == ("2.0", "OPS/c1.xhtml")


def test_a_chapter_that_is_not_there_is_named(inspected):
    files = book(nav__xhtml=NAV)
    del files["OPS/c2.xhtml"]
    facts = inspected(simple_zip(files), "sach.epub")
    assert [(found.code, found.params) for found in facts.findings] == [
        ("listed_files_missing", {"count": 1, "names": "c2.xhtml"})
    ]


@pytest.mark.parametrize("key", ["META-INF/rights.xml", "META-INF/license.lcpl"])
def test_a_book_that_only_a_bought_key_opens_is_refused(inspected, key):
    assert codes(inspected(simple_zip(book() | {key: "x"}), "sach.epub")) == ["epub_protected"]


@pytest.mark.parametrize(
    "data", ["", "<a>" * 3000, b"\xff\xfe", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>']
)
@pytest.mark.parametrize("name", ["OPS/sach.opf", "META-INF/container.xml", "OPS/nav.xhtml"])
def test_broken_parts_never_crash_the_reader(inspected, name, data):
    facts = inspected(simple_zip(book(nav__xhtml=NAV) | {name: data}), "sach.epub")
    assert codes(facts) == (["description_unreadable"] if name == "OPS/sach.opf" else [])
