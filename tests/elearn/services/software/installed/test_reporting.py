"""Who may report for whom: by form, sheet and agent; and names that no title has."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from elearn.database import day_of
from elearn.models.installations import Installation, SoftwareToken
from elearn.services.access import SYSTEM
from elearn.services.errors import ForbiddenError
from elearn.services.organisation import end_unit
from elearn.services.software.installed.aliases import add_alias, aliases_of, remove_alias, unlisted
from elearn.services.software.installed.inventory import take_inventory
from elearn.services.software.installed.reporting import plan_sheet, report_one, write_sheet
from elearn.services.software.installed.taking import Line
from elearn.services.software.installed.tokens import make_token, revoke_token, token_of, tokens_of
from tests.support.installed import DAY
from tests.support.software import refused

HEAD = ["Phần mềm", "Phiên bản", "Phòng", "Số máy", "Ngày", "Mã trường"]


def _rows(session):
    return session.scalar(select(func.count()).select_from(Installation))


def _sheet(*rows):
    return list(enumerate([HEAD, *([*row, *[""] * (6 - len(row))] for row in rows)], 1))


@pytest.fixture
def title(catalogue):
    return catalogue.approved("Bảng cộng vui", "1.0", "2.0")


def test_only_who_manages_a_school_reports_for_it(session, catalogue, title):
    line = Line(title.title, 5, title_id=title.id)
    for identity, unit in (
        (catalogue.head, catalogue.other), (catalogue.head, catalogue.department), (catalogue.teacher, catalogue.school)
    ):  # fmt: skip
        with pytest.raises(ForbiddenError):
            report_one(session, identity, unit, title, day=DAY, line=line)
    assert _rows(session) == 0
    report_one(session, catalogue.head, catalogue.school, title, day=DAY, line=line)
    report_one(session, catalogue.officer, catalogue.other, title, day=DAY, line=line)
    assert _rows(session) == 2


def test_a_sheet_says_what_it_would_do_and_then_does_it(session, catalogue, title):
    rows = _sheet(["bảng cộng vui", "2.0", "A", "12"], ["=cmd|' /C calc'!A0", "", "", "3", "1/9/2026"])
    plan = plan_sheet(session, catalogue.head, catalogue.school, rows, DAY)
    assert plan.faulty == []
    assert [line.line.name for line in plan.unknown] == ["=cmd|' /C calc'!A0"]
    taken = write_sheet(session, catalogue.head, plan)
    assert (taken.written, taken.unknown) == (2, ["=cmd|' /C calc'!A0"])
    assert write_sheet(session, catalogue.head, plan).written == 0
    days = set(session.scalars(select(Installation.reported_on)))
    assert days == {DAY, date(2026, 9, 1)}


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (["Một", "", "", "-3"], "machines", "machines_form"),
        (["Một", "", "", "hai mươi"], "machines", "machines_form"),
        (["Một", "", "", "1.200"], "machines", "machines_form"),
        (["Một", "", "", "100000"], "machines", "machines_form"),
        (["Một", "", "", "٣"], "machines", "machines_form"),
        (["Một", "", "", "=2+3"], "machines", "machines_form"),
        (["Một", "", "", ""], "machines", "cell_needed"),
        (["", "", "", "3"], "name", "cell_needed"),
        (["Một", "", "", "3", "31/2/2026"], "day", "day_unknown"),
        (["Một", "", "", "3", "", "MN1"], "unit", "unit_other"),
        (["Một", "", "", "3", "", "KHONG-CO"], "unit", "unit_other"),
    ],
)
def test_a_line_with_a_mistake_is_named_and_nothing_is_written(session, catalogue, row, column, code):
    plan = plan_sheet(session, catalogue.head, catalogue.school, _sheet(["Hai", "", "", "4"], row), DAY)
    (faulty,) = plan.faulty
    assert (column, code) in {(problem.column, problem.code) for problem in faulty.problems}
    with refused("sheet_faulty"):
        write_sheet(session, catalogue.head, plan)
    assert _rows(session) == 0


def test_the_same_line_twice_is_a_mistake(session, catalogue, title):
    rows = _sheet(["Bảng cộng vui", "2.0", "A", "12"], ["BẢNG CỘNG VUI", "2.0", "a", "12"])
    (faulty,) = plan_sheet(session, catalogue.head, catalogue.school, rows, DAY).faulty
    assert [(problem.code, problem.params) for problem in faulty.problems] == [("line_twice", {"line": 2})]


def test_the_department_reports_for_several_schools_with_one_sheet(session, catalogue, title):
    rows = _sheet(["Bảng cộng vui", "", "", "12", "", "th1"], ["Bảng cộng vui", "", "", "7", "", "MN1"])
    plan = plan_sheet(session, catalogue.officer, catalogue.department, rows, DAY)
    assert write_sheet(session, catalogue.officer, plan).written == 2
    assert catalogue.standing(catalogue.other) == [("Bảng cộng vui", "", "", 7)]


@pytest.fixture
def token(session, catalogue):
    made, _ = make_token(session, catalogue.head, catalogue.school, "Máy chủ OCS")
    return made


def _told(**more):
    program = {"name": "Bảng cộng vui", "version": "2.0", "room": "A", "machines": 12}
    return {"day": "2026-09-20", "programs": [program, {"name": "Lạ"}], **more}


def test_an_agent_reports_and_reports_again(session, catalogue, title, token):
    taken, day = take_inventory(session, token, _told())
    assert (taken.written, taken.unknown, day) == (2, ["Lạ"], DAY)
    assert take_inventory(session, token, _told())[0].written == 0
    assert take_inventory(session, token, _told(unit="th1", whole=True))[0].written == 0
    assert _rows(session) == 2


def test_an_agent_speaks_of_its_own_school_only(session, token):
    for unit in ("MN1", "SO", 7):
        with refused("inventory_unit"):
            take_inventory(session, token, _told(unit=unit))
    assert _rows(session) == 0


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ([], "inventory_form"),
        ({"programs": {}}, "inventory_form"),
        (_told(day="hôm qua"), "inventory_form"),
        (_told(day=20), "inventory_form"),
        (_told(whole="yes"), "inventory_form"),
        (_told(programs=[]), "report_empty"),
        (_told(programs=["GeoGebra"]), "inventory_line"),
        (_told(programs=[{"version": "1"}]), "inventory_line"),
        (_told(programs=[{"name": "x" * 301}]), "inventory_line"),
        (_told(programs=[{"name": "x", "machines": "5"}]), "inventory_line"),
        (_told(programs=[{"name": "x", "machines": True}]), "inventory_line"),
        (_told(programs=[{"name": "x", "machines": -1}]), "inventory_line"),
        (_told(programs=[{"name": "x", "machines": 1.5}]), "inventory_line"),
        (_told(programs=[{"name": "x", "sha256": "zz"}]), "inventory_line"),
        (_told(programs=[{"name": "x", "machines": 100_000}]), "report_machines"),
        (_told(programs=[{"name": "x", "room": str(n)} for n in range(2001)]), "report_long"),
    ],
)
def test_an_inventory_that_cannot_be_is_refused_whole(session, token, told, code):
    with refused(code):
        take_inventory(session, token, told)
    assert _rows(session) == 0


def test_a_token_is_kept_as_a_digest_and_can_be_taken_back(session, catalogue):
    made, text = make_token(session, catalogue.head, catalogue.school, "Máy chủ")
    assert text not in str(vars(made))
    assert token_of(session, text) is made
    assert made.last_used_at is not None
    assert list(tokens_of(session, catalogue.school)) == [made]
    with pytest.raises(ForbiddenError):
        make_token(session, catalogue.head, catalogue.other, "Máy chủ")
    with refused("agent_nameless"):
        make_token(session, catalogue.head, catalogue.school, " ")
    with refused("agent_not_found"):
        revoke_token(session, catalogue.officer, catalogue.other, made.uid)
    revoke_token(session, catalogue.head, catalogue.school, made.uid)
    for wrong in (text, "", "elinv_x"):
        with refused("agent_unknown"):
            token_of(session, wrong)
    assert list(tokens_of(session, catalogue.school)) == []


def test_the_token_of_a_school_that_has_closed_opens_nothing(session, catalogue):
    _, text = make_token(session, catalogue.head, catalogue.school, "Máy chủ")
    end_unit(session, SYSTEM, catalogue.school, day_of(session) - timedelta(days=1))
    with refused("agent_closed"):
        token_of(session, text)
    with refused("report_unit_over"):
        make_token(session, SYSTEM, catalogue.school, "Nữa")
    assert session.scalars(select(SoftwareToken)).one().last_used_at is None


def test_a_name_that_no_title_has_is_given_to_one(session, catalogue, title):
    for unit, machines in ((catalogue.school, 4), (catalogue.other, 6)):
        catalogue.report(unit, Line("BCV Studio 2.0", machines, "2.0"))
    (row,) = unlisted(session, catalogue.department)
    assert (row.name, row.units, row.machines) == ("BCV Studio 2.0", 2, 10)
    assert [row.machines for row in unlisted(session, catalogue.other)] == [6]
    with pytest.raises(ForbiddenError):
        add_alias(session, catalogue.head, title, row.name)
    assert add_alias(session, catalogue.officer, title, row.name) == 2
    assert unlisted(session, catalogue.department) == []
    with refused("alias_taken"):
        add_alias(session, catalogue.officer, title, "bcv studio 2.0")
    with refused("alias_nameless"):
        add_alias(session, catalogue.officer, title, "--")
    assert catalogue.report(catalogue.school, Line("BCV Studio 2.0", 4, "2.0")).unknown == []
    (alias,) = aliases_of(session, title)
    remove_alias(session, catalogue.officer, title, alias.uid)
    with refused("alias_not_found"):
        remove_alias(session, catalogue.officer, title, alias.uid)
