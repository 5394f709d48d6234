"""Every element of SCORM 1.2 (RTE 1.2, 3.4.4): reading and setting it."""

import pytest

from scorm.runtime import Runtime
from scorm.runtime.names import parse
from tests.support.runtime import T12, done, launched, running, told

# element, fresh reading, a good value or None where read-only, a bad value, its error
ELEMENTS = [
    ("cmi._version", ("3.4", "0"), None, "x", "402"),
    ("cmi.core.student_id", ("learner-1", "0"), None, "x", "403"),
    ("cmi.core.student_name", ("Nguyễn Văn An", "0"), None, "x", "403"),
    ("cmi.core.lesson_location", ("", "0"), "trang 2", "x" * 20_000, "405"),
    ("cmi.core.credit", ("credit", "0"), None, "no-credit", "403"),
    ("cmi.core.lesson_status", ("not attempted", "0"), "incomplete", "not attempted", "405"),
    ("cmi.core.entry", ("ab-initio", "0"), None, "", "403"),
    ("cmi.core.score.raw", ("", "0"), "85", "101", "405"),
    ("cmi.core.score.min", ("", "0"), "0", "x", "405"),
    ("cmi.core.score.max", ("", "0"), "100", "-1", "405"),
    ("cmi.core.total_time", ("0000:00:00.00", "0"), None, "00:00:01", "403"),
    ("cmi.core.lesson_mode", ("normal", "0"), None, "review", "403"),
    ("cmi.core.exit", ("", "404"), "suspend", "normal", "405"),
    ("cmi.core.session_time", ("", "404"), "00:01:30", "PT1M", "405"),
    ("cmi.suspend_data", ("", "0"), "a=1", "\x00", "405"),
    ("cmi.launch_data", ("", "0"), None, "x", "403"),
    ("cmi.comments", ("", "0"), "Hay", "\x00", "405"),
    ("cmi.comments_from_lms", ("", "0"), None, "x", "403"),
    ("cmi.objectives.0.id", ("", "201"), "o1", "o 1", "405"),
    ("cmi.objectives.0.score.raw", ("", "201"), "50", "x", "405"),
    ("cmi.objectives.0.score.min", ("", "201"), "0", "x", "405"),
    ("cmi.objectives.0.score.max", ("", "201"), "100", "x", "405"),
    ("cmi.objectives.0.status", ("", "201"), "not attempted", "unknown", "405"),
    ("cmi.student_data.mastery_score", ("", "0"), None, "80", "403"),
    ("cmi.student_data.max_time_allowed", ("", "0"), None, "01:00:00", "403"),
    ("cmi.student_data.time_limit_action", ("", "0"), None, "exit,message", "403"),
    ("cmi.student_preference.audio", ("0", "0"), "-1", "101", "405"),
    ("cmi.student_preference.language", ("", "0"), "Tiếng Việt", "\x00", "405"),
    ("cmi.student_preference.speed", ("0", "0"), "-100", "-101", "405"),
    ("cmi.student_preference.text", ("0", "0"), "1", "2", "405"),
    ("cmi.interactions.0.id", ("", "404"), "q1", "", "405"),
    ("cmi.interactions.0.objectives.0.id", ("", "404"), "o1", "o 1", "405"),
    ("cmi.interactions.0.time", ("", "404"), "10:20:30", "10:20", "405"),
    ("cmi.interactions.0.type", ("", "404"), "choice", "other", "405"),
    ("cmi.interactions.0.correct_responses.0.pattern", ("", "404"), "{a,b}", "\x00", "405"),
    ("cmi.interactions.0.weighting", ("", "404"), "1", "", "405"),
    ("cmi.interactions.0.student_response", ("", "404"), "a,b", "\x00", "405"),
    ("cmi.interactions.0.result", ("", "404"), "wrong", "incorrect", "405"),
    ("cmi.interactions.0.latency", ("", "404"), "00:00:12.5", "12", "405"),
]
WRITABLE = [row for row in ELEMENTS if row[2] is not None]


def test_the_matrix_has_every_element_of_the_table():
    assert {parse(row[0]).pattern for row in ELEMENTS} == set(T12.elements)


@pytest.mark.parametrize(("element", "fresh"), [row[:2] for row in ELEMENTS])
def test_a_fresh_launch_answers(element, fresh):
    assert told(running(T12), element) == fresh


@pytest.mark.parametrize(("element", "fresh", "good"), [row[:3] for row in WRITABLE])
def test_what_was_set_is_told_again(element, fresh, good):
    runtime = running(T12)

    assert done(runtime, element, good) == "0"
    assert told(runtime, element) == (("", "404") if fresh[1] == "404" else (good, "0"))


@pytest.mark.parametrize(("element", "bad", "error"), [(row[0], row[3], row[4]) for row in ELEMENTS])
def test_a_wrong_value_is_refused_and_changes_nothing(element, bad, error):
    runtime = running(T12)
    before = runtime.document

    assert done(runtime, element, bad) == error
    assert runtime.document == before


@pytest.mark.parametrize("element", [row[0] for row in ELEMENTS])
def test_nothing_is_told_or_set_outside_a_session(element):
    runtime = Runtime(T12, launched(T12))
    for ready in (lambda: "", lambda: runtime.initialize("") + runtime.terminate("")):
        ready()
        assert told(runtime, element) == ("", "301")
        assert done(runtime, element, "x") == "301"


@pytest.mark.parametrize(
    ("element", "value", "error"),
    [
        (
            "cmi.core._children",
            (
                "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,"
                "exit,session_time"
            ),
            "0",
        ),
        ("cmi.core.score._children", "raw,min,max", "0"),
        ("cmi.objectives._children", "id,score,status", "0"),
        ("cmi.objectives._count", "0", "0"),
        ("cmi.interactions._count", "0", "0"),
        ("cmi.student_data._children", "mastery_score,max_time_allowed,time_limit_action", "0"),
        ("cmi.core.lesson_status._children", "", "202"),
        ("cmi.core._count", "", "203"),
        ("cmi.core.lesson_status._count", "", "203"),
        ("cmi.core", "", "401"),
        ("cmi.location", "", "401"),
        ("adl.nav.request", "", "401"),
        ("", "", "201"),
    ],
)
def test_keywords_and_unknown_names(element, value, error):
    assert told(running(T12), element) == (value, error)


@pytest.mark.parametrize(
    ("element", "error"),
    [
        ("cmi.core._children", "402"),
        ("cmi.objectives._count", "402"),
        ("cmi.core", "401"),
        ("cmi.nothing", "401"),
        ("", "201"),
        ("cmi.objectives.1.id", "201"),
        ("cmi.interactions.0.correct_responses.1.pattern", "201"),
    ],
)
def test_what_cannot_be_set(element, error):
    assert done(running(T12), element, "x") == error


def test_objectives_need_no_identifier_first():
    runtime = running(T12)

    assert done(runtime, "cmi.objectives.0.status", "passed") == "0"
    assert told(runtime, "cmi.objectives.0.id") == ("", "0")
    assert told(runtime, "cmi.objectives._count") == ("1", "0")
