"""A new version as a lesson made: how much of it must be new, against what, by whom, and approved by whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.models.account import Account, Role
from elearn.models.material import Material, Version
from elearn.models.usage import ActKind, UsageAct
from tests.support.contributing import published, upload
from tests.support.factories import World
from tests.support.packages import scorm_package

SAID = "được tính là một bài giảng đã xây dựng"


def lesson(*new, of=100):
    """A lesson of so many sentences, those with the numbers given worded anew."""
    sentences = (f"Câu số {n} nói về phân số {n * 7 if n in new else n} và cách viết nó." for n in range(of))
    return scorm_package(index__html=f"<p>{' '.join(sentences)}</p>")


def linked(house, login):
    """Make the holder of an account a person of the register."""
    with house.database.write() as session:
        person = World(session).person(f"Người {login}", code=f"GV-{login}")
        session.scalars(select(Account).where(Account.login == login)).one().person_id = person.id


@pytest.fixture
def teacher(teacher, house):
    linked(house, "lan")
    return teacher


@pytest.fixture
def reviewer(reviewer, house):
    linked(house, "duyet")
    return reviewer


@pytest.fixture
def uid(teacher, reviewer):
    """A published lesson that counts."""
    return published(teacher, reviewer, lesson())


def bring(browser, uid, data):
    assert upload(browser, data, to=f"/materials/{uid}/versions/new", note="Soạn lại").status_code == 303


def acts(house):
    """The versions for which the author has an act of class A, by number."""
    query = (
        select(Version.number, UsageAct.occurred_at, Version.created_at)
        .join(UsageAct, UsageAct.version_id == Version.id)
        .where(UsageAct.kind == ActKind.AUTHORED)
        .order_by(Version.number)
    )
    with house.database.read() as session:
        return session.execute(query).all()


def take_back_a_month(house):
    """Let what was done so far have happened a month ago."""
    with house.database.write() as session:
        for act in session.scalars(select(UsageAct)):
            act.act_date -= timedelta(days=30)


def test_a_version_of_which_a_fifth_is_new_counts_on_the_day_it_was_brought(house, teacher, reviewer, uid):
    take_back_a_month(house)
    bring(teacher, uid, lesson(*range(40)))
    assert len(acts(house)) == 1
    reviewer.post(f"/materials/{uid}/versions/2/accept")
    assert SAID in reviewer.get(f"/materials/{uid}/versions").text
    first, second = acts(house)
    assert (first.number, second.number) == (1, 2)
    assert second.occurred_at == second.created_at


def test_one_of_which_less_is_new_does_not(house, teacher, reviewer, uid):
    take_back_a_month(house)
    bring(teacher, uid, lesson(3, 4))
    reviewer.post(f"/materials/{uid}/versions/2/accept")
    assert SAID not in reviewer.get(f"/materials/{uid}/versions").text
    assert [act.number for act in acts(house)] == [1]


def test_nor_one_that_readers_had_before_under_another_number(house, teacher, reviewer, uid):
    take_back_a_month(house)
    bring(teacher, uid, lesson(*range(40)))
    reviewer.post(f"/materials/{uid}/versions/2/accept")
    take_back_a_month(house)
    bring(teacher, uid, lesson(3))
    reviewer.post(f"/materials/{uid}/versions/3/accept")
    teacher.post(f"/materials/{uid}/versions/2/restore")
    assert [act.number for act in acts(house)] == [1, 2]


def test_two_lessons_of_one_day_are_one(house, teacher, reviewer, uid):
    bring(teacher, uid, lesson(*range(40)))
    reviewer.post(f"/materials/{uid}/versions/2/accept")
    assert [act.number for act in acts(house)] == [1]


def test_what_an_account_of_nobody_approves_does_not_count(house, teacher, uid, sign_in):
    take_back_a_month(house)
    bring(teacher, uid, lesson(*range(40)))
    sign_in("roi", Role.REVIEWER).post(f"/materials/{uid}/versions/2/accept")
    assert [act.number for act in acts(house)] == [1]


def test_nor_what_somebody_else_brought_for_the_author(house, teacher, reviewer, uid, sign_in):
    take_back_a_month(house)
    bring(sign_in("quantri", Role.ADMINISTRATOR), uid, lesson(*range(40)))
    assert reviewer.post(f"/materials/{uid}/versions/2/accept").status_code == 303
    assert [act.number for act in acts(house)] == [1]


def test_nor_what_another_teacher_had_before(house, teacher, reviewer, uid, sign_in):
    take_back_a_month(house)
    other = sign_in("hoa", Role.TEACHER)
    linked(house, "hoa")
    published(other, reviewer, lesson(*range(60)))
    bring(teacher, uid, lesson(*range(60), 99))
    reviewer.post(f"/materials/{uid}/versions/2/accept")
    assert SAID not in reviewer.get(f"/materials/{uid}/versions").text
    with house.database.read() as session:
        material = session.scalars(select(Material).where(Material.uid == uid)).one()
        theirs = (UsageAct.account_id == material.owner_id, UsageAct.kind == ActKind.AUTHORED)
        assert len(session.scalars(select(UsageAct.id).where(*theirs)).all()) == 1
