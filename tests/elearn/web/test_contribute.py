"""Uploading, describing and submitting; whatever the file is, a clear answer and nothing half stored."""

import errno
import html
import io

import pytest
from flask import g
from sqlalchemy import delete, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from content_packages.storage.contract import StorageFullError
from content_packages.storage.folder import FolderStorage
from elearn.models.account import BrowserSession, Role
from elearn.models.material import Material
from elearn.models.organisation import UnitKind
from elearn.services import account as accounts
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.web import receiving
from tests.support.contributing import SAID, described, indexed, kept, upload, uploaded
from tests.support.manifests import ITEM, manifest_xml
from tests.support.packages import compound_file, pdf, program, scorm_files, scorm_package
from tests.support.zips import ZipEntry, build_zip, simple_zip

HOSTILE = "<script>alert(1)</script>"
ENTITIES = '<!DOCTYPE m [<!ENTITY a "aaaa">]>' + manifest_xml("1.2")
GOOD = ZipEntry("index.html", b"<h1>x</h1>")


@pytest.fixture
def make_unit(house):
    def make(code, name):
        with house.database.write() as session:
            root = organisation.root_unit(session)
            return organisation.create_unit(
                session, SYSTEM, code=code, name=name, kind=UnitKind.SCHOOL, valid_from=root.valid_from, parent=root
            )

    return make


def stored_material(house, uid):
    with house.database.read() as session:
        material = session.scalars(select(Material).where(Material.uid == uid)).one()
        assert material.current_version
        assert material.software is None or material.software.vendor is not None
        return material


def test_visitors_are_sent_to_sign_in(client):
    answer = client.get("/contribute")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/contribute")


def test_pupils_may_not_upload(sign_in, house):
    pupil = sign_in("em", Role.STUDENT)
    assert pupil.get("/contribute").status_code == 403
    assert upload(pupil, scorm_package()).status_code == 403
    assert kept(house) == (0, 0, 0, 0)


def test_a_good_package_becomes_a_draft_with_the_metadata_of_the_file(teacher, house):
    uid = uploaded(teacher)
    page = teacher.get(f"/materials/{uid}/edit")
    assert page.status_code == 200
    assert 'value="Toán lớp 5"' in page.text
    assert kept(house) == (1, 1, 1, 0)


def test_nothing_holds_the_database_while_the_file_is_read_and_stored(teacher, monkeypatch):
    seen = []
    examine = receiving.examine

    def watched(*arguments):
        seen.append(g.get("_db"))
        return examine(*arguments)

    monkeypatch.setattr(receiving, "examine", watched)
    uploaded(teacher)
    assert seen == [None]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bai.zip", b"", ("rỗng", "empty")),
        ("bai.zip", b"this is no archive at all", ("không phải", "not a package at all")),
        ("bai.zip", scorm_package()[:-30], ("", "archive")),
        ("bai.zip", simple_zip({**scorm_files(), "../thoat.html": "x"}), ("..", "leads out of the package")),
        ("bai.zip", simple_zip({**scorm_files(), "/etc/passwd": "x"}), ("tuyệt đối", "absolute path")),
        ("bai.zip", build_zip(GOOD, GOOD), ("", "same name")),
        ("bai.zip", build_zip(ZipEntry("link", b"/etc/passwd", mode=0o120777)), ("", "link or device")),
        ("bai.zip", build_zip(ZipEntry("x.html", b"x", flags=1)), ("mật khẩu", "password")),
        ("bai.zip", simple_zip({"imsmanifest.xml": b"0" * 50_000_000}), ("", "unpack to an unreasonable size")),
        ("bai.zip", simple_zip(scorm_files() | {"imsmanifest.xml": ENTITIES}), ("DTD", "DTD")),
        (
            "bai.zip",
            simple_zip(scorm_files() | {"imsmanifest.xml": "<manifest"}),
            ("imsmanifest.xml", "not well-formed"),
        ),
        ("bai.docx", compound_file("EncryptedPackage"), ("mật khẩu", "The document is protected by a password")),
    ],
    ids=[
        "zero bytes",
        "not a zip",
        "cut off",
        "traversal",
        "absolute name",
        "duplicate name",
        "symlink",
        "encrypted",
        "bomb",
        "entities",
        "broken manifest",
        "document with a password",
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason_in_both_languages(teacher, house, name, data, said):
    vietnamese, english = said
    answer = upload(teacher, data, name)
    assert answer.status_code == 422
    assert "Chưa nhận được" in answer.text
    assert vietnamese in html.unescape(answer.text)
    teacher.post("/language", {"language": "en"})
    assert english in html.unescape(upload(teacher, data, name).text)
    assert kept(house) == (0, 0, 0, 0)


def test_what_the_standard_says_of_a_package_is_shown_with_place_cause_and_remedy(teacher):
    files = scorm_files("2004 4th Edition", index__html="<h1>x</h1>")
    control = '<imsss:sequencing><imsss:controlMode choice="false"/></imsss:sequencing>'
    files["imsmanifest.xml"] = manifest_xml(items=ITEM + control).replace("<resources>", "\n<resources>")
    uid = uploaded(teacher, simple_zip(files))
    page = html.unescape(teacher.get(f"/materials/{uid}/edit").text)
    assert "imsmanifest.xml, dòng 1" in page
    assert "Người học không vào được 1 phần của bài" in page
    assert "Hãy đặt choice hoặc flow là “true” ở phần đó." in page
    assert page.index("không vào được") < page.index("Nên biết (") < page.index("danh sách tệp của chúng")


def test_many_reasons_are_folded_behind_the_first(teacher):
    page = html.unescape(upload(teacher, build_zip(*(ZipEntry(f"../{n}", b"x") for n in range(9)))).text)
    assert page.count("<code>../") == 9
    assert page.index("<code>../5<") < page.index("Thêm lý do (3)") < page.index("<code>../6<")


def test_without_a_file_the_form_asks_for_one(teacher, house):
    answer = teacher.post("/contribute", {})
    assert answer.status_code == 422
    assert "Xin chọn một tệp trước." in answer.text
    assert kept(house) == (0, 0, 0, 0)


class BrokenOff(io.BytesIO):
    """A body of which less arrives than its length promised; the test client measures it by going to its end."""

    promised = 0
    measured = False

    def seek(self, offset, whence=0):
        self.measured = whence == io.SEEK_END
        return super().seek(offset, whence)

    def tell(self):
        return self.promised if self.measured else super().tell()


def test_an_upload_that_breaks_off_leaves_nothing_behind(teacher, house):
    form = {"csrf_token": teacher.csrf(), "file": FileStorage(io.BytesIO(scorm_package()), "bai.zip")}
    stream, length, boundary = stream_encode_multipart(form)
    body = BrokenOff(stream.read()[: length // 2])
    body.promised = length
    kind = f'multipart/form-data; boundary="{boundary}"'
    answer = teacher.open("/contribute", method="POST", input_stream=body, content_type=kind)
    assert answer.request.content_length == length
    assert answer.status_code == 400
    assert kept(house) == (0, 0, 0, 0)


TOO_LARGE = {"vi": "trong khi thư viện chỉ nhận tối đa 1 MB", "en": "at most 1 MB can be taken. Make it smaller"}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("size", "shown"), [(1_200_000, "1,1 MB"), (3_500_000, "3,3 MB")])
def test_a_file_above_the_limit_is_told_its_size_and_the_limit_on_the_form(
    make_house, password_hash, language, size, shown
):
    house = make_house(ELEARN_UPLOAD_LIMIT_MB="1")
    browser = signed_in(house, password_hash)
    browser.post("/language", {"language": language})
    answer = upload(browser, b"%PDF-1.4 " + b"x" * size, "to.pdf")
    assert answer.status_code == 413
    assert TOO_LARGE[language] in answer.text
    assert (shown if language == "vi" else shown.replace(",", ".")) in answer.text
    assert 'id="upload-form"' in answer.text
    assert kept(house) == (0, 0, 0, 0)


def test_a_pupil_who_sends_too_much_is_told_only_that_it_is_not_theirs_to_send(make_house, password_hash):
    browser = signed_in(make_house(ELEARN_UPLOAD_LIMIT_MB="1"), password_hash, Role.STUDENT)
    assert upload(browser, b"x" * 3_500_000).status_code == 403


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("vi", "Phiên đăng nhập đã hết nên tệp chưa được nhận"), ("en", "Your session has ended")],
)
def test_an_upload_after_the_session_has_ended_leads_to_sign_in_and_back(teacher, house, language, sentence):
    token = teacher.csrf()
    with house.database.write() as session:
        session.execute(delete(BrowserSession))
    form = {"csrf_token": token, "file": FileStorage(io.BytesIO(b"x" * 3_000_000), "bai.zip")}
    body, _length, boundary = stream_encode_multipart(form, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    answer = teacher.open("/contribute", method="POST", input_stream=body, content_type=kind)
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/contribute&ended=upload")
    assert sentence in teacher.get(answer.location, headers={"Accept-Language": language}).text
    assert teacher.sign_in("lan").status_code == 303
    assert kept(house) == (0, 0, 0, 0)


def test_a_body_that_says_it_is_too_large_is_not_read(make_house, password_hash):
    house = make_house(ELEARN_UPLOAD_LIMIT_MB="1")
    browser = signed_in(house, password_hash)
    body = BrokenOff()
    body.promised = 4 * 1024**3 + 1
    kind = "multipart/form-data; boundary=x"
    answer = browser.open("/contribute", method="POST", input_stream=body, content_type=kind)
    assert answer.status_code == 413
    assert kept(house) == (0, 0, 0, 0)


def signed_in(house, password_hash, role=Role.TEACHER):
    from elearn.app import create_app  # noqa: PLC0415 - only where a test needs a house of its own
    from tests.support.web import Browser  # noqa: PLC0415

    with house.database.write() as session:
        root = organisation.root_unit(session)
        account = accounts.create_account(
            session, SYSTEM, login="lan", display_name="Lan", unit=root, password_hash=password_hash
        )
        accounts.grant_role(session, SYSTEM, account, role, root)
    browser = Browser(create_app(house))
    assert browser.sign_in("lan").status_code == 303
    return browser


@pytest.mark.parametrize("fault", [StorageFullError(), OSError(errno.ENOSPC, "No space left on device")])
def test_a_full_disk_refuses_the_upload_and_goes_on_serving(teacher, house, monkeypatch, fault):
    def full(*_arguments):
        raise fault

    monkeypatch.setattr(FolderStorage, "put", full)
    answer = upload(teacher, scorm_package())
    assert answer.status_code == 507
    assert "hết chỗ" in answer.text
    assert kept(house) == (0, 0, 0, 0)
    assert teacher.get("/library").status_code == 200


def test_script_in_the_titles_of_a_package_is_only_text_on_every_page(teacher, sign_in, house):
    manifest = manifest_xml("1.2", items=ITEM.replace("Bài 1", html.escape(HOSTILE))).replace(
        "<title>Toán lớp 5</title>", f"<title>{html.escape(HOSTILE)}</title>"
    )
    uid = uploaded(teacher, simple_zip(scorm_files() | {"imsmanifest.xml": manifest}), f"{HOSTILE}.zip")
    described(teacher, uid, title=HOSTILE, description=HOSTILE, keywords=HOSTILE, author_name=HOSTILE)
    reviewer = sign_in("duyet", Role.REVIEWER)
    indexed(house)
    pages = [
        reviewer.get("/review"),
        reviewer.get(f"/materials/{uid}"),
        reviewer.get("/library?q=script"),
        reviewer.get(f"/library?q={HOSTILE}"),
        teacher.get("/contribute/mine"),
        teacher.get("/library?q=alert"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "alert" in page.text
        assert HOSTILE not in page.text
        assert "<script>" not in page.text


def test_the_name_of_a_file_keeps_no_folders(teacher, house):
    uid = uploaded(teacher, name="Users/Lan/bai.zip")
    assert stored_material(house, uid).current_version.file_name == "bai.zip"


@pytest.mark.parametrize("name", [".", "..", "Users/.. "])
def test_a_file_named_like_a_folder_gets_a_name_that_an_address_can_hold(teacher, house, name):
    uid = uploaded(teacher, name=name)
    assert stored_material(house, uid).current_version.file_name == "file"


def test_the_name_of_a_file_shows_what_it_is(teacher, house):
    uid = uploaded(teacher, name="hoa\u0301 don\u202epiz\u200b.zip")
    assert stored_material(house, uid).current_version.file_name == "hoá donpiz.zip"


@pytest.mark.parametrize("page", ["-1", "0", "1e9", "9" * 30, "9" * 5000, "٣", ""])
def test_a_list_has_a_page_for_every_number(teacher, page):
    assert teacher.get(f"/contribute/mine?page={page}").status_code == 200


def test_a_program_keeps_what_the_form_says_of_it(teacher, house):
    data = program(ProductName="GeoGebra", CompanyName="International GeoGebra Institute", ProductVersion="6.0")
    uid = uploaded(teacher, data, "geogebra.exe", vendor="Viện GeoGebra", platforms=["windows", "web"])
    material = stored_material(house, uid)
    assert (material.kind, material.title) == ("software", "GeoGebra")
    assert (material.software.vendor, material.software.release) == ("Viện GeoGebra", "6.0")
    assert material.software.platforms == ["windows", "web"]
    page = teacher.get(f"/materials/{uid}/edit").text
    assert 'value="Viện GeoGebra"' in page


def test_somebody_with_several_units_chooses_one(make_unit, make_account, make_browser, house):
    schools = [make_unit("TH1", "Trường Một"), make_unit("TH2", "Trường Hai")]
    account = make_account("lan", Role.TEACHER, schools[0])
    with house.database.write() as session:
        accounts.grant_role(session, SYSTEM, session.merge(account), Role.TEACHER, session.merge(schools[1]))
    browser = make_browser()
    browser.sign_in("lan")
    assert "Trường Hai" in browser.get("/contribute").text
    uid = uploaded(browser, unit=schools[1].uid)
    assert stored_material(house, uid).unit_id == schools[1].id


def test_nobody_uploads_into_a_unit_of_others(make_unit, sign_in, house):
    mine, other = make_unit("TH1", "Trường Một"), make_unit("TH2", "Trường Hai")
    teacher = sign_in("lan", Role.TEACHER, mine)
    assert upload(teacher, scorm_package(), unit=other.uid).status_code == 422
    assert kept(house) == (0, 0, 0, 0)


def test_a_duplicate_is_stored_once_and_named_to_who_may_see_the_other(teacher, sign_in, house):
    first = uploaded(teacher)
    described(teacher, first, title="Bài của Lan", submit=False)
    again = uploaded(teacher)
    assert kept(house) == (2, 1, 1, 0)
    assert f"/materials/{first}" in teacher.get(f"/materials/{again}/edit").text
    colleague = sign_in("hoa")
    theirs = uploaded(colleague)
    assert "Bài của Lan" not in colleague.get(f"/materials/{theirs}/edit").text


def test_what_the_form_says_is_saved(teacher, house):
    uid = uploaded(teacher)
    answer = described(teacher, uid, submit=False, keywords="phân số, so sánh ; phân số", is_public="y")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/materials/{uid}")
    page = teacher.get(f"/materials/{uid}").text
    for said in ("Phân số bằng nhau", "Tiểu học", "Lớp 4", "Toán", "CC BY 4.0", "so sánh", "Bản nháp"):
        assert said in page
    assert stored_material(house, uid).keywords == ["phân số", "so sánh"]


def test_what_nobody_can_see_is_left_out_of_what_the_form_says(teacher, house):
    uid = uploaded(teacher, program(), "ve.exe")
    said = {
        "title": "\u202eVẽ\u200b  hi\u0300nh\x07",
        "description": "Một\r\n\thai\ufeff\x85ba",
        "release": "\u20661.0",
    }
    said |= {"keywords": "toán\u2060,\u200b, vẽ", "author_name": "Cô\u200f Lan", "vendor": "A\ue000BC"}
    assert described(teacher, uid, submit=False, **said).status_code == 303
    material = stored_material(house, uid)
    assert (material.title, material.description, material.keywords) == ("Vẽ hình", "Một\nhai\nba", ["toán", "vẽ"])
    assert (material.author_name, material.software.vendor, material.software.release) == ("Cô Lan", "ABC", "1.0")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("vi", "Nhan đề không có ký tự nào nhìn thấy được"), ("en", "The title has no character that can be seen")],
)
def test_a_title_of_which_nothing_can_be_seen_is_refused_with_that_reason(teacher, house, language, sentence):
    uid = uploaded(teacher)
    teacher.post("/language", {"language": language})
    answer = described(teacher, uid, title="\u200b\u202e\u3164")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert stored_material(house, uid).title == "Toán lớp 5"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"levels": "XX", "grades": []}, "levels"),
        ({"levels": "THCS"}, "grades"),
        ({"grades": "99"}, "grades"),
        ({"subjects": "NIX"}, "subjects"),
        ({"licence": "stolen"}, "licence"),
        ({"levels": [], "grades": []}, "levels"),
        ({"licence": ""}, "licence"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_saved(teacher, house, changes, field):
    uid = uploaded(teacher)
    answer = described(teacher, uid, **changes)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert SAID["description"] in answer.text
    assert stored_material(house, uid).title == "Toán lớp 5"
    assert stored_material(house, uid).status == "draft"


def test_a_grade_of_another_level_is_explained(teacher):
    uid = uploaded(teacher)
    assert "Lớp 4 thuộc cấp “Tiểu học”" in described(teacher, uid, levels="THCS").text


def test_colleagues_neither_see_nor_edit_a_draft(teacher, sign_in):
    uid = uploaded(teacher)
    colleague = sign_in("hoa")
    for path in (f"/materials/{uid}", f"/materials/{uid}/edit"):
        assert colleague.get(path).status_code == 404
    assert described(colleague, uid).status_code == 404


def test_what_waits_for_review_cannot_be_edited_by_its_author(teacher):
    uid = uploaded(teacher)
    described(teacher, uid)
    assert described(teacher, uid, title="Anders").status_code == 403


def test_my_materials_show_where_each_stands_and_why_it_came_back(teacher, sign_in):
    uid = uploaded(teacher)
    assert "Bản nháp" in teacher.get("/contribute/mine").text
    described(teacher, uid)
    assert "Chờ duyệt" in teacher.get("/contribute/mine").text
    sign_in("duyet", Role.REVIEWER).post(f"/materials/{uid}/return", {"note": "Thiếu đáp án"})
    page = teacher.get("/contribute/mine").text
    assert "Được trả lại: Thiếu đáp án" in page
    assert f"/materials/{uid}/edit" in page


def test_a_pdf_shows_its_first_page(teacher):
    uid = uploaded(teacher, pdf("Phan so"), "phieu.pdf")
    address = f"/materials/{uid}/picture"
    assert address in teacher.get(f"/materials/{uid}").text
