"""A Moodle that is connected with the library, with a lesson in one of its courses."""

import pytest

from tests.support.lti_doors import Door
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, put


@pytest.fixture
def material(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package("2004 4th Edition"))


@pytest.fixture
def door(house, app):
    return Door(house, app)


@pytest.fixture
def link(door, material):
    return door.place(material)
