from dataclasses import dataclass

import pytest

from elearn.models.learning import AttemptStatus
from tests.support.playing import FOURTH, one_sco, some_scos


@dataclass(frozen=True)
class Words:
    """The names one edition has for what is kept."""

    edition: str
    prefix: str
    location: str
    five_minutes: str
    ten_minutes: str

    @property
    def state(self):
        return {self.prefix + self.location: "trang-4", "cmi.suspend_data": "câu 1: đúng"}

    def __getattr__(self, name):
        return self.prefix + name


@pytest.fixture(
    params=[
        Words("1.2", "cmi.core.", "lesson_location", "00:05:00", "0000:10:00.00"),
        Words(FOURTH, "cmi.", "location", "PT5M", "PT10M"),
    ],
    ids=lambda words: words.edition,
)
def words(request):
    return request.param


@pytest.fixture
def lesson(classroom, words):
    return classroom.lesson(one_sco(words.edition))


def test_a_lesson_starts_from_the_beginning(classroom, lesson, words):
    page = classroom.play(lesson)
    assert page.document[words.entry] == "ab-initio"
    assert not words.state.keys() & page.document.keys()


def test_a_lesson_resumes_after_the_tab_was_closed_without_a_word(classroom, lesson, words):
    for _ in range(2):
        classroom.play(lesson).commit(words.state | {words.session_time: words.five_minutes})
    again = classroom.play(lesson)
    assert words.state.items() <= again.document.items()
    assert again.document[words.entry] == "resume"
    assert again.document[words.total_time] == words.ten_minutes
    assert words.session_time not in again.document


def test_up_4_what_was_left_to_be_resumed_goes_on_in_the_next_attempt(classroom, lesson, words):
    page = classroom.play(lesson)
    page.commit(words.state | {words.exit: "suspend"}, final=True)
    assert page.walk("exitAll").ended
    again = classroom.play(lesson)
    assert again.attempt.number == 2
    assert again.document[words.entry] == "resume"
    assert words.state.items() <= again.document.items()


def test_a_lesson_resumes_after_it_said_goodbye_to_be_resumed(classroom, lesson, words):
    classroom.play(lesson).commit(words.state | {words.exit: "suspend"}, final=True)
    again = classroom.play(lesson)
    assert words.state.items() <= again.document.items()
    assert again.document[words.entry] == "resume"


def test_a_lesson_resumes_after_save_and_leave(classroom, lesson, words):
    page = classroom.play(lesson)
    assert page.walk("suspendAll", delta=words.state).ended
    assert page.attempt.status is AttemptStatus.SUSPENDED
    again = classroom.play(lesson)
    assert again.attempt is page.attempt
    assert again.attempt.status is AttemptStatus.OPEN
    assert words.state.items() <= again.document.items()


def test_finish_ends_the_attempt_and_the_next_launch_begins_another(classroom, lesson, words):
    page = classroom.play(lesson)
    assert page.walk("exitAll", delta=words.state).ended
    assert page.attempt.status is AttemptStatus.ENDED
    assert page.attempt.ended_at is not None
    again = classroom.play(lesson)
    assert again.attempt.number == page.attempt.number + 1
    assert again.document[words.entry] == "ab-initio"
    assert not words.state.keys() & again.document.keys()


def test_a_course_is_resumed_at_the_part_where_the_tab_was_closed(classroom):
    course = classroom.lesson(some_scos("a", "b", "c"))
    page = classroom.play(course)
    page.walk("continue", delta={"cmi.completion_status": "completed"}, final=True)
    page.commit({"cmi.location": "trang-4"})
    again = classroom.play(course)
    assert again.shows == "b"
    assert again.document["cmi.location"] == "trang-4"
    assert {entry["id"]: entry["completion"] for entry in again.view.toc}["a"] == "completed"


def test_time_of_all_sessions_adds_up_in_the_summary(classroom):
    lesson = classroom.lesson(one_sco("1.2"))
    for _ in range(3):
        page = classroom.play(lesson)
        page.commit({"cmi.core.session_time": "00:00:30"})
        page.commit({"cmi.core.session_time": "00:01:00"})
    assert page.attempt.time_seconds == 180


def test_a_learner_who_is_in_the_middle_of_a_version_stays_on_it(classroom):
    lesson = classroom.lesson(one_sco("1.2"))
    page = classroom.play(lesson)
    page.commit({"cmi.suspend_data": "giữa chừng"})
    old = page.attempt.registration.version
    newer = classroom.new_version(lesson)
    assert classroom.play(lesson).attempt.registration.version is old
    assert classroom.play(lesson, classroom.another_learner()).attempt.registration.version is newer


def test_tracking_outlives_a_finished_attempt(classroom):
    course = classroom.lesson(some_scos("a", "b"))
    page = classroom.play(course)
    page.walk("continue", delta={"cmi.completion_status": "completed"}, final=True)
    page.walk("exitAll")
    again = classroom.play(course)
    assert again.attempt.registration is page.attempt.registration
    assert again.attempt.registration.tracking is not None
