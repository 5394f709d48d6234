"""The demo's 46 titles, entered by the rules for everybody and counted by the plan."""

from collections import Counter
from datetime import date

import pytest

from elearn.demo.catalogue.loading import load_catalogue
from elearn.demo.catalogue.titles import TITLES
from elearn.models.account import Role
from elearn.models.curriculum import Level
from elearn.models.material import Material
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from elearn.services.software.quota import progress
from tests.support.factories import World


@pytest.fixture
def department(house):
    with house.database.write() as session:
        world = World(session)
        root = ensure_root(session, SYSTEM)
        root.code = "SO"
        world.unit("T1", root, levels=tuple(Level))
        world.grant(world.account("lanhdao.so"), Role.UNIT_MANAGER, root)
    return root


def test_the_titles_are_those_of_the_plan_and_no_name_comes_twice():
    assert [len(rows) for rows in TITLES.values()] == [9, 10, 9, 9, 9]
    names = Counter(row.name for rows in TITLES.values() for row in rows)
    assert max(names.values()) == 1
    assert all(row.address.startswith("https://") for rows in TITLES.values() for row in rows)


def test_the_plan_is_reached_when_it_is_due_and_not_before(house, department):
    assert load_catalogue(house.database) == 46
    assert load_catalogue(house.database) == 0
    with house.database.read() as session:
        counted = {day: [row.actual for row in progress(session, department, day)] for day in
                   (date(2011, 12, 31), date(2012, 12, 31), date(2014, 12, 31))}  # fmt: skip
        assert session.query(Material).filter_by(kind="software").count() == 46
    assert counted[date(2011, 12, 31)] == [0, 0, 0, 0, 0]
    assert counted[date(2012, 12, 31)][:2] == [9, 10]
    assert sum(counted[date(2012, 12, 31)]) < 46
    assert counted[date(2014, 12, 31)] == [9, 10, 9, 9, 9]
