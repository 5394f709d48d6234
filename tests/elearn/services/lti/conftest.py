"""A school with a class on a Monday morning, and the Moodle that it has registered."""

from dataclasses import replace

import pytest
import time_machine

from elearn.house import open_house
from elearn.lti.keys import keyset, new_key
from elearn.services.lti.keys import rotate
from elearn.services.lti.launched import as_launched
from tests.support.courses import MONDAY, CourseWorld
from tests.support.factories import World
from tests.support.lti_site import lti_site
from tests.support.moodle import Moodle

PRIVATE = new_key()


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
        return as_launched(place.world.identity(account), place.school.id)

    return known


@pytest.fixture
def site():
    """A platform that answers on this machine."""
    with lti_site() as site:
        yield site


@pytest.fixture
def asking(settings):
    """A house that may ask this machine, with a key that signs."""
    house = open_house(replace(settings, private_hosts=("127.0.0.1",), public_url="https://hoclieu.example.vn"))
    with house.database.write() as session:
        rotate(session, PRIVATE)
    yield house
    house.close()


@pytest.fixture
def registered(asking, site):
    """The rows of that platform, which knows us by our key; they are committed."""
    site.know("https://hoclieu.example.vn", keyset=keyset([PRIVATE]))
    with asking.database.write() as session:
        world = World(session)
        moodle = Moodle(world, world.unit(parent=world.unit()), site.issuer)
        moodle.platform.product = "moodle"
    return moodle
