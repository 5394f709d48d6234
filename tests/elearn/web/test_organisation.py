"""The pages of the units: the tree of a day, changes with a preview, refusals, who may, two people at once."""

import re
from datetime import date

import pytest
from sqlalchemy import event, insert, select

from elearn.identifiers import new_uid
from elearn.models.account import AuditEvent, Role
from elearn.models.organisation import Ownership, Unit, UnitKind, UnitName, UnitParent
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.organisation import levels_on, name_on, parent_on, rebuild_closure, unit_by_code
from tests.support.administering import UNITS, confirmed, preview, told

REFORM = date(2025, 7, 1)


@pytest.fixture
def province(house):
    """SO > PGD (ended with June 2025) and XA (since July 2025); the schools A and B; gives uid by code."""
    with house.database.write() as session:
        root = organisation.root_unit(session)
        made = {"SO": root}
        for code, name, kind, since, parent in UNITS:
            made[code] = organisation.create_unit(
                session, SYSTEM, code=code, name=name, kind=kind, valid_from=since, parent=made[parent]
            )
        return {code: unit.uid for code, unit in made.items()}


@pytest.fixture
def officer(sign_in, province):
    return sign_in("canbo", Role.ADMINISTRATOR)


@pytest.fixture
def unit_of(house):
    """A unit by code in a session of its own, with what the test asks of it."""

    def ask(code, question=lambda unit, session: unit):
        with house.database.read() as session:
            return question(unit_by_code(session, code), session)

    return ask


def address(province, code, action=""):
    return f"/administration/units/{province[code]}" + (f"/{action}" if action else "")


def test_the_tree_opens_one_level_at_a_time(officer, province):
    page = officer.get("/administration/units").text
    assert "Phường Hoa Lư" in page
    assert "Tiểu học Kim Đồng" not in page
    page = officer.get(f"/administration/units?open={province['XA']}").text
    assert "Tiểu học Kim Đồng" in page


def test_the_tree_is_that_of_the_chosen_day(officer, province):
    now = officer.get("/administration/units?day=01/07/2025").text
    before = officer.get("/administration/units?day=2024-01-01").text
    assert "Phường Hoa Lư" in now
    assert "Phường Hoa Lư" not in before


@pytest.mark.parametrize("text", ["kim dong", "KIM ĐỒNG", "A1"])
def test_units_are_found_without_accents_and_by_code(officer, province, text):
    page = officer.get("/administration/units", query_string={"q": text}).text
    assert address(province, "A1") in page
    assert address(province, "B1") not in page


@pytest.mark.parametrize(
    "query", ["day=0001-01-01", "day=9999-12-31", "day=x", "open=x", "q=%00%25", "q=" + "a" * 5000]
)
def test_no_question_breaks_the_tree(officer, query):
    assert officer.get(f"/administration/units?{query}").status_code == 200


def test_a_unit_is_created_under_its_parent_after_a_preview(officer, province, unit_of, house):
    form = {"name": "Trường  THCS Mới", "code": "M1", "kind": "school", "levels": "THCS", "valid_from": "01/09/2026"}
    form |= {"ownership": "non_public"}
    place = address(province, "XA", "new")
    shown = preview(officer, place, form)
    assert "Trường  THCS Mới" in told(shown)
    assert "01/09/2026" in told(shown)
    assert unit_of("M1") is None  # nothing is made by looking
    answer = confirmed(officer, place, form)
    assert answer.status_code == 303
    assert answer.location == address({"M1": unit_of("M1").uid}, "M1")
    assert unit_of(
        "M1", lambda unit, _: (name_on(unit, REFORM), unit.ownership, levels_on(unit, date(2026, 9, 1)))
    ) == (
        "Trường THCS Mới",
        Ownership.NON_PUBLIC,
        ("THCS",),
    )
    assert unit_of("M1", lambda unit, session: parent_on(session, unit, date(2026, 9, 1)).code) == "XA"


def test_a_move_tells_what_moves_and_moves_from_its_day(officer, province, unit_of, house):
    place, form = address(province, "A1", "move"), {"parent": "B", "day": "2026-01-01"}
    sentence = told(preview(officer, place, form))
    assert "Từ 01/01/2026" in sentence
    assert "Xã Bình Minh" in sentence
    assert confirmed(officer, place, form).status_code == 303
    parents = unit_of("A1", lambda unit, s: [parent_on(s, unit, d).code for d in (REFORM, date(2026, 1, 1))])
    assert parents == ["XA", "B"]
    with house.database.read() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "unit.move")).one()
    assert (event.details["before"], event.details["after"], event.account_id is not None) == ("XA", "B", True)


def test_name_levels_ownership_and_end_are_changed(officer, province, unit_of):
    confirmed(officer, address(province, "A1", "rename"), {"name": "Tên Mới", "day": "2026-01-01"})
    confirmed(officer, address(province, "A1", "levels"), {"levels": ["TH", "THCS"], "day": "2026-01-01"})
    confirmed(officer, address(province, "A1", "ownership"), {"ownership": "non_public"})
    confirmed(officer, address(province, "A1", "end"), {"last_day": "2026-06-30"})
    facts = unit_of(
        "A1", lambda unit, _: (name_on(unit, REFORM), unit.name, levels_on(unit, date(2026, 2, 1)), unit.ownership)
    )
    assert facts == ("Tiểu học Kim Đồng", "Tên Mới", ("TH", "THCS"), Ownership.NON_PUBLIC)
    assert unit_of("A1").valid_to == date(2026, 6, 30)
    page = officer.get(address(province, "A1")).text
    for text in ("Tiểu học Kim Đồng", "Tên Mới", "30/06/2026"):
        assert text in page


REFUSED = [
    ("new", {"name": "X", "code": "A1", "kind": "school", "valid_from": "2026-01-01", "ownership": "public"}, 409),
    ("new", {"name": "X", "code": "mã sai", "kind": "school", "valid_from": "2026-01-01", "ownership": "public"}, 400),
    ("new", {"name": " ", "code": "N1", "kind": "school", "valid_from": "2026-01-01", "ownership": "public"}, 400),
    ("new", {"name": "12", "code": "N1", "kind": "school", "valid_from": "2026-01-01", "ownership": "public"}, 400),
    ("new", {"name": "X", "code": "N1", "kind": "x", "valid_from": "2026-01-01", "ownership": "public"}, 422),
    ("new", {"name": "X", "code": "N1", "kind": "school", "valid_from": "2020-01-01", "ownership": "public"}, 409),
    ("rename", {"name": "a" * 301, "day": "2026-01-01"}, 422),
    ("rename", {"name": "X", "day": "0001-01-01"}, 422),
    ("rename", {"name": "X", "day": "31/12/9999"}, 422),
    ("rename", {"name": "X", "day": "2010-01-01"}, 409),
    ("move", {"parent": "XA", "day": "2026-01-01"}, 409),
    ("move", {"parent": "A1", "day": "2026-01-01"}, 409),
    ("move", {"parent": "PGD", "day": "2026-01-01"}, 422),
    ("move", {"parent": "không có", "day": "2026-01-01"}, 422),
    ("move", {"parent": "B", "day": "2020-01-01"}, 409),
    ("end", {"last_day": "2026-01-01"}, 409),
    ("end", {"last_day": ""}, 422),
]


@pytest.mark.parametrize(("action", "form", "status"), REFUSED)
def test_what_cannot_be_is_refused_before_the_question(officer, province, house, action, form, status):
    answer = preview(officer, address(province, "XA", action), form)
    assert answer.status_code == status
    assert re.search(r'notice-error|class="error"', answer.text)
    with house.database.read() as session:
        made = session.scalars(select(AuditEvent.action).where(AuditEvent.account_id.is_not(None))).all()
    assert [action for action in made if action.startswith("unit.")] == []


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(officer, province, sign_in, unit_of):
    place = address(province, "A1", "rename")
    shown = preview(officer, place, {"name": "Tên Của Tôi", "day": "2026-01-01"})
    assert shown.status_code == 200
    other = sign_in("khac", Role.ADMINISTRATOR)
    confirmed(other, place, {"name": "Tên Của Người Khác", "day": "2026-02-01"})
    late = confirmed(officer, place, {"name": "Tên Của Tôi", "day": "2026-01-01"}, seen=shown)
    assert late.status_code == 409
    assert unit_of("A1").valid_to is None
    assert unit_of("A1", lambda unit, _: name_on(unit, date(2026, 1, 15))) == "Tiểu học Kim Đồng"
    again = confirmed(officer, place, {"name": "Tên Của Tôi", "day": "2026-01-01"}, seen=late)
    assert again.status_code == 303


def test_the_form_comes_back_with_what_was_entered(officer, province):
    place = address(province, "A1", "rename")
    page = preview(officer, place, {"name": "Tên Mới", "day": "01/01/2026", "again": "yes"})
    assert 'value="Tên Mới"' in page.text


def test_groups_of_units_have_dated_members(officer, province):
    assert confirmed(officer, "/administration/groups/new", {"name": "Vùng khó khăn", "code": "KK"}).status_code == 303
    place = "/administration/groups/KK/add"
    form = {"unit": "A1", "valid_from": "2026-01-01", "valid_to": ""}
    assert "Tiểu học Kim Đồng" in told(preview(officer, place, form))
    assert confirmed(officer, place, form).status_code == 303
    assert preview(officer, place, form).status_code == 409
    page = officer.get("/administration/groups/KK").text
    end = re.search(r"/administration/groups/KK/members/\d+/end", page)[0]
    assert confirmed(officer, end, {"last_day": "2026-12-31"}).status_code == 303
    assert "31/12/2026" in officer.get("/administration/groups/KK").text
    assert confirmed(officer, "/administration/groups/KK/rename", {"name": "Vùng cao"}).status_code == 303
    assert "Vùng cao" in officer.get("/administration/groups").text
    assert officer.get("/administration/groups/none").status_code == 404
    assert officer.get(f"/administration/groups/KK/members/{10**30}/end").status_code == 404


SEEN = ("", "staff")
CHANGED = ("new", "rename", "move", "levels", "ownership", "end", "staff/new", "staff/paste")
#            login      role                 at    sees  changes
WHO = [
    ("quanly", Role.UNIT_MANAGER, "A1", 200, 200),
    ("quanxa", Role.UNIT_MANAGER, "XA", 200, 200),
    ("thanhtra", Role.INSPECTOR, "XA", 200, 403),
    ("benkia", Role.UNIT_MANAGER, "B1", 404, 404),
    ("giaovien", Role.TEACHER, "A1", 404, 404),
    ("hocsinh", Role.STUDENT, "A1", 404, 404),
    ("duyet", Role.REVIEWER, "XA", 404, 404),
]


@pytest.mark.parametrize(("login", "role", "at", "sees", "changes"), WHO)
def test_who_may_see_and_change_a_unit(sign_in, house, province, login, role, at, sees, changes):
    with house.database.read() as session:
        unit = unit_by_code(session, at)
    browser = sign_in(login, role, unit)
    assert {page: browser.get(address(province, "A1", page)).status_code for page in SEEN} == dict.fromkeys(SEEN, sees)
    got = {page: browser.get(address(province, "A1", page)).status_code for page in CHANGED}
    assert got == dict.fromkeys(CHANGED, changes)
    posted = {page: browser.post(address(province, "A1", page), {"confirmed": "yes"}).status_code for page in CHANGED}
    if changes != 200:
        assert posted == dict.fromkeys(CHANGED, changes)
    else:
        assert set(posted.values()) <= {400, 409, 422}  # the forms are empty


@pytest.mark.parametrize("page", ["", "/units", "/groups", "/transfers", "/staff"])
@pytest.mark.parametrize(("role", "status"), [(Role.INSPECTOR, 200), (Role.TEACHER, 403), (Role.STUDENT, 403)])
def test_the_administration_is_for_those_who_watch_over_a_unit(sign_in, page, role, status):
    answer = sign_in("ai", role).get(f"/administration{page}")
    assert answer.status_code in ({200, 303} if status == 200 else {status})


def test_a_stranger_is_sent_to_sign_in(client, province):
    for page in ("/administration", "/administration/units", address(province, "A1"), address(province, "A1", "end")):
        assert "/sign-in" in client.get(page).location


def test_nobody_moves_a_unit_under_one_they_do_not_manage(sign_in, house, province, unit_of):
    with house.database.read() as session:
        commune = unit_by_code(session, "XA")
    manager = sign_in("quanxa", Role.UNIT_MANAGER, commune)
    place, form = address(province, "A1", "move"), {"parent": "B", "day": "2026-01-01"}
    assert preview(manager, place, form).status_code == 403
    assert unit_of("A1", lambda unit, s: parent_on(s, unit, date(2026, 1, 1)).code) == "XA"


def test_groups_are_changed_only_by_managers_of_the_house(sign_in, house, province):
    with house.database.read() as session:
        commune = unit_by_code(session, "XA")
    manager = sign_in("quanxa", Role.UNIT_MANAGER, commune)
    assert manager.get("/administration/groups").status_code == 200
    assert manager.get("/administration/groups/new").status_code == 403


def statements_of(house, ask):
    """How many statements a page needs."""
    seen = []

    def count(*_):
        seen.append(1)

    event.listen(house.database.engine, "before_cursor_execute", count)
    try:
        assert ask().status_code == 200
    finally:
        event.remove(house.database.engine, "before_cursor_execute", count)
    return len(seen)


def add_schools(house, count):
    with house.database.write() as session:
        parent = unit_by_code(session, "XA")
        session.add_all(
            Unit(uid=new_uid(), code=f"S{number}", kind=UnitKind.SCHOOL, valid_from=REFORM) for number in range(count)
        )
        session.flush()
        ids = session.scalars(select(Unit.id).where(Unit.code.like("S%"), Unit.code != "SO")).all()
        session.execute(insert(UnitName), [{"unit_id": i, "name": f"Trường {i}", "valid_from": REFORM} for i in ids])
        session.execute(insert(UnitParent), [{"unit_id": i, "parent_id": parent.id, "valid_from": REFORM} for i in ids])
        rebuild_closure(session)


def test_a_tree_of_many_schools_needs_no_more_questions_than_a_small_one(officer, province, house):
    def pages():
        return [
            f"/administration/units?open={province['XA']}",
            address(province, "XA"),
            "/administration/units?q=truong",
        ]

    officer.get("/administration/units")
    few = [statements_of(house, lambda page=page: officer.get(page)) for page in pages()]
    add_schools(house, 1500)
    officer.get("/administration/units")
    assert [statements_of(house, lambda page=page: officer.get(page)) for page in pages()] == few
