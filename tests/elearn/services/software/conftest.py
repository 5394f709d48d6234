import pytest

from tests.support.installed import Schools


@pytest.fixture
def catalogue(session, world):
    return Schools(session, world)
