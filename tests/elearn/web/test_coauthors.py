"""Co-authors through the pages: named, asked, answered, counted from the submission."""

import re

import pytest
from sqlalchemy import select

from elearn.models.account import Account, AuditEvent, Role
from elearn.models.material import Material
from elearn.models.people import Person
from elearn.models.usage import ActKind, UsageAct
from elearn.services.access import SYSTEM
from elearn.services.organisation import ensure_root
from tests.support.contributing import described, published, uploaded
from tests.support.factories import World
from tests.support.packages import scorm_files
from tests.support.zips import simple_zip


@pytest.fixture
def make_colleague(house, sign_in):
    """Somebody of the register at the root with a browser: `make_colleague("binh", "Trần Văn Bình")`."""

    def make(login, name, role=Role.TEACHER):
        browser = sign_in(login, role, name=name)
        with house.database.write() as session:
            world = World(session)
            person = world.person(name, code=f"GV-{login}")
            world.post(person, ensure_root(session, SYSTEM))
            session.scalars(select(Account).where(Account.login == login)).one().person_id = person.id
        return browser

    return make


@pytest.fixture
def lan(make_colleague):
    return make_colleague("lan", "Nguyễn Thị Lan")


@pytest.fixture
def binh(make_colleague):
    return make_colleague("binh", "Trần Văn Bình")


@pytest.fixture
def reviewer(make_colleague):
    return make_colleague("duyet", "Phạm Duyệt", Role.REVIEWER)


def name(browser, uid, question="binh"):
    """Search as the author does, and name the first who is found."""
    page = browser.get(f"/materials/{uid}/coauthors?who={question}").text
    person = re.search(r'name="name" value="([0-9a-f]{32})"', page)[1]
    assert browser.post(f"/materials/{uid}/coauthors", {"name": person}).status_code == 303
    return person


def authored(house):
    """Code of the person -> the act of class A."""
    with house.database.read() as session:
        rows = session.execute(
            select(Person.code, UsageAct)
            .join(UsageAct, UsageAct.person_id == Person.id)
            .where(UsageAct.kind == ActKind.AUTHORED)
        )
        return dict(rows.all())


def test_a_lesson_of_two_counts_for_both_from_its_submission(lan, binh, reviewer, house):
    uid = uploaded(lan)
    name(lan, uid)
    assert "Trần Văn Bình" in lan.get(f"/materials/{uid}/edit").text
    assert "1 học liệu chờ bạn xác nhận" in binh.get("/").text
    assert uid in binh.get("/coauthorships").text
    assert binh.get(f"/materials/{uid}").status_code == 200
    assert binh.post(f"/coauthorships/{uid}", {"answer": "confirm"}).status_code == 303
    assert authored(house) == {}
    assert described(lan, uid).status_code == 303
    assert reviewer.post(f"/materials/{uid}/publish", {"note": ""}).status_code == 303
    acts = authored(house)
    assert set(acts) == {"GV-lan", "GV-binh"}
    with house.database.read() as session:
        submitted = session.scalar(select(Material.submitted_at).where(Material.uid == uid))
    assert {act.occurred_at for act in acts.values()} == {submitted}


def test_a_late_confirmation_counts_from_the_submission_and_is_known_from_then(lan, binh, reviewer, house):
    uid = uploaded(lan)
    name(lan, uid)
    described(lan, uid)
    reviewer.post(f"/materials/{uid}/publish", {"note": ""})
    assert set(authored(house)) == {"GV-lan"}
    answer = binh.post(f"/coauthorships/{uid}", {"answer": "confirm"})
    assert answer.status_code == 303
    acts = authored(house)
    assert acts["GV-binh"].occurred_at == acts["GV-lan"].occurred_at
    assert acts["GV-binh"].recorded_at > acts["GV-lan"].recorded_at
    assert binh.post(f"/coauthorships/{uid}", {"answer": "confirm"}).status_code == 409


def test_a_declined_name_counts_for_nobody(lan, binh, reviewer, house):
    uid = uploaded(lan)
    name(lan, uid)
    assert binh.post(f"/coauthorships/{uid}", {"answer": "decline"}).status_code == 303
    assert binh.get(f"/materials/{uid}").status_code == 404
    described(lan, uid)
    reviewer.post(f"/materials/{uid}/publish", {"note": ""})
    assert set(authored(house)) == {"GV-lan"}


def test_a_name_is_taken_back(lan, binh):
    uid = uploaded(lan)
    person = name(lan, uid)
    assert lan.post(f"/materials/{uid}/coauthors", {"remove": person}).status_code == 303
    assert "Không có gì chờ bạn" in binh.get("/coauthorships").text
    assert binh.post(f"/coauthorships/{uid}", {"answer": "confirm"}).status_code == 404


def test_a_reviewer_who_is_named_cannot_publish(lan, reviewer, house):
    uid = uploaded(lan)
    name(lan, uid, "duyet")
    described(lan, uid)
    assert uid not in reviewer.get("/review").text
    assert reviewer.post(f"/materials/{uid}/publish", {"note": ""}).status_code == 403
    assert authored(house) == {}


def test_the_very_same_file_counts_only_for_who_brought_it_first(lan, binh, reviewer, house):
    first, second = published(lan, reviewer), published(binh, reviewer)
    assert set(authored(house)) == {"GV-lan"}
    assert "Không tính là bài giảng tự xây dựng" in binh.get(f"/materials/{second}").text
    assert "Được tính là bài giảng tự xây dựng" in lan.get(f"/materials/{first}").text
    with house.database.read() as session:
        flagged = session.scalars(select(AuditEvent).where(AuditEvent.action == "material.duplicate")).one()
    assert (flagged.subject_uid, flagged.details) == (
        second,
        {"duplicate_of": first, "alike": "file", "licence": "CC-BY-4.0"},
    )


def test_a_colleagues_lesson_packed_again_counts_only_for_who_brought_it_first(lan, binh, reviewer, house):
    files = scorm_files()
    again = {"__MACOSX/._index.html": "x", **dict(reversed(files.items()))}
    again["imsmanifest.xml"] = files["imsmanifest.xml"].replace("</manifest>", "<!-- của tôi --></manifest>")
    first, second = published(lan, reviewer, simple_zip(files)), published(binh, reviewer, simple_zip(again))
    assert set(authored(house)) == {"GV-lan"}
    assert "cùng nội dung" in binh.get(f"/materials/{second}").text
    with house.database.read() as session:
        flagged = session.scalars(select(AuditEvent).where(AuditEvent.action == "material.duplicate")).one()
    assert (flagged.details["duplicate_of"], flagged.details["alike"]) == (first, "content")


def test_others_neither_search_nor_name(lan, binh, house):
    uid = uploaded(lan)
    assert binh.get(f"/materials/{uid}/coauthors?who=lan").status_code == 404
    assert binh.post(f"/materials/{uid}/coauthors", {"name": "0" * 32}).status_code == 404
    assert lan.post(f"/materials/{uid}/coauthors", {"name": "0" * 32}, csrf=False).status_code == 400


def test_after_submission_the_author_is_told_that_it_is_too_late(lan, binh):
    uid = uploaded(lan)
    person = name(lan, uid)
    described(lan, uid)
    assert lan.post(f"/materials/{uid}/coauthors", {"remove": person}).status_code == 303
    assert "trước khi gửi duyệt" in lan.get(f"/materials/{uid}").text
    assert binh.post(f"/coauthorships/{uid}", {"answer": "confirm"}).status_code == 303


@pytest.mark.parametrize("question", ["", "x", "%25", "'", "a" * 500, "%00"])
def test_every_question_has_an_answer(lan, question):
    assert lan.get(f"/materials/{uploaded(lan)}/coauthors?who={question}").status_code == 200
