"""Submitting, publishing, returning: by whom, in which state, and what is recorded."""

import pytest
from sqlalchemy import select

from elearn.models.account import Account, Role
from elearn.models.material import Material, ReviewEvent, Status
from elearn.models.usage import ActKind, UsageAct
from tests.support.contributing import described, published, uploaded
from tests.support.factories import World


@pytest.fixture
def reviewer(sign_in, house):
    browser = sign_in("duyet", Role.REVIEWER)
    with house.database.write() as session:
        person = World(session).person("Phạm Duyệt", code="GV-duyet")
        session.scalars(select(Account).where(Account.login == "duyet")).one().person_id = person.id
    return browser


@pytest.fixture
def submitted(teacher):
    uid = uploaded(teacher)
    assert described(teacher, uid).status_code == 303
    return uid


def status_of(house, uid):
    with house.database.read() as session:
        return session.scalar(select(Material.status).where(Material.uid == uid))


def test_a_material_goes_from_draft_over_review_to_everybody_at_its_unit(teacher, reviewer, sign_in, house):
    uid = uploaded(teacher)
    pupil = sign_in("em", Role.STUDENT)
    assert pupil.get(f"/materials/{uid}").status_code == 404
    described(teacher, uid)
    assert f"/materials/{uid}" in reviewer.get("/review").text
    assert reviewer.post(f"/materials/{uid}/publish", {"note": "Rất tốt"}).status_code == 303
    assert status_of(house, uid) is Status.PUBLISHED
    assert pupil.get(f"/materials/{uid}").status_code == 200
    assert "Không có học liệu nào chờ" in reviewer.get("/review").text


@pytest.mark.parametrize("page", ["-1", "9" * 30, "x"])
def test_the_queue_has_a_page_for_every_number(reviewer, page):
    assert reviewer.get(f"/review?page={page}").status_code == 200


def test_publishing_makes_the_act_of_authoring_count_from_the_submission(submitted, reviewer, house):
    reviewer.post(f"/materials/{submitted}/publish", {"note": ""})
    with house.database.read() as session:
        material = session.scalars(select(Material).where(Material.uid == submitted)).one()
        act = session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.AUTHORED)).one()
        assert (act.account_id, act.material_id) == (material.owner_id, material.id)
        assert act.occurred_at == material.submitted_at


def test_an_approval_by_an_account_of_nobody_publishes_and_says_that_it_does_not_count(
    submitted, teacher, sign_in, house
):
    puppet = sign_in("roi", Role.REVIEWER)
    assert puppet.post(f"/materials/{submitted}/publish", {"note": ""}).status_code == 303
    assert "không tính là bài giảng tự xây dựng" in puppet.get(f"/materials/{submitted}").text
    assert "tài khoản duyệt bài không gắn" in teacher.get(f"/materials/{submitted}").text
    assert status_of(house, submitted) is Status.PUBLISHED
    with house.database.read() as session:
        assert session.scalars(select(UsageAct).where(UsageAct.kind == ActKind.AUTHORED)).all() == []


def test_a_return_needs_a_reason(submitted, reviewer, house):
    answer = reviewer.post(f"/materials/{submitted}/return", {"note": "  "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in answer.text or "lý do" in answer.text
    assert status_of(house, submitted) is Status.SUBMITTED


def test_a_returned_material_is_a_draft_again_with_the_reason_in_its_history(submitted, reviewer, teacher, house):
    assert reviewer.post(f"/materials/{submitted}/return", {"note": "Câu 3 sai đáp án"}).status_code == 303
    assert status_of(house, submitted) is Status.DRAFT
    page = teacher.get(f"/materials/{submitted}").text
    assert "Câu 3 sai đáp án" in page
    assert "Đã trả lại" in page
    assert described(teacher, submitted).status_code == 303


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.UNIT_MANAGER, Role.ADMINISTRATOR])
def test_nobody_reviews_what_they_made_whatever_their_role(sign_in, house, role):
    author = sign_in("chu", role)
    uid = uploaded(author)
    described(author, uid)
    assert uid not in author.get("/review").text
    assert f"/materials/{uid}/publish" not in author.get(f"/materials/{uid}").text
    assert author.post(f"/materials/{uid}/publish", {"note": ""}).status_code == 403
    assert author.post(f"/materials/{uid}/return", {"note": "Không"}).status_code == 403
    assert status_of(house, uid) is Status.SUBMITTED


@pytest.mark.parametrize("role", [Role.TEACHER, Role.STUDENT])
def test_others_find_nothing_to_review(submitted, sign_in, house, role):
    somebody = sign_in("khac", role)
    assert somebody.get("/review").status_code == 403
    assert somebody.post(f"/materials/{submitted}/publish", {"note": ""}).status_code == 404
    assert status_of(house, submitted) is Status.SUBMITTED


def test_an_inspector_sees_but_does_not_publish(submitted, sign_in, house):
    inspector = sign_in("thanhtra", Role.INSPECTOR)
    assert inspector.get(f"/materials/{submitted}").status_code == 200
    assert inspector.post(f"/materials/{submitted}/publish", {"note": ""}).status_code == 403
    assert status_of(house, submitted) is Status.SUBMITTED


@pytest.mark.parametrize("step", ["publish", "return"])
def test_who_comes_second_is_told_that_it_has_moved_on(submitted, reviewer, sign_in, house, step):
    reviewer.post(f"/materials/{submitted}/publish", {"note": ""})
    late = sign_in("duyet2", Role.REVIEWER)
    answer = late.post(f"/materials/{submitted}/{step}", {"note": "Muộn"})
    assert answer.status_code == 409
    assert "tải lại trang" in answer.text.lower()
    with house.database.read() as session:
        assert len(session.scalars(select(ReviewEvent)).all()) == 2


def test_a_material_is_submitted_once(submitted, teacher):
    assert teacher.post(f"/materials/{submitted}/submit", {}).status_code == 409


def test_submitting_without_level_and_licence_leads_to_the_form(teacher, house):
    uid = uploaded(teacher)
    answer = teacher.post(f"/materials/{uid}/submit", {})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/materials/{uid}/edit")
    assert status_of(house, uid) is Status.DRAFT
    assert "cấp học" in teacher.get(f"/materials/{uid}/edit").text


def test_every_step_wants_the_csrf_token(submitted, reviewer, house):
    assert reviewer.post(f"/materials/{submitted}/publish", {"note": ""}, csrf=False).status_code == 400
    assert status_of(house, submitted) is Status.SUBMITTED


def test_a_withdrawal_needs_a_reason_and_ends_everything(teacher, reviewer, sign_in, house):
    uid = published(teacher, reviewer)
    pupil = sign_in("em", Role.STUDENT)
    assert teacher.post(f"/materials/{uid}/withdraw", {"reason": ""}).status_code == 422
    assert status_of(house, uid) is Status.PUBLISHED
    assert teacher.post(f"/materials/{uid}/withdraw", {"reason": "Sách đã đổi"}).status_code == 303
    assert pupil.get(f"/materials/{uid}").status_code == 410
    page = teacher.get(f"/materials/{uid}").text
    assert "Sách đã đổi" in page
    assert "data-launch" not in page
    assert "/download" not in page


def test_a_pupil_withdraws_nothing(teacher, reviewer, sign_in, house):
    uid = published(teacher, reviewer)
    assert sign_in("em", Role.STUDENT).post(f"/materials/{uid}/withdraw", {"reason": "x"}).status_code == 403
    assert status_of(house, uid) is Status.PUBLISHED


def test_a_manager_who_rewrites_what_was_submitted_leaves_the_publishing_to_another(
    submitted, reviewer, sign_in, house
):
    manager = sign_in("truong", Role.UNIT_MANAGER, name="Trần Văn Trưởng")
    assert described(manager, submitted, submit=False, title="Tên khác", levels="THCS", grades="6").status_code == 303
    page = manager.get(f"/materials/{submitted}").text
    assert "người duyệt khác" in page
    assert f"/materials/{submitted}/publish" not in page
    assert f"/materials/{submitted}" not in manager.get("/review").text
    assert manager.post(f"/materials/{submitted}/publish", {"note": ""}).status_code == 403
    assert status_of(house, submitted) is Status.SUBMITTED
    page = reviewer.get(f"/materials/{submitted}").text
    for told in ("Đã sửa mô tả", "Trần Văn Trưởng", "<del>Tiểu học</del>", "<ins>Trung học cơ sở</ins>"):
        assert told in page
    assert reviewer.post(f"/materials/{submitted}/publish", {"note": ""}).status_code == 303


def test_an_author_mends_what_is_published_but_does_not_open_it_to_everybody(teacher, reviewer, house):
    uid = published(teacher, reviewer)
    assert described(teacher, uid, submit=False, title="Phân số bằng nhau (đã sửa)").status_code == 303
    page = teacher.get(f"/materials/{uid}").text
    assert "<ins>Phân số bằng nhau (đã sửa)</ins>" in page
    refused = described(teacher, uid, submit=False, is_public="y")
    assert refused.status_code == 422
    assert "không phải là tác giả" in refused.text
    assert status_of(house, uid) is Status.PUBLISHED
