import pytest

from elearn.models.learning import AttemptStatus
from tests.support.playing import FOURTH, one_sco, some_scos

STATE_12 = {"cmi.core.lesson_location": "trang-4", "cmi.suspend_data": "câu 1: đúng"}
STATE_2004 = {"cmi.location": "trang-4", "cmi.suspend_data": "câu 1: đúng"}


@pytest.mark.parametrize(
    ("edition", "state", "entry", "session_time", "total_time"),
    [
        (
            "1.2",
            STATE_12,
            "cmi.core.entry",
            ("cmi.core.session_time", "00:05:00"),
            ("cmi.core.total_time", "0000:10:00.00"),
        ),
        (FOURTH, STATE_2004, "cmi.entry", ("cmi.session_time", "PT5M"), ("cmi.total_time", "PT10M")),
    ],
)
class TestALessonOfOneSco:
    def test_starts_from_the_beginning(self, classroom, edition, state, entry, session_time, total_time):
        page = classroom.play(classroom.lesson(one_sco(edition)))
        assert page.document[entry] == "ab-initio"
        assert not state.keys() & page.document.keys()

    def test_resumes_after_the_tab_was_closed_without_a_word(
        self, classroom, edition, state, entry, session_time, total_time
    ):
        lesson = classroom.lesson(one_sco(edition))
        for _ in range(2):
            page = classroom.play(lesson)
            page.commit(state | dict([session_time]))
        again = classroom.play(lesson)
        assert state.items() <= again.document.items()
        assert again.document[entry] == "resume"
        assert again.document[total_time[0]] == total_time[1]
        assert session_time[0] not in again.document

    def test_resumes_after_it_said_goodbye_to_be_resumed(
        self, classroom, edition, state, entry, session_time, total_time
    ):
        lesson = classroom.lesson(one_sco(edition))
        leaving = "cmi.core.exit" if edition == "1.2" else "cmi.exit"
        classroom.play(lesson).commit(state | {leaving: "suspend"}, final=True)
        again = classroom.play(lesson)
        assert state.items() <= again.document.items()
        assert again.document[entry] == "resume"

    def test_resumes_after_save_and_leave(self, classroom, edition, state, entry, session_time, total_time):
        lesson = classroom.lesson(one_sco(edition))
        page = classroom.play(lesson)
        view = page.walk("suspendAll", delta=state)
        assert view.ended
        assert page.attempt.status is AttemptStatus.SUSPENDED
        again = classroom.play(lesson)
        assert again.attempt is page.attempt
        assert again.attempt.status is AttemptStatus.OPEN
        assert state.items() <= again.document.items()

    def test_begins_a_new_attempt_after_finish(self, classroom, edition, state, entry, session_time, total_time):
        lesson = classroom.lesson(one_sco(edition))
        page = classroom.play(lesson)
        page.walk("exitAll", delta=state)
        assert page.attempt.status is AttemptStatus.ENDED
        again = classroom.play(lesson)
        assert again.attempt.number == page.attempt.number + 1
        assert again.document[entry] == "ab-initio"
        assert not state.keys() & again.document.keys()


def test_a_course_is_resumed_at_the_part_where_the_tab_was_closed(classroom):
    course = classroom.lesson(some_scos("a", "b", "c"))
    page = classroom.play(course)
    page.walk("continue", delta={"cmi.completion_status": "completed"}, final=True)
    page.commit(STATE_2004)
    again = classroom.play(course)
    assert again.shows == "b"
    assert STATE_2004.items() <= again.document.items()
    states = {entry["id"]: entry["completion"] for entry in again.view.toc}
    assert states["a"] == "completed"


def test_time_of_all_sessions_adds_up_in_the_summary(classroom):
    lesson = classroom.lesson(one_sco("1.2"))
    for _ in range(3):
        page = classroom.play(lesson)
        page.commit({"cmi.core.session_time": "00:00:30"})
        page.commit({"cmi.core.session_time": "00:01:00"})
    assert page.attempt.time_seconds == 180


def test_a_learner_who_stays_on_an_old_version_finishes_there(classroom):
    lesson = classroom.lesson(one_sco("1.2"))
    page = classroom.play(lesson)
    page.commit(STATE_12)
    old = page.attempt.registration.version
    newer = classroom.new_version(lesson)
    assert classroom.play(lesson).attempt.registration.version is old
    assert classroom.play(lesson, classroom.another_learner()).attempt.registration.version is newer
