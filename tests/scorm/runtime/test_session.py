"""The end of a communication session."""

import pytest

from scorm.runtime import close_session
from tests.support.runtime import T12, T2004, launched


@pytest.mark.parametrize(
    ("leaving", "entry"),
    [("suspend", "resume"), ("logout", "resume"), ("normal", ""), ("time-out", ""), ("", ""), (None, "")],
)
def test_exit_decides_the_next_entry_of_2004(leaving, entry):
    document = launched(T2004) | ({} if leaving is None else {"cmi.exit": leaving})

    assert close_session(T2004, document)["cmi.entry"] == entry


@pytest.mark.parametrize(
    ("leaving", "entry"), [("suspend", "resume"), ("logout", ""), ("time-out", ""), ("", ""), (None, "")]
)
def test_exit_decides_the_next_entry_of_12(leaving, entry):
    document = launched(T12) | ({} if leaving is None else {"cmi.core.exit": leaving})

    assert close_session(T12, document)["cmi.core.entry"] == entry


@pytest.mark.parametrize("table", [T12, T2004], ids=["1.2", "2004"])
@pytest.mark.parametrize("how", [{"suspended": True}, {"terminated": False}])
def test_what_was_suspended_or_torn_off_is_resumed(table, how):
    prefix = "cmi.core." if table is T12 else "cmi."
    closed = close_session(table, {**launched(table), "cmi.suspend_data": "x"}, **how)

    assert closed[prefix + "entry"] == "resume"
    assert closed["cmi.suspend_data"] == "x"


def test_session_time_is_added_and_forgotten():
    document = {"cmi.total_time": "PT1H", "cmi.session_time": "PT30M", "cmi.exit": "suspend"}
    closed = close_session(T2004, document)

    assert closed["cmi.total_time"] == "PT1H30M"
    assert "cmi.session_time" not in closed
    assert close_session(T2004, closed)["cmi.total_time"] == "PT1H30M"


def test_session_time_of_12_is_added_and_forgotten():
    closed = close_session(T12, {"cmi.core.total_time": "0001:00:00.00", "cmi.core.session_time": "00:30:00"})

    assert closed["cmi.core.total_time"] == "0001:30:00.00"
    assert "cmi.core.session_time" not in closed


def test_exit_and_navigation_request_are_forgotten():
    closed = close_session(T2004, {"cmi.exit": "suspend", "adl.nav.request": "continue"})

    assert closed == {"cmi.entry": "resume", "cmi.total_time": "PT0H0M0S"}


def test_the_evaluated_statuses_are_written_down():
    closed = close_session(
        T2004,
        {
            "cmi.completion_threshold": "0.5",
            "cmi.progress_measure": "0.7",
            "cmi.completion_status": "incomplete",
            "cmi.scaled_passing_score": "0.5",
            "cmi.success_status": "passed",
        },
    )

    assert closed["cmi.completion_status"] == "completed"
    assert closed["cmi.success_status"] == "unknown"


@pytest.mark.parametrize(
    ("set_", "how", "status"),
    [
        ({}, {}, "completed"),  # finished and set nothing
        ({}, {"terminated": False}, "incomplete"),
        ({"cmi.core.exit": "suspend"}, {}, "incomplete"),
        ({"cmi.core.lesson_mode": "browse"}, {}, "browsed"),
        ({"cmi.core.lesson_status": "incomplete"}, {}, "incomplete"),
        ({"cmi.core.lesson_status": "failed"}, {}, "failed"),
        ({"cmi.core.score.raw": "90"}, {}, "completed"),  # no mastery score
    ],
)
def test_lesson_status_at_the_end(set_, how, status):
    assert close_session(T12, launched(T12) | set_, **how)["cmi.core.lesson_status"] == status


@pytest.mark.parametrize(
    ("set_", "how", "status"),
    [
        ({"cmi.core.score.raw": "80"}, {}, "passed"),
        ({"cmi.core.score.raw": "79.9"}, {}, "failed"),
        ({"cmi.core.score.raw": "80", "cmi.core.lesson_status": "failed"}, {}, "passed"),
        ({"cmi.core.score.raw": "10", "cmi.core.lesson_status": "completed"}, {}, "failed"),
        ({"cmi.core.lesson_status": "completed"}, {}, "completed"),
        ({"cmi.core.score.raw": ""}, {}, "completed"),
        ({"cmi.core.score.raw": "10", "cmi.core.credit": "no-credit"}, {}, "completed"),
        ({"cmi.core.score.raw": "10", "cmi.core.lesson_mode": "review"}, {}, "completed"),
        (
            {"cmi.core.score.raw": "10", "cmi.core.lesson_status": "incomplete", "cmi.core.exit": "suspend"},
            {},
            "incomplete",
        ),
        ({"cmi.core.score.raw": "10", "cmi.core.lesson_status": "incomplete"}, {"terminated": False}, "incomplete"),
        ({"cmi.core.score.raw": "10", "cmi.core.lesson_status": "incomplete"}, {}, "failed"),
    ],
)
def test_a_mastery_score_decides_between_passed_and_failed(set_, how, status):
    document = launched(T12, mastery_score="80") | set_

    assert close_session(T12, document, **how)["cmi.core.lesson_status"] == status
