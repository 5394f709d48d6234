"""Receiving uploads: hashed on the way, bounded, and nothing left behind when they fail."""

import errno
import hashlib
import io
import os

import pytest

from content_packages.storage.contract import StorageFullError
from content_packages.storage.receiving import UploadTooLargeError, receive

DATA = os.urandom(3_000_000)


def test_an_upload_is_written_and_hashed(tmp_path):
    staged = receive(io.BytesIO(DATA), tmp_path / "staging", len(DATA))
    assert (staged.size, staged.sha256) == (len(DATA), hashlib.sha256(DATA).hexdigest())
    assert staged.path.parent == tmp_path / "staging"
    assert staged.path.read_bytes() == DATA


def test_a_staged_file_goes_away_with_its_block(tmp_path):
    with receive(io.BytesIO(DATA), tmp_path, len(DATA)) as staged:
        assert staged.path.exists()
    assert list(tmp_path.iterdir()) == []


def test_one_byte_too_many_is_refused(tmp_path):
    with pytest.raises(UploadTooLargeError) as caught:
        receive(io.BytesIO(DATA), tmp_path, len(DATA) - 1)
    assert caught.value.limit == len(DATA) - 1
    assert list(tmp_path.iterdir()) == []


class BreaksOff(io.BytesIO):
    def read(self, size=-1):
        if self.tell():
            raise ConnectionResetError
        return super().read(size)


def test_an_upload_that_breaks_off_leaves_nothing_behind(tmp_path):
    with pytest.raises(ConnectionResetError):
        receive(BreaksOff(DATA), tmp_path, len(DATA))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    class FullDisk(io.FileIO):
        def write(self, _data):
            raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fdopen", lambda handle, mode, buffering: FullDisk(handle, mode))
    with pytest.raises(StorageFullError):
        receive(io.BytesIO(DATA), tmp_path, len(DATA))
    assert list(tmp_path.iterdir()) == []
