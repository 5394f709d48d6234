"""A school whose class takes a course, on a Monday morning."""

import pytest
import time_machine

from elearn.models.learning import ActivityState
from elearn.services import courses
from tests.support.courses import MONDAY, CourseWorld


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def place(world):
    return CourseWorld(world)


@pytest.fixture
def course(place):
    course = place.course(place.lesson("Một"))
    place.open(course)
    return place.seen(course)


@pytest.fixture
def item(course):
    return courses.items_of(course)[0]


@pytest.fixture
def answer(place, session):
    """Let a pupil answer questions in an attempt: (identifier, given, result, seconds) each."""

    def answers(pupil, course, *records, attempt=None):
        attempt = attempt or place.launch(pupil, course).attempt
        document = {}
        for number, (identifier, given, result, seconds) in enumerate(records):
            about = {"id": identifier, "type": "choice", "student_response": given, "result": result}
            about["latency"] = f"0000:00:{seconds:02}.00"
            document |= {f"cmi.interactions.{number}.{name}": value for name, value in about.items()}
        session.add(ActivityState(attempt_id=attempt.id, activity="i1", document=document))
        session.flush()
        return attempt

    return answers
