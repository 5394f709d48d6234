"""Files from addresses: asked for on a page, fetched by the worker, taken in as drafts or refused with the reason."""

import re

import pytest
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.material import Material
from elearn.models.upload import Fetch, FetchState
from elearn.services import fetching
from elearn.services.outside import Downloaded, OutsideError
from elearn.worker import Worker
from tests.support.contributing import kept
from tests.support.packages import pdf, scorm_package

PAGE = "/contribute/from-address"
ADDRESS = "https://thu-vien.example/bai/toan.zip"


@pytest.fixture
def outside(monkeypatch):
    """What stands at addresses: bytes with a name, or why there is nothing."""
    found = {}

    def download(_guard, url, file, limits, told):
        there = found[url]
        if isinstance(there, Exception):
            raise there
        name, data = there
        assert len(data) <= limits.largest
        file.write(data)
        told(len(data), len(data))
        return Downloaded(len(data), name)

    monkeypatch.setattr(fetching, "download", download)
    return found


def ask(browser, *addresses):
    return browser.post(PAGE, {"addresses": "\n".join(addresses)})


def work(house):
    worker = Worker(house)
    while worker.step_beside():
        pass


def states(house):
    with house.database.read() as session:
        return [(row.state, row.code) for row in session.scalars(select(Fetch).order_by(Fetch.id))]


def test_a_file_becomes_a_draft_of_whoever_asked(teacher, house, outside):
    outside[ADDRESS] = ("bai.zip", scorm_package())
    assert ask(teacher, ADDRESS).status_code == 303
    assert "Đang chờ đến lượt" in teacher.get(PAGE).text
    work(house)
    assert states(house) == [(FetchState.DONE, "")]
    page = teacher.get(PAGE).text
    uid = re.search("/materials/([0-9a-f]+)/edit", page)[1]
    assert 'value="Toán lớp 5"' in teacher.get(f"/materials/{uid}/edit").text
    with house.database.read() as session:
        material = session.scalars(select(Material)).one()
        assert (material.uid, material.current_version.file_name) == (uid, "bai.zip")
    assert kept(house) == (1, 1, 1, 0)


@pytest.mark.parametrize(
    ("there", "code", "said"),
    [
        (OutsideError("outside_inner_host", host="may.truong"), "fetch_inner_host", "mạng nội bộ"),
        (OutsideError("outside_silent", host="a.example"), "fetch_silent", "không trả lời"),
        (OutsideError("outside_status", host="a.example", number=403), "fetch_status", "403"),
        (OutsideError("outside_too_large", host="a.example", limit=1), "fetch_too_large", "lớn hơn mức"),
        (("x", b" \n<!DOCTYPE html><html>"), "fetch_page", "không phải tệp"),
        (("x.zip", b""), "empty_file", "rỗng"),
        (("x.zip", scorm_package()[:-40]), "", ""),
    ],
)
def test_what_cannot_be_had_is_said_and_nothing_is_kept(teacher, house, outside, there, code, said):
    outside[ADDRESS] = there
    ask(teacher, ADDRESS)
    work(house)
    ((state, why),) = states(house)
    assert state is FetchState.FAILED
    assert why == code or not code
    assert said in teacher.get(PAGE).text
    assert "đọc được mã" not in teacher.get(PAGE).text
    assert kept(house) == (0, 0, 0, 0)


def test_it_can_be_tried_again_and_taken_off_the_list(teacher, house, outside):
    outside[ADDRESS] = OutsideError("outside_silent", host="a.example")
    ask(teacher, ADDRESS)
    work(house)
    uid = re.search(f"{PAGE}/([0-9a-f]+)/again", teacher.get(PAGE).text)[1]
    outside[ADDRESS] = ("a.pdf", pdf("trang"))
    assert teacher.post(f"{PAGE}/{uid}/again", {}).status_code == 303
    work(house)
    assert states(house) == [(FetchState.DONE, "")]
    assert teacher.post(f"{PAGE}/{uid}/again", {}).status_code == 409
    assert teacher.post(f"{PAGE}/{uid}/forget", {}).status_code == 303
    assert states(house) == []
    assert kept(house)[0] == 1


def test_what_was_given_up_is_not_taken_in(teacher, house, outside):
    outside[ADDRESS] = ("a.pdf", pdf("trang"))
    ask(teacher, ADDRESS)
    uid = re.search(f"{PAGE}/([0-9a-f]+)/forget", teacher.get(PAGE).text)[1]
    teacher.post(f"{PAGE}/{uid}/forget", {})
    work(house)
    assert kept(house)[0] == 0


def test_one_that_is_given_up_on_its_way_ends_there(teacher, house, outside, monkeypatch):
    def download(_guard, _url, _file, _limits, told):
        with house.database.write() as session:
            session.delete(session.scalars(select(Fetch)).one())
        told(1, 2)
        raise AssertionError("it went on")

    monkeypatch.setattr(fetching, "download", download)
    monkeypatch.setattr(fetching, "_BETWEEN", 0)
    ask(teacher, ADDRESS)
    work(house)
    assert kept(house) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a.example/x",
        "javascript:alert(1)",
        "a.example/x",
        "https://",
        "https://a@b.example/",
        "https://[::1",
        "https://a.example:99999/",
        "file:///etc/passwd",
        "https://a.example/" + "x" * 2000,
    ],
)
def test_what_is_no_address_is_told_at_once(teacher, house, address):
    answer = ask(teacher, ADDRESS, address)
    assert answer.status_code == 422
    assert "không phải là địa chỉ web" in answer.text
    assert states(house) == []


def test_none_too_many_and_switched_off(teacher, make_house, house):
    assert ask(teacher).status_code == 422
    assert ask(teacher, *(f"https://a.example/{n}" for n in range(21))).status_code == 422


def test_it_is_for_whoever_contributes_and_their_own(teacher, sign_in, client, house, outside):
    assert client.get(PAGE).status_code == 302
    pupil = sign_in("em", Role.STUDENT)
    assert pupil.get(PAGE).status_code == 403
    assert ask(pupil, ADDRESS).status_code == 403
    outside[ADDRESS] = OutsideError("outside_silent", host="a.example")
    ask(teacher, ADDRESS)
    work(house)
    with house.database.read() as session:
        uid = session.scalars(select(Fetch.uid)).one()
    other = sign_in("binh", Role.TEACHER)
    assert uid not in other.get(PAGE).text
    for action in ("again", "forget"):
        assert other.post(f"{PAGE}/{uid}/{action}", {}).status_code == 404


def test_a_department_may_switch_it_off(make_house, password_hash):
    from tests.elearn.web.test_contribute import signed_in  # noqa: PLC0415 - a house of its own

    house = make_house(ELEARN_FETCH_MINUTES="0")
    teacher = signed_in(house, password_hash)
    assert "không lấy tệp từ địa chỉ" in teacher.get(PAGE).text
    assert ask(teacher, ADDRESS).status_code == 422
    assert states(house) == []
