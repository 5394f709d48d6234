"""Taking a selection out: what is inside, for whom, and what stays."""

import io
import re
import zipfile
from html import unescape
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from elearn.models.material import Material
from elearn.models.scanning import FileScan, ScanState
from elearn.models.usage import ActKind, UsageAct
from tests.support.contributing import counted, described, indexed, published, uploaded
from tests.support.packages import pdf, scorm_package


def take_out(browser, uids, **fields):
    return browser.post("/export", {"m": uids, "title": "Ôn tập: Toán/4", **fields})


def opened(answer):
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_a_zip_holds_the_files_under_their_titles_and_a_page_that_leads_to_them(teacher, reviewer, pupil):
    document, lesson = pdf("Phan so"), scorm_package()
    uids = [
        published(teacher, reviewer, document, name="bai.pdf", title='<script>alert("x")</script> Phân số'),
        published(teacher, reviewer, lesson),
    ]
    answer = take_out(pupil, uids)
    assert answer.headers["Content-Disposition"].endswith(
        "filename*=UTF-8''%C3%94n%20t%E1%BA%ADp%3A%20To%C3%A1n%2F4.zip"
    )
    with opened(answer) as archive:
        page, first, second = archive.namelist()
        assert (page, first) == ("index.html", "files/01 script alert( x ) script Phân số.pdf")
        assert (archive.read(first), archive.read(second)) == (document, lesson)
        html = archive.read(page).decode()
    assert [unquote(unescape(link)) for link in re.findall(r'href="([^"]*)"', html)] == [first, second]
    assert "<script" not in html
    assert "src=" not in html
    assert all(word in html for word in ("Nguyễn Thị Lan", "CC BY 4.0"))


def test_a_cartridge_has_the_original_and_a_link_to_what_only_plays_here(teacher, reviewer, pupil):
    lesson = scorm_package()
    uid = published(teacher, reviewer, lesson)
    with opened(take_out(pupil, [uid], form="cartridge")) as archive:
        names = archive.namelist()
        assert names == ["imsmanifest.xml", "index.html", "files/01-phan-so-bang-nhau.zip", "links/01.xml"]
        assert archive.read(names[2]) == lesson
        assert f'href="http://localhost/materials/{uid}"' in archive.read(names[3]).decode()


def test_what_exactly_the_typed_words_find_is_offered(teacher, reviewer, house):
    uid = published(teacher, reviewer, title="Phân số")
    indexed(house)
    assert uid in teacher.get("/export?q=phaan+soos").text
    assert uid not in teacher.get("/export?q=phaan+soos&literal=y").text


def test_what_somebody_may_not_see_is_not_even_named(teacher, pupil):
    draft = uploaded(teacher)
    answer = take_out(pupil, [draft])
    assert answer.status_code == 409
    assert "Phân số" not in answer.text
    with opened(take_out(teacher, [draft])) as archive:
        assert len(archive.namelist()) == 2


@pytest.mark.parametrize("licence", ["all-rights-reserved", "third-party"])
def test_what_nobody_has_allowed_to_pass_on_stays_for_others(teacher, reviewer, pupil, licence):
    more = {"licence_source": "https://example.vn"} if licence == "third-party" else {}
    kept = published(teacher, reviewer, licence=licence, **more)
    free = published(teacher, reviewer, pdf("a"), name="a.pdf", title="Tự do")
    page = pupil.get(f"/export?m={kept}&m={free}").text
    assert "giấy phép không cho phép chia sẻ lại" in page
    assert f'value="{kept}"' not in page
    with opened(take_out(pupil, [kept, free])) as archive:
        assert archive.namelist() == ["index.html", "files/01 Tự do.pdf"]
        assert "giấy phép không cho phép" in archive.read("index.html").decode()
    with opened(take_out(teacher, [kept])) as archive:
        assert len(archive.namelist()) == 2


def test_a_file_that_is_held_back_stays(teacher, house):
    uid = uploaded(teacher)
    with house.database.write() as session:
        digest = session.scalars(select(Material).where(Material.uid == uid)).one().current_version.blob_sha256
        session.add(FileScan(sha256=digest, state=ScanState.WAITING))
    answer = take_out(teacher, [uid])
    assert (answer.status_code, "tệp đang bị giữ lại" in answer.text) == (409, True)


def test_what_was_taken_out_counts_as_downloaded_by_as_many_statements_for_many_as_for_few(teacher, house):
    uids = [uploaded(teacher, pdf(f"{number}"), f"{number}.pdf") for number in range(5)]
    asked = []
    for some in (uids[:1], uids[1:]):
        with counted(house) as statements:
            assert take_out(teacher, some).status_code == 200
        asked.append(len(statements))
    assert asked[1] <= asked[0]
    with house.database.read() as session:
        acts = session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.DOWNLOAD)).all()
        taken = {session.get_one(Material, act.material_id).uid for act in acts}
    assert (len(acts), taken) == (5, set(uids))
    take_out(teacher, uids)
    with house.database.read() as session:
        again = session.scalars(select(UsageAct.id).where(UsageAct.kind == ActKind.DOWNLOAD)).all()
    assert len(again) == 5


def test_a_refused_export_is_no_download(teacher, house):
    assert take_out(teacher, []).status_code == 409
    with house.database.read() as session:
        assert session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.DOWNLOAD)).all() == []


def test_a_file_that_is_missing_is_said_before_the_first_byte(teacher, house):
    uid = uploaded(teacher)
    for blob in list(house.storage.blobs()):
        house.storage.delete(blob.sha256)
    answer = take_out(teacher, [uid])
    assert (answer.status_code, "không còn trong kho" in answer.text) == (409, True)


def test_one_s_own_materials_and_the_results_of_a_search_are_offered(teacher, reviewer, pupil, house):
    uid = published(teacher, reviewer)
    draft = uploaded(teacher, pdf("b"), "b.pdf")
    indexed(house)
    assert all(each in teacher.get("/export?mine=1").text for each in (uid, draft))
    assert uid in pupil.get("/export?q=phan+so").text
    assert "Chưa có học liệu nào tải được" in pupil.get("/export?q=khong-co").text
    assert "/export?" in pupil.get("/library?q=phan+so").text


def test_the_page_asks_the_database_as_often_for_many_as_for_few(teacher, house):
    uids = [uploaded(teacher, pdf(f"{number}"), f"{number}.pdf") for number in range(4)]
    for uid in uids:
        described(teacher, uid, submit=False)
    asked = []
    for some in (uids[:1], uids):
        with counted(house) as statements:
            assert teacher.get("/export?" + "&".join(f"m={uid}" for uid in some)).status_code == 200
        asked.append(len(statements))
    assert asked[1] <= asked[0]


def test_only_who_is_signed_in_takes_out_and_only_from_our_form(client, teacher):
    assert client.get("/export?mine=1").status_code in {302, 303}
    assert teacher.post("/export", {"m": "x"}, csrf=False).status_code == 400
    assert take_out(teacher, ["x", "../y"]).status_code == 409
