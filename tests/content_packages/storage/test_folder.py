"""Blobs in a folder: durable, all or nothing, and what a full disk does."""

import errno
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content_packages.storage.contract import StorageError, StorageFullError
from content_packages.storage.folder import FolderStorage
from tests.support.packages import written

DATA = b"a lesson"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def storage(tmp_path):
    return FolderStorage(tmp_path / "blobs")


@pytest.fixture
def upload(tmp_path):
    return written(tmp_path, "upload", DATA)


def files_in(storage):
    """All files but the lock."""
    return [path for path in storage.root.rglob("*") if path.is_file() and path.name != ".collecting"]


def test_a_blob_lies_under_its_digest(storage, upload):
    storage.put(upload, SHA256)
    assert files_in(storage) == [storage.root / SHA256[:2] / SHA256]


def test_the_file_and_the_folders_are_synced_before_put_returns(storage, upload, monkeypatch):
    synced = []
    real = os.fsync

    def noting(handle):
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        real(handle)

    monkeypatch.setattr(os, "fsync", noting)
    storage.put(upload, SHA256)
    assert synced[0].parent == storage.root / ".incoming"
    assert synced[1:] == [storage.root / SHA256[:2], storage.root]


@pytest.mark.parametrize(("number", "error"), [(errno.ENOSPC, StorageFullError), (errno.EIO, StorageError)])
def test_a_disk_that_fails_leaves_nothing_behind(storage, upload, monkeypatch, number, error):
    def fail(_handle):
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(error):
        storage.put(upload, SHA256)
    assert files_in(storage) == []


def test_a_full_disk_is_a_kind_of_failure_that_can_be_told_apart():
    assert issubclass(StorageFullError, StorageError)


def test_putting_again_tells_the_collector_that_the_blob_is_wanted(storage, upload):
    storage.put(upload, SHA256)
    os.utime(storage.root / SHA256[:2] / SHA256, (0, 0))
    assert not storage.put(upload, SHA256)
    (blob,) = storage.blobs()
    assert blob.modified > datetime(2020, 1, 1, tzinfo=UTC)


def test_many_may_put_the_same_bytes_at_once(storage, upload):
    with ThreadPoolExecutor(8) as threads:
        created = list(threads.map(lambda _: storage.put(upload, SHA256), range(40)))
    assert created.count(True) == 1
    assert [path.read_bytes() for path in files_in(storage)] == [DATA]


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_disk_without_links_renames(storage, upload, monkeypatch, number):
    def fail(*_paths):
        raise OSError(number, "no links")

    monkeypatch.setattr(os, "link", fail)
    assert storage.put(upload, SHA256)
    assert [path.read_bytes() for path in files_in(storage)] == [DATA]


def test_unfinished_and_foreign_files_are_no_blobs(storage, upload):
    storage.put(upload, SHA256)
    (storage.root / ".incoming" / "tmp123").write_bytes(b"x")
    (storage.root / SHA256[:2] / "README").write_bytes(b"x")
    assert [blob.sha256 for blob in storage.blobs()] == [SHA256]


def test_the_free_space_is_that_of_the_disk(storage):
    assert storage.free_space() > 0


def test_what_a_killed_writer_left_is_swept_once_it_is_old(tmp_path):
    storage = FolderStorage(tmp_path / "files")
    left, fresh = (tmp_path / "files" / ".incoming" / name for name in ("left", "fresh"))
    for path in (left, fresh):
        path.write_bytes(b"half a lesson")
    os.utime(left, (1_700_000_000, 1_700_000_000))
    assert storage.sweep(datetime(2025, 1, 1, tzinfo=UTC)) == 1
    assert fresh.exists()
    assert not left.exists()
