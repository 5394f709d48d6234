"""What every storage does."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from content_packages.archive.intake import take_in
from content_packages.archive.serving import iter_identity
from content_packages.storage.contract import BlobMissingError
from tests.support.packages import HOME_PAGE, scorm_package, written

LARGE = hashlib.shake_128(b"lesson").digest(9 * 1024 * 1024)
ABSENT = "0" * 64
LATER = datetime(2999, 1, 1, tzinfo=UTC)


@pytest.fixture
def put(storage, tmp_path):
    def put(data):
        sha256 = hashlib.sha256(data).hexdigest()
        return storage.put(written(tmp_path, "upload", data), sha256), sha256

    return put


@pytest.mark.parametrize("data", [b"one", b"", LARGE], ids=["small", "empty", "in parts"])
def test_what_is_put_comes_out(storage, put, data):
    created, sha256 = put(data)
    assert created
    with storage.open(sha256) as file:
        assert file.read() == data
    assert storage.size(sha256) == len(data)
    assert storage.exists(sha256)


def test_the_same_bytes_are_kept_once(storage, put):
    assert [put(b"one")[0], put(b"one")[0], put(b"two")[0]] == [True, False, True]
    assert len(list(storage.blobs())) == 2


def test_the_original_stays(put, tmp_path):
    put(b"one")
    assert (tmp_path / "upload").read_bytes() == b"one"


def test_a_blob_is_read_from_anywhere(storage, put):
    _, sha256 = put(LARGE)
    with storage.open(sha256) as file:
        assert file.seek(-5, 2) == len(LARGE) - 5
        assert file.read() == LARGE[-5:]
        file.seek(4_000_000)
        assert file.read(3) == LARGE[4_000_000:4_000_003]
        file.seek(2, 1)
        assert file.read(2) == LARGE[4_000_005:4_000_007]
        file.seek(len(LARGE) + 5)
        assert file.read(1) == b""


def test_an_archive_is_served_from_the_storage(storage, put):
    _, sha256 = put(scorm_package())
    with storage.open(sha256) as file:
        entry = take_in(file).entries.lookup("index.html")
        assert b"".join(iter_identity(file, entry)) == HOME_PAGE.encode()


def test_a_blob_that_is_absent_is_missing(storage):
    assert not storage.exists(ABSENT)
    for ask in (storage.open, storage.size):
        with pytest.raises(BlobMissingError):
            ask(ABSENT)


def test_a_deleted_blob_is_gone_and_can_be_put_again(storage, put):
    _, sha256 = put(b"one")
    storage.delete(sha256)
    storage.delete(sha256)
    assert not storage.exists(sha256)
    assert put(b"one")[0]


def test_all_blobs_are_listed_with_size_and_time(storage, put):
    digests = {put(data)[1]: len(data) for data in (b"", b"one", b"three")}
    blobs = list(storage.blobs())
    assert {blob.sha256: blob.size for blob in blobs} == digests
    assert all(datetime.now(UTC) - blob.modified < timedelta(minutes=5) for blob in blobs)


@pytest.mark.parametrize("name", ["", "../" + "0" * 61, "0" * 63, "G" * 64, "A" * 64, "0" * 64 + "\n"])
def test_only_a_digest_names_a_blob(storage, name, tmp_path):
    for ask in (storage.open, storage.size, storage.exists, storage.delete, lambda name: storage.collect(name, LATER)):
        with pytest.raises(ValueError, match="SHA-256"):
            ask(name)
    with pytest.raises(ValueError, match="SHA-256"):
        storage.put(tmp_path, name)
