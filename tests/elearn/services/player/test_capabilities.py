import pytest

from elearn.models.material import Material, Status, Version
from elearn.services.errors import NotFoundError
from elearn.services.player import capability as module
from elearn.services.player.capability import Capabilities, capability_of, host_label
from tests.support.factories import World
from tests.support.playing import Classroom, one_sco

SECRET = "a secret of the tests, long enough"


@pytest.fixture
def version(database):
    with database.write() as session:
        return Classroom(World(session)).lesson(one_sco("1.2")).versions[0]


@pytest.fixture
def capabilities(database):
    return Capabilities(database, SECRET)


@pytest.fixture
def clock(monkeypatch):
    """Seconds that pass only when told to."""
    told = [1000.0]
    monkeypatch.setattr(module, "monotonic", lambda: told[0])
    return told


def test_a_capability_opens_its_version(capabilities, version):
    served = capabilities.resolve(capability_of(SECRET, version.uid, 0))
    assert (served.version_uid, served.blob) == (version.uid, version.blob_sha256)


def test_it_is_the_same_for_everybody_and_differs_by_version_epoch_and_secret(version):
    made = capability_of(SECRET, version.uid, 0)
    assert made == capability_of(SECRET, version.uid, 0)
    others = {
        capability_of(SECRET, version.uid, 1),
        capability_of("x", version.uid, 0),
        capability_of(SECRET, "0" * 32, 0),
    }
    assert made not in others
    assert len(others) == 3


def test_the_label_of_its_host_tells_nothing_of_it(version):
    label = host_label(SECRET, version.uid)
    assert label.isalnum()
    assert label not in capability_of(SECRET, version.uid, 0)


@pytest.mark.parametrize("forged", ["", "x", "0" * 52, "0" * 5000, "é" * 52])
def test_a_forged_capability_opens_nothing(capabilities, version, forged):
    with pytest.raises(NotFoundError):
        capabilities.resolve(forged)


def test_the_capability_of_another_version_opens_nothing_of_this_one(capabilities, version):
    stolen = version.uid + capability_of(SECRET, "0" * 32, 0)[32:]
    with pytest.raises(NotFoundError):
        capabilities.resolve(stolen)


def test_a_withdrawal_ends_a_capability_within_seconds(capabilities, version, database, clock):
    capability = capability_of(SECRET, version.uid, 0)
    capabilities.resolve(capability)
    with database.write() as session:
        material = session.get(Material, version.material_id)
        material.status, material.capability_epoch = Status.WITHDRAWN, 1
    clock[0] += module.RECHECK_SECONDS + 0.1
    with pytest.raises(NotFoundError):
        capabilities.resolve(capability)
    with pytest.raises(NotFoundError):
        capabilities.resolve(capability_of(SECRET, version.uid, 1))


def test_a_raised_epoch_ends_a_capability_and_begins_another(capabilities, version, database, clock):
    with database.write() as session:
        session.get(Material, version.material_id).capability_epoch = 1
    with pytest.raises(NotFoundError):
        capabilities.resolve(capability_of(SECRET, version.uid, 0))
    assert capabilities.resolve(capability_of(SECRET, version.uid, 1)).version_uid == version.uid


def test_what_was_found_is_not_asked_again_at_once(capabilities, version, database, clock):
    capability = capability_of(SECRET, version.uid, 0)
    capabilities.resolve(capability)
    with database.write() as session:
        session.get(Version, version.id).file_name = "khác.zip"
    assert capabilities.resolve(capability).file_name == "bai-giang.zip"
    clock[0] += module.RECHECK_SECONDS + 0.1
    assert capabilities.resolve(capability).file_name == "khác.zip"


def test_a_blob_without_entries_has_no_table(capabilities, version):
    with pytest.raises(NotFoundError):
        capabilities.table(version.blob_sha256)
