"""Versions on the pages: a new file, a reviewer's word, what differs, who sees what, and bad input."""

import pytest
from sqlalchemy import select

from elearn.models.learning import Attempt
from elearn.models.material import Material, Version
from elearn.models.usage import ActKind, UsageAct
from tests.support.contributing import described, published, upload, uploaded
from tests.support.packages import pdf, scorm_package
from tests.support.tus import Sender

NEWER = scorm_package(them__html="<p>Trang mới</p>")


def send(browser, uid, data=NEWER, name="moi.zip", **fields):
    return upload(browser, data, name, f"/materials/{uid}/versions/new", **{"note": "Thêm trang", **fields})


@pytest.fixture
def uid(teacher, reviewer):
    return published(teacher, reviewer)


def states(house, uid):
    with house.database.read() as session:
        query = select(Version.number, Version.state, Version.is_current).join(Material).where(Material.uid == uid)
        return [
            (row.number, row.state.value, row.is_current) for row in session.execute(query.order_by(Version.number))
        ]


def versions_of_attempts(house):
    with house.database.read() as session:
        return [
            attempt.registration.version.number for attempt in session.scalars(select(Attempt).order_by(Attempt.id))
        ]


def test_a_new_version_goes_from_its_author_over_the_reviewer_to_new_launches(house, teacher, reviewer, pupil, uid):
    pupil.post(f"/materials/{uid}/play")
    assert send(teacher, uid).headers["Location"] == f"/materials/{uid}/versions"
    assert states(house, uid) == [(1, "taken", True), (2, "waiting", False)]
    assert "chờ duyệt" in teacher.get(f"/materials/{uid}/versions").text
    assert f"/materials/{uid}/versions#version-2" in reviewer.get("/review").text
    assert f"/materials/{uid}/versions#version-2" in reviewer.get("/").text
    page = reviewer.get(f"/materials/{uid}/versions").text
    assert "Thêm trang" in page
    assert "them.html" in reviewer.get(f"/materials/{uid}/versions/compare?old=1&new=2").text
    assert reviewer.post(f"/materials/{uid}/versions/2/accept", {"note": "Tốt"}).status_code == 303
    assert states(house, uid) == [(1, "taken", False), (2, "taken", True)]
    pupil.post(f"/materials/{uid}/play")
    assert versions_of_attempts(house) == [1]
    assert "Học lại từ đầu với phiên bản 2" in pupil.get(f"/materials/{uid}").text
    pupil.post(f"/materials/{uid}/play", {"anew": "yes"})
    assert versions_of_attempts(house) == [1, 2]
    assert "Học lại từ đầu với phiên bản" not in pupil.get(f"/materials/{uid}").text


def test_readers_see_what_was_released_and_nothing_of_what_waits(teacher, reviewer, pupil, uid):
    send(teacher, uid)
    page = pupil.get(f"/materials/{uid}/versions").text
    assert "Phiên bản 1" in page
    assert "Phiên bản 2" not in page
    assert "Phiên bản 2 đang chờ duyệt" not in pupil.get(f"/materials/{uid}").text
    for address in ("compare?old=1&new=2", "2/file"):
        assert pupil.get(f"/materials/{uid}/versions/{address}").status_code == 404
    for act in ("accept", "decline", "take_back", "restore", "try"):
        assert pupil.post(f"/materials/{uid}/versions/2/{act}").status_code == 404
        assert pupil.post(f"/materials/{uid}/versions/1/{act}").status_code in {403, 409}
    assert pupil.get(f"/materials/{uid}/versions/new").status_code == 403
    assert send(pupil, uid).status_code == 403


def test_a_declined_one_needs_a_reason_and_tells_its_author(house, teacher, reviewer, uid):
    send(teacher, uid)
    answer = reviewer.post(f"/materials/{uid}/versions/2/decline", {"note": " "})
    assert answer.status_code == 409
    assert "Viết lý do" in answer.text or "lý do" in answer.text
    reviewer.post(f"/materials/{uid}/versions/2/decline", {"note": "Thiếu đáp án"})
    assert "Thiếu đáp án" in teacher.get(f"/materials/{uid}").text
    assert states(house, uid)[1] == (2, "declined", False)
    assert reviewer.post(f"/materials/{uid}/versions/2/accept").status_code == 409


def test_an_earlier_version_comes_back(house, teacher, reviewer, uid):
    send(teacher, uid)
    reviewer.post(f"/materials/{uid}/versions/2/accept")
    assert teacher.post(f"/materials/{uid}/versions/1/restore").status_code == 303
    assert states(house, uid)[2] == (3, "taken", True)
    assert "Dùng lại tệp của phiên bản 1" in teacher.get(f"/materials/{uid}/versions").text
    assert "giống nhau từng byte" in teacher.get(f"/materials/{uid}/versions/compare?old=1&new=3").text


def test_a_trial_of_what_waits_is_no_use_of_the_material(house, teacher, reviewer, uid):
    send(teacher, uid)
    with house.database.read() as session:
        before = len(session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.LAUNCH)).all())
    answer = reviewer.post(f"/materials/{uid}/versions/2/try")
    assert answer.status_code == 303
    assert reviewer.get(answer.headers["Location"]).status_code == 200
    with house.database.read() as session:
        assert len(session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.LAUNCH)).all()) == before
    assert "/d/" in reviewer.get(f"/materials/{uid}/versions/2/file").headers["Location"]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (pdf("x"), "x.pdf", "thuộc loại khác"),
        (scorm_package(), "lai.zip", "Đây chính là tệp của phiên bản 1"),
        (b"not a zip", "hong.zip", "Chưa nhận được"),
        (b"", "rong.zip", ""),
    ],
)
def test_a_file_that_cannot_be_a_version_is_told_and_changes_nothing(house, teacher, uid, data, name, said):
    answer = send(teacher, uid, data, name)
    assert answer.status_code == 422
    assert said in answer.text
    assert states(house, uid) == [(1, "taken", True)]


def test_a_form_without_a_file_and_one_that_is_too_large_are_told(house, teacher, uid):
    assert teacher.post(f"/materials/{uid}/versions/new", {"note": "x"}).status_code == 422
    too_much = str(house.settings.upload_limit * 2)
    answer = teacher.open(
        f"/materials/{uid}/versions/new", method="POST", headers={"Content-Length": too_much}, data=b""
    )
    assert answer.status_code in {400, 413}
    assert states(house, uid) == [(1, "taken", True)]


def test_a_file_that_came_in_parts_becomes_a_version_once(house, teacher, uid):
    sender = Sender(teacher)
    address = sender.begin(len(NEWER), "mới.zip")
    sender.send(address, 0, NEWER)
    form = {"upload": address.rsplit("/", 1)[1], "note": "x"}
    assert teacher.post(f"/materials/{uid}/versions/new", form).status_code == 303
    assert states(house, uid)[1] == (2, "waiting", False)
    assert teacher.post(f"/materials/{uid}/versions/new", form).status_code == 404


def test_what_came_in_parts_and_is_of_another_kind_is_kept_for_another_use(house, teacher, uid):
    sender, data = Sender(teacher), pdf("x")
    address = sender.begin(len(data), "x.pdf")
    sender.send(address, 0, data)
    form = {"upload": address.rsplit("/", 1)[1]}
    assert teacher.post(f"/materials/{uid}/versions/new", form).status_code == 422
    assert teacher.post("/contribute", form).status_code == 303
    assert states(house, uid) == [(1, "taken", True)]


@pytest.mark.parametrize("number", ["0", "7", "99999", "100000", "x", "-1", "9" * 40])
def test_numbers_that_are_no_version_are_not_found(teacher, uid, number):
    for address in (f"{number}/file", f"compare?old={number}&new=1"):
        assert teacher.get(f"/materials/{uid}/versions/{address}").status_code == 404
    assert teacher.post(f"/materials/{uid}/versions/{number}/restore").status_code == 404


def test_a_draft_takes_its_new_file_at_once(house, teacher):
    uid = uploaded(teacher)
    assert send(teacher, uid).status_code == 303
    assert states(house, uid) == [(1, "taken", False), (2, "taken", True)]
    described(teacher, uid)
    assert send(teacher, uid, scorm_package("2004 4th Edition")).status_code == 403


def test_what_people_write_of_a_version_is_no_markup(teacher, uid):
    send(teacher, uid, note="<script>alert(1)</script>", name="<b>x</b>.zip")
    page = teacher.get(f"/materials/{uid}/versions").text
    assert "<script>alert(1)" not in page
    assert "<b>x</b>" not in page


def test_without_a_token_nothing_happens(house, teacher, reviewer, uid):
    send(teacher, uid)
    assert reviewer.open(f"/materials/{uid}/versions/2/accept", method="POST").status_code == 400
    assert states(house, uid)[0] == (1, "taken", True)


def test_a_withdrawn_material_says_so_by_whom_when_and_why(house, teacher, reviewer, pupil, client, uid):
    pupil.get(f"/materials/{uid}")
    reviewer.post(f"/materials/{uid}/withdraw", {"reason": "Sai kiến thức ở trang 2"})
    answer = pupil.get(f"/materials/{uid}")
    assert answer.status_code == 410
    assert "Sai kiến thức ở trang 2" in answer.text
    assert "Người thu hồi: Nguyễn Thị Lan" in answer.text
    assert client.get(f"/materials/{uid}").status_code == 404
    assert "Sai kiến thức ở trang 2" in teacher.get(f"/materials/{uid}").text
    with house.database.read() as session:
        assert session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.VIEW)).one()


def test_visitors_learn_that_a_public_one_is_gone_but_neither_names_nor_reasons(house, teacher, reviewer, client):
    uid = published(teacher, reviewer, is_public="y")
    reviewer.post(f"/materials/{uid}/withdraw", {"reason": "Cô Lan yêu cầu gỡ"})
    answer = client.get(f"/materials/{uid}")
    assert answer.status_code == 410
    assert "Cô Lan" not in answer.text
    assert "Người thu hồi" not in answer.text


def test_a_draft_that_was_never_published_leaves_no_stone(teacher, pupil):
    uid = uploaded(teacher)
    teacher.post(f"/materials/{uid}/withdraw", {"reason": "Nhầm"})
    assert pupil.get(f"/materials/{uid}").status_code == 404
