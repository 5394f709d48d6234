"""Our viewer on the content host: drawn pages, films with captions, outlines, H5P with the installed player."""

import html
import io
import json
import re
import shutil

import pytest

from content_packages.pictures import office
from elearn.models.account import Role
from elearn.services import parts, previews
from elearn.worker import Worker
from tests.support.contributing import counted, indexed
from tests.support.media import film
from tests.support.office import docx, paragraph
from tests.support.packages import HOME_PAGE, compound_file, pdf
from tests.support.shelf import AUTHOR, put
from tests.support.zips import simple_zip

CARTRIDGE = """<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion></metadata>
<organizations><organization identifier="o"><item identifier="root">
<item identifier="u1"><title>Chương 1</title>
<item identifier="p" identifierref="page"><title>Bài đọc</title></item>
<item identifier="w" identifierref="web"><title>Trang ngoài</title></item>
<item identifier="t" identifierref="talk"><title>Thảo luận</title></item></item></item></organization></organizations>
<resources><resource identifier="page" type="webcontent" href="a.html"><file href="a.html"/></resource>
<resource identifier="web" type="imswl_xmlv1p1"><file href="w.xml"/></resource>
<resource identifier="talk" type="imsdt_xmlv1p1"><file href="t.xml"/></resource></resources></manifest>"""
WEB = '<webLink><title>x</title><url href="https://vi.example/?a=1&amp;b=2"/></webLink>'
TALK = "<topic><title>Thảo luận</title><text>&lt;p&gt;Em nghĩ gì &lt;script&gt;?&lt;/p&gt;</text></topic>"
CARTRIDGE_FILES = {"imsmanifest.xml": CARTRIDGE, "a.html": HOME_PAGE, "w.xml": WEB, "t.xml": TALK}


@pytest.fixture
def shelf(house, make_account):
    make_account(AUTHOR)

    def stand(data, name, *, drawn=True):
        uid = put(house, data, name)
        while drawn and Worker(house).draw():
            pass
        return uid

    return stand


@pytest.fixture
def look(teacher, make_browser):
    """Open a material at a place; gives the address of the viewer, its page, and a way to what lies beside it."""

    def opened(uid, place=""):
        answer = teacher.get(f"/materials/{uid}/open{place}")
        assert answer.status_code == 303, answer.status_code
        origin, path = re.fullmatch(r"(http://\w+\.localhost)(/.+)", answer.headers["Location"]).groups()
        guest = make_browser(origin=origin)
        shown = guest.get(path)
        assert shown.status_code == 200
        assert "Set-Cookie" not in shown.headers
        base = path.partition("?")[0]
        return path, html.unescape(shown.text), lambda name: guest.get(name if name[0] == "/" else base + name)

    return opened


def test_a_page_of_a_document_is_shown_with_its_words_and_its_neighbours(shelf, teacher, look, house):
    uid = shelf(pdf(*(f"Trang so {n}" for n in range(1, 21))), "a.pdf")
    page = teacher.get(f"/materials/{uid}").text
    assert f"/materials/{uid}/open?page=8" in page
    small = teacher.get(f"/materials/{uid}/pages/2")
    assert (small.status_code, small.headers["Content-Type"]) == (200, "image/webp")
    assert small.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert teacher.get(f"/materials/{uid}/pages/20").status_code == 404
    path, shown, get = look(uid, "?page=3")
    assert path.endswith("/?page=3")
    assert "Trang so 3" in shown
    assert "Trang so 4" not in shown
    picture_of_page = get("3.webp")
    assert picture_of_page.headers["Content-Type"] == "image/webp"
    assert "immutable" in picture_of_page.headers["Cache-Control"]
    assert get("2-small.webp").data == small.data
    # The last pages are drawn when somebody turns to them, once, by the worker.
    _, waiting, get = look(uid, "?page=18")
    assert "data-wait" in waiting
    assert get("18.webp").status_code == 404
    look(uid, "?page=19")
    assert Worker(house).draw()
    assert not Worker(house).draw()
    _, shown, get = look(uid, "?page=18")
    assert "data-wait" not in shown
    assert get("18.webp").status_code == 200
    assert "Trang so 20" in look(uid, "?page=999")[1]


def test_a_found_page_opens_in_the_viewer_and_the_document_as_it_is_stays_near(shelf, teacher, look, house):
    uid = shelf(pdf("Mot", "Hai quang hop", "Ba"), "a.pdf")
    indexed(house)
    found = teacher.get("/library?q=quang+hop").text
    assert f'href="/materials/{uid}/open?page=2"' in found
    _, shown, get = look(uid, "?page=2")
    whole = re.search(r'href="(/o/[^"]+)#page=2"', shown)[1]
    assert get(whole).headers["Content-Type"] == "application/pdf"


def test_cards_come_in_two_sizes_without_a_query_for_each(shelf, teacher, house):
    uid = shelf(pdf("Bia"), "p.pdf")
    large, small = (teacher.get(f"/materials/{uid}/picture{size}") for size in ("", "?w=320"))
    assert {large.headers["Content-Type"], small.headers["Content-Type"]} == {"image/webp"}
    assert f"/materials/{uid}/picture?v=" in teacher.get(f"/materials/{uid}").text
    indexed(house)
    with counted(house) as one:
        teacher.get("/library")
    for number in range(3):
        shelf(pdf(f"Trang {number}"), f"{number}.pdf")
    indexed(house)
    with counted(house) as four:
        assert teacher.get("/library").text.count("/picture?v=") >= 4
    assert len(four) <= len(one) + 1


def office_of(monkeypatch, tmp_path, data):
    place = tmp_path / "office" / "program" / "soffice"
    place.parent.mkdir(parents=True)
    (place.parent / "given.pdf").write_bytes(data)
    place.write_text(f"#!/bin/sh\ncp {place.parent}/given.pdf document.pdf\n")
    place.chmod(0o755)
    monkeypatch.setattr(office, "converter", lambda: str(place))


def test_an_old_document_is_seen_and_found_where_there_is_a_converter(
    shelf, teacher, look, house, monkeypatch, tmp_path
):
    monkeypatch.setattr(office, "converter", lambda: "")
    uid = shelf(compound_file("WordDocument"), "a.doc")
    page = html.unescape(teacher.get(f"/materials/{uid}").text)
    assert "không có LibreOffice" in page
    assert teacher.get(f"/materials/{uid}/open").status_code == 404
    office_of(monkeypatch, tmp_path, pdf("Phan so", "Quang hop"))
    assert previews.ask_for_all(house.database) == 0
    assert previews.ask_for_all(house.database, again=True) == 1
    assert Worker(house).draw()
    indexed(house)
    assert f"/materials/{uid}/open?page=2" in teacher.get("/library?q=quang+hop").text
    assert "Quang hop" in look(uid, "?page=2")[1]
    assert "document.pdf" not in look(uid)[1]


def test_a_part_of_a_document_opens_on_its_page(shelf, teacher, look, monkeypatch, tmp_path):
    office_of(monkeypatch, tmp_path, pdf("Bia", "Phan so bang nhau"))
    uid = shelf(docx(paragraph("Phan so bang nhau")), "a.docx")
    assert look(uid, "?part=1")[0].endswith("/?page=2")
    monkeypatch.setattr(office, "converter", lambda: "/nowhere/soffice")
    broken = shelf(docx(paragraph("Hai")), "b.docx")
    assert "Không tạo được ảnh" in html.unescape(teacher.get(f"/materials/{broken}").text)


SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Xin</i> chào <script>x</script> --> & \r\n\r\n2\r\nkhông có giờ\r\n"


def test_a_film_has_seeking_a_poster_and_captions_written_anew(shelf, look, sign_in, house):
    uid = shelf(film(), "f.mp4", drawn=False)
    editor = sign_in("quan-tri", Role.ADMINISTRATOR)
    sent = {"language": "vi", "file": (io.BytesIO(SRT.encode("utf-16")), "a.srt")}
    assert editor.post(f"/materials/{uid}/captions", sent).status_code == 303
    _, shown, get = look(uid)
    assert 'src="captions/vi.vtt"' in shown
    vtt = get("captions/vi.vtt")
    assert vtt.headers["Content-Type"].startswith("text/vtt")
    assert vtt.text == "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nXin chào x --&gt; &amp;\n"
    source = re.search(r'<source src="([^"]+)"', shown)[1]
    assert get(source).headers["Accept-Ranges"] == "bytes"
    assert get("captions/en.vtt").status_code == get("card.webp").status_code == 404
    assert editor.post(f"/materials/{uid}/captions/vi/delete", {}).status_code == 303
    assert "captions/vi.vtt" not in look(uid)[1]


@pytest.mark.parametrize(
    ("data", "language", "said"),
    [(b"\x89PNG", "vi", "không có phụ đề"), (SRT.encode(), "../x", "chọn ngôn ngữ"), (b"", "vi", "không có phụ đề")],
)
def test_captions_that_are_none_are_refused_beside_the_form(shelf, sign_in, data, language, said):
    uid = shelf(film(), "f.mp4", drawn=False)
    editor = sign_in("quan-tri", Role.ADMINISTRATOR)
    answer = editor.post(f"/materials/{uid}/captions", {"language": language, "file": (io.BytesIO(data), "a.srt")})
    assert 400 <= answer.status_code < 500
    assert said in html.unescape(answer.text)


def test_captions_are_for_whoever_may_edit(shelf, teacher):
    uid = shelf(film(), "f.mp4", drawn=False)
    assert "captions" not in teacher.get(f"/materials/{uid}").text
    sent = {"language": "vi", "file": (io.BytesIO(SRT.encode()), "a.srt")}
    assert teacher.post(f"/materials/{uid}/captions", sent).status_code == 403


def test_a_cartridge_is_walked_along_its_outline(shelf, look):
    uid = shelf(simple_zip(CARTRIDGE_FILES), "c.imscc")
    path, shown, get = look(uid)
    assert "/w/" in path
    assert "Chương 1" in shown
    frame = re.search(r'<iframe[^>]*src="([^"]+)"', shown)[1]
    assert get(frame).headers["Content-Type"].startswith("text/html")
    assert get(frame.replace("a.html", "x/$IMS-CC-FILEBASE$/a.html")).status_code == 200
    _, link, _ = look(uid, "?part=w")
    assert 'href="https://vi.example/?a=1&b=2"' in link
    assert 'rel="noopener noreferrer nofollow"' in link
    assert "chưa được ai ở đây kiểm tra" in link
    _, talk, _ = look(uid, "?part=t")
    assert "Em nghĩ gì" in talk
    assert "<iframe" not in talk
    assert "Chương 1" in look(uid, "?part=nothing")[1]


def test_h5p_plays_once_its_player_is_installed(shelf, teacher, look, house):
    files = {"h5p.json": '{"title": "Đố vui", "mainLibrary": "H5P.Essay"}', "content/content.json": "{}"}
    uid = shelf(simple_zip({f"bai/{name}": data for name, data in files.items()}), "a.h5p")
    assert "elearn parts install h5p" in teacher.get(f"/materials/{uid}").text
    place = parts.H5P.place(house.settings.home)
    for name in parts.H5P.needed:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("//")
    _, shown, get = look(uid)
    start = json.loads(re.search(r'id="start">(.*?)</script>', shown)[1])
    assert get(start["h5pJsonPath"] + "/h5p.json").json["title"] == "Đố vui"
    assert get(start["frameJs"]).status_code == 200
    assert get(f"/parts/h5p/{parts.H5P.version}/../../../secret_key").status_code == 404
    assert get("/parts/h5p/1/main.bundle.js").status_code == 404
    assert teacher.get(f"/parts/h5p/{parts.H5P.version}/main.bundle.js").status_code == 404
    shutil.rmtree(place)
    assert teacher.get(f"/materials/{uid}/open").status_code == 404


def test_a_drawing_is_shown_as_a_picture_and_can_do_nothing_by_itself(shelf, look):
    uid = shelf(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "a.svg", drawn=False)
    _, shown, get = look(uid)
    source = re.search(r'<img class="drawing" src="([^"]+)"', shown)[1]
    drawing = get(source)
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in drawing.headers["Content-Security-Policy"]
    assert "default-src 'none'" in drawing.headers["Content-Security-Policy"]


def test_what_has_no_viewer_has_no_page_of_it(shelf, teacher, make_browser, house):
    uid = shelf(simple_zip({"a.dat": "x"}), "a.zip")
    where = teacher.get(f"/materials/{uid}/download").headers["Location"]
    origin, capability = re.fullmatch(r"(http://\w+\.localhost)/d/([^/]+)/.+", where).groups()
    guest = make_browser(origin=origin)
    for name in ("", "1.webp", "1-small.webp", "card.webp", "captions/vi.vtt"):
        assert guest.get(f"/w/{capability}/{name}").status_code == 404
    assert guest.get("/w/nothing/").status_code == 404
