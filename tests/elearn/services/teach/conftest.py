"""A teacher of a school with classes, a shared lesson, and a clock that only the test moves."""

import pytest

from elearn.models.account import Role
from elearn.models.material import Status
from elearn.models.people import Assignment
from elearn.services.teach import counting, sessions
from tests.support.teaching import MORNING, Clock


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(sessions, "now", clock)
    monkeypatch.setattr(counting, "now", clock)
    monkeypatch.setattr(sessions, "day_of", lambda _session: clock.moment.date())
    return clock


@pytest.fixture
def school(world):
    return world.unit("TH1", world.unit("SO"))


@pytest.fixture
def make_teacher(world, school):
    """A teacher with a post at a school and an account: `make_teacher("lan")`."""

    def make(login="lan", unit=school, person=None):
        if person is None:
            person = world.person()
            world.post(person, unit)
        account = world.account(login, person)
        world.grant(account, Role.TEACHER, unit)
        return world.identity(account, MORNING.date())

    return make


@pytest.fixture
def lan(make_teacher):
    return make_teacher()


@pytest.fixture
def lop(world, school):
    school_class = world.school_class(school, "5A")
    world.enrolment(world.person("Nguyễn Văn Trò"), school_class)
    return school_class


@pytest.fixture
def lesson(session, world, school):
    material = world.material(school, world.account("tacgia"), Status.PUBLISHED)
    session.refresh(material)
    return material


@pytest.fixture
def assign(world):
    def to(identity, school_class):
        row = Assignment(class_id=school_class.id, person_id=identity.person_id, valid_from=MORNING.date())
        return world.add(row)

    return to


@pytest.fixture
def begin(session, clock, lan, lop, lesson):
    def start(identity=lan, school_class=lop, material=lesson, **values):
        return sessions.start(session, identity, material, school_class.uid, **values)

    return start


@pytest.fixture
def teach(session, clock, lan):
    """Let a session run for so many minutes, a heartbeat every fifteen seconds."""

    def run(row, minutes, identity=lan):
        for _ in range(int(minutes * 4)):
            clock.move(15)
            sessions.beat(session, identity, row.uid)
        return row

    return run
