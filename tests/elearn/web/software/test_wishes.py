"""Asking for a program, supporting, trying out, deciding and rating, page by page."""

import html
import re

import pytest
from sqlalchemy import select

from elearn.clock import now
from elearn.database import day_of
from elearn.models.account import Account, Role
from elearn.models.curriculum import Level
from elearn.models.software_request import RequestState, SoftwareRating, SoftwareRequest, SoftwareTrial, TrialSchool
from elearn.models.usage import ActKind, ActSource, SignStep, UsageAct, UsageSign
from elearn.services.organisation import root_unit
from tests.support.factories import World

ASKED = {"name": "Hình học động", "maker": "An Bình", "maker_url": "https://example.org/hinh", "levels": "TH",
         "reason": "Học sinh khó hình dung.", "unit": "TH1"}  # fmt: skip


@pytest.fixture
def school(house):
    with house.database.write() as session:
        world = World(session)
        root = root_unit(session)
        world.unit("TH2", root, levels=(Level.TH,))
        return world.unit("TH1", root, levels=(Level.TH,))


@pytest.fixture
def somebody(house, school, sign_in):
    def enter(login, role=Role.TEACHER, unit=school):
        browser = sign_in(login, role, unit)
        with house.database.write() as session:
            world = World(session)
            person = world.person(login.title(), code=f"GV-{login}")
            world.post(person, school, subject_code="TOAN")
            session.scalars(select(Account).where(Account.login == login)).one().person_id = person.id
        return browser

    return enter


@pytest.fixture
def lan(somebody):
    return somebody("lan")


@pytest.fixture
def head(somebody):
    return somebody("hieu", Role.UNIT_MANAGER)


@pytest.fixture
def officer(sign_in):
    return sign_in("canbo", Role.UNIT_MANAGER)


def text(answer):
    return html.unescape(answer.text)


def confirmed(browser, address, **fields):
    asked = browser.post(address, fields)
    assert 'name="confirmed"' in asked.text, text(asked)
    return browser.post(address, {**fields, "confirmed": "yes"})


def held(house, row=SoftwareRequest):
    with house.database.read() as session:
        return session.scalars(select(row)).all()


@pytest.fixture
def asked(lan):
    answer = confirmed(lan, "/software/requests/new", **ASKED)
    assert answer.status_code == 303
    return answer.headers["Location"]


@pytest.fixture
def supported(asked, head):
    assert head.post(f"{asked}/support", {"unit": "TH1", "as": "yes"}).status_code == 303
    return asked


def test_from_the_wish_to_the_catalogue(lan, head, officer, supported, house):
    assert "trường đã ủng hộ" in text(lan.get(supported))
    assert "chờ bạn quyết định" in text(officer.get("/"))
    fields = {"schools": "TH1", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
              "criteria": "Dễ dùng | 10\nĐúng chương trình", "note": "Tổ Toán"}  # fmt: skip
    assert confirmed(officer, f"{supported}/trial", **fields).status_code == 303
    (row,) = held(house, TrialSchool)
    assert [list(each) for each in held(house, SoftwareTrial)[0].criteria] == [
        ["Dễ dùng", 10],
        ["Đúng chương trình", 10],
    ]
    report = f"/software/trials/{row.uid}/report"
    assert lan.get(report).status_code == 404
    assert head.post(report, {"score_0": "x", "score_1": "1"}).status_code == 422
    assert head.post(report, {"score_0": "11", "score_1": "1"}).status_code == 400
    assert confirmed(head, report, score_0="8", score_1="9", words="Dùng được.").status_code == 303
    page = text(officer.get(supported))
    assert "85%" in page.replace("\xa0", "")
    assert "Dùng được." in page
    told = {"decided_on": "2026-03-01", "reason": "Kết quả tốt.", "document": "9/QĐ"}
    assert confirmed(officer, f"{supported}/approve", **told).status_code == 303
    page = text(lan.get(supported))
    assert "đề nghị được duyệt" in page
    assert "Kết quả tốt." in page
    title = re.search(r"/materials/[0-9a-f]{32}", page)[0]
    assert "9/QĐ" in text(lan.get(title))
    assert "Hình học động" in text(lan.get("/software/requests?answered="))
    assert "Chưa có đề nghị nào" in text(lan.get("/software/requests"))
    assert "Bạn đã đề nghị: Hình học động" in text(lan.get("/"))


def test_others_join_and_leave(lan, somebody, asked, house):
    binh = somebody("binh")
    assert "Học sinh khó hình dung" not in text(binh.get(asked))
    assert binh.post(f"{asked}/join", {"unit": "TH2", "reason": "Cần."}).status_code == 303
    assert "chỉ đề nghị được thay cho trường" in text(binh.get(asked))
    assert confirmed(binh, "/software/requests/new", **{**ASKED, "name": "hinh hoc DONG"}).headers["Location"] == asked
    assert "2 giáo viên" in text(binh.get("/software/requests"))
    for browser in (binh, lan):
        assert browser.post(f"{asked}/leave").status_code == 303
    assert [row.state for row in held(house)] == [RequestState.WITHDRAWN]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "\u200b"}, ""),
        ({"reason": ""}, ""),
        ({"levels": []}, "cấp học"),
        ({"levels": "XX"}, ""),
        ({"maker_url": "ftp://x"}, "không phải địa chỉ web"),
        ({"unit": "TH2"}, ""),
    ],
)
def test_what_is_no_wish_is_said_beside_the_form(lan, house, changes, sentence):
    answer = lan.post("/software/requests/new", {**ASKED, **changes})
    assert answer.status_code in {400, 422}
    assert sentence in text(answer)
    assert held(house) == []


def test_only_the_department_decides(lan, head, officer, supported, house):
    for page in ("approve", "decline", "merge", "trial"):
        for browser in (lan, head):
            assert browser.get(f"{supported}/{page}").status_code == 403
            assert browser.post(f"{supported}/{page}", {"reason": "X"}).status_code == 403
    trial = {"schools": "TH1", "starts_on": "2026-01-01", "ends_on": "2026-12-31", "criteria": "A | 5"}
    for wrong in ({"schools": "KHONG-CO"}, {"ends_on": "2025-01-01"}, {"criteria": "A | mười"}, {"schools": ""}):
        assert officer.post(f"{supported}/trial", {**trial, **wrong}).status_code in {400, 422}
    assert officer.post(f"{supported}/decline", {"reason": " "}).status_code in {400, 422}
    assert confirmed(officer, f"{supported}/decline", reason="Trùng phần mềm khác.").status_code == 303
    assert "Trùng phần mềm khác." in text(lan.get(supported))
    assert officer.post(f"{supported}/approve", {"decided_on": "2026-03-01", "reason": "X"}).status_code == 409
    assert [row.state for row in held(house)] == [RequestState.DECLINED]


def test_two_requests_are_joined_by_the_department(lan, officer, asked, house):
    other = confirmed(lan, "/software/requests/new", **{**ASKED, "name": "HH động"}).headers["Location"]
    uid = asked.rsplit("/", 1)[1]
    assert officer.post(f"{other}/merge", {"into": "0" * 32}).status_code == 422
    assert confirmed(officer, f"{other}/merge", into=uid).status_code == 303
    assert "đã gộp vào đề nghị khác" in text(lan.get(other))


def test_a_school_says_no_with_a_reason_and_strangers_say_nothing(lan, head, asked, house):
    assert head.post(f"{asked}/support", {"unit": "TH1", "as": "no"}).status_code == 303
    assert "Hãy ghi lý do không ủng hộ" in text(head.get(asked))
    head.post(f"{asked}/support", {"unit": "TH1", "as": "no", "note": "Hết kinh phí."})
    assert "Hết kinh phí." in text(lan.get(asked))
    lan.post(f"{asked}/support", {"unit": "TH1", "as": "yes"})
    assert [row.state for row in held(house)] == [RequestState.ASKED]
    assert lan.post(f"{asked}/join", {}, csrf=False).status_code == 400
    assert lan.get("/software/requests/" + "0" * 32).status_code == 404


def test_a_title_is_rated_by_who_taught_with_it(lan, head, officer, supported, house):
    told = {"decided_on": "2026-03-01", "reason": "Tốt."}
    confirmed(officer, f"{supported}/approve", **told)
    title = re.search(r"/materials/([0-9a-f]{32})", text(lan.get(supported)))[1]
    fields = {"stars": "4", "words": "Học sinh thích."}
    assert lan.post(f"/software/{title}/rate", fields).status_code == 403
    with house.database.write() as session:
        account = session.scalars(select(Account).where(Account.login == "lan")).one()
        act = UsageAct(kind=ActKind.TAUGHT_WITH, source=ActSource.TRACKER, occurred_at=now(), act_date=day_of(session),
                       account_id=account.id, person_id=account.person_id,
                       material_id=session.scalars(select(SoftwareRequest.title_id)).one())  # fmt: skip
        session.add(act)
        session.flush()
        session.add(UsageSign(act_id=act.id, step=SignStep.SIGNED, signed_on=act.act_date, account_id=account.id))
    assert lan.post(f"/software/{title}/rate", {"stars": "9"}).status_code == 422
    assert confirmed(lan, f"/software/{title}/rate", **fields).status_code == 303
    page = text(head.get(f"/materials/{title}"))
    assert "Học sinh thích." in page
    assert "4 trên 5 · 1 giáo viên đã dạy" in re.sub(r"</?strong>|\s+(?=\s)", "", page)
    (row,) = held(house, SoftwareRating)
    remove = f"/software/{title}/ratings/{row.uid}/remove"
    assert head.post(remove, {"reason": "X"}).status_code == 404
    assert officer.post(remove, {"reason": ""}).status_code == 422
    assert confirmed(lan, remove).status_code == 303
    assert "Học sinh thích." not in text(head.get(f"/materials/{title}"))
