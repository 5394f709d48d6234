"""Declaring lessons taught with software and countersigning them, page by page."""

import html
import re

import pytest
from sqlalchemy import select

from elearn.database import day_of
from elearn.models.account import Account, Role
from elearn.models.curriculum import Level, Period
from elearn.models.software import Outcome
from elearn.models.subject_group import SubjectGroup
from elearn.models.usage import ActKind, UsageAct, UsageSign
from elearn.services.access import load_identity
from elearn.services.metadata import Metadata
from elearn.services.organisation import root_unit
from elearn.services.software.decisions import decide
from elearn.services.software.titles import TitleDetails, create_title
from elearn.services.teach.classes import _year
from tests.support.factories import LONG_AGO, World


@pytest.fixture
def school(house, make_account):
    """A school with a class of this year below the department, whose officer has approved a program."""
    make_account("so", Role.UNIT_MANAGER)
    with house.database.write() as session:
        root, world = root_unit(session), World(session)
        school = world.unit("TH1", root, levels=(Level.TH,))
        officer = load_identity(session, session.scalars(select(Account.id)).one())
        said = Metadata(title="Bảng cộng vui", author_name="", levels=frozenset({"TH"}))
        title = create_title(session, officer, root, said, TitleDetails())
        decide(session, officer, title, root, outcome=Outcome.APPROVED, decided_on=LONG_AGO, reason="")
        year = session.get_one(Period, _year(session, day_of(session)))
        held = world.school_class(school, "4A", year.code)
        world.enrolment(world.person("Vừ A Dính"), held)
        return school


@pytest.fixture
def colleague(house, school, sign_in):
    """Signs in somebody of the school who teaches mathematics."""

    def enter(login, role=Role.TEACHER):
        browser = sign_in(login, role, school)
        with house.database.write() as session:
            world = World(session)
            person = world.person(login.title(), code=f"GV-{login}")
            world.post(person, school, subject_code="TOAN")
            session.scalars(select(Account).where(Account.login == login)).one().person_id = person.id
        return browser

    return enter


def text(answer):
    return html.unescape(answer.text)


def confirmed(browser, address, **fields):
    asked = browser.post(address, fields)
    assert 'name="confirmed"' in asked.text, text(asked)
    return browser.post(address, {**fields, "confirmed": "yes"})


@pytest.fixture
def head(colleague):
    return colleague("hieu", Role.UNIT_MANAGER)


@pytest.fixture
def group(head, school, house):
    address = f"/administration/units/{school.uid}/subject-groups"
    assert confirmed(head, f"{address}/new", name="Tổ Toán", subjects="TOAN").status_code == 303
    with house.database.read() as session:
        return session.scalars(select(SubjectGroup)).one()


@pytest.fixture
def lead(group, head, colleague):
    browser = colleague("minh")
    told = {"code": "GV-minh", "seat": "leader", "valid_from": "2020-01-01"}
    assert confirmed(head, f"/administration/subject-groups/{group.uid}/seat", **told).status_code == 303
    return browser


def form_of(browser):
    """What the form offers: the class, the title and today."""
    page = text(browser.get("/taught/new"))
    options = re.findall(r'<option value="([0-9a-f]{32})"[^>]*>([^<]*)', page)
    return {
        "title": next(uid for uid, label in options if "Bảng cộng" in label),
        "class": next(uid for uid, label in options if "4A" in label),
        "day": re.search(r'name="day"[^>]*value="([^"]+)"', page)[1],
    }


def declared(browser, **changes):
    return browser.post("/taught/new", {**form_of(browser), **changes})


def acts(house):
    with house.database.read() as session:
        return session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.TAUGHT_WITH)).all()


def test_a_lesson_is_declared_countersigned_and_counts(colleague, lead, house):
    lan = colleague("lan")
    answer = declared(lan, period="3", note="Bài 12 <b>")
    assert answer.status_code == 303
    page = text(lan.get("/taught"))
    assert "Bài 12 <b>" in page
    assert "chờ ký đến" in page
    (act,) = acts(house)
    assert "Lan" in text(lead.get("/countersign"))
    assert "Tiết dạy chờ ký xác nhận" in text(lead.get("/"))
    assert text(lead.get(f"/reports/acts/{act.uid}")).count("Chưa ai ký xác nhận") == 1
    assert lead.post("/countersign", {"act": act.uid, "as": "sign"}).status_code == 303
    evidence = text(lan.get(f"/reports/acts/{act.uid}"))
    assert "đã ký xác nhận" in evidence
    assert "Minh (GV-minh)" in evidence
    assert "đã ký xác nhận" in text(lan.get("/taught"))


def test_several_are_answered_at_once_and_a_refusal_has_its_reason(colleague, lead, house):
    lan, hoa = colleague("lan"), colleague("hoa")
    for browser in (lan, hoa):
        declared(browser)
    chosen = {"act": [act.uid for act in acts(house)]}
    assert lead.post("/countersign", {**chosen, "as": "refuse", "reason": " "}).status_code == 400
    assert lead.post("/countersign", {"as": "sign"}).status_code == 400
    assert lead.post("/countersign", {"act": "0" * 32, "as": "sign"}).status_code == 404
    with house.database.read() as session:
        assert session.scalars(select(UsageSign)).all() == []
    assert lead.post("/countersign", {**chosen, "as": "refuse", "reason": "Phòng máy khóa."}).status_code == 303
    assert "Phòng máy khóa." in text(lan.get("/taught"))
    assert lead.post("/countersign", {**chosen, "as": "sign"}).status_code == 303
    assert "đã ký xác nhận" in text(hoa.get("/taught"))


def test_whoever_leads_nothing_countersigns_nothing(colleague, lead, house):
    lan = colleague("lan")
    declared(lan)
    (act,) = acts(house)
    assert lan.get("/countersign").status_code == 403
    assert lan.post("/countersign", {"act": act.uid, "as": "sign"}).status_code == 403
    own = declared(lead)
    assert own.status_code == 303
    mine = next(each for each in acts(house) if each.uid != act.uid)
    assert lead.post("/countersign", {"act": [act.uid, mine.uid], "as": "sign"}).status_code == 403
    assert lan.post(f"/taught/{mine.uid}/withdraw").status_code == 404
    with house.database.read() as session:
        assert session.scalars(select(UsageSign)).all() == []


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"day": "hôm qua"}, 400),
        ({"day": "2999-01-01"}, 400),
        ({"day": "2001-01-01"}, 403),
        ({"title": ""}, 400),
        ({"title": "x' OR 1=1"}, 404),
        ({"class": "0" * 32}, 403),
        ({"period": "99"}, 400),
        ({"period": "ba"}, 400),
    ],
)
def test_what_cannot_be_declared_is_said_beside_the_form(colleague, house, changes, status):
    lan = colleague("lan")
    answer = declared(lan, note="Giữ lại", **changes)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text or "notice-error" in answer.text
    assert acts(house) == []


def test_a_lesson_declared_by_mistake_is_withdrawn(colleague, house):
    lan = colleague("lan")
    declared(lan)
    assert declared(lan).status_code == 409
    (act,) = acts(house)
    assert lan.post(f"/taught/{act.uid}/withdraw").status_code == 303
    assert "giáo viên đã rút lại" in text(lan.get("/taught"))
    assert declared(lan).status_code == 303


def test_forms_need_the_token(colleague, lead, house):
    lan = colleague("lan")
    fields = form_of(lan)
    assert lan.post("/taught/new", fields, csrf=False).status_code == 400
    assert lead.post("/countersign", {"as": "sign"}, csrf=False).status_code == 400
    assert acts(house) == []


def test_the_page_of_a_title_shows_its_use_to_whoever_watches(colleague, head, lead, house):
    lan = colleague("lan")
    declared(lan)
    (act,) = acts(house)
    assert head.post("/countersign", {"act": act.uid, "as": "sign"}).status_code == 303
    address = f"/materials/{form_of(lan)['title']}"
    assert "Tiết dạy đã ký xác nhận ở các đơn vị của bạn" in text(head.get(address))


def test_groups_are_changed_by_whoever_manages_the_school(group, head, colleague, school, house):
    lan = colleague("lan")
    base = f"/administration/subject-groups/{group.uid}"
    for page in ("edit", "seat", "close"):
        assert lan.get(f"{base}/{page}").status_code == 403
        assert lan.post(f"{base}/{page}", {"name": "X"}).status_code == 403
    seat = {"code": "GV-lan", "seat": "leader", "valid_from": "2020-01-01"}
    assert head.post(f"{base}/seat", {**seat, "code": "KHONG-CO"}).status_code == 404
    assert head.post(f"{base}/seat", {**seat, "valid_from": "mai"}).status_code == 422
    assert confirmed(head, f"{base}/seat", **seat).status_code == 303
    assert head.post(f"{base}/seat", seat).status_code == 409
    assert confirmed(head, f"{base}/edit", name="Tổ Toán – Tin", subjects=["TOAN", "TIN"]).status_code == 303
    listing = f"/administration/units/{school.uid}/subject-groups"
    page = text(head.get(listing))
    assert "Tổ Toán – Tin" in page
    ending = re.search(rf"{base}/seats/[0-9a-f]+/end", page)[0]
    assert lan.post(ending).status_code == 403
    assert head.post(ending).status_code == 303
    assert head.post(ending).status_code == 303
    assert confirmed(head, f"{base}/close").status_code == 303
    assert "đã giải thể" in text(head.post(f"{base}/seat", seat))
    assert head.post(f"{listing}/new", {"name": " ", "subjects": "TOAN"}).status_code in {400, 422}
    assert head.post(f"{listing}/new", {"name": "Tổ X", "subjects": "XX"}).status_code == 422
