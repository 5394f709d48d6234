"""The result page and the page of a material."""

import gzip
import html
import json
import re
import shutil
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from elearn.models.account import Account, Role
from elearn.models.learning import Attempt, AttemptStatus
from elearn.models.material import Material, Status
from elearn.models.usage import ActKind, UsageAct
from elearn.services import usage
from elearn.web.display import marked
from tests.support.contributing import counted, described, indexed, published, uploaded
from tests.support.packages import HOME_PAGE, pdf, program
from tests.support.playing import some_scos
from tests.support.zips import simple_zip

GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def shelf(teacher, reviewer, house):
    """Three published materials: two lessons and a document."""
    made = [
        published(teacher, reviewer, title="Phân số bằng nhau", is_public="y"),
        published(teacher, reviewer, title="Phân số và tỉ số", grades="5"),
        published(
            teacher,
            reviewer,
            pdf("Hinh tron"),
            name="hinh.pdf",
            title="Hình tròn",
            levels="THCS",
            grades="6",
            description="",
        ),
    ]
    indexed(house)
    return made


def copies(house, uid, count):
    """More published materials like one that is there, written straight into the rows."""
    from elearn.models.material import MaterialLevel, MaterialSubject, Version  # noqa: PLC0415 - only this needs them

    with house.database.write() as session:
        first = session.scalars(select(Material).where(Material.uid == uid)).one()
        for number in range(count):
            session.add(
                Material(
                    kind="scorm",
                    title=f"Phân số, bài {number}",
                    description="Hai phân số bằng nhau. " * 20,
                    unit_id=first.unit_id,
                    owner_id=first.owner_id,
                    status=Status.PUBLISHED,
                    is_public=True,
                    published_at=first.published_at,
                    author_name="Nguyễn Thị Lan",
                    levels=[MaterialLevel(level="TH")],
                    subjects=[MaterialSubject(subject_code="TOAN")],
                    versions=[
                        Version(
                            number=1,
                            file_name="bai.zip",
                            media_type="application/zip",
                            blob_sha256=first.current_version.blob_sha256,
                            created_by_id=first.owner_id,
                        )
                    ],
                )
            )
    indexed(house)


def titles(page):
    found = re.findall(r'class="hit-title">\s*<a href="[^"]+">(.*?)</a>', page.text, re.DOTALL)
    return [html.unescape(re.sub("<[^>]+>", "", title)) for title in found]


def acts(house):
    with house.database.read() as session:
        return [act.kind for act in session.scalars(select(UsageAct).order_by(UsageAct.id))]


def test_words_without_tone_marks_find_and_mark_the_words_with_them(shelf, teacher):
    page = teacher.get("/library?q=phan+so")
    assert set(titles(page)) == {"Phân số bằng nhau", "Phân số và tỉ số"}
    assert "<mark>Phân số</mark>" in page.text
    assert "2 học liệu cho “phan so”" in html.unescape(page.text)


def test_keys_left_by_an_input_method_are_read_and_that_is_said(shelf, teacher):
    page = teacher.get("/library?q=phaan+soos").text
    assert "cho “phân số”" in page
    assert "Bạn đã gõ “phaan soos”." in page


def test_one_click_leads_back_to_what_was_typed_and_another_one_forth(shelf, teacher):
    mended = teacher.get("/library?q=phaan+soos&grade=4").text
    assert 'href="/library?q=phaan+soos&amp;grade=4&amp;literal=y"' in mended
    literal = teacher.get("/library?q=phaan+soos&grade=4&literal=y").text
    assert "0 học liệu cho “phaan soos”" in literal
    assert 'href="/library?q=phaan+soos&amp;grade=4"' in literal


def test_another_reading_is_offered_as_a_link(teacher, reviewer, house):
    published(teacher, reviewer, title="Chi tiết: vi mạch")
    published(teacher, reviewer, title="Chu vi hình tròn")
    indexed(house)
    page = teacher.get("/library?q=chi+vi").text
    assert "Chi tiết: vi mạch" in page
    assert re.search(r'Có phải bạn muốn tìm <a href="/library\?q=chu\+vi">chu vi</a>', page)


def test_without_words_everything_is_there_newest_first(shelf, teacher, house):
    with house.database.write() as session:
        for days, uid in enumerate(shelf):
            moment = datetime(2026, 11, 1 + days, tzinfo=UTC)
            session.execute(update(Material).where(Material.uid == uid).values(published_at=moment))
    indexed(house)
    assert titles(teacher.get("/library")) == ["Hình tròn", "Phân số và tỉ số", "Phân số bằng nhau"]


def test_visitors_find_only_what_is_open_to_everybody(shelf, client):
    assert titles(client.get("/library")) == ["Phân số bằng nhau"]
    assert "Hãy đăng nhập" in client.get("/library?q=hinh+tron").text


def test_codes_of_one_facet_widen_and_facets_narrow_each_other(shelf, teacher):
    assert set(titles(teacher.get("/library?grade=5&grade=6"))) == {"Hình tròn", "Phân số và tỉ số"}
    assert titles(teacher.get("/library?grade=5,6&kind=pdf")) == ["Hình tròn"]


def test_unit_licence_year_and_approver_narrow_and_are_named(shelf, teacher, house):
    page = html.unescape(teacher.get("/library?q=phan+so").text)
    for label in ("Đơn vị", "Giấy phép", "Năm xuất bản", "Người duyệt"):
        assert label in page
    for facet in ("unit", "licence", "year", "approved_by"):
        [code] = set(re.findall(rf'href="/library\?q=phan\+so&{facet}=([^"]+)"', page))
        narrowed = html.unescape(teacher.get(f"/library?q=phan+so&{facet}={code}").text)
        assert len(titles(teacher.get(f"/library?q=phan+so&{facet}={code}"))) == 2
        assert len(re.findall(r'class="chip"', narrowed)) == 1
    assert titles(teacher.get("/library?q=phan+so&year=1999")) == []


def test_a_guessed_number_names_no_account(shelf, teacher, sign_in, client, house):
    sign_in("bimat", Role.TEACHER, name="Người Giấu Tên")
    with house.database.read() as session:
        number = session.scalar(select(Account.id).where(Account.login == "bimat"))
    assert "Người Giấu Tên" not in teacher.get(f"/library?approved_by={number}").text
    assert "Người duyệt</summary>" not in client.get("/library").text


@pytest.mark.parametrize(
    "query", ["unit=x", "approved_by=-1", "year=99999", "unit=%F0%9D%9F%8F", "licence=", "sort=price"]
)
def test_codes_of_no_form_are_left_out(shelf, teacher, query):
    assert len(titles(teacher.get(f"/library?{query}"))) == 3


def test_an_author_narrows_by_the_whole_name(shelf, teacher):
    page = teacher.get("/library", query_string={"author": "nguyen thi lan"})
    assert len(titles(page)) == 3
    assert "Tác giả: nguyen thi lan" in page.text
    assert titles(teacher.get("/library", query_string={"author": "Lan"})) == []


def test_hits_come_in_the_order_that_is_asked_for(shelf, teacher, house):
    with house.database.write() as session:
        for days, uid in enumerate(shelf):
            moment = datetime(2026, 11, 1 + days, tzinfo=UTC)
            session.execute(update(Material).where(Material.uid == uid).values(published_at=moment))
    indexed(house)
    newest = teacher.get("/library?q=phan+so&sort=newest")
    assert titles(newest) == ["Phân số và tỉ số", "Phân số bằng nhau"]
    assert 'name="sort" value="newest"' in newest.text
    assert "sort=newest" in re.search(r'class="option" href="([^"]+)"', newest.text)[1]


def test_an_empty_result_says_what_else_would_be_found(shelf, teacher):
    page = html.unescape(teacher.get("/library?q=phan+so&grade=12&kind=scorm").text)
    ways = re.findall(r'<li><a class="btn btn-secondary" href="([^"]+)">([^<]+)<span class="count">(\d+)', page)
    assert ways == [("/library?q=phan+so&kind=scorm", "Bỏ Lớp: Lớp 12 ", "2")]


def test_an_empty_result_of_exactly_what_was_typed_counts_only_that(shelf, teacher):
    assert "Bỏ Lớp: Lớp 12" in teacher.get("/library?q=phaan+soos&grade=12").text
    assert "Bỏ Lớp: Lớp 12" not in teacher.get("/library?q=phaan+soos&grade=12&literal=y").text


def test_a_page_of_a_document_is_a_link_right_there(teacher, reviewer, house):
    made = published(teacher, reviewer, pdf("Mo dau", "Dinh li Pythagore"), name="hinh.pdf", title="Tài liệu")
    indexed(house)
    page = teacher.get("/library?q=pythagore").text
    assert f'href="/materials/{made}/open?page=2"' in page
    assert "Mở ở trang 2" in page


def test_a_part_of_a_lesson_opens_right_there(teacher, reviewer, client, house):
    pages = {"a.html": HOME_PAGE, "b.html": HOME_PAGE.replace("Hai phân số", "Định lí Pythagore")}
    made = published(teacher, reviewer, simple_zip({"imsmanifest.xml": some_scos("a", "b"), **pages}), is_public="y")
    indexed(house)
    form = teacher.get("/library?q=pythagore").text.partition('class="hit-part"')[2].partition("</form>")[0]
    assert "Mở ở phần 2: Phần b" in form
    assert f'action="/materials/{made}/play"' in form
    assert (
        "<form" not in client.get("/library?q=pythagore").text.partition('class="hit-part"')[2].partition("</div>")[0]
    )
    shell = teacher.post(
        f"/materials/{made}/play", {"part": re.search(r'name="part" value="([^"]+)"', form)[1]}
    ).location
    assert 'data-part="b"' in teacher.get(shell).text
    headers = {"X-CSRFToken": teacher.csrf()}
    code = teacher.open(f"{shell.partition('?')[0]}/code", method="POST", json={"part": "b"}, headers=headers).json[
        "url"
    ]
    origin, _, path = code.partition("/p/")
    start = json.loads(re.search(r'id="start"[^>]*>(.*?)</script>', teacher.get(f"/p/{path}", origin=origin).text)[1])
    assert start["view"]["delivery"]["activity"] == "b"


def test_similar_materials_stand_on_the_page_of_one(shelf, teacher, client):
    page = teacher.get(f"/materials/{shelf[0]}").text.partition('id="alike"')[2]
    assert "Phân số và tỉ số" in page
    assert "Phân số và tỉ số" not in client.get(f"/materials/{shelf[0]}").text


def test_each_option_is_a_link_that_adds_or_removes_its_code(shelf, teacher):
    page = html.unescape(teacher.get("/library?q=so&level=TH").text)
    assert 'href="/library?q=so&level=TH&level=THCS"' not in page  # nothing of that level is found by these words
    assert 'href="/library?q=so&level=TH&grade=5"' in page
    chip = re.search(r'class="chip" href="([^"]+)"', page)
    assert chip[1] == "/library?q=so"


def test_codes_nobody_knows_are_left_out_and_said(shelf, teacher):
    page = teacher.get("/library?level=XX&subject=%3Cscript%3E&grade=99&kind=../etc")
    assert page.status_code == 200
    assert len(titles(page)) == 3
    assert "thư viện không biết" in page.text
    assert "<script>" not in page.text


@pytest.mark.parametrize("text", ["(" * 10_000, '"' * 10_000, "*a*" * 3000, "<b>&" * 2000, "\x00\ud7ff\u0301" * 50])
def test_a_hostile_question_gets_a_normal_page(shelf, teacher, text):
    page = teacher.get("/library", query_string={"q": text}, headers=GZIP)
    assert page.status_code == 200
    assert len(page.data) < 20_000
    page.set_data(gzip.decompress(page.data))
    assert "<b>" not in page.text


def test_a_long_question_is_cut_and_that_is_said(shelf, teacher):
    page = teacher.get("/library", query_string={"q": "phân số " * 1000})
    assert "Câu tìm quá dài" in page.text
    assert len(titles(page)) == 2


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e9", "99999999999999999999", "²"])
def test_a_page_number_that_is_none_is_the_first_page(shelf, teacher, page):
    assert len(titles(teacher.get("/library", query_string={"page": page}))) == 3


def test_results_come_in_pages_that_keep_the_question(shelf, teacher, house):
    copies(house, shelf[0], 40)
    first = teacher.get("/library?q=phan+so&level=TH")
    second = teacher.get("/library?q=phan+so&level=TH&page=2")
    assert len(titles(first)) == len(titles(second)) == 20
    assert not set(titles(first)) & set(titles(second))
    assert 'href="/library?q=phan+so&level=TH&page=2"' in html.unescape(first.text)
    assert "Về trang đầu" in teacher.get("/library?q=phan+so&page=9").text


def test_twenty_results_ask_the_database_no_more_often_than_one(shelf, teacher, house):
    teacher.get("/library")  # whatever is read once is read
    with counted(house) as one:
        assert len(titles(teacher.get("/library?q=hinh+tron"))) == 1
    copies(house, shelf[0], 40)
    with counted(house) as twenty:
        assert len(titles(teacher.get("/library?q=phan+so"))) == 20
    assert len(twenty) == len(one)
    assert len(twenty) <= 25


def test_a_full_result_page_is_light(shelf, client, house):
    copies(house, shelf[0], 40)
    first = client.get("/library?q=phan+so", headers=GZIP)
    page = gzip.decompress(first.data).decode()
    linked = {part.partition('"')[0] for part in page.split('="')[1:] if part.startswith("/static/")}
    cold = len(first.data) + sum(len(client.get(address, headers=GZIP).data) for address in linked)
    assert len(titles(client.get("/library?q=phan+so"))) == 20
    assert len(first.data) < 20_000
    assert cold < 100_000


def test_when_the_index_is_lost_titles_are_searched_and_that_is_said(shelf, teacher, house):
    shutil.rmtree(house.settings.index_folder)
    house.engine.close()
    page = teacher.get("/library", query_string={"q": "Hình"})
    assert titles(page) == ["Hình tròn"]
    assert "đang được dựng lại" in page.text


@pytest.mark.parametrize("uid", ["0" * 32, "nothing", "%00", "' OR 1=1", "01a20136fe5d745588757de32b45e2fd"])
def test_a_guessed_id_looks_like_one_that_may_not_be_seen(teacher, sign_in, uid):
    draft = uploaded(teacher)
    stranger = sign_in("la", Role.STUDENT)
    hidden, absent = stranger.get(f"/materials/{draft}"), stranger.get(f"/materials/{uid}")
    assert hidden.status_code == absent.status_code == 404

    def told(page):
        return re.search(r"<main.*</main>", re.sub(r"[0-9a-f]{32}", "", page.text), re.DOTALL)[0]

    assert told(hidden) == told(absent)
    for action in ("edit", "download", "open", "picture"):
        assert stranger.get(f"/materials/{draft}/{action}").status_code == 404


def test_the_page_tells_everything_about_a_material(shelf, teacher):
    page = html.unescape(teacher.get(f"/materials/{shelf[0]}").text)
    for said in ("Phân số bằng nhau", "Nguyễn Thị Lan", "Lớp 4", "Toán", "CC BY 4.0", "SCORM 1.2", "bai-giang.zip"):
        assert said in page
    assert "Bài 1" in page  # its contents
    assert "Đã xuất bản" in page  # its history
    assert "mọi người" in page


def test_looking_is_recorded_once_the_material_is_published(shelf, teacher, sign_in, house):
    draft = uploaded(teacher)
    teacher.get(f"/materials/{draft}")
    before = acts(house)
    assert ActKind.VIEW not in before
    pupil = sign_in("em", Role.STUDENT)
    pupil.get(f"/materials/{shelf[0]}")
    assert acts(house)[len(before) :] == [ActKind.VIEW]
    assert ">1<" in re.sub(r"\s", "", pupil.get(f"/materials/{shelf[0]}").text.partition('id="use"')[2])


def test_programs_that_only_ask_or_fetch_ahead_record_nothing(shelf, teacher, house):
    before = acts(house)
    address = f"/materials/{shelf[0]}"
    teacher.open(address, method="HEAD")
    teacher.get(address, headers={"Sec-Purpose": "prefetch;prerender"})
    assert acts(house) == before


def test_a_ledger_that_cannot_be_written_keeps_nobody_out(shelf, teacher, monkeypatch):
    def full(*_arguments, **_more):
        raise OperationalError("insert", {}, Exception("database or disk is full"))

    monkeypatch.setattr(usage, "record", full)
    assert teacher.get(f"/materials/{shelf[0]}").status_code == 200
    assert teacher.get(f"/materials/{shelf[0]}/download").status_code == 303


def test_a_download_is_recorded_and_comes_from_the_content_host(shelf, teacher, make_browser, house):
    before = acts(house)
    answer = teacher.get(f"/materials/{shelf[0]}/download", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    assert acts(house)[len(before) :] == [ActKind.DOWNLOAD]
    origin, path = re.fullmatch(r"(http://\w+\.localhost)(/d/.+)", answer.headers["Location"]).groups()
    file = make_browser(origin=origin).get(path)
    assert file.status_code == 200
    assert file.data.startswith(b"PK")
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_another_site_makes_nobody_download(shelf, teacher, house):
    before = acts(house)
    teacher.get(f"/materials/{shelf[0]}/download", headers={"Sec-Fetch-Site": "cross-site"})
    assert acts(house) == before


def test_a_document_opens_and_a_lesson_does_not(shelf, teacher, make_browser, house):
    assert teacher.get(f"/materials/{shelf[0]}/open").status_code == 404
    answer = teacher.get(f"/materials/{shelf[2]}/open")
    assert acts(house)[-1] is ActKind.LAUNCH
    origin, path = re.fullmatch(r"(http://\w+\.localhost)(/o/.+)", answer.headers["Location"]).groups()
    assert make_browser(origin=origin).get(path).headers["Content-Type"] == "application/pdf"


def test_the_picture_of_a_document_is_an_image_and_nothing_else(shelf, teacher, client):
    answer = teacher.get(f"/materials/{shelf[2]}/picture")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert answer.data[8:12] == b"WEBP"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    again = teacher.get(f"/materials/{shelf[2]}/picture", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"/materials/{shelf[2]}/picture").status_code == 404
    assert teacher.get(f"/materials/{shelf[0]}/picture").status_code == 404


def test_only_a_public_picture_may_stand_on_pages_of_others(shelf, teacher, house):
    def policy():
        return teacher.get(f"/materials/{shelf[2]}/picture").headers["Cross-Origin-Resource-Policy"]

    assert policy() == "same-origin"
    with house.database.write() as session:
        session.scalars(select(Material).where(Material.uid == shelf[2])).one().is_public = True
    assert policy() == "cross-origin"


def test_visitors_are_invited_to_sign_in_before_they_play(shelf, client):
    page = client.get(f"/materials/{shelf[0]}").text
    assert "data-launch" not in page
    assert f"/sign-in?next=/materials/{shelf[0]}" in page


def test_the_button_begins_and_then_continues_a_lesson(shelf, sign_in):
    pupil = sign_in("em", Role.STUDENT)
    address = f"/materials/{shelf[0]}"
    assert "Bắt đầu học" in pupil.get(address).text
    assert pupil.post(f"{address}/play").status_code in {302, 303}
    page = pupil.get(address).text
    assert "Học tiếp" in page
    assert "data-attempt-row" in page


def test_where_content_has_no_address_the_page_says_what_to_set(shelf, app, make_account):
    from tests.support.web import Browser  # noqa: PLC0415 - only this test comes from afar

    make_account("xa")
    visitor = Browser(app, origin="http://192.168.1.5:8000", peer="192.168.1.9")
    visitor.sign_in("xa")
    page = visitor.get(f"/materials/{shelf[0]}")
    assert "ELEARN_CONTENT_ORIGIN" in page.text
    answer = visitor.get(f"/materials/{shelf[0]}/download")
    assert answer.headers["Location"] == f"/materials/{shelf[0]}"


def test_only_whoever_answers_for_a_material_sees_its_findings_and_history(shelf, teacher, sign_in, house):
    uid = published(teacher, sign_in("duyet2", Role.REVIEWER), program(), name="bai.zip.exe")
    pupil = sign_in("em", Role.STUDENT)
    assert 'id="history"' in teacher.get(f"/materials/{uid}").text
    assert 'id="history"' not in pupil.get(f"/materials/{uid}").text


def test_pages_of_signed_in_people_deliver_late_commits(teacher, client):
    assert "player/journal.js" in teacher.get("/library").text
    assert 'name="elearn-account"' in teacher.get("/library").text
    assert "player/journal.js" not in client.get("/library").text


@pytest.mark.parametrize(
    ("text", "marks", "shown"),
    [
        ("a<b", [(0, 1)], "<mark>a</mark>&lt;b"),
        ("phân số đẹp", [(0, 4), (5, 7)], "<mark>phân số</mark> đẹp"),
        ("a b c", [(4, 5), (0, 1)], "<mark>a</mark> b <mark>c</mark>"),
        ("<i>", [(0, 3)], "<mark>&lt;i&gt;</mark>"),
        ("abc", [(0, 2), (1, 3)], "<mark>abc</mark>"),
        ("abc", [], "abc"),
    ],
)
def test_marks_never_let_markup_of_people_through(text, marks, shown):
    assert marked(text, marks) == shown


def test_a_draft_can_be_described_and_submitted_from_its_page(teacher):
    uid = uploaded(teacher)
    page = teacher.get(f"/materials/{uid}").text
    assert f"/materials/{uid}/edit" in page
    assert f"/materials/{uid}/submit" in page
    described(teacher, uid)
    assert f"/materials/{uid}/submit" not in teacher.get(f"/materials/{uid}").text


def scored(house, score):
    """Let the only attempt have ended with a score."""
    with house.database.write() as session:
        attempt = session.scalars(select(Attempt)).one()
        attempt.status, attempt.success, attempt.score_scaled = AttemptStatus.ENDED, "passed", score


def test_a_pupil_keeps_results_of_what_was_withdrawn_but_cannot_play_it(shelf, teacher, sign_in, house):
    pupil, other = sign_in("em", Role.STUDENT), sign_in("ban", Role.STUDENT)
    address = f"/materials/{shelf[0]}"
    assert pupil.post(f"{address}/play").status_code in {302, 303}
    scored(house, 0.85)
    assert teacher.post(f"{address}/withdraw", {"reason": "Sách đã đổi"}).status_code == 303
    page = pupil.get(address)
    assert page.status_code == 200
    told = re.sub(r"\s+", " ", html.unescape(page.text))
    for said in ("Phân số bằng nhau", "Sách đã đổi", "Đạt", "85%"):
        assert said in told
    for absent in ("data-launch", "/download"):
        assert absent not in page.text
    assert pupil.post(f"{address}/play").status_code == 404
    assert other.get(address).status_code == 410
    start = re.sub(r"\s+", " ", pupil.get("/").text)
    assert "data-learning-row" in start
    assert "Đã thu hồi" in start
    assert "85%" in start
    assert "data-learning-row" not in other.get("/").text


def test_results_stay_where_a_material_is_no_longer_open_to_the_pupil(shelf, sign_in, house):
    pupil = sign_in("em", Role.STUDENT)
    pupil.post(f"/materials/{shelf[0]}/play")
    with house.database.write() as session:
        session.execute(update(Material).values(status=Status.SUBMITTED))
    page = pupil.get(f"/materials/{shelf[0]}")
    assert (page.status_code, "không còn quyền mở" in page.text) == (200, True)


def test_an_author_deletes_a_draft_and_nobody_finds_it(teacher, sign_in, house):
    uid = uploaded(teacher)
    indexed(house)
    assert f'action="/materials/{uid}/delete"' in teacher.get(f"/materials/{uid}").text
    assert f"/materials/{uid}#delete" in teacher.get("/contribute/mine").text
    assert sign_in("em", Role.STUDENT).post(f"/materials/{uid}/delete").status_code == 404
    assert teacher.post(f"/materials/{uid}/delete", csrf=False).status_code == 400
    assert teacher.get(f"/materials/{uid}").status_code == 200
    assert teacher.post(f"/materials/{uid}/delete").headers["Location"] == "/contribute/mine"
    assert "Đã xóa" in teacher.get("/contribute/mine").text
    assert teacher.get(f"/materials/{uid}").status_code == 404
    assert uid not in teacher.get("/library").text


def test_a_draft_that_somebody_else_has_played_is_offered_for_withdrawal(teacher, reviewer, house):
    uid = uploaded(teacher)
    assert reviewer.post(f"/materials/{uid}/play").status_code in {302, 303}
    refused = teacher.post(f"/materials/{uid}/delete")
    assert refused.status_code == 409
    assert "Hãy thu hồi nó" in refused.text
    assert f'action="/materials/{uid}/withdraw"' in refused.text
    assert teacher.post(f"/materials/{uid}/withdraw", {"reason": "Tải nhầm"}).status_code == 303
