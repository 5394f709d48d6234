"""A school on a Monday morning of a school year."""

import pytest
import time_machine

from tests.support.courses import MONDAY, CourseWorld


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def place(world):
    return CourseWorld(world)
