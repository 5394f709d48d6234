"""Pictures of a title in pages, and what search engines are told of a program."""

import html
import io
import json
import re

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from elearn.models.account import Role
from elearn.models.describing import Licence
from elearn.models.material import SoftwareDetail, Status
from elearn.services.organisation import root_unit
from tests.support.factories import World


@pytest.fixture
def title(house):
    with house.database.write() as session:
        world, root = World(session, 500), root_unit(session)
        made = world.material(root, world.account("chu"), Status.PUBLISHED, kind="software", title="Bảng cộng vui")
        made.software = SoftwareDetail(vendor="An Bình", maker_url="https://an-binh.example/", release="2.1",
                                       platforms=["windows", "linux"])  # fmt: skip
        made.licence, made.is_public = Licence.OPEN_SOURCE, True
        return made.uid


def screenshot():
    data = io.BytesIO()
    Image.new("RGB", (640, 400), "teal").save(data, "PNG")
    return data.getvalue()


def sent(browser, uid, data, words="Bảng cộng trên màn hình lớp"):
    form = {"csrf_token": browser.csrf(), "words": words, "file": FileStorage(io.BytesIO(data), "anh.png")}
    body, _length, boundary = stream_encode_multipart(form, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return browser.open(f"/software/{uid}/pictures", method="POST", input_stream=body, content_type=kind)


def linked(browser, uid):
    page = browser.get(f"/materials/{uid}").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1]) if found else None


def test_a_picture_is_sent_shown_moved_and_removed(sign_in, client, title):
    officer = sign_in("canbo", Role.UNIT_MANAGER)
    assert sent(officer, title, screenshot()).status_code == 303
    page = client.get(f"/materials/{title}").text
    assert 'alt="Bảng cộng trên màn hình lớp"' in page
    address = html.unescape(re.search(rf"/software/{title}/pictures/[0-9a-f]+\.webp", page)[0])
    got = client.get(address)
    assert (got.content_type, got.data[8:12]) == ("image/webp", b"WEBP")
    assert "sandbox" in got.headers["Content-Security-Policy"]
    assert client.get(address, headers={"If-None-Match": got.headers["ETag"]}).status_code == 304
    assert Image.open(io.BytesIO(client.get(f"{address}?w=320").data)).size == (320, 200)
    assert address in linked(client, title)["screenshot"][0]
    change = address.replace(".webp", "/change")
    assert officer.post(change, {"as": "up"}).status_code == 303
    assert officer.post(change, {"as": "remove"}).status_code == 303
    assert client.get(address).status_code == 404


def test_what_is_no_picture_is_said_beside_the_form(sign_in, title):
    officer = sign_in("canbo", Role.UNIT_MANAGER)
    for data, words, sentence in (
        (b"MZ", "Màn hình", "không phải ảnh"), (screenshot(), "", "ảnh cho thấy gì"),
    ):  # fmt: skip
        answer = sent(officer, title, data, words)
        assert answer.status_code == 400
        assert sentence in html.unescape(answer.text)
    assert officer.post(f"/software/{title}/pictures", {"words": "x"}).status_code == 422
    teacher = sign_in("lan", Role.TEACHER)
    assert sent(teacher, title, screenshot()).status_code == 403
    assert teacher.get(f"/software/{title}/pictures").status_code == 403


def test_search_engines_are_told_of_a_program_once_it_is_published(house, client, title):
    told = linked(client, title)
    assert told["@type"] == ["SoftwareApplication", "LearningResource"]
    assert (told["softwareVersion"], told["operatingSystem"]) == ("2.1", "Windows, Linux")
    assert told["creator"] == {"@type": "Organization", "name": "An Bình"}
    assert told["offers"]["price"] == "0"
    assert "version" not in told
    with house.database.write() as session:
        root = root_unit(session)
        world = World(session, 900)
        draft = world.material(root, world.account("khac"), kind="software", title="Chưa duyệt")
        draft.is_public = True
        uid = draft.uid
    assert client.get(f"/materials/{uid}").status_code == 404
