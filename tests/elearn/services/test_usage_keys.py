"""What must be counted once has a key: a second act with it is none, whoever comes first."""

import threading
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, func, select

from elearn.models.account import Role
from elearn.models.reports import CountChange
from elearn.models.usage import ActKind, UsageAct
from elearn.services import usage
from elearn.services.access import load_identity
from tests.support.factories import World

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def keyed(session, identity, key, **values):
    return usage.record(session, identity, ActKind.TAUGHT, timezone=HANOI, occurred_at=NOON, key=key, **values)


def test_the_second_act_of_a_key_is_none_and_the_transaction_goes_on(session, world):
    teacher = world.somebody(Role.TEACHER, world.unit("TH1"))
    first = keyed(session, teacher, "taught:1")
    assert keyed(session, teacher, "taught:1") is None
    assert keyed(session, teacher, "taught:2") is not None
    assert session.scalar(select(func.count()).select_from(UsageAct)) == 2
    assert first.key == "taught:1"


def test_acts_with_keys_do_not_merge_by_time(session, world):
    school = world.unit("TH1")
    teacher = world.somebody(Role.TEACHER, school)
    lesson = world.material(school, world.account())
    assert keyed(session, teacher, "taught:1", material=lesson) is not None
    assert keyed(session, teacher, "taught:2", material=lesson) is not None


def test_two_requests_at_once_make_one_act_and_no_fault(database):
    with database.write() as session:
        teacher = World(session).somebody(Role.TEACHER, World(session).unit("TH1"))
    together = threading.Barrier(2)
    made = []

    def record():
        together.wait(30)
        with database.write() as session:
            made.append(keyed(session, load_identity(session, teacher.account_id), "taught:1"))

    threads = [threading.Thread(target=record) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(act is None for act in made) == [False, True]
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(UsageAct)) == 1


def test_a_key_taken_between_the_look_and_the_insert_is_no_fault(session, world, monkeypatch):
    teacher = world.somebody(Role.TEACHER, world.unit("TH1"))
    keyed(session, teacher, "taught:1")
    looks = iter([False, True])
    monkeypatch.setattr("elearn.services.usage.recording._is_taken", lambda *_: next(looks))
    assert keyed(session, teacher, "taught:1") is None
    assert session.scalar(select(func.count()).select_from(UsageAct)) == 1


def test_the_key_of_a_lesson_names_person_class_material_and_day():
    assert usage.taught_key(7, 3, 12, date(2026, 11, 20)) == "taught:7:3:12:2026-11-20"
    assert usage.authored_key(7, 12) == "authored:7:12"


@pytest.mark.parametrize(("main", "expected"), [("TH1", "TH2"), ("TH2", "TH2")])
def test_whoever_works_at_two_schools_teaches_at_that_of_the_class(session, world, main, expected):
    first, second = world.unit("TH1"), world.unit("TH2")
    person = world.person()
    world.post(person, first, is_main=main == "TH1")
    world.post(person, second, is_main=main == "TH2")
    lesson = world.school_class(second)
    units = {first.id: "TH1", second.id: "TH2"}
    assert units[usage.unit_of_person(session, person.id, NOON.date(), lesson.id)] == expected
    assert units[usage.unit_of_person(session, person.id, NOON.date())] == main


def test_an_act_keeps_class_course_and_placement(session, world):
    school = world.unit("TH1")
    act = keyed(session, world.somebody(Role.TEACHER, school), "taught:1", class_id=world.school_class(school).id)
    assert act.class_id is not None
    assert (act.course_id, act.placement_id) == (None, None)


def test_an_act_with_a_key_marks_its_person_and_day_for_counting_once(session, world):
    school, person = world.unit("TH1"), world.person()
    world.post(person, school)
    teacher = world.identity(world.account("lan", person))
    session.execute(delete(CountChange))
    for _ in range(2):
        keyed(session, teacher, "taught:1")
    changes = session.scalars(select(CountChange)).all()
    assert [(row.person_id, row.from_day) for row in changes] == [(person.id, NOON.date())]
