"""Files of packages on the content host: types, caching, compression, ranges, and who may not have them."""

import gzip
import zlib

import pytest
from sqlalchemy import select

from elearn.models.material import Material
from elearn.services.player import capability as capabilities
from tests.support.manifests import manifest_xml, sco
from tests.support.packages import HOME_PAGE, pdf, program, scorm_files
from tests.support.shelf import AUTHOR, Player, put
from tests.support.zips import DEFLATED, STORED, ZipEntry, build_zip

LONG = "".join(f"Dòng {number}: phân số bằng nhau\n" for number in range(40_000)).encode()
OLD_PAGE = "<title>Gi\u00f3</title>".encode("windows-1252")
FILES = {
    "long.txt": LONG,
    "stored.bin": bytes(range(256)) * 4,
    "empty.txt": b"",
    "My Page.htm": OLD_PAGE,
    "Thư mục/ảnh.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "setup.exe": b"MZ",
    "film.mp4": b"\0\0\0\x18ftypmp42",
    "data.xyz": b"?",
    "page.xhtml": b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "script.JS": b"1",
}


def archive(edition="1.2", **more):
    files = {**scorm_files(edition), **FILES, **more}
    entries = []
    for name, data in files.items():
        method = STORED if name == "stored.bin" else DEFLATED
        entries.append(ZipEntry(name, data.encode() if isinstance(data, str) else data, method))
    return build_zip(*entries)


@pytest.fixture
def shelf(house, make_account):
    """Publish files: `shelf(data, name)` gives the uid."""
    make_account(AUTHOR)
    return lambda data, name="bai-giang.zip": put(house, data, name)


@pytest.fixture
def player(sign_in):
    return Player(sign_in("hoc.sinh"))


@pytest.fixture
def opened(shelf, player):
    """A player page of a package with all kinds of files."""
    return player.open(shelf(archive()))


class TestWhatABrowserGets:
    def test_the_bytes_of_the_file(self, opened):
        answer = opened.file("index.html")
        assert (answer.status_code, answer.text) == (200, HOME_PAGE)

    def test_gzip_as_it_lies_in_the_archive_where_it_takes_it(self, opened):
        answer = opened.file("long.txt", headers={"Accept-Encoding": "gzip, br"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert gzip.decompress(answer.data) == LONG

    @pytest.mark.parametrize("accepts", ["", "identity", "gzip;q=0"])
    def test_plain_bytes_where_it_does_not(self, opened, accepts):
        answer = opened.file("long.txt", headers={"Accept-Encoding": accepts})
        assert "Content-Encoding" not in answer.headers
        assert int(answer.headers["Content-Length"]) == len(LONG)
        assert answer.data == LONG

    def test_a_stored_file_is_never_gzip(self, opened):
        answer = opened.file("stored.bin", headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer.headers
        assert answer.data == FILES["stored.bin"]

    def test_an_empty_file_is_empty(self, opened):
        assert opened.file("empty.txt").data == b""

    def test_forms_of_a_file_differ_in_their_tags_and_vary(self, opened):
        plain = opened.file("long.txt")
        packed = opened.file("long.txt", headers={"Accept-Encoding": "gzip"})
        assert plain.headers["ETag"] != packed.headers["ETag"]
        assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"

    @pytest.mark.parametrize("accepts", ["identity", "gzip"])
    def test_304_when_it_has_the_file_already(self, opened, accepts):
        headers = {"Accept-Encoding": accepts}
        tag = opened.file("long.txt", headers=headers).headers["ETag"]
        answer = opened.file("long.txt", headers={**headers, "If-None-Match": tag})
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == tag

    def test_files_may_be_kept_forever(self, opened):
        assert opened.file("index.html").headers["Cache-Control"] == "public, max-age=31536000, immutable"

    @pytest.mark.parametrize("name", ["index.html", "long.txt", "stored.bin"])
    def test_head_tells_the_same_without_the_bytes(self, opened, name):
        whole, head = opened.file(name), opened.file(name, method="HEAD")
        assert head.data == b""
        for header in ("Content-Length", "ETag", "Content-Type", "Accept-Ranges"):
            assert head.headers.get(header) == whole.headers.get(header)


class TestTypes:
    @pytest.mark.parametrize(
        ("name", "media_type"),
        [
            ("index.html", "text/html"),
            ("Thư mục/ảnh.svg", "image/svg+xml"),
            ("film.mp4", "video/mp4"),
            ("script.JS", "text/javascript"),
            ("page.xhtml", "application/xhtml+xml"),
            ("data.xyz", "application/octet-stream"),
            ("setup.exe", "application/octet-stream"),
        ],
    )
    def test_come_from_our_own_table(self, opened, name, media_type):
        assert opened.file(name).headers["Content-Type"] == media_type

    def test_old_pages_keep_their_own_encoding(self, opened):
        answer = opened.file("My Page.htm")
        assert answer.headers["Content-Type"] == "text/html"
        assert answer.data == OLD_PAGE

    def test_programs_are_offered_as_downloads(self, opened):
        assert opened.file("setup.exe").headers["Content-Disposition"].startswith("attachment")

    def test_pages_are_not(self, opened):
        assert "Content-Disposition" not in opened.file("index.html").headers


class TestRanges:
    @pytest.mark.parametrize("name", ["long.txt", "stored.bin"])
    @pytest.mark.parametrize(
        ("asked", "start", "stop"),
        [("0-9", 0, 10), ("1000-1009", 1000, 1010), ("1000-", 1000, None), ("-20", -20, None)],
    )
    def test_a_part_of_the_file(self, opened, name, asked, start, stop):
        data = FILES[name]
        answer = opened.file(name, headers={"Range": f"bytes={asked}", "Accept-Encoding": "gzip"})
        assert answer.status_code == 206
        assert answer.data == data[start:stop]
        first, last = answer.headers["Content-Range"].removeprefix("bytes ").split("/")[0].split("-")
        assert data[int(first) : int(last) + 1] == answer.data
        assert answer.headers["Content-Range"].endswith(f"/{len(data)}")
        assert "Content-Encoding" not in answer.headers

    @pytest.mark.parametrize("asked", ["2000-3000", "1024-"])
    def test_a_part_outside_the_file_is_416(self, opened, asked):
        answer = opened.file("stored.bin", headers={"Range": f"bytes={asked}"})
        assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */1024")

    @pytest.mark.parametrize("asked", ["bytes=abc", "lines=0-5", "bytes=5-2", "bytes=0-1,4-5", ""])
    def test_what_is_not_understood_gives_the_whole(self, opened, asked):
        answer = opened.file("stored.bin", headers={"Range": asked})
        assert (answer.status_code, answer.data) == (200, FILES["stored.bin"])

    def test_a_part_of_the_same_file_is_given_if_it_has_not_changed(self, opened):
        tag = opened.file("stored.bin").headers["ETag"]
        answer = opened.file("stored.bin", headers={"Range": "bytes=0-3", "If-Range": tag})
        assert answer.status_code == 206

    @pytest.mark.parametrize("condition", ['"another"', "Wed, 21 Oct 2015 07:28:00 GMT"])
    def test_else_the_whole(self, opened, condition):
        answer = opened.file("stored.bin", headers={"Range": "bytes=0-3", "If-Range": condition})
        assert (answer.status_code, len(answer.data)) == (200, 1024)


class TestSloppyPaths:
    @pytest.mark.parametrize("path", ["My%20Page.htm", "my page.htm", "MY%20PAGE.HTM", "My%2520Page.htm"])
    def test_find_the_file_that_is_meant(self, opened, path):
        assert opened.file(path).data == OLD_PAGE

    @pytest.mark.parametrize("path", ["Thư mục/ảnh.svg", "Th%C6%B0%20m%E1%BB%A5c/%E1%BA%A3nh.svg", "thư mục/ẢNH.svg"])
    def test_find_vietnamese_names(self, opened, path):
        assert opened.file(path).status_code == 200

    @pytest.mark.parametrize("path", ["nothing.html", "../imsmanifest.xml", "%2e%2e/x", "index.html/", "a\x00b", "%00"])
    def test_find_nothing_else(self, opened, path):
        assert opened.file(path).status_code == 404

    def test_say_which_file_of_the_lesson_is_not_there(self, opened):
        assert "scormcontent/bai-2.html" in opened.file("scormcontent/bai-2.html").text


class TestWhoMayNot:
    def test_a_forged_capability_is_404(self, opened):
        capability = opened.start["files"].split("/")[2]
        forged = capability[:-1] + ("a" if capability[-1] != "a" else "b")
        assert opened.get(f"/f/{forged}/index.html").status_code == 404

    def test_a_package_on_the_host_of_another_is_404(self, shelf, player, opened):
        other = player.open(shelf(archive(more__txt="1")))
        assert other.origin != opened.origin
        assert opened.get(other.start["files"] + "index.html").status_code == 404

    def test_a_withdrawn_package_is_404_within_seconds(self, shelf, player, house, monkeypatch):
        uid = shelf(archive())
        opened = player.open(uid)
        assert opened.file("index.html").status_code == 200
        with house.database.write() as session:
            session.query(Material).filter_by(uid=uid).one().capability_epoch += 1
        later = capabilities.monotonic() + capabilities.RECHECK_SECONDS + 0.1
        monkeypatch.setattr(capabilities, "monotonic", lambda: later)
        assert opened.file("index.html").status_code == 404

    def test_a_file_whose_bytes_are_missing_is_404(self, opened, house):
        blob = next(
            path
            for path in house.settings.home.rglob("*")
            if path.is_file() and path.stat().st_size > 50_000 and "sqlite" not in path.name
        )
        blob.unlink()
        assert opened.file("index.html").status_code == 404

    def test_a_page_that_is_not_there_is_a_page_of_ours(self, opened):
        answer = opened.file("nothing.html")
        assert answer.mimetype == "text/html"
        assert "Set-Cookie" not in answer.headers


class TestIsolation:
    @pytest.mark.parametrize("path", ["index.html", "setup.exe", "nothing.html"])
    def test_every_answer_carries_the_fences(self, opened, path):
        headers = opened.file(path).headers
        assert "frame-ancestors 'self' http://localhost" in headers["Content-Security-Policy"]
        assert "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Set-Cookie" not in headers
        assert "Access-Control-Allow-Origin" not in headers

    def test_service_workers_are_refused(self, opened):
        assert opened.file("script.JS", headers={"Service-Worker": "script"}).status_code == 403


class TestWholeFiles:
    @pytest.fixture
    def document(self, shelf):
        return shelf(pdf("Phan so"), "Phân số 100%.pdf")

    def hand_out(self, player, uid, way):
        answer = player.browser.get(f"/materials/{uid}/{way}")
        assert answer.status_code == 303, answer.text
        origin, _, path = answer.headers["Location"].partition(".localhost/")
        return player.browser.open("/" + path, origin=f"{origin}.localhost")

    def test_a_pdf_opens_in_the_browser(self, player, document):
        answer = self.hand_out(player, document, "open")
        assert answer.data.startswith(b"%PDF")
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == (
            "inline; filename=\"Ph_n s_ 100_.pdf\"; filename*=UTF-8''Ph%C3%A2n%20s%E1%BB%91%20100%25.pdf"
        )

    def test_a_pdf_is_read_in_parts(self, player, document):
        answer = player.browser.get(f"/materials/{document}/open")
        origin, _, path = answer.headers["Location"].partition(".localhost/")
        part = player.browser.open("/" + path, origin=f"{origin}.localhost", headers={"Range": "bytes=0-3"})
        assert (part.status_code, part.data) == (206, b"%PDF")

    @pytest.mark.parametrize(
        ("kind", "media_type", "status"),
        [
            ("image", "image/png", 200),
            ("video", "video/mp4", 200),
            ("audio", "audio/mpeg", 200),
            ("image", "image/svg+xml", 200),
            ("document", "application/msword", 404),
        ],
    )
    def test_what_browsers_show_without_scripts_opens(self, player, shelf, house, kind, media_type, status):
        uid = shelf(pdf("Phan so"), "hinh.bin.pdf")
        with house.database.write() as session:
            material = session.scalars(select(Material).where(Material.uid == uid)).one()
            material.kind, material.current_version.media_type = kind, media_type
        handed = player.browser.get(f"/materials/{uid}/download").headers["Location"]
        origin, _, path = handed.replace("/d/", "/o/").partition(".localhost/")
        answer = player.browser.open("/" + path, origin=f"{origin}.localhost")
        assert answer.status_code == status
        # A drawing may be a document with scripts: opened by itself it runs nothing and fetches nothing.
        policy = answer.headers["Content-Security-Policy"]
        assert (media_type != "image/svg+xml") or ("sandbox;" in policy and policy.startswith("default-src 'none'"))

    def test_a_download_is_an_attachment(self, player, document):
        assert self.hand_out(player, document, "download").headers["Content-Disposition"].startswith("attachment")

    def test_a_program_is_only_downloaded(self, player, shelf):
        uid = shelf(program(ProductName="Máy tính"), "may-tinh.exe")
        answer = self.hand_out(player, uid, "download")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        opened = player.browser.get(f"/materials/{uid}/download").headers["Location"]
        origin, _, path = opened.replace("/d/", "/o/").partition(".localhost/")
        assert player.browser.open("/" + path, origin=f"{origin}.localhost").status_code == 404


def test_the_gzip_form_has_the_checksum_of_the_contents(opened):
    data = opened.file("long.txt", headers={"Accept-Encoding": "gzip"}).data
    assert int.from_bytes(data[-8:-4], "little") == zlib.crc32(LONG)


def test_a_page_of_a_multi_part_course_finds_its_own_files(shelf, player):
    manifest = manifest_xml("1.2", resources=sco("r1", "phần 1/index.html"))
    page = player.open(
        shelf(build_zip(ZipEntry("imsmanifest.xml", manifest.encode()), ZipEntry("phần 1/index.html", b"<p>1")))
    )
    assert page.get(page.start["files"] + page.delivery["path"]).data == b"<p>1"
