"""Searches are written down after their answer, and what was not found is read by those in charge."""

import html

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from elearn.app import create_app
from elearn.database import Database, day_of
from elearn.models.account import Role
from elearn.models.search_log import SearchLog, SearchStep
from elearn.services.search_log import LEAST_ASKERS
from tests.support.contributing import indexed, published
from tests.support.web import Browser

RESULTS = "http://localhost/library?q=ph%C3%A2n+s%E1%BB%91&level=TH"


@pytest.fixture
def lesson(teacher, sign_in, house):
    made = published(teacher, sign_in("duyet", Role.REVIEWER), title="Phân số bằng nhau", is_public="y")
    indexed(house)
    return made


def visit(browser, address, **arguments):
    """A page with all that its server does about it."""
    answer = browser.get(address, **arguments)
    answer.close()
    return answer


def steps(house):
    with house.database.read() as session:
        return [(row.step, row.question, row.found) for row in session.scalars(select(SearchLog).order_by("id"))]


def test_a_search_and_the_opening_of_what_it_found_are_written_down(lesson, teacher, house):
    visit(teacher, "/library?q=Phân+số&level=TH")
    visit(teacher, f"/materials/{lesson}", headers={"Referer": RESULTS})
    teacher.post(f"/materials/{lesson}/play", headers={"Referer": RESULTS}).close()
    opened = (SearchStep.OPENED, "phân số", 1)
    assert steps(house) == [(SearchStep.ASKED, "phân số", 1), opened, opened]
    with house.database.read() as session:
        assert {row.level for row in session.scalars(select(SearchLog))} == {"TH"}


@pytest.mark.parametrize(
    "referer", ["", "http://localhost/", "http://evil.test/library?q=x", "http://[", "/library?q=x"]
)
def test_an_opening_from_elsewhere_says_nothing_about_a_search(lesson, teacher, house, referer):
    assert visit(teacher, f"/materials/{lesson}", headers={"Referer": referer}).status_code == 200
    assert steps(house) == []


def test_going_on_with_the_same_search_is_not_another_one(lesson, teacher, house):
    visit(teacher, "/library?q=phân+số&page=2")
    visit(teacher, "/library?q=phân+số&kind=scorm", headers={"Referer": RESULTS})
    visit(teacher, "/library?level=TH")
    assert visit(teacher, "/library?q=phân+số", headers={"Sec-Purpose": "prefetch"}).status_code == 200
    assert steps(house) == []
    visit(teacher, "/library?q=phân+số&grade=12", headers={"Referer": RESULTS})
    assert steps(house) == [(SearchStep.ASKED, "phân số", 0)]


def test_a_database_that_cannot_be_written_keeps_nobody_from_searching(lesson, teacher, house, monkeypatch):
    def locked(_self):
        raise OperationalError("insert", {}, Exception("database is locked"))

    monkeypatch.setattr(Database, "write", locked)
    assert visit(teacher, "/library?q=phân+số").status_code == 200
    assert steps(house) == []


def test_nothing_is_written_where_nothing_is_to_be_kept(make_house):
    house = make_house(ELEARN_SEARCH_LOG_DAYS="0")
    assert visit(Browser(create_app(house)), "/library?q=phân+số").status_code == 200
    assert steps(house) == []


def test_those_in_charge_read_what_was_not_found(sign_in, house, teacher):
    with house.database.write() as session:
        for asker in range(LEAST_ASKERS):
            row = SearchLog(question="tập hợp", folded="tap hop", level="THCS", found=0, asker=asker)
            row.day, row.step = day_of(session), SearchStep.ASKED
            session.add(row)
    page = html.unescape(sign_in("quantri", Role.ADMINISTRATOR).get("/administration/searches").text)
    assert "tập hợp" in page
    assert "Trung học cơ sở" in page
    assert teacher.get("/administration/searches").status_code == 403
    assert teacher.get("/administration/searches.csv").status_code == 403


def test_the_table_for_spreadsheets_holds_no_formula(sign_in, teacher):
    teacher.post("/library/wishes", {"q": "=cmd|' /c calc'!a0"})
    table = sign_in("hieutruong", Role.UNIT_MANAGER).get("/administration/searches.csv")
    assert "'=cmd" in table.text
    assert "attachment" in table.headers["Content-Disposition"]


def test_a_wish_is_offered_where_nothing_is_found_and_passed_on(sign_in, teacher, client, house):
    address = "/library?q=b%E1%BA%A3n+%C4%91%E1%BB%93&level=TH"
    assert "Đề nghị bổ sung học liệu này" in teacher.get(address).text
    assert "Đề nghị bổ sung học liệu này" not in client.get(address).text
    answer = teacher.post("/library/wishes", {"q": "bản đồ", "level": "TH"})
    assert answer.location == address
    assert "Đã gửi đề nghị bổ sung" in teacher.get(address).text
    page = sign_in("hieutruong", Role.UNIT_MANAGER).get("/administration/searches").text
    assert "bản đồ" in page


def test_a_wish_without_words_changes_nothing(teacher, house):
    answer = teacher.post("/library/wishes", {"q": "0912345678"})
    assert answer.status_code == 400
    assert steps(house) == []


@pytest.mark.parametrize(
    "query",
    ["first=x&last=31/2/2026", "level=XX&subject=YY&shown=ZZ", "first=2026-12-01&last=2026-01-01", "last=0001-01-01"],
)
def test_an_address_with_mistakes_shows_what_it_can(sign_in, query):
    assert sign_in("hieutruong", Role.UNIT_MANAGER).get(f"/administration/searches?{query}").status_code == 200
