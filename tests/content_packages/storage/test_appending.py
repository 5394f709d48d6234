"""Files that arrive in parts."""

import errno
import hashlib
import io
import os

import pytest

from content_packages.storage.appending import FileBusyError, GrowingFile, begin
from content_packages.storage.contract import StorageError, StorageFullError


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "uploads" / "one"
    begin(path)
    return path


def test_parts_stand_one_behind_the_other(path):
    with GrowingFile(path) as file:
        assert file.append(io.BytesIO(b"abc"), 0, 10) == 3
        assert file.append(io.BytesIO(b"defgh"), 3, 2) == 2
    assert path.read_bytes() == b"abcde"


def test_what_was_never_acknowledged_is_written_over(path):
    path.write_bytes(b"abc" + b"left by a crash")
    with GrowingFile(path) as file:
        file.append(io.BytesIO(b"d"), 3, 10)
    assert path.read_bytes() == b"abcd"


def test_it_is_synced_before_it_is_said_to_have_come(path, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fsync", lambda _handle: synced.append(path.read_bytes()))
    with GrowingFile(path) as file:
        file.append(io.BytesIO(b"abc"), 0, 10)
    assert synced == [b"abc"]


class Full:
    def read(self, _size, /):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_what_was_there(path):
    with GrowingFile(path) as file:
        file.append(io.BytesIO(b"abc"), 0, 10)
        with pytest.raises(StorageFullError):
            file.append(Full(), 3, 10)
    assert path.read_bytes() == b"abc"


def test_nobody_else_may_touch_it_meanwhile(path):
    with GrowingFile(path), pytest.raises(FileBusyError):
        GrowingFile(path)
    GrowingFile(path).close()


def test_a_name_is_given_once(path):
    with pytest.raises(StorageError):
        begin(path)


def test_whole_it_is_as_if_received_at_once(path):
    with GrowingFile(path) as file:
        file.append(io.BytesIO(b"abc"), 0, 10)
        staged = file.staged()
    assert (staged.sha256, staged.size) == (hashlib.sha256(b"abc").hexdigest(), 3)
