"""Every element of SCORM 2004 (RTE 4.2, 4.3; SN 5.6): reading and setting it, fresh and afterwards."""

import pytest

from tests.support.runtime import T2004, done, launched, running, told

# clause, element, fresh reading (value, error), a good value or None where read-only, a bad value, its error
ELEMENTS = [
    ("4.2.1", "cmi._version", ("1.0", "0"), None, "1.0", "404"),
    ("4.2.2", "cmi.comments_from_learner.0.comment", ("", "301"), "{lang=vi}Hay", "{lang=frl}x", "406"),
    ("4.2.2", "cmi.comments_from_learner.0.location", ("", "301"), "trang 1", "\x00", "406"),
    ("4.2.2", "cmi.comments_from_learner.0.timestamp", ("", "301"), "2026-01-02", "2026-1-2", "406"),
    ("4.2.3", "cmi.comments_from_lms.0.comment", ("", "301"), None, "x", "404"),
    ("4.2.3", "cmi.comments_from_lms.0.location", ("", "301"), None, "x", "404"),
    ("4.2.3", "cmi.comments_from_lms.0.timestamp", ("", "301"), None, "2026", "404"),
    ("4.2.4", "cmi.completion_status", ("unknown", "0"), "completed", "passed", "406"),
    ("4.2.5", "cmi.completion_threshold", ("", "403"), None, "0.5", "404"),
    ("4.2.6", "cmi.credit", ("credit", "0"), None, "no-credit", "404"),
    ("4.2.7", "cmi.entry", ("ab-initio", "0"), None, "resume", "404"),
    ("4.2.8", "cmi.exit", ("", "405"), "suspend", "exit", "406"),
    ("4.2.9", "cmi.interactions.0.id", ("", "301"), "q1", "q 1", "406"),
    ("4.2.9", "cmi.interactions.0.type", ("", "301"), "choice", "essay", "406"),
    ("4.2.9", "cmi.interactions.0.objectives.0.id", ("", "301"), "o1", "o 1", "406"),
    ("4.2.9", "cmi.interactions.0.timestamp", ("", "301"), "2026-01-02T03:04:05", "today", "406"),
    ("4.2.9", "cmi.interactions.0.correct_responses.0.pattern", ("", "301"), "a[,]b", "a[,]a", "406"),
    ("4.2.9", "cmi.interactions.0.weighting", ("", "301"), "2.5", "x", "406"),
    ("4.2.9", "cmi.interactions.0.learner_response", ("", "301"), "a", "a b", "406"),
    ("4.2.9", "cmi.interactions.0.result", ("", "301"), "correct", "wrong", "406"),
    ("4.2.9", "cmi.interactions.0.latency", ("", "301"), "PT3M", "3", "406"),
    ("4.2.9", "cmi.interactions.0.description", ("", "301"), "Câu 1", "{lang=frl}x", "406"),
    ("4.2.10", "cmi.launch_data", ("", "403"), None, "x", "404"),
    ("4.2.11", "cmi.learner_id", ("learner-1", "0"), None, "x", "404"),
    ("4.2.12", "cmi.learner_name", ("Nguyễn Văn An", "0"), None, "x", "404"),
    ("4.2.13", "cmi.learner_preference.audio_level", ("1", "0"), "0.5", "-1", "407"),
    ("4.2.13", "cmi.learner_preference.language", ("", "0"), "vi", "sp", "406"),
    ("4.2.13", "cmi.learner_preference.delivery_speed", ("1", "0"), "2", "-1", "407"),
    ("4.2.13", "cmi.learner_preference.audio_captioning", ("0", "0"), "-1", "2", "406"),
    ("4.2.14", "cmi.location", ("", "403"), "trang 5", "\x00", "406"),
    ("4.2.15", "cmi.max_time_allowed", ("", "403"), None, "PT1H", "404"),
    ("4.2.16", "cmi.mode", ("normal", "0"), None, "review", "404"),
    ("4.2.17", "cmi.objectives.0.id", ("", "301"), "o1", "urn:", "406"),
    ("4.2.17", "cmi.objectives.0.score.scaled", ("", "301"), "0.5", "1.1", "407"),
    ("4.2.17", "cmi.objectives.0.score.raw", ("", "301"), "50", "x", "406"),
    ("4.2.17", "cmi.objectives.0.score.min", ("", "301"), "0", "x", "406"),
    ("4.2.17", "cmi.objectives.0.score.max", ("", "301"), "100", "x", "406"),
    ("4.2.17", "cmi.objectives.0.success_status", ("", "301"), "passed", "completed", "406"),
    ("4.2.17", "cmi.objectives.0.completion_status", ("", "301"), "incomplete", "failed", "406"),
    ("4.2.17", "cmi.objectives.0.progress_measure", ("", "301"), "0.5", "1.1", "407"),
    ("4.2.17", "cmi.objectives.0.description", ("", "301"), "Mục tiêu", "{lang=}", "406"),
    ("4.2.18", "cmi.progress_measure", ("", "403"), "1", "-0.1", "407"),
    ("4.2.19", "cmi.scaled_passing_score", ("", "403"), None, "0.5", "404"),
    ("4.2.20", "cmi.score.scaled", ("", "403"), "-1", "-1.1", "407"),
    ("4.2.20", "cmi.score.raw", ("", "403"), "7", "seven", "406"),
    ("4.2.20", "cmi.score.min", ("", "403"), "0", "", "406"),
    ("4.2.20", "cmi.score.max", ("", "403"), "10", "1,0", "406"),
    ("4.2.21", "cmi.session_time", ("", "405"), "PT1M", "60", "406"),
    ("4.2.22", "cmi.success_status", ("unknown", "0"), "passed", "completed", "406"),
    ("4.2.23", "cmi.suspend_data", ("", "403"), "{a:1}", "\x00", "406"),
    ("4.2.24", "cmi.time_limit_action", ("continue,no message", "0"), None, "exit,message", "404"),
    ("4.2.25", "cmi.total_time", ("PT0H0M0S", "0"), None, "PT1H", "404"),
    ("4.3.1", "adl.data.0.id", ("", "301"), None, "x", "404"),
    ("4.3.1", "adl.data.0.store", ("", "301"), None, "x", "351"),
    ("SN 5.6.4", "adl.nav.request", ("_none_", "0"), "exitAll", "start", "406"),
    ("SN 5.6.5", "adl.nav.request_valid.continue", ("unknown", "0"), None, "true", "404"),
    ("SN 5.6.5", "adl.nav.request_valid.previous", ("unknown", "0"), None, "true", "404"),
    ("SN 5.6.5", "adl.nav.request_valid.choice.{target=a}", ("unknown", "0"), None, "true", "404"),
    ("SN 5.6.5", "adl.nav.request_valid.jump.{target=a}", ("unknown", "0"), None, "true", "404"),
]
NAMES = [row[1] for row in ELEMENTS]
WRITABLE = [row for row in ELEMENTS if row[3] is not None]

# What a record needs before the element at hand can be set.
BEFORE = {
    "cmi.objectives.0.": [("cmi.objectives.0.id", "o1")],
    "cmi.interactions.0.": [("cmi.interactions.0.id", "q1"), ("cmi.interactions.0.type", "choice")],
}


def prepared(element):
    """An engine in which the element's record exists."""
    runtime = running(T2004)
    for prefix, calls in BEFORE.items():
        if element.startswith(prefix):
            for name, value in calls:
                if name != element and (name, element) != ("cmi.interactions.0.type", "cmi.interactions.0.id"):
                    assert done(runtime, name, value) == "0"
    return runtime


def test_the_matrix_has_every_element_of_the_table():
    from scorm.runtime.names import parse  # noqa: PLC0415  # only this test looks inside

    assert {parse(name).pattern for name in NAMES} == set(T2004.elements)


@pytest.mark.parametrize(("clause", "element", "fresh"), [row[:3] for row in ELEMENTS])
def test_a_fresh_launch_answers(clause, element, fresh):
    assert told(running(T2004), element) == fresh


@pytest.mark.parametrize(("clause", "element", "good"), [(row[0], row[1], row[3]) for row in WRITABLE])
def test_what_was_set_is_told_again(clause, element, good):
    runtime = prepared(element)

    assert done(runtime, element, good) == "0"
    readable = element not in {"cmi.exit", "cmi.session_time"}
    assert told(runtime, element) == ((good, "0") if readable else ("", "405"))


@pytest.mark.parametrize(("clause", "element", "bad", "error"), [(r[0], r[1], r[4], r[5]) for r in ELEMENTS])
def test_a_wrong_value_is_refused_and_changes_nothing(clause, element, bad, error):
    runtime = prepared(element)
    before = runtime.document

    assert done(runtime, element, bad) == error
    assert runtime.document == before


@pytest.mark.parametrize("element", NAMES)
def test_nothing_is_told_or_set_outside_a_session(element):
    from scorm.runtime import Runtime  # noqa: PLC0415  # an engine that has not been started

    runtime = Runtime(T2004, launched(T2004))
    assert told(runtime, element) == ("", "122")
    assert done(runtime, element, "x") == "132"
    runtime.initialize("")
    runtime.terminate("")
    assert told(runtime, element) == ("", "123")
    assert done(runtime, element, "x") == "133"


@pytest.mark.parametrize(
    "element",
    [
        "cmi",
        "adl",
        "cmi.score",
        "cmi.objectives",
        "cmi.objectives.0",
        "cmi.objectives.id",
        "cmi.objectives.-1.id",
        "cmi.objectives.x.id",
        "cmi.objectives.n.id",
        "cmi.interactions.n.correct_responses.n.pattern",
        "cmi.objectives.0.score",
        "cmi.interactions.0.objectives",
        "cmi.learner_preference",
        "cmi.core.lesson_status",
        "CMI.location",
        "cmi.location.x",
        "cmi..location",
        ".cmi.location",
        "cmi.location.",
        "adl.nav",
        "adl.nav.request_valid",
        "adl.nav.request_valid.exit",
        "adl.nav.request_valid.continue.{target=a}",
        "adl.data.0._access",
        "__proto__",
        "constructor",
        "cmi.__proto__.polluted",
        "toString",
        "x" * 10_000,
    ],
)
def test_what_is_no_element_is_undefined_401(element):
    runtime = running(T2004)

    assert told(runtime, element) == ("", "401")
    assert done(runtime, element, "x") == "401"


def test_an_empty_name_is_a_general_failure():
    runtime = running(T2004)

    assert told(runtime, "") == ("", "301")
    assert done(runtime, "", "x") == "351"


@pytest.mark.parametrize(
    ("element", "value", "error"),
    [
        ("cmi.score._children", "scaled,raw,min,max", "0"),
        ("cmi.learner_preference._children", "audio_level,language,delivery_speed,audio_captioning", "0"),
        ("cmi.comments_from_learner._children", "comment,location,timestamp", "0"),
        ("cmi.comments_from_lms._count", "0", "0"),
        ("cmi.objectives._count", "0", "0"),
        ("adl.data._children", "id,store", "0"),
        ("adl.data._count", "0", "0"),
        ("cmi.objectives.0.score._children", "", "301"),  # there is no entry 0
        ("cmi.location._children", "", "301"),
        ("cmi.score._count", "", "301"),
        ("cmi.location._count", "", "301"),
        ("cmi.score._version", "", "301"),
        ("cmi._children", "", "401"),
        ("cmi._count", "", "401"),
        ("cmi.nothing._children", "", "401"),
    ],
)
def test_keywords_3_1_7(element, value, error):
    assert told(running(T2004), element) == (value, error)


@pytest.mark.parametrize("element", ["cmi.score._children", "cmi.objectives._count", "cmi.location._children"])
def test_keywords_cannot_be_set(element):
    assert done(running(T2004), element, "x") == "404"


@pytest.mark.parametrize("request_", ["choice", "jump"])
def test_a_target_must_be_named_sn_5_6_5(request_):
    assert told(running(T2004), f"adl.nav.request_valid.{request_}") == ("", "301")
    assert told(running(T2004), f"adl.nav.request_valid.{request_}.{{target=}}") == ("", "301")


def test_valid_requests_come_from_the_sequencer_sn_5_6_5():
    valid = {"continue": "true", "previous": "false", "choice": {"a": "true", "b.c": "true"}, "jump": {}}
    runtime = running(T2004, valid_requests=valid)

    prefix = "adl.nav.request_valid."
    answers = {
        "continue": "true",
        "previous": "false",
        "choice.{target=a}": "true",
        "choice.{target=b.c}": "true",
        "choice.{target=z}": "false",
        "jump.{target=a}": "false",
    }
    assert {name: runtime.get_value(prefix + name) for name in answers} == answers
