import pytest

from tests.support.software import Catalogue


@pytest.fixture
def catalogue(session, world):
    return Catalogue(session, world)
