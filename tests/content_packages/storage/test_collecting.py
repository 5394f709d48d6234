"""A blob that is collected and put at the same moment: whichever comes first, whoever has put it finds it."""

import fcntl
import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from content_packages.storage import folder, s3
from tests.support.packages import written

DATA = b"a lesson"
SHA256 = hashlib.sha256(DATA).hexdigest()
LATER = datetime(2999, 1, 1, tzinfo=UTC)
PATIENCE = 60  # seconds after which a test gives up waiting for the other side


@pytest.fixture
def put(storage, tmp_path):
    path = written(tmp_path, "upload", DATA)
    return lambda: storage.put(path, SHA256)


@pytest.fixture(params=["fresh for an hour", "never fresh"])
def freshness(request, monkeypatch):
    """S3 puts a blob again when it is no longer fresh; both ways must be safe."""
    if request.param == "never fresh":
        monkeypatch.setattr(s3, "_FRESH", timedelta(0))


def when_put(storage):
    return next(blob.modified for blob in storage.blobs() if blob.sha256 == SHA256)


def read(storage):
    with storage.open(SHA256) as file:
        return file.read()


def test_what_was_put_before_the_moment_is_removed_and_what_came_later_is_spared(storage, put):
    put()
    assert not storage.collect(SHA256, when_put(storage))
    assert read(storage) == DATA
    assert storage.collect(SHA256, LATER)
    assert not storage.exists(SHA256)
    assert not storage.collect(SHA256, LATER)
    assert put()
    assert [blob.sha256 for blob in storage.blobs()] == [SHA256]


def test_putting_the_same_bytes_again_makes_them_young(storage, put, monkeypatch):
    monkeypatch.setattr(s3, "_FRESH", timedelta(0))
    put()
    before = when_put(storage) + timedelta(microseconds=1)
    while when_put(storage) < before:  # the times of S3 are whole seconds
        put()
    assert not storage.collect(SHA256, before)
    assert read(storage) == DATA


@pytest.mark.usefixtures("freshness")
def test_a_put_waits_for_a_removal_that_is_under_way_and_keeps_the_bytes_anew(storage, put, monkeypatch):
    removing, waiting = Event(), Event()
    delete, lock, sleep = storage.delete, fcntl.flock, s3.time.sleep

    def delete_late(sha256):
        removing.set()
        assert waiting.wait(PATIENCE), "the put did not wait for the removal"
        delete(sha256)

    def noted_lock(handle, kind):
        if kind == fcntl.LOCK_SH:
            waiting.set()
        lock(handle, kind)

    def noted_sleep(seconds):
        waiting.set()
        sleep(seconds)

    put()
    monkeypatch.setattr(storage, "delete", delete_late)
    monkeypatch.setattr(folder.fcntl, "flock", noted_lock)
    monkeypatch.setattr(s3.time, "sleep", noted_sleep)
    with ThreadPoolExecutor(2) as pool:
        collecting = pool.submit(storage.collect, SHA256, LATER)
        assert removing.wait(PATIENCE)
        putting = pool.submit(put)
        assert collecting.result(PATIENCE)
        assert putting.result(PATIENCE)
    assert read(storage) == DATA


def test_many_puts_and_collections_at_once_end_with_the_bytes(storage, put):
    with ThreadPoolExecutor(4) as pool:
        collecting = [pool.submit(storage.collect, SHA256, LATER) for _ in range(20)]
        putting = [pool.submit(put) for _ in range(20)]
        assert all(isinstance(each.result(PATIENCE), bool) for each in (*collecting, *putting))
    put()
    assert read(storage) == DATA


def test_a_collection_that_died_holds_up_nobody_for_long(storage, put, monkeypatch):
    def die(_sha256):
        raise KeyboardInterrupt

    put()
    monkeypatch.setattr(storage, "delete", die)
    with pytest.raises(KeyboardInterrupt):
        storage.collect(SHA256, LATER)
    monkeypatch.undo()
    monkeypatch.setattr(s3, "_ABANDONED", timedelta(0))
    put()
    assert read(storage) == DATA
    storage.sweep(LATER)
    monkeypatch.setattr(s3, "_ABANDONED", timedelta(days=1))
    put()  # the mark of the dead is gone, else this would wait for a day
    assert read(storage) == DATA
