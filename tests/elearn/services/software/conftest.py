import pytest

from tests.support.installed import Schools
from tests.support.staffroom import Days, Staffroom


@pytest.fixture
def catalogue(session, world):
    return Schools(session, world)


@pytest.fixture
def days(monkeypatch):
    return Days(monkeypatch)


@pytest.fixture
def room(session, world, days):
    return Staffroom(session, world, days)
