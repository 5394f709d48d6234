"""A school with a class on a Monday morning, and the Moodle that it has registered."""

from dataclasses import replace

import pytest
import time_machine

from tests.support.courses import MONDAY, CourseWorld
from tests.support.moodle import Moodle


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def place(world, clock):
    return CourseWorld(world)


@pytest.fixture
def moodle(place):
    return Moodle(place.world, place.school)


@pytest.fixture
def inside(place):
    """An account as the pages of a launch know it: one of the platform's unit, without roles."""

    def known(account):
        return replace(place.world.identity(account), login="", grants=(), home_units=frozenset({place.school.id}))

    return known
