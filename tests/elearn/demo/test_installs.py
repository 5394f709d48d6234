"""A year of reports in the demo: the same each time, with seats, a school over its seats, and a licence that ended."""

import pytest
from sqlalchemy import func, select

from elearn.database import day_of
from elearn.demo.catalogue.installs import SILENT, _lines, load_installs
from elearn.demo.catalogue.loading import load_catalogue
from elearn.demo.catalogue.purchases import ACCOUNTS, CLASSROOM, LANGUAGES
from elearn.demo.population.calendar import anchored
from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.models.installations import Installation
from elearn.models.material import Material
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root, unit_by_code
from elearn.services.software.installed.aliases import unlisted
from elearn.services.software.installed.at_school import programs_of
from elearn.services.software.installed.overview import Flag, by_title
from tests.support.factories import World

SCHOOLS = {"THPT-NGUYENDU": Level.THPT, "TCCN-SONBINH": Level.TCCN, "THCS-THANHBINH": Level.THCS,
           "TH-KIMDONG": Level.TH, SILENT: Level.TH}  # fmt: skip


@pytest.fixture
def filled(house):
    with house.database.write() as session:
        world = World(session)
        root = ensure_root(session, SYSTEM)
        root.code = "SO"
        for code, level in SCHOOLS.items():
            world.unit(code, root, levels=(level,))
        world.unit("MN-HOAMAI", root, levels=(Level.MN, Level.GDTX, Level.KTTH))
        world.grant(world.account("lanhdao.so"), Role.UNIT_MANAGER, root)
        calendar = anchored(day_of(session))
    load_catalogue(house.database)
    written = load_installs(house.database, calendar)
    assert load_installs(house.database, calendar) == 0
    return written


def test_the_demo_reports_a_year_with_seats_and_one_school_over_them(house, filled):
    with house.database.read() as session:
        rows = session.execute(
            select(Installation.reported_on, func.count(), func.sum(Installation.machines))
            .group_by(Installation.reported_on).order_by(Installation.reported_on)
        ).all()  # fmt: skip
        assert sum(row[1] for row in rows) == filled
        root = unit_by_code(session, "SO")
        named = {title: key for title, key in session.execute(select(Material.title, Material.id))}  # noqa: C416 - rows of two
        sums = {row.title_id: row for row in by_title(session, root, day_of(session))}
        school = programs_of(session, unit_by_code(session, "THPT-NGUYENDU"))
        flags = {row.title.title: row.flags for row in school.had}
        silent = unit_by_code(session, SILENT).id
        assert session.scalar(select(func.count()).where(Installation.unit_id == silent)) == 0
        assert {"UniKey 4.6", "Mozilla Firefox 140.0 (x64 vi)"} >= {row.name for row in unlisted(session, root)}
    assert rows[-1][0] > rows[0][0]
    assert sums[named[CLASSROOM]].flags == {Flag.OVER: 6}
    assert sums[named[LANGUAGES]].pools[0].seats == 120
    assert sums[named[ACCOUNTS]].flags == {Flag.UNLICENSED: 24}
    assert flags[CLASSROOM] == [Flag.OVER]
    assert any(Flag.OUTDATED in row.flags for row in sums.values())
    assert not any(Flag.UNDECIDED in row.flags for row in sums.values())


def test_the_same_school_reports_the_same(house, filled):
    school = unit_and_lines(house)
    assert school == unit_and_lines(house)
    assert len(school) > 5


def unit_and_lines(house):
    with house.database.read() as session:
        return list(_lines(session, unit_by_code(session, "THCS-THANHBINH"), 2, day_of(session)))
