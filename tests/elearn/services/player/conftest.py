"""A school whose learners play lessons."""

import pytest

from tests.support.playing import Classroom


@pytest.fixture
def classroom(world):
    return Classroom(world)
