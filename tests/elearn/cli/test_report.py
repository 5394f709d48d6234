"""`elearn report`, `elearn acts`, `elearn register`: the public contract, exit codes, no cell that is a formula."""

import csv
import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update

from elearn.clock import today
from elearn.house import open_house
from elearn.models.curriculum import Period
from elearn.models.people import Person
from elearn.models.reports import PersonCount
from elearn.models.usage import ActKind
from elearn.services import organisation
from elearn.services.reports import count_all
from elearn.settings import load_settings
from tests.support.counting import Ledger
from tests.support.factories import World

PERIOD = "2025-2026-HK1"
DAY = date(2025, 10, 5)


@pytest.fixture
def province(ready):
    """Two schools; T1 of A taught, T2 did nothing, B is silent. The name of T2 is a formula."""
    house = open_house(load_settings())
    with house.database.write() as session:
        world = World(session)
        ledger = Ledger.__new__(Ledger)
        ledger.world, ledger.session = world, session
        a, b = (world.unit(code, organisation.root_unit(session)) for code in ("A", "B"))
        first, second = world.person(code="T1"), world.person("=cmd()", code="T2")
        for person, school in ((first, a), (second, a), (world.person(code="T3"), b)):
            world.post(person, school)
        ledger.act(ActKind.TAUGHT, first, a, DAY)
        ledger.activity(ledger.course(a, "+course"), DAY, learners=2)
    yield house
    house.close()


def test_the_report_as_json_is_the_public_contract(ready, province):
    told = json.loads(ready("report", "ict", "--unit", "SO", "--period", PERIOD, "--format", "json").stdout)
    assert {key: told[key] for key in ("unit", "period", "ruleset", "as_of", "q", "n", "percent")} == {
        "unit": "SO",
        "period": PERIOD,
        "ruleset": "VN-2024.1",
        "as_of": None,
        "q": 1,
        "n": 3,
        "percent": 33.3,
    }
    assert [(row["unit"], row["q"], row["n"], row["percent"], row["sign"]) for row in told["units"]] == [
        ("A", 1, 2, 50.0, ""),
        ("B", None, 1, None, "m"),
    ]
    persons = {row["code"]: row for row in told["persons"]}
    assert {code: (row["in_n"], row["in_q"], row["reason"]) for code, row in persons.items()} == {
        "T1": (True, True, "qualifies"),
        "T2": (True, False, "no_qualifying_act"),
        "T3": (True, False, "no_qualifying_act"),
    }
    assert [(act["class"], act["date"], act["verdict"]) for act in persons["T1"]["acts"]] == [
        ("B", "2025-10-05", "counts")
    ]


def test_the_report_as_csv_has_the_units(ready, province):
    result = ready("report", "ict", "--unit", "A", "--period", PERIOD, "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff"))))
    assert [(line["unit"], line["q"], line["n"], line["percent"]) for line in lines] == [("A", "1", "2", "50.0")]


def test_no_name_becomes_a_formula_in_the_workbook(ready, province, tmp_path):
    file = tmp_path / "report.xlsx"
    ready("report", "ict", "--unit", "SO", "--period", PERIOD, "--format", "xlsx", "--output", file)
    cells = [cell for row in load_workbook(file)["persons"] for cell in row]
    assert "=cmd()" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}


def test_the_exports_hold_what_is_counted_and_no_formulas(ready, province):
    acts = ready("acts", "export", "--period", PERIOD, "--format", "csv").stdout
    kinds = [line["kind"] for line in csv.DictReader(io.StringIO(acts.removeprefix("\ufeff")))]
    assert kinds == ["taught", "course_activity", "course_activity"]
    register = ready("register", "export", "--format", "csv").stdout
    records = {line["record"] for line in csv.DictReader(io.StringIO(register.removeprefix("\ufeff")))}
    assert records == {"unit", "parent", "period", "post"}
    fields = [field for text in (acts, register) for line in text.splitlines() for field in line.split(",")]
    assert not [field for field in fields if field.startswith(("=", "+", "-", "@"))]


def test_pupils_are_not_named_in_the_exported_acts(ready, province):
    acts = ready("acts", "export", "--period", PERIOD).stdout
    lines = list(csv.DictReader(io.StringIO(acts.removeprefix("\ufeff"))))
    assert [line["person_code"] for line in lines] == ["T1", "", ""]
    assert len({line["actor"] for line in lines}) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--unit", "NIX", "--period", PERIOD], 2, "No unit"),
        (["--unit", "SO", "--period", "NIX"], 2, "No period"),
        (["--unit", "SO", "--period", PERIOD, "--ruleset", "NIX"], 2, "No ruleset"),
        (["--unit", "SO", "--period", PERIOD, "--as-of", "gestern"], 2, "is no time"),
        (["--unit", "SO", "--period", PERIOD, "--as-of", "2025-13-01"], 2, "is no time"),
        (["--unit", "SO", "--period", PERIOD, "--as-of", "2999-01-01"], 2, "in the future"),
        (["--unit", "SO", "--period", PERIOD, "--as-of", "2999-01-01T10:00+07:00"], 2, "in the future"),
        (["--unit", "SO", "--period", PERIOD, "--format", "pdf"], 2, "pdf"),
        (["--unit", "SO"], 2, "--period"),
    ],
)
def test_wrong_use_is_a_sentence_and_exit_code_2(ready, arguments, code, said):
    result = ready("report", "ict", *arguments)
    assert result.exit_code == code
    assert said in result.stderr


def test_a_unit_that_did_not_exist_is_refused(ready, province):
    with province.database.write() as session:
        World(session).unit("C", organisation.root_unit(session), since=date(2026, 8, 1))
    result = ready("report", "ict", "--unit", "C", "--period", PERIOD)
    assert (result.exit_code, "does not exist" in result.stderr) == (3, True)


def test_a_period_without_census_date_is_refused(ready, province):
    with province.database.write() as session:
        session.execute(update(Period).where(Period.code == PERIOD).values(census_on=date(2020, 1, 1)))
    result = ready("report", "ict", "--unit", "SO", "--period", PERIOD)
    assert (result.exit_code, "census date" in result.stderr) == (3, True)


@pytest.mark.parametrize("moment", ["today", "2025-10-05", "2025-10-05T10:00", "2025-10-05T10:00:00+07:00"])
def test_as_of_takes_days_and_moments(ready, province, moment):
    moment = today().isoformat() if moment == "today" else moment
    result = ready("report", "ict", "--unit", "SO", "--period", PERIOD, "--as-of", moment)
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["n"] == (None if moment.startswith("2025") else 3)


def test_the_check_counts_anew(ready, province):
    count_all(province.database)
    assert ready("check").exit_code == 0
    with province.database.write() as session:
        person = session.scalar(select(Person.id).where(Person.code == "T2"))
        session.execute(update(PersonCount).where(PersonCount.person_id == person).values(acts_a=3))
    result = ready("check")
    assert (result.exit_code, "T2" in result.stderr) == (3, True)
