"""From an upload to a decision of the administrator, with a scanner that answers, is away, and comes back."""

import pytest
from sqlalchemy import select, update

from elearn.clock import now
from elearn.models.account import Role
from elearn.models.material import Material, Status
from elearn.models.operations import Job
from elearn.worker import Worker
from tests.support.clamd import HARMFUL, fake_clamd
from tests.support.contributing import described, uploaded
from tests.support.packages import pdf


@pytest.fixture
def clamd():
    with fake_clamd() as server:
        yield server


@pytest.fixture
def house(make_house, clamd):
    return make_house(ELEARN_CLAMD=clamd.address)


def work(house):
    """Let the worker do everything that is due, and what waits for a further try as well."""
    with house.database.write() as session:
        session.execute(update(Job).where(Job.kind == "scan_file").values(run_at=now()))
    worker = Worker(house)
    while worker.step():
        pass


def status_of(house, uid):
    with house.database.read() as session:
        return session.scalar(select(Material.status).where(Material.uid == uid))


def test_a_file_is_given_to_nobody_until_it_was_scanned(house, clamd, teacher, reviewer):
    uid = uploaded(teacher, pdf("Phan so"), "bai.pdf")
    page = teacher.get(f"/materials/{uid}").text
    assert "chưa được quét mã độc" in page
    for way in ("open", "download"):
        answer = teacher.get(f"/materials/{uid}/{way}")
        assert (answer.status_code, "chưa được quét mã độc" in answer.text) == (409, True)
    described(teacher, uid)
    assert reviewer.post(f"/materials/{uid}/publish", {"note": ""}).status_code == 409
    work(house)
    assert "chưa được quét mã độc" not in teacher.get(f"/materials/{uid}").text
    assert teacher.get(f"/materials/{uid}/open").status_code == 303
    assert reviewer.post(f"/materials/{uid}/publish", {"note": ""}).status_code == 303
    assert clamd.seen == [pdf("Phan so")]


@pytest.mark.parametrize("manner", ["closes midway", "garbage", "half an answer", "error"])
def test_a_scanner_that_gives_no_answer_holds_the_file_until_it_does(house, clamd, teacher, reviewer, manner):
    uid = uploaded(teacher)
    described(teacher, uid)
    clamd.manner = manner
    work(house)
    assert reviewer.post(f"/materials/{uid}/publish", {"note": ""}).status_code == 409
    assert teacher.post(f"/materials/{uid}/play").status_code == 409
    clamd.manner = ""
    work(house)
    assert reviewer.post(f"/materials/{uid}/publish", {"note": ""}).status_code == 303
    assert teacher.post(f"/materials/{uid}/play").status_code == 302


def test_what_does_harm_is_set_aside_and_released_with_a_reason(house, teacher, reviewer, administrator):
    uid = uploaded(teacher, pdf(HARMFUL.decode()), "bai.pdf")
    described(teacher, uid)
    work(house)
    page = teacher.get(f"/materials/{uid}").text
    assert "Test.Harmful-1" in page
    assert reviewer.post(f"/materials/{uid}/publish", {"note": ""}).status_code == 409
    listed = administrator.get("/administration/quarantine").text
    assert all(word in listed for word in ("Test.Harmful-1", "bai.pdf", "Nguyễn Thị Lan"))
    form = listed.partition('action="/administration/quarantine/')[2].partition("/")[0]
    unexplained = administrator.post(f"/administration/quarantine/{form}/release", {"reason": " "})
    assert (unexplained.status_code, "Hãy ghi lí do" in unexplained.text) == (422, True)
    assert administrator.post(f"/administration/quarantine/{form}/release", {"reason": "Nhầm"}).status_code == 303
    assert "Không có tệp nào bị giữ lại" in administrator.get("/administration/quarantine").text
    audited = administrator.get("/administration/audit?action=file.").text
    assert "Cách ly tệp có mã độc" in audited
    assert "Cho phép dùng tệp bị giữ lại" in audited
    assert reviewer.post(f"/materials/{uid}/publish", {"note": ""}).status_code == 303


def test_deleting_ends_the_draft(house, teacher, administrator):
    uid = uploaded(teacher, pdf(HARMFUL.decode()), "bai.pdf")
    work(house)
    form = administrator.get("/administration/quarantine").text
    form = form.partition('action="/administration/quarantine/')[2].partition("/")[0]
    assert administrator.post(f"/administration/quarantine/{form}/delete", {"reason": "Có mã độc"}).status_code == 303
    assert status_of(house, uid) is None


def test_a_published_file_that_turns_out_to_do_harm_is_not_served_any_more(house, clamd, teacher, reviewer):
    uid = uploaded(teacher, pdf("Hinh hoc"), "bai.pdf")
    described(teacher, uid)
    work(house)
    reviewer.post(f"/materials/{uid}/publish", {"note": ""})
    address = teacher.get(f"/materials/{uid}/download").headers["Location"]
    origin, _, path = address.partition(".localhost")
    assert teacher.get(path, origin=f"{origin}.localhost").status_code == 200
    clamd.answers["found"] = b"stream: New.Harmful-2 FOUND\0"
    clamd.manner = "found"
    with house.database.write() as session:
        from elearn.services.safety import enqueue_stored  # noqa: PLC0415 - of this one test

        enqueue_stored(session)
    work(house)
    assert status_of(house, uid) is Status.PUBLISHED
    assert teacher.get(f"/materials/{uid}/download").status_code == 409


@pytest.mark.parametrize("role", [Role.TEACHER, Role.UNIT_MANAGER, Role.INSPECTOR, Role.REVIEWER])
def test_only_administrators_see_the_list(sign_in, role):
    browser = sign_in("ai.do", role)
    assert browser.get("/administration/quarantine").status_code == 403
    assert browser.post(f"/administration/quarantine/{'a' * 64}/release", {"reason": "x"}).status_code == 403


def test_a_file_that_is_not_held_cannot_be_decided(administrator):
    assert administrator.post("/administration/quarantine/x/release", {"reason": "x"}).status_code == 404
    forged = administrator.post(f"/administration/quarantine/{'a' * 64}/delete", {"reason": "x"}, csrf=False)
    assert forged.status_code == 400
