"""“Check my package”: anybody learns what is wrong, and nothing of the file is kept, whatever it is."""

import html
import io

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from elearn.models.account import ThrottleEvent
from elearn.models.base import Row
from elearn.services import check, throttle
from tests.support.manifests import ITEM, manifest_xml
from tests.support.packages import pdf, scorm_files, scorm_package
from tests.support.zips import ZipEntry, build_zip, simple_zip

JSON = {"Accept": "application/json"}
BOMB = build_zip(ZipEntry("a.txt", b"0" * 9_000_000))
HOSTILE = "<script>alert(1)</script>"


def sent(browser, data, name="bai.zip", *, token=None, headers=None):
    fields = {"csrf_token": browser.csrf() if token is None else token, "file": FileStorage(io.BytesIO(data), name)}
    body, _length, boundary = stream_encode_multipart(fields, use_tempfile=False)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return browser.open("/check", method="POST", input_stream=body, content_type=kind, headers=headers)


def kept(house):
    """Files of storage and staging, and rows of all tables but the throttle's."""
    files = [path for path in house.settings.home.rglob("*") if path.is_file() and "elearn.sqlite" not in path.name]
    with house.database.read() as session:
        tables = [table for table in Row.metadata.sorted_tables if table.name != ThrottleEvent.__tablename__]
        rows = {table.name: session.scalar(select(func.count()).select_from(table)) for table in tables}
    return files, rows


@pytest.fixture
def untouched(house):
    """Nothing of a check is kept; asked after the test."""
    before = kept(house)
    yield
    assert kept(house) == before


@pytest.mark.usefixtures("untouched")
@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (scorm_package(), "bai.zip", "Gói này đạt yêu cầu"),
        (build_zip(ZipEntry("../x", b"1")), "x.zip", "dẫn ra ngoài gói"),
        (BOMB, "x.zip", "giải ra kích thước bất thường"),
        (b"PK\x03\x04", "x.zip", "Tệp nén bị cụt"),
        (b"", "x.zip", "Tệp rỗng"),
        (b"xin chao", "x.zip", "không phải là một gói"),
        (simple_zip({"imsmanifest.xml": "<!DOCTYPE a>" + manifest_xml()}), "x.zip", "DOCTYPE"),
        (pdf("xin chao"), "x.pdf", "Thư viện tiếp nhận được tệp này"),
    ],
    ids=["good", "traversal", "bomb", "truncated", "empty", "no archive", "doctype", "pdf"],
)
def test_whatever_is_sent_is_answered_and_forgotten(client, data, name, said):
    answer = sent(client, data, name)
    assert answer.status_code == 200
    assert said in html.unescape(answer.text)


@pytest.mark.usefixtures("untouched")
def test_the_file_is_removed_when_the_check_itself_fails(client, monkeypatch):
    def fail(*_):
        raise OSError(5, "a disk that fails")

    monkeypatch.setattr(check, "check", fail)
    assert sent(client, scorm_package()).status_code >= 500


def test_the_result_says_contents_sequencing_and_what_to_mend_in_both_languages(client):
    control = '<imsss:sequencing><imsss:controlMode choice="false"/></imsss:sequencing>'
    files = scorm_files("2004 4th Edition") | {"imsmanifest.xml": manifest_xml(items=ITEM + control)}
    for language, sentences in (
        ("vi", ["Chọn mục từ mục lục", "Hãy đặt choice hoặc flow", "imsmanifest.xml, dòng 1", "2004 4th"]),
        ("en", ["Choose from the table of contents", "Set choice or flow", "imsmanifest.xml, line 1", "2004 4th"]),
    ):
        client.post("/language", {"language": language})
        page = html.unescape(sent(client, simple_zip(files)).text)
        assert [sentence for sentence in sentences if sentence not in page] == []


def test_script_in_a_package_is_only_text(client):
    manifest = manifest_xml("1.2", items=ITEM.replace("Bài 1", "<![CDATA[" + HOSTILE + "]]>"))
    page = sent(client, simple_zip(scorm_files() | {"imsmanifest.xml": manifest}), HOSTILE + ".zip").text
    assert HOSTILE not in page
    assert html.escape(HOSTILE) in page


def test_a_program_gets_the_same_as_json(client):
    token = client.get("/check", headers=JSON).json["csrf_token"]
    told = sent(client, build_zip(ZipEntry("../x", b"1")), "x.zip", token=token, headers=JSON).json
    assert (told["status"], told["file"], told["organizations"]) == ("refused", "x.zip", [])
    assert [(f["code"], f["severity"], f["place"]) for f in told["findings"]] == [("name_traversal", "error", "../x")]


def test_a_program_may_send_the_token_as_a_header(client):
    told = client.get("/check", headers=JSON).json
    headers = JSON | {"X-CSRFToken": told["csrf_token"]}
    answer = sent(client, scorm_package(), token="", headers=headers).json
    assert (answer["status"], answer["organizations"][0]["items"][0]["title"]) == ("accepted", "Bài 1")
    assert told["limit_bytes"] == 200 * 1024 * 1024


def test_a_program_learns_what_the_sequencing_uses(client):
    token = client.get("/check", headers=JSON).json["csrf_token"]
    told = sent(client, scorm_package("2004 4th Edition"), token=token, headers=JSON).json
    assert told["organizations"][0]["sequencing"] == {
        "choice": True,
        "flow": False,
        "forward_only": False,
        "rules": 0,
        "rollup_rules": 0,
        "limits": 0,
        "global_objectives": [],
        "shares_objectives": True,
    }


@pytest.mark.parametrize("headers", [None, JSON])
def test_without_a_token_nothing_is_read(client, headers):
    assert sent(client, scorm_package(), token="wrong", headers=headers).status_code == 400


@pytest.mark.usefixtures("untouched")
def test_while_one_package_is_checked_another_is_told_to_wait(client):
    with check._turn():
        answer = sent(client, scorm_package())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "Hãy chờ 10 giây rồi gửi lại" in answer.text
    assert sent(client, scorm_package()).status_code == 200


def test_one_network_may_not_check_without_end(client, make_browser, monkeypatch):
    monkeypatch.setattr(check, "CHECKS", throttle.Limit("check", 2, check.CHECKS.window))
    assert [sent(client, b"x").status_code for _ in range(3)] == [200, 200, 429]
    assert sent(make_browser(peer="10.0.0.9"), b"x").status_code == 200


@pytest.mark.parametrize("headers", [None, JSON])
def test_a_file_above_the_limit_is_refused(make_house, headers):
    from elearn.app import create_app  # noqa: PLC0415 - only where a test needs a house of its own
    from tests.support.web import Browser  # noqa: PLC0415

    house = make_house(ELEARN_CHECK_LIMIT_MB="1")
    before = kept(house)
    browser = Browser(create_app(house))
    for size in (1_200_000, 3_000_000):
        answer = sent(browser, b"PK" + b"x" * size, headers=headers)
        assert answer.status_code == 413
        assert "1 MB" in (answer.json["message"] if headers else answer.text)
    assert kept(house) == before


def test_without_a_file_the_form_asks_for_one(client):
    answer = client.post("/check")
    assert (answer.status_code, "Xin chọn một tệp trước" in answer.text) == (422, True)


@pytest.mark.parametrize("address", ["/", "/check"])
def test_visitors_find_the_page(client, address):
    assert client.get(address).status_code == 200
    assert 'href="/check"' in client.get(address).text
