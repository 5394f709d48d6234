"""A link of a platform, when its lesson gets a new version: who has begun stays, others get the new one."""

import pytest
from sqlalchemy import select

from elearn.models.learning import Attempt, AttemptStatus
from elearn.models.material import Material, StoredBlob, Version
from elearn.services.contribute import make_current
from tests.support.launches import Course
from tests.support.packages import scorm_package
from tests.support.shelf import AUTHOR, put


@pytest.fixture
def material(house, make_account):
    make_account(AUTHOR)
    return put(house, scorm_package("2004 4th Edition"))


@pytest.fixture
def moodle(house, app, material):
    return Course(house, app, material)


def bring(house, material):
    """Let the material offer a second version of the same content."""
    with house.database.write() as session:
        found = session.scalars(select(Material).where(Material.uid == material)).one()
        first = found.current_version
        session.add(StoredBlob(sha256="b" * 64, size=1))
        kept = ("media_type", "standard", "edition", "manifest", "created_by_id")
        about = {name: getattr(first, name) for name in kept} | {"file_name": "2.zip", "blob_sha256": "b" * 64}
        version = Version(material_id=found.id, number=2, is_current=False, **about)
        session.add(version)
        session.flush()
        make_current(session, found, version)


def play(pupil):
    answer = pupil.open("/activity/play", method="POST", data={"item": "", "csrf_token": pupil.token()})
    assert answer.status_code == 303


def numbers(house):
    """The version of each attempt, in the order in which they were begun."""
    with house.database.read() as session:
        attempts = session.scalars(select(Attempt).order_by(Attempt.id))
        return [attempt.registration.version.number for attempt in attempts]


def test_an_attempt_at_a_link_goes_on_with_its_version_and_the_next_one_is_at_the_new(house, moodle, material):
    pupil = moodle.pupil()
    play(pupil)
    bring(house, material)
    play(pupil)
    assert numbers(house) == [1]
    with house.database.write() as session:
        session.scalars(select(Attempt)).one().status = AttemptStatus.ENDED
    play(pupil)
    assert numbers(house) == [1, 2]
