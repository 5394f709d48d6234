"""Report R5 and the page of a level with its picture."""

import csv
import html
import io
from datetime import date

import pytest

from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.models.material import MaterialLevel, SoftwareDetail, Status
from elearn.models.software import Outcome, QuotaKind, SoftwareDecision, SoftwareQuota
from elearn.services.organisation import root_unit
from tests.support.factories import World


@pytest.fixture
def unit(house):
    """The department with an approved title that a spreadsheet would run, and a target of three."""
    with house.database.write() as session:
        world, root = World(session, 500), root_unit(session)
        world.unit("TH1", root, levels=(Level.TH,))
        title = world.material(
            root,
            world.account("chu"),
            Status.PUBLISHED,
            kind="software",
            title="=1+1",
            levels=[MaterialLevel(level="TH")],
        )
        title.software = SoftwareDetail(vendor="An Bình", release="2.1", platforms=["windows"])
        world.add(SoftwareDecision(title_id=title.id, unit_id=root.id, outcome=Outcome.APPROVED,
                                   decided_on=date(2020, 1, 1)))  # fmt: skip
        world.add(SoftwareQuota(unit_id=root.id, levels=["TH"], kind=QuotaKind.LEVEL, target=3,
                                starts_on=date(2012, 1, 1), due_on=date(2030, 1, 1)))  # fmt: skip
        return root.uid


def test_the_report_and_its_files_have_all_columns(sign_in, unit):
    officer = sign_in("canbo", Role.UNIT_MANAGER)
    page = html.unescape(officer.get(f"/software/form05/{unit}").text)
    for said in ("Biểu 05", "1/3", "An Bình", "2.1", "Windows", "I6"):
        assert said in page
    rows = list(csv.reader(io.StringIO(officer.get(f"/software/form05/{unit}/files/form05.csv").data.decode())))
    assert (len(rows[0]), rows[1][1], rows[1][-2:]) == (15, "'=1+1", ["1", "3"])
    assert officer.get(f"/software/form05/{unit}/files/form05.xlsx").data.startswith(b"PK")
    assert officer.get(f"/software/form05/{unit}/files/form05.pdf").status_code == 404
    assert officer.get(f"/software/form05/{unit}?period=khong-co").status_code == 404


def test_a_level_shows_target_titles_and_gaps(sign_in, unit):
    officer = sign_in("canbo", Role.UNIT_MANAGER)
    page = html.unescape(officer.get(f"/software/form05/{unit}/TH").text)
    assert "Còn thiếu 2 phần mềm." in page
    assert f'src="/software/form05/{unit}/TH.svg' in page
    picture = officer.get(f"/software/form05/{unit}/TH.svg")
    assert picture.content_type.startswith("image/svg+xml")
    assert picture.text.count("còn thiếu") == 2
    assert "<script" not in picture.text
    for level in ("THPT", "XX", "TH.png"):
        assert officer.get(f"/software/form05/{unit}/{level}").status_code == 404
    teacher = sign_in("lan", Role.TEACHER)
    for address in ("", "/TH", "/TH.svg", "/files/form05.csv"):
        assert teacher.get(f"/software/form05/{unit}{address}").status_code == 404


def test_the_catalogue_is_taken_along_without_formulas_and_without_money(sign_in, client, unit):
    rows = list(
        csv.reader(io.StringIO(sign_in("lan", Role.TEACHER).get("/software/files/catalogue.csv").data.decode()))
    )
    assert rows[1][:4] == ["'=1+1", "An Bình", "2.1", "Tiểu học"]
    assert len(rows) == 2
    assert len(list(csv.reader(io.StringIO(client.get("/software/files/catalogue.csv").data.decode())))) == 1
    assert client.get("/software/files/catalogue.xlsx").data.startswith(b"PK")
    assert client.get("/software/files/catalogue.pdf").status_code == 404
