"""Uploads in parts: tus 1.0 as its text says, clause by clause, and what becomes of a file that has come whole."""

import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.http import parse_date

from content_packages.storage.appending import GrowingFile
from content_packages.storage.contract import StorageFullError
from elearn.clock import now
from elearn.models.account import Role
from elearn.models.upload import Upload
from elearn.services import uploads
from elearn.web import receiving
from tests.support.contributing import kept
from tests.support.packages import scorm_package
from tests.support.tus import Sender, checksum
from tests.support.web import Browser


@pytest.fixture
def teacher(sign_in):
    return Sender(sign_in("lan", Role.TEACHER))


@pytest.fixture
def other(sign_in):
    return Sender(sign_in("minh", Role.TEACHER))


def files(house):
    folder = house.settings.uploads_folder
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.exists() else []


def rows(house):
    with house.database.read() as session:
        return [(row.received, row.length) for row in session.scalars(select(Upload).order_by(Upload.id))]


def clean(house):
    return uploads.clean(house.database, house.settings.uploads_folder)


# Core


def test_the_server_says_what_it_speaks_to_everybody(client):
    answer = client.open("/uploads", method="OPTIONS")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,expiration,checksum,termination"
    assert answer.headers["Tus-Max-Size"] == str(2048 * 1024 * 1024)
    assert answer.headers["Tus-Checksum-Algorithm"].split(",")[0] == "sha1"


@pytest.mark.parametrize("version", [{"Tus-Resumable": "0.2.2"}, {"Tus-Resumable": ""}])
def test_another_version_of_the_protocol_is_refused(teacher, house, version):
    answer = teacher.ask("POST", "/uploads", version | {"Upload-Length": "5"})
    assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")
    assert rows(house) == []


def test_a_file_comes_in_parts_and_its_state_can_be_asked_for(teacher, house):
    address = teacher.begin(6)
    assert teacher.offset(address) == 0
    answer = teacher.send(address, 0, b"abcd")
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "4")
    state = teacher.ask("HEAD", address)
    assert (state.headers["Upload-Offset"], state.headers["Upload-Length"]) == ("4", "6")
    assert state.headers["Upload-Metadata"].startswith("filename ")
    assert "no-store" in state.headers["Cache-Control"]
    assert teacher.send(address, 4, b"ef").headers["Upload-Offset"] == "6"
    assert files(house) == [b"abcdef"]


@pytest.mark.parametrize("start", [0, 2, 4, 99])
def test_a_part_that_begins_elsewhere_is_refused(teacher, house, start):
    address = teacher.begin(6)
    teacher.send(address, 0, b"abc")
    assert teacher.send(address, start, b"xxx").status_code == 409
    assert files(house) == [b"abc"]
    assert teacher.offset(address) == 3


def test_a_part_that_promises_more_than_is_missing_is_refused(teacher, house):
    address = teacher.begin(6)
    assert teacher.send(address, 0, b"abcdefg").status_code == 413
    assert files(house) == [b""]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "application/octet-stream"}, 415),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "x"}, 400),
        ({"Upload-Checksum": "crc99 AAAA"}, 400),
        ({"Upload-Checksum": "sha1 ***"}, 400),
    ],
)
def test_a_part_with_a_wrong_header_is_refused(teacher, house, headers, status):
    address = teacher.begin(6)
    assert teacher.send(address, 0, b"abc", headers).status_code == status
    assert files(house) == [b""]


def test_only_one_request_at_a_time_is_at_a_file(teacher, house):
    address = teacher.begin(6)
    with GrowingFile(house.settings.uploads_folder / address.rpartition("/")[2]):
        for answer in (teacher.send(address, 0, b"abc"), teacher.ask("DELETE", address)):
            assert answer.status_code == 423
            assert "đang được gửi" in answer.json["detail"]
    assert teacher.send(address, 0, b"abc").status_code == 204


def test_clients_that_can_only_post_name_the_method_in_a_header(teacher, house):
    address = teacher.begin(3)
    said = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    sent = teacher.ask("POST", address, said | {"X-HTTP-Method-Override": "PATCH"}, data=b"abc")
    assert (sent.status_code, files(house)) == (204, [b"abc"])
    assert teacher.ask("POST", address, {"X-HTTP-Method-Override": "DELETE"}).status_code == 204
    assert teacher.ask("POST", address, {"X-HTTP-Method-Override": "MOVE"}).status_code == 405


def test_a_long_part_is_acknowledged_on_the_way(teacher, house, monkeypatch):
    monkeypatch.setattr(uploads, "BLOCK", 4)
    states, append = [], GrowingFile.append

    def noting(file, *arguments):
        states.extend(rows(house))
        return append(file, *arguments)

    monkeypatch.setattr(GrowingFile, "append", noting)
    assert teacher.send(teacher.begin(10), 0, b"0123456789").status_code == 204
    assert states == [(0, 10), (4, 10), (8, 10)]
    assert files(house) == [b"0123456789"]


# Creation


@pytest.mark.parametrize("length", [None, "", "-5", "1e3", "9" * 30])
def test_a_file_without_a_length_is_refused(teacher, house, length):
    headers = {} if length is None else {"Upload-Length": length}
    assert teacher.ask("POST", "/uploads", headers).status_code == 400
    assert (rows(house), files(house)) == ([], [])


@pytest.mark.parametrize("metadata", ["filename ***", "filename gICA", "a YQ==,a YQ==", "ä YQ==", "x " + "YWFh" * 1500])
def test_metadata_that_is_none_is_refused(teacher, house, metadata):
    said = {"Upload-Length": "5", "Upload-Metadata": metadata}
    assert teacher.ask("POST", "/uploads", said).status_code == 400
    assert (rows(house), files(house)) == ([], [])


def test_a_file_above_the_limit_is_refused_when_it_is_announced(teacher, house):
    answer = teacher.ask("POST", "/uploads", {"Upload-Length": str(2048 * 1024 * 1024 + 1)})
    assert answer.status_code == 413
    assert "2.048 MB" in answer.json["detail"] or "2 GB" in answer.json["detail"]
    assert rows(house) == []


def test_a_file_for_which_the_disk_has_no_room_is_refused_when_it_is_announced(teacher, house, monkeypatch):
    monkeypatch.setattr(uploads.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 4}))
    assert teacher.ask("POST", "/uploads", {"Upload-Length": "5"}).status_code == 507
    assert (rows(house), files(house)) == ([], [])


def test_an_account_has_only_so_many_files_under_way(teacher, other, monkeypatch, house):
    monkeypatch.setattr(uploads, "MOST_OPEN", 2)
    first = teacher.begin(1)
    teacher.begin(1)
    assert teacher.ask("POST", "/uploads", {"Upload-Length": "1"}).status_code == 409
    assert len(files(house)) == 2
    other.begin(1)
    teacher.ask("DELETE", first)
    teacher.begin(1)


def test_pages_learn_which_files_of_the_account_are_under_way(teacher, other):
    address = teacher.begin(6, "Bài 1.zip")
    other.begin(7)
    teacher.send(address, 0, b"ab")
    (found,) = teacher.browser.get("/uploads").json["uploads"]
    assert (found["address"], found["name"], found["received"], found["length"]) == (address, "Bài 1.zip", 2, 6)


# Checksum


def test_a_part_with_the_right_checksum_is_kept(teacher, house):
    address = teacher.begin(6)
    assert teacher.send(address, 0, b"abc", checksum(b"abc")).status_code == 204
    assert files(house) == [b"abc"]


def test_a_part_with_a_wrong_checksum_is_thrown_away(teacher, house):
    address = teacher.begin(6)
    teacher.send(address, 0, b"abc")
    answer = teacher.send(address, 3, b"xyz", checksum(b"def"))
    assert answer.status_code == 460
    assert (files(house), teacher.offset(address)) == ([b"abc"], 3)


# Expiration


def test_a_file_waits_a_week_for_its_next_part(teacher):
    address = teacher.begin(6)
    answer = teacher.send(address, 0, b"abc")
    assert parse_date(answer.headers["Upload-Expires"]) > now() + timedelta(days=6, hours=23)
    with time_machine.travel(now() + timedelta(days=6)):
        teacher.browser.sign_in("lan")  # the session has ended meanwhile
        again = Sender(teacher.browser)
        assert again.offset(address) == 3
        assert again.send(address, 3, b"def").status_code == 204


def expire(house):
    with house.database.write() as session:
        for row in session.scalars(select(Upload)):
            row.expires_at = now() - timedelta(seconds=1)


def test_what_has_expired_is_gone(teacher, house):
    address = teacher.begin(6)
    expire(house)
    for answer in (teacher.send(address, 0, b"abc"), teacher.ask("HEAD", address), teacher.ask("DELETE", address)):
        assert answer.status_code == 410
    assert teacher.browser.get("/uploads").json == {"uploads": []}


def test_the_nightly_clean_up_removes_what_has_expired_and_nothing_else(teacher, house):
    teacher.begin(6)
    expire(house)
    address = teacher.begin(6)
    teacher.send(address, 0, b"abc")
    assert clean(house) == 1
    assert (rows(house), files(house)) == ([(3, 6)], [b"abc"])


def test_the_clean_up_leaves_a_file_alone_that_somebody_is_at(teacher, house):
    address = teacher.begin(6)
    expire(house)
    with GrowingFile(house.settings.uploads_folder / address.rpartition("/")[2]):
        assert clean(house) == 0
    assert rows(house) == [(0, 6)]


def test_the_clean_up_removes_files_without_a_row_once_they_are_old(house):
    folder = house.settings.uploads_folder
    folder.mkdir()
    (folder / "a").write_bytes(b"x")
    assert clean(house) == 0
    with time_machine.travel(now() + timedelta(days=2)):
        assert clean(house) == 1
    assert files(house) == []


def test_an_upload_whose_file_was_lost_is_gone(teacher, house):
    address = teacher.begin(6)
    (house.settings.uploads_folder / address.rpartition("/")[2]).unlink()
    assert teacher.send(address, 0, b"abc").status_code == 410
    assert teacher.browser.get("/uploads").json == {"uploads": []}
    assert clean(house) == 1
    assert rows(house) == []


def test_an_upload_whose_file_has_become_shorter_is_gone_and_not_filled_with_zeros(teacher, house):
    address = teacher.begin(6)
    teacher.send(address, 0, b"abc")
    (house.settings.uploads_folder / address.rpartition("/")[2]).write_bytes(b"a")
    assert teacher.send(address, 3, b"def").status_code == 410
    assert files(house) == [b"a"]


# Termination


def test_an_upload_that_is_given_up_is_removed_at_once(teacher, house):
    address = teacher.begin(6)
    assert teacher.ask("DELETE", address).status_code == 204
    assert (rows(house), files(house)) == ([], [])
    assert teacher.ask("HEAD", address).status_code == 404


# Who may


def test_uploads_of_others_do_not_exist(teacher, other, house):
    address = teacher.begin(6)
    answers = (other.send(address, 0, b"abc"), other.ask("HEAD", address), other.ask("DELETE", address))
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert files(house) == [b""]


def test_pupils_and_visitors_may_not_upload(sign_in, client, house):
    assert Sender(sign_in("em", Role.STUDENT)).ask("POST", "/uploads", {"Upload-Length": "5"}).status_code == 403
    visitor = Sender(client)
    assert visitor.ask("POST", "/uploads", {"Upload-Length": "5"}).status_code == 401
    assert visitor.send("/uploads/x", 0, b"abc").status_code == 401
    assert rows(house) == []


@pytest.mark.parametrize(("headers", "status"), [({"X-CSRFToken": ""}, 400), ({"Origin": "https://evil.example"}, 403)])
def test_pages_of_other_sites_send_nothing(teacher, house, headers, status):
    address = teacher.begin(6)
    assert teacher.send(address, 0, b"abc", headers).status_code in {400, status}
    assert files(house) == [b""]


# Use


def test_a_file_that_has_come_whole_becomes_a_draft_and_leaves_nothing_behind(teacher, house):
    answer = teacher.use(teacher.sent(scorm_package()))
    answer.close()
    assert answer.status_code == 303
    assert 'value="Toán lớp 5"' in teacher.browser.get(answer.location).text
    assert kept(house) == (1, 1, 1, 0)
    assert (rows(house), files(house)) == ([], [])


def test_a_file_that_was_announced_without_a_name_gets_one(teacher):
    address = teacher.ask("POST", "/uploads", {"Upload-Length": str(len(scorm_package()))}).headers["Location"]
    assert teacher.send(address, 0, scorm_package()).status_code == 204
    assert teacher.use(address.rpartition("/")[2]).status_code == 303


def test_a_file_is_used_once(teacher, house):
    uid = teacher.sent(scorm_package())
    assert teacher.use(uid).status_code == 303
    assert teacher.use(uid).status_code == 404
    assert kept(house)[0] == 1


def test_two_tabs_that_use_a_file_at_once_make_one_material(teacher, house, app, monkeypatch):
    uid = teacher.sent(scorm_package())
    examine, second = receiving.examine, []
    cookie = teacher.browser.cookie()

    def examine_while_another_tab_sends_the_form(*arguments):
        tab = Browser(app)
        tab.client.set_cookie("elearn", cookie)
        thread = threading.Thread(target=lambda: second.append(tab.post("/contribute", {"upload": uid}).status_code))
        thread.start()
        thread.join()
        return examine(*arguments)

    monkeypatch.setattr(receiving, "examine", examine_while_another_tab_sends_the_form)
    assert teacher.use(uid).status_code == 303
    assert second == [423]
    assert kept(house)[0] == 1


def test_a_file_that_is_refused_is_told_why_and_thrown_away(teacher, house):
    answer = teacher.use(teacher.sent(b"this is no archive at all"))
    assert answer.status_code == 422
    assert "Chưa nhận được" in answer.text
    assert (rows(house), files(house)) == ([], [])


def test_a_file_that_has_not_come_whole_cannot_be_used(teacher, house):
    address = teacher.begin(6)
    teacher.send(address, 0, b"abc")
    answer = teacher.use(address.rpartition("/")[2])
    assert answer.status_code == 409
    assert "chưa đến đủ" in answer.text
    assert teacher.offset(address) == 3


def test_the_file_of_somebody_else_cannot_be_used(teacher, other, house):
    uid = teacher.sent(scorm_package())
    assert other.use(uid).status_code == 404
    assert rows(house) == [(len(scorm_package()),) * 2]


def test_a_file_is_kept_when_the_storage_has_no_room_for_it(teacher, house, monkeypatch):
    uid = teacher.sent(scorm_package())

    def full(*_arguments):
        raise StorageFullError("full")

    with monkeypatch.context() as patch:
        patch.setattr(receiving, "examine", full)
        assert teacher.use(uid).status_code == 507
    assert teacher.use(uid).status_code == 303
