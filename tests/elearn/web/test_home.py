"""The start pages: what visitors and members see of the library."""

import hashlib
import re

import pytest
import time_machine
from sqlalchemy import delete, select

from elearn.clock import now
from elearn.models.account import Account, Role, RoleGrant
from elearn.models.material import Material, MaterialLevel, Status, StoredBlob, Version
from elearn.models.usage import UsageAct, UsageSign
from elearn.services import reports
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from tests.support.courses import MONDAY
from tests.support.every_page import LOGINS, LONG_NAME, Everything
from tests.support.statements import counted


@pytest.fixture
def publish(house, make_account):
    """Put a material into the library: `publish("Phân số", "TH", is_public=True)`."""
    owner = make_account("tac.gia")

    def put(title, *levels, is_public=True, status=Status.PUBLISHED):
        digest = hashlib.sha256(title.encode()).hexdigest()
        with house.database.write() as session:
            unit = ensure_root(session, SYSTEM)
            session.add(StoredBlob(sha256=digest, size=1))
            session.flush()
            material = Material(kind="pdf", title=title, unit_id=unit.id, owner_id=owner.id, status=status)
            material.is_public, material.published_at = is_public, now()
            material.levels = [MaterialLevel(level=level) for level in levels]
            session.add(material)
            session.flush()
            session.add(
                Version(
                    material_id=material.id,
                    number=1,
                    file_name="a.pdf",
                    media_type="application/pdf",
                    blob_sha256=digest,
                    created_by_id=session.get_one(Account, owner.id).id,
                )
            )
            return material

    return put


def test_an_empty_library_says_so_and_what_to_do(client):
    assert "Thư viện chưa có học liệu công khai" in client.get("/").text


def test_visitors_see_public_materials_under_their_level_in_order(publish, client):
    publish("Số hữu tỉ", "THCS")
    publish("Phân số", "TH", "THCS")
    page = client.get("/").text
    assert page.index("<h2>Tiểu học</h2>") < page.index("Phân số") < page.index("<h2>Trung học cơ sở</h2>")
    assert page.index("<h2>Trung học cơ sở</h2>") < page.index("Số hữu tỉ")
    assert page.count("Phân số") == 1


def test_visitors_see_nothing_that_is_not_public_and_published(publish, client):
    publish("Nội bộ trường", "TH", is_public=False)
    publish("Bản nháp riêng", "TH", status=Status.DRAFT)
    page = client.get("/").text
    assert "Nội bộ trường" not in page
    assert "Bản nháp riêng" not in page


def test_members_see_what_their_school_published(publish, sign_in):
    publish("Nội bộ trường", "TH", is_public=False)
    assert "Nội bộ trường" in sign_in().get("/").text


def test_a_level_shows_its_four_newest(publish, client):
    for number in range(6):
        publish(f"Bài số {number}", "TH")
    page = client.get("/").text
    assert [number for number in range(6) if f"Bài số {number}" in page] == [2, 3, 4, 5]


def test_a_title_cannot_bring_its_own_markup(publish, client):
    publish("<script>alert(1)</script>", "TH")
    page = client.get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_cards_have_the_covers_of_the_result_page(publish, client, sign_in):
    publish("Phân số", "TH")
    for browser in (client, sign_in()):
        page = browser.get("/").text
        assert 'class="cover cover-of-TH"' in page
        assert "css/library.css" in page


@pytest.fixture
def everybody(house, password_hash):
    """One school with everybody and everything in it; the day is a Monday of the first semester."""
    with time_machine.travel(MONDAY, tick=True):
        with house.database.write() as session:
            made = Everything(session, password_hash)
        reports.step(house.database)
        yield made


@pytest.fixture
def home_of(everybody, make_browser):
    def ask(login):
        browser = make_browser()
        assert browser.sign_in(login).status_code == 303
        answer = browser.get("/")
        assert answer.status_code == 200
        return answer.text

    return ask


SECTIONS = {
    "quantri": ["health"],
    "hieutruong": ["watch", "queue", "signing", "wishes"],
    "thanhtra": ["watch"],
    "nguoiduyet": ["queue"],
    "giaovien": ["desk", "wishes", "searches"],
    "hocsinh": ["courses", "learning"],
}


@pytest.mark.parametrize("login", LOGINS)
def test_each_role_has_its_sections_and_only_them_most_important_first(home_of, login):
    found = re.findall(r'<section class="section" aria-labelledby="(\w+)"', home_of(login))
    assert found == [*SECTIONS[login], "new"]


def test_somebody_with_two_roles_has_the_sections_of_both(house, everybody, home_of):
    with house.database.write() as session:
        account = session.scalars(select(Account).where(Account.login == "hieutruong")).one()
        session.add(RoleGrant(account_id=account.id, role=Role.TEACHER, unit_id=everybody.school.id))
    found = re.findall(r'aria-labelledby="(\w+)"', home_of("hieutruong"))
    assert found == ["watch", "queue", "signing", "desk", "wishes", "searches", "new"]


def test_a_teacher_sees_use_classes_courses_the_own_count_and_what_came_back(home_of):
    page = home_of("giaovien")
    for told in ("Phân số bằng nhau", "4A", "Toán 4 trực tuyến", "bị trả lại: Thiếu đáp án.", "Đang có một tiết dạy"):
        assert told in page
    assert "Bạn đã có hoạt động đạt yêu cầu" in page
    assert "1 học liệu chờ bạn xác nhận" in page


def test_a_teacher_without_an_act_is_told_what_is_enough(house, home_of):
    with house.database.write() as session:
        session.execute(delete(UsageSign))
        session.execute(delete(UsageAct))
    assert "Chỉ cần một trong các việc sau" in home_of("giaovien")


def test_a_pupil_goes_on_with_what_comes_next(home_of):
    page = home_of("hocsinh")
    assert "Tiếp theo: Phân số bằng nhau" in page
    assert re.search(r'class="btn btn-primary" href="/courses/\w+#item-\w+"', page)


def test_a_reviewer_sees_how_long_things_have_waited(home_of):
    page = home_of("nguoiduyet")
    assert "Phép nhân với số có hai chữ số" in page
    assert "9 ngày" in page


def test_a_head_sees_the_ratio_who_to_help_and_what_changed(home_of):
    page = home_of("hieutruong")
    assert "50,0 %" in page
    assert "1 trên 2 giáo viên" in page
    assert "Lê Văn Đạt" in page
    assert "dạy bằng “Phân số bằng nhau”" in page
    assert "reason=no_qualifying_act" in page


def test_a_head_sees_who_counts_since_lately(house, home_of):
    reports.count_all(house.database)
    page = home_of("hieutruong")
    assert re.search(rf"Mới được tính:\s*<a [^>]*>{LONG_NAME}<", page)


def test_an_inspector_sees_the_same_of_all_and_nothing_to_change(home_of):
    page = home_of("thanhtra")
    assert "chưa ghi nhận gì" in page  # the other school is silent
    assert "/administration/staff" not in page.partition("<main")[2]


def test_an_administrator_sees_health_and_what_was_done(home_of):
    page = home_of("quantri")
    assert "Chưa có bản sao lưu nào" in page
    assert "unit.create" in page
    assert 'href="/administration/health"' in page


def test_a_school_sees_nothing_of_another_ones_people(house, everybody, home_of):
    assert "Trần Thị Ánh Nguyệt" not in home_of("hieutruong")


@pytest.mark.parametrize("role", list(Role))
def test_a_start_page_without_anything_to_show_still_says_what_to_do(sign_in, role):
    answer = sign_in(role=role).get("/")
    assert answer.status_code == 200
    assert "Chưa có học liệu nào được xuất bản" in answer.text


@pytest.mark.parametrize("login", LOGINS)
def test_no_start_page_asks_more_when_there_is_more(house, everybody, make_browser, login):
    browser = make_browser()
    browser.sign_in(login)
    browser.get("/")
    with counted(house.database.engine) as before:
        browser.get("/")
    with house.database.write() as session:
        everybody.more_of_everything(session)
    with counted(house.database.engine) as after:
        browser.get("/")
    assert len(after) <= len(before) + 1, "a statement of housekeeping may come in between"


def test_visitors_are_led_to_the_public_figures(client):
    assert 'href="/reports/public"' in client.get("/").text
