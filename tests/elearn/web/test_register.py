"""The pages of the register: taking on, posts, transfers, leave, corrections, pasted lists; and who may."""

import re
from datetime import date

import pytest
from sqlalchemy import event, func, select

from elearn.models.account import Account, AuditEvent, Role
from elearn.models.people import Leave, Person, Post, Transfer, TransferState
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.people import person_by_code
from tests.support.administering import UNITS, confirmed, preview, told

WORK = {"role": "teacher", "contract": "permanent", "level": "TH", "subject": "TOAN", "fte": "1"}
POST = WORK | {"kind": "main", "valid_from": "01/09/2025", "valid_to": ""}
LAN = POST | {"code": "001185000001", "full_name": "Nguyễn Thị Lan", "born_on": "05/03/1985"}


@pytest.fixture
def province(house):
    with house.database.write() as session:
        made = {"SO": organisation.root_unit(session)}
        for code, name, kind, since, parent in UNITS:
            made[code] = organisation.create_unit(
                session, SYSTEM, code=code, name=name, kind=kind, valid_from=since, parent=made[parent]
            )
        return made


@pytest.fixture
def staff(province):
    """The address of a page about the staff of a unit."""
    return lambda code, action="": (
        f"/administration/units/{province[code].uid}/staff" + (f"/{action}" if action else "")
    )


@pytest.fixture
def officer(sign_in, province):
    return sign_in("canbo", Role.ADMINISTRATOR)


@pytest.fixture
def lan(officer, staff):
    """A teacher at A1; gives the address of her page."""
    answer = confirmed(officer, staff("A1", "new"), LAN)
    assert answer.status_code == 303, answer.text
    return answer.location


@pytest.fixture
def posts_of(house):
    """The posts of a person: unit, first and last day, share."""

    def ask(code="001185000001"):
        with house.database.read() as session:
            found = person_by_code(session, code).posts
            return [(post.unit.code, post.valid_from, post.valid_to, post.fte) for post in found]

    return ask


@pytest.fixture
def post_page(house):
    """The address of a change of somebody's newest post."""

    def find(action, code="001185000001"):
        with house.database.read() as session:
            return f"/administration/posts/{person_by_code(session, code).posts[-1].uid}/{action}"

    return find


def test_a_person_is_taken_on_after_a_preview(officer, staff, house, posts_of):
    shown = preview(officer, staff("A1", "new"), LAN)
    assert "Nguyễn Thị Lan (001185000001)" in told(shown)
    assert "Tiểu học Kim Đồng" in told(shown)
    with house.database.read() as session:
        assert person_by_code(session, "001185000001") is None
    page = officer.get(confirmed(officer, staff("A1", "new"), LAN).location).text
    assert posts_of() == [("A1", date(2025, 9, 1), None, 1.0)]
    for text in ("Nguyễn Thị Lan", "05/03/1985", "Vị trí chính", "Tiểu học"):
        assert text in page
    with house.database.read() as session:
        acts = session.scalars(select(AuditEvent.action).where(AuditEvent.account_id.is_not(None))).all()
    assert {"person.create", "post.add"} <= set(acts)


def test_somebody_who_is_in_the_register_is_not_entered_twice(officer, staff, lan, house, posts_of):
    second = LAN | {"kind": "second", "fte": "0,5", "full_name": "nguyen thi lan"}
    shown = preview(officer, staff("B1", "new"), second)
    assert "đã có trong hồ sơ" in told(shown)
    assert "1.5 định mức" in shown.text  # together more than one full post: told, not refused
    assert confirmed(officer, staff("B1", "new"), second).location == lan
    assert [post[0] for post in posts_of()] == ["A1", "B1"]
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_code_of_somebody_else_is_refused_without_telling_whose_it_is(officer, staff, lan):
    answer = preview(officer, staff("B1", "new"), LAN | {"full_name": "Trần Văn Bảo", "kind": "second"})
    assert answer.status_code == 409
    assert "Nguyễn Thị Lan" not in answer.text.partition("<main")[2]


def test_a_namesake_of_the_same_birth_date_is_told(officer, staff, lan):
    shown = preview(officer, staff("A1", "new"), LAN | {"code": "999"})
    assert "001185000001" in shown.text
    assert "notice-warning" in shown.text


REFUSED = [
    (LAN | {"code": "9", "valid_from": "2020-01-01"}, 409),  # before the unit existed
    (LAN | {"code": "9", "valid_to": "2025-01-01"}, 400),
    (LAN | {"code": "9", "valid_from": "0001-01-01"}, 422),
    (LAN | {"code": "9", "born_on": "9999-12-31"}, 422),
    (LAN | {"code": "9", "fte": "0"}, 422),
    (LAN | {"code": "9", "fte": "1,5"}, 422),
    (LAN | {"code": "9", "fte": "nan"}, 422),
    (LAN | {"code": "9", "level": "x"}, 422),
    (LAN | {"code": "=1+1"}, 400),
    (LAN | {"code": "9", "full_name": "123"}, 400),
    (LAN | {"code": ""}, 422),
    (LAN, 409),  # a second main post
]


@pytest.mark.parametrize(("form", "status"), REFUSED)
def test_what_cannot_be_is_refused_before_the_question(officer, staff, lan, posts_of, form, status):
    answer = preview(officer, staff("A1", "new"), form)
    assert answer.status_code == status
    assert re.search(r'notice-error|class="error"', answer.text)
    assert len(posts_of()) == 1


def test_a_manager_of_both_units_transfers_at_once(officer, lan, posts_of, post_page):
    form = {"unit": "B1", "day": "01/01/2026"}
    sentence = told(preview(officer, post_page("transfer"), form))
    assert "31/12/2025" in sentence
    assert "Lê Lợi" in sentence
    assert confirmed(officer, post_page("transfer"), form).status_code == 303
    assert posts_of() == [
        ("A1", date(2025, 9, 1), date(2025, 12, 31), 1.0),
        ("B1", date(2026, 1, 1), None, 1.0),
    ]


@pytest.fixture
def heads(sign_in, province, lan):
    """The heads of the schools A1 and B1."""
    return (
        sign_in("hieutruong.a", Role.UNIT_MANAGER, province["A1"]),
        sign_in("hieutruong.b", Role.UNIT_MANAGER, province["B1"]),
    )


def request_page(house, action):
    with house.database.read() as session:
        return f"/administration/transfers/{session.scalars(select(Transfer.uid)).one()}/{action}"


def test_between_two_heads_one_asks_and_the_other_receives(heads, lan, house, posts_of, post_page):
    releasing, receiving = heads
    form = {"unit": "B1", "day": "01/01/2026", "note": "Theo quyết định 12"}
    assert receiving.get(lan).status_code == 404
    assert confirmed(releasing, post_page("transfer"), form).status_code == 303
    assert [post[0] for post in posts_of()] == ["A1"]  # nothing changes until it is accepted
    assert preview(releasing, post_page("transfer"), form).status_code == 409
    assert "Theo quyết định 12" in receiving.get("/administration/transfers").text
    work = WORK | {"level": "THCS", "fte": "0.5"}
    assert confirmed(receiving, request_page(house, "accept"), work).location == lan
    assert posts_of() == [("A1", date(2025, 9, 1), date(2025, 12, 31), 1.0), ("B1", date(2026, 1, 1), None, 0.5)]
    assert receiving.get(lan).status_code == 200
    assert preview(receiving, request_page(house, "accept"), work).status_code == 409


def test_nobody_receives_in_place_of_the_receiving_head(heads, house, post_page, posts_of):
    releasing, _ = heads
    confirmed(releasing, post_page("transfer"), {"unit": "B1", "day": "01/01/2026"})
    assert releasing.get(request_page(house, "accept")).status_code == 403
    assert releasing.post(request_page(house, "accept"), WORK | {"confirmed": "yes"}).status_code == 403
    assert [post[0] for post in posts_of()] == ["A1"]


def test_a_request_is_declined_with_a_reason_or_taken_back(heads, house, post_page, posts_of):
    releasing, receiving = heads
    form = {"unit": "B1", "day": "01/01/2026"}
    confirmed(releasing, post_page("transfer"), form)
    decline = request_page(house, "decline")
    assert preview(receiving, decline, {"reason": ""}).status_code == 422
    assert confirmed(receiving, decline, {"reason": "Đã đủ giáo viên"}).status_code == 303
    confirmed(releasing, post_page("transfer"), form)
    with house.database.read() as session:
        newest = session.scalars(select(Transfer).order_by(Transfer.id.desc())).first().uid
    assert receiving.post(f"/administration/transfers/{newest}/withdraw").status_code == 403
    assert releasing.post(f"/administration/transfers/{newest}/withdraw").status_code == 303
    with house.database.read() as session:
        states = session.scalars(select(Transfer.state).order_by(Transfer.id)).all()
    assert states == [TransferState.DECLINED, TransferState.WITHDRAWN]
    assert [post[0] for post in posts_of()] == ["A1"]


def test_a_share_changes_from_its_day(officer, lan, posts_of, post_page):
    assert confirmed(officer, post_page("share"), {"fte": "0,5", "day": "01/01/2026"}).status_code == 303
    assert posts_of() == [("A1", date(2025, 9, 1), date(2025, 12, 31), 1.0), ("A1", date(2026, 1, 1), None, 0.5)]


def test_a_post_ends_is_corrected_and_taken_away_with_a_reason(officer, lan, posts_of, post_page, house):
    assert confirmed(officer, post_page("end"), {"last_day": "2026-06-30"}).status_code == 303
    correction = POST | {"valid_from": "2025-10-01", "valid_to": "2026-05-31", "reason": ""}
    assert preview(officer, post_page("correct"), correction).status_code == 422
    assert confirmed(officer, post_page("correct"), correction | {"reason": "Nhập nhầm"}).status_code == 303
    assert posts_of() == [("A1", date(2025, 10, 1), date(2026, 5, 31), 1.0)]
    assert confirmed(officer, post_page("remove"), {"reason": "Không có thật"}).status_code == 303
    assert posts_of() == []
    with house.database.read() as session:
        events = {row.action: row for row in session.scalars(select(AuditEvent))}
    assert events["post.correct"].note == "Nhập nhầm"
    assert events["post.correct"].details["before"]["valid_to"] == "2026-06-30"
    assert events["post.remove"].details["before"]["valid_to"] == "2026-05-31"


def test_leave_never_overlaps_and_its_end_can_be_moved(officer, lan, house):
    form = {"kind": "maternity", "valid_from": "01/01/2026", "valid_to": "30/06/2026"}
    assert confirmed(officer, f"{lan}/leaves/new", form).status_code == 303
    assert preview(officer, f"{lan}/leaves/new", form | {"valid_from": "30/06/2026", "valid_to": ""}).status_code == 409
    assert preview(officer, f"{lan}/leaves/new", form | {"valid_to": "01/01/2025"}).status_code == 400
    with house.database.read() as session:
        leave = session.scalars(select(Leave.id)).one()
    assert confirmed(officer, f"{lan}/leaves/{leave}/end", {"valid_to": "31/03/2026"}).status_code == 303
    assert "31/03/2026" in officer.get(lan).text
    assert confirmed(officer, f"{lan}/leaves/{leave}/remove", {"reason": "Nhập nhầm"}).status_code == 303
    for number in (leave, 2**31, 10**30):
        assert officer.get(f"{lan}/leaves/{number}/end").status_code == 404


def test_name_and_birth_date_are_corrected(officer, lan, house):
    assert confirmed(officer, f"{lan}/edit", {"full_name": "Nguyễn Thị Lành", "born_on": ""}).status_code == 303
    with house.database.read() as session:
        person = person_by_code(session, "001185000001")
        details = session.scalars(select(AuditEvent).where(AuditEvent.action == "person.edit")).one().details
    assert (person.full_name, person.born_on) == ("Nguyễn Thị Lành", None)
    assert (details["before"]["name"], details["after"]["born_on"]) == ("Nguyễn Thị Lan", None)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(officer, lan, sign_in, posts_of, post_page):
    shown = preview(officer, post_page("end"), {"last_day": "2026-06-30"})
    other = sign_in("khac", Role.ADMINISTRATOR)
    confirmed(other, post_page("share"), {"fte": "0,5", "day": "01/09/2025"})
    late = confirmed(officer, post_page("end"), {"last_day": "2026-06-30"}, seen=shown)
    assert late.status_code == 409
    assert posts_of() == [("A1", date(2025, 9, 1), None, 0.5)]


LIST = (
    "Mã định danh\tHọ và tên\tNgày sinh\tVai trò\tCấp học\tMôn\tTỷ lệ\tTừ ngày\n"
    "GV1\tLê Thị Ánh\t1/2/1990\tGiáo viên\tTiểu học\tToán\t1\t01/09/2025\n"
    "GV2\tVũ Bình\t\tCBQL\tTH\t\t0,5\t2025-09-01\n"
)


def test_a_pasted_list_is_shown_then_written_and_pasting_it_again_changes_nothing(officer, staff, posts_of, house):
    place = staff("A1", "paste")
    assert "2 người mới" in told(officer.post(place, {"text": LIST}))
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0
    assert officer.post(place, {"text": LIST, "confirmed": "yes"}).status_code == 303
    assert posts_of("GV2") == [("A1", date(2025, 9, 1), None, 0.5)]
    again = officer.post(place, {"text": LIST})
    assert "2 dòng đã có sẵn" in told(again)
    assert officer.post(place, {"text": LIST, "confirmed": "yes"}).status_code == 303
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Post)) == 2
        acts = session.scalars(select(AuditEvent.action)).all()
    assert [acts.count(name) for name in ("person.create", "post.add", "staff.import")] == [2, 2, 2]


def test_one_faulty_line_stops_the_whole_list_and_is_told_by_its_number(officer, staff, lan, house):
    text = LIST + "GV3\t\t\t\t\t\t\t01/09/2025\nGV1\tLê Thị Ánh\t\t\t\t\t\t31/02/2026\n"
    text += "001185000001\tNguyễn Thị Lan\t\t\t\t\t\t01/10/2025\nGV5\tTô Hà\t\tbác sĩ\tđại học\tbay\t2\t01/09/1999\n"
    answer = officer.post(staff("B1", "paste"), {"text": text, "confirmed": "yes"})
    assert answer.status_code == 422
    for sentence in ("Dòng 4", "Dòng 5", "Dòng 6", "Dòng 7", "31/02/2026", "bác sĩ", "đại học", "đơn vị khác"):
        assert sentence in answer.text
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_large_list_is_written_at_once(officer, staff, house):
    lines = "".join(f"X{n}\tNguyễn Văn Số {n}\t1/1/1990\tGV\tTH\tToán\t1\t01/09/2025\n" for n in range(2000))
    assert officer.post(staff("A1", "paste"), {"text": lines, "confirmed": "yes"}).status_code == 303
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Post)) == 2000


@pytest.mark.parametrize("text", ["", "\t\n", "a\x01b", '"', "GV1", "Mã\tNgày sinh\nx\ty"])
def test_no_pasted_text_breaks_the_page(officer, staff, text):
    assert officer.post(staff("A1", "paste"), {"text": text}).status_code in {400, 422}


def fill(officer, staff, count, code="A1"):
    names = ("Nguyễn Thị Ánh", "Trần Văn Bảo", "Lê An", "Phạm Đức Ân")
    lines = "".join(f"F{n}\t{names[n % 4]}\t\tGV\tTH\tToán\t1\t01/09/2025\n" for n in range(count))
    assert officer.post(staff(code, "paste"), {"text": lines, "confirmed": "yes"}).status_code == 303


def names_on(page):
    return re.findall(r'/administration/people/\w+">([^<]+)</a>', page.text)


def test_staff_stand_by_given_name_in_pages_and_are_found_without_accents(officer, staff):
    fill(officer, staff, 60)
    page = officer.get(staff("A1"))
    assert len(names_on(page)) == 50
    assert names_on(page)[:16] == ["Lê An"] * 15 + ["Nguyễn Thị Ánh"]
    assert len(names_on(officer.get(staff("A1") + "?page=2"))) == 10
    assert set(names_on(officer.get(staff("A1") + "?q=anh+nguyen"))) == {"Nguyễn Thị Ánh"}
    assert len(names_on(officer.get(staff("A1") + "?q=f12"))) == 1
    assert names_on(officer.get(staff("A1") + "?level=MN")) == []
    assert names_on(officer.get(staff("A1") + "?day=2025-08-31")) == []
    assert len(names_on(officer.get(staff("SO") + "?q=duc+an&below=yes"))) == 15
    assert names_on(officer.get(staff("SO") + "?q=duc+an")) == []


@pytest.mark.parametrize(
    "query", ["page=0", "page=99999999999", "role=x", "level=x", "q=%25_'", "day=x", "uid=1", "action=1"]
)
def test_no_question_breaks_the_list(officer, staff, query):
    assert officer.get(f"{staff('A1')}?{query}").status_code == 200


def test_a_large_school_needs_no_more_questions_than_a_small_one(officer, staff, house):
    def statements():
        seen = []

        def count(*_):
            seen.append(1)

        event.listen(house.database.engine, "before_cursor_execute", count)
        try:
            officer.get(staff("A1"))
            officer.get(staff("A1") + "?q=an")
        finally:
            event.remove(house.database.engine, "before_cursor_execute", count)
        return len(seen)

    fill(officer, staff, 4)
    officer.get(staff("A1"))
    few = statements()
    fill(officer, staff, 300)
    officer.get(staff("A1"))
    assert statements() == few


#           login        role                at   sees changes
WHO = [
    ("quanly", Role.UNIT_MANAGER, "A1", 200, 200),
    ("quanxa", Role.UNIT_MANAGER, "XA", 200, 200),
    ("thanhtra", Role.INSPECTOR, "SO", 200, 403),
    ("benkia", Role.UNIT_MANAGER, "B1", 404, 404),
    ("giaovien", Role.TEACHER, "A1", 404, 404),
    ("hocsinh", Role.STUDENT, "A1", 404, 404),
]


@pytest.mark.parametrize(("login", "role", "at", "sees", "changes"), WHO)
def test_who_may_see_and_change_a_person(
    sign_in, officer, province, lan, post_page, house, login, role, at, sees, changes
):
    confirmed(officer, f"{lan}/leaves/new", {"kind": "study", "valid_from": "2026-01-01", "valid_to": ""})
    with house.database.read() as session:
        leave = session.scalars(select(Leave.id)).one()
    browser = sign_in(login, role, province[at])
    assert browser.get(lan).status_code == sees
    pages = [f"{lan}/edit", f"{lan}/leaves/new", f"{lan}/leaves/{leave}/end", f"{lan}/leaves/{leave}/remove"]
    pages += [post_page(action) for action in ("end", "share", "transfer", "correct", "remove")]
    assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, changes)
    if changes != 200:
        posted = {page: browser.post(page, {"confirmed": "yes"}).status_code for page in pages}
        assert posted == dict.fromkeys(pages, changes)


def test_the_head_of_a_second_school_changes_only_the_post_there(officer, staff, sign_in, province, lan, post_page):
    confirmed(officer, staff("B1", "new"), LAN | {"kind": "second", "fte": "0,2", "valid_from": "2025-10-01"})
    other = sign_in("hieutruong.b", Role.UNIT_MANAGER, province["B1"])
    own = sign_in("hieutruong.a", Role.UNIT_MANAGER, province["A1"])
    assert other.get(lan).status_code == 200
    assert other.get(f"{lan}/edit").status_code == 403
    assert other.get(f"{lan}/leaves/new").status_code == 403
    assert other.get(post_page("end")).status_code == 200  # the newest post, at B1
    assert own.get(f"{lan}/leaves/new").status_code == 200
    assert own.get(post_page("end")).status_code == 403


def test_nobody_gives_a_post_at_a_unit_they_do_not_manage(sign_in, province, lan, posts_of):
    head = sign_in("hieutruong.a", Role.UNIT_MANAGER, province["A1"])
    form = POST | {"kind": "second", "unit": "B1"}
    assert preview(head, f"{lan}/posts/new", form).status_code == 403
    assert len(posts_of()) == 1


def test_a_person_sees_the_own_page_and_changes_nothing(sign_in, lan, house):
    browser = sign_in("lan", Role.TEACHER)
    with house.database.write() as session:
        account = session.scalars(select(Account).where(Account.login == "lan")).one()
        account.person_id = person_by_code(session, "001185000001").id
    again = browser.get(lan)
    assert again.status_code == 200
    assert browser.get(f"{lan}/edit").status_code == 403
