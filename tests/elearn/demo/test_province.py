"""The small demo: built once, by the rules that hold for everybody."""

from datetime import date

import pytest
from sqlalchemy import func, select

from elearn.cli.preparing import prepare
from elearn.demo.accounts import ACCOUNTS, PASSWORD, is_demo
from elearn.demo.province import Size, build_demo
from elearn.house import open_house
from elearn.models.account import Account, Role
from elearn.models.curriculum import Level
from elearn.models.material import Material, Status
from elearn.models.people import Person, Post
from elearn.models.usage import ActSource, UsageAct
from elearn.services import organisation
from elearn.services.account import authenticate
from elearn.services.health import check_files
from elearn.services.indexing import index_changes
from elearn.services.organisation import unit_by_code
from elearn.services.search import search
from elearn.settings import load_settings

pytestmark = pytest.mark.long

EVE, REFORM = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """One demo for all questions; building it is slow."""
    home = tmp_path_factory.mktemp("demo")
    house = open_house(load_settings({}, home=home, secret_key="a secret of the tests, long enough", demo=True))
    prepare(house)
    build_demo(house, Size.SMALL)
    yield house
    house.close()


@pytest.fixture
def session(demo):
    with demo.database.read() as session:
        yield session


def counts(session):
    return [session.scalar(select(func.count()).select_from(row)) for row in (Account, Person, Post, Material)]


def test_building_it_again_adds_nothing(demo, session):
    before = counts(session)
    build_demo(demo, Size.SMALL)
    session.rollback()
    assert counts(session) == before
    assert is_demo(demo.database)


def test_every_role_can_sign_in_with_the_one_password(demo):
    assert {row.role for row in ACCOUNTS} == set(Role)
    for row in ACCOUNTS:
        identity = authenticate(demo.database, row.login, PASSWORD)
        assert identity.grants[0].role is row.role


def test_schools_stand_under_the_bureau_until_the_reform_and_under_communes_after_it(session):
    school = unit_by_code(session, "THCS-NAKHOANG")
    before = [unit.code for unit in organisation.ancestors_on(session, school, EVE)]
    after = [unit.code for unit in organisation.ancestors_on(session, school, REFORM)]
    assert before == ["SO", "PGD-TANLAM", "THCS-NAKHOANG"]
    assert after == ["SO", "X-HUONGLAM", "THCS-NAKHOANG"]


def test_one_school_teaches_two_levels(session):
    school = unit_by_code(session, "THCS-NAKHOANG")
    assert organisation.levels_on(school, REFORM) == (Level.TH, Level.THCS)


def test_materials_stand_at_every_step_of_their_way(session):
    by_status = dict(session.execute(select(Material.status, func.count()).group_by(Material.status)).all())
    assert by_status[Status.PUBLISHED] >= 12
    assert by_status[Status.SUBMITTED] >= 1
    assert by_status[Status.DRAFT] >= 1


def test_every_file_is_stored_and_every_act_says_it_is_of_a_demo(demo, session):
    assert check_files(session, demo.storage).agrees
    assert set(session.scalars(select(UsageAct.source))) == {ActSource.DEMO}


def test_a_pupil_finds_a_lesson_without_typing_accents(demo, session):
    while index_changes(demo.database, demo.engine):
        pass
    pupil = authenticate(demo.database, "hocsinh.th", PASSWORD)
    page = search(session, demo.engine, pupil, "so thap phan", {})
    assert "thập phân" in page.found[0].material.title.lower()
