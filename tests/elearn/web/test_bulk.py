"""Changing several materials at once: only one's own and those in one's charge, tried before it is done."""

import re

import pytest
from sqlalchemy import select

from elearn.models.account import AuditEvent, Role
from elearn.models.material import Material, ReviewEvent, ReviewStep
from elearn.services import bulk
from tests.support.contributing import described, published, uploaded
from tests.support.packages import pdf


def several(teacher, number=2):
    return [uploaded(teacher, pdf(f"trang {n}", title=f"Bài số {n}"), f"bai-{n}.pdf") for n in range(number)]


def send(browser, uids, step=None, **fields):
    return browser.post("/contribute/several", {"uid": uids, **({"step": step} if step else {}), **fields})


def stored(house, uids):
    with house.database.read() as session:
        rows = {row.uid: row for row in session.scalars(select(Material).where(Material.uid.in_(uids)))}
        return [(rows[uid].topic, rows[uid].licence.value, sorted(rows[uid].keywords)) for uid in uids]


def test_two_drafts_are_changed_together_after_a_look_at_what_would_happen(teacher, house):
    uids = several(teacher)
    page = teacher.get("/contribute/several")
    assert all(f'value="{uid}"' in page.text for uid in uids)
    assert send(teacher, uids).status_code == 200
    said = {"change": ["topic", "licence", "keywords"], "topic": "Phân số", "licence": "cc", "keywords": "ôn tập"}
    preview = send(teacher, uids, "preview", **said)
    assert preview.status_code == 200
    assert preview.text.count("<ins>Phân số</ins>") == 2
    assert stored(house, uids) == [("", "", [])] * 2
    assert send(teacher, uids, "apply", **said).status_code == 303
    assert stored(house, uids) == [("Phân số", "CC-BY-NC-SA-4.0", ["ôn tập"])] * 2
    with house.database.read() as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "material.bulk_edit")).one()
    assert set(event.details["materials"]) == set(uids)
    assert event.details["materials"][uids[0]]["topic"] == ["", "Phân số"]


def test_what_is_not_ticked_stays_and_does_not_matter(teacher, house):
    uids = several(teacher)
    said = {"change": "topic", "topic": "Phân số", "duration_minutes": "viele", "licence": "third-party"}
    assert send(teacher, uids, "apply", **said).status_code == 303
    assert stored(house, uids) == [("Phân số", "", [])] * 2


def test_what_one_refuses_does_not_stop_the_others(teacher, sign_in, house):
    first, second = several(teacher)
    described(teacher, first, submit=False, levels="THCS", grades="6", subjects="TOAN")
    said = {"change": "grades", "grades": "6"}
    preview = send(teacher, [first, second], "preview", **said)
    assert "1 học liệu giữ nguyên" in preview.text
    answer = send(teacher, [first, second], "apply", change=["topic", "grades"], grades="6", topic="T")
    assert answer.status_code == 303
    assert stored(house, [first, second])[1][0] == ""
    assert "khối" in teacher.get("/contribute/several").text or "Lớp" in teacher.get("/contribute/several").text


def test_materials_of_others_stay_as_they_are(teacher, sign_in, house):
    uids = several(teacher, 1)
    binh = sign_in("binh", Role.TEACHER)
    assert uids[0] not in binh.get("/contribute/several?of=scope").text
    answer = send(binh, uids, "apply", change="topic", topic="X")
    assert answer.status_code == 422
    uid = published(teacher, sign_in("duyet", Role.REVIEWER))
    answer = send(binh, [uid], "preview", change="topic", topic="X")
    assert "1 học liệu giữ nguyên" in answer.text
    send(binh, [uid], "apply", change="topic", topic="X")
    assert stored(house, [uid])[0][0] == ""


def test_a_manager_changes_what_the_unit_has_and_the_history_says_so(teacher, sign_in, house):
    uid = published(teacher, sign_in("duyet", Role.REVIEWER))
    manager = sign_in("hieutruong", Role.UNIT_MANAGER)
    assert uid in manager.get("/contribute/several?of=scope&status=published").text
    assert uid not in manager.get("/contribute/several").text
    assert send(manager, [uid], "apply", change="topic", topic="Phân số").status_code == 303
    with house.database.read() as session:
        step = session.scalars(select(ReviewEvent).where(ReviewEvent.step == ReviewStep.EDITED)).one()
    assert step.changes == {"topic": ["", "Phân số"]}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"change": []}, "ít nhất một mục"),
        ({"change": "capability_epoch"}, "ít nhất một mục"),
        ({"change": "duration_minutes", "duration_minutes": "0"}, "Từ 1 đến"),
        ({"change": "licence", "licence": "third-party"}, "của ai"),
        ({"change": "licence", "licence": "mine"}, ""),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(teacher, house, fields, said):
    uids = several(teacher, 1)
    answer = send(teacher, uids, "apply", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert stored(house, uids) == [("", "", [])]


def test_none_and_too_many(teacher, monkeypatch):
    assert "ít nhất một học liệu" in send(teacher, []).text
    assert send(teacher, ["x", "' OR 1=1"]).status_code == 422
    uids = several(teacher)
    monkeypatch.setattr(bulk, "MOST", 1)
    answer = send(teacher, uids)
    assert answer.status_code == 422
    assert re.search("tối đa 1 học liệu", answer.text)
