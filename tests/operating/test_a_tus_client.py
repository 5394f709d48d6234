"""Another maker's client of tus 1.0 against the real server."""

from __future__ import annotations

import hashlib
import io
import random
from contextlib import closing

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusUploadFailed
from tusclient.uploader import Uploader

from tests.support.installation import Contributor, Server, copied, serving
from tests.support.packages import scorm_package

PADDING = random.Random(1).randbytes(2_000_000)


@pytest.fixture(scope="module")
def server(prepared, tmp_path_factory):
    with serving(Server(copied(prepared, tmp_path_factory.mktemp("tus") / "home"))) as server:
        yield server


@pytest.fixture
def teacher(server):
    with closing(Contributor(server.port)) as teacher:
        yield teacher


@pytest.fixture
def client(teacher):
    cookies = "; ".join(f"{name}={value}" for name, value in teacher.cookies.items())
    return TusClient(f"http://localhost:{teacher.port}/uploads", {"Cookie": cookies, "X-CSRFToken": teacher.token})


def uploader(client, data, url=None, **options):
    return client.uploader(
        file_stream=io.BytesIO(data), chunk_size=300_000, url=url, metadata={"filename": "bài.zip"}, **options
    )


def test_a_file_goes_on_after_a_restart_of_the_server_and_becomes_a_material(server, teacher, client):
    data = scorm_package("1.2", padding__bin=PADDING)
    first = uploader(client, data, upload_checksum=True)
    first.upload(stop_at=len(data) // 2)
    server.stop()
    server.start()
    second = uploader(client, data, first.url, upload_checksum=True)
    assert second.offset == first.offset > 0
    second.upload()
    uid = second.url.rpartition("/")[2]
    teacher.close()
    assert teacher.post_form("/contribute", csrf_token=teacher.token, upload=uid).status == 303


def test_a_long_part_is_taken_whole(client):
    data = bytes(9 * 1024 * 1024)
    sending = client.uploader(file_stream=io.BytesIO(data))
    sending.upload()
    assert sending.get_offset() == len(data)


def test_a_damaged_part_is_refused(client, monkeypatch):
    sending = uploader(client, PADDING, upload_checksum=True)
    monkeypatch.setattr(Uploader, "checksum_algorithm", staticmethod(lambda _data: hashlib.sha256(b"other bytes")))
    with pytest.raises(TusUploadFailed) as refused:
        sending.upload()
    assert refused.value.status_code == 460
    assert sending.get_offset() == 0
