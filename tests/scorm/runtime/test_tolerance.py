"""What the run time puts up with, and what it answers when it may not."""

import pytest

from scorm.runtime import Runtime
from scorm.tolerance import FINDING_CODES, STRICT, SWITCHES, Tolerance
from tests.support.runtime import T12, T2004, done, launched, running, told

OFF = Tolerance()  # nothing but what would lose a learner's work


def lenient(table, *switches, **document):
    return running(table, launched(table) | document, tolerance=Tolerance(**dict.fromkeys(switches, True)))


def interaction(kind, *switches):
    before = {"cmi.interactions.0.id": "q1", "cmi.interactions.0.type": kind}
    return lenient(T2004, *switches, **before)


def test_only_what_would_lose_a_learners_work_is_on_by_default():
    assert OFF.switched_on == ("long_values", "late_calls")
    assert STRICT.switched_on == ()


@pytest.mark.parametrize("data", [None, "x", [], {}, {"loose_words": "yes", "unknown": True, "long_values": None}])
def test_switches_that_nobody_set_keep_their_default(data):
    assert Tolerance.from_json(data) == OFF


def test_switches_survive_the_way_through_json():
    wanted = Tolerance(long_values=False, loose_times=True)

    assert Tolerance.from_json(wanted.as_dict()) == wanted
    assert set(wanted.as_dict()) == set(SWITCHES)
    assert {f"tolerated_{name}" for name in SWITCHES} == FINDING_CODES


# table, element, sloppy value, what is kept
WORDS = [
    (T12, "cmi.core.lesson_status", "Completed", "completed"),
    (T12, "cmi.core.lesson_status", " PASSED ", "passed"),
    (T12, "cmi.core.lesson_status", "true", "completed"),
    (T12, "cmi.core.lesson_status", "unknown", "incomplete"),
    (T12, "cmi.core.exit", "normal", ""),
    (T12, "cmi.core.exit", "Time_Out", "time-out"),
    (T12, "cmi.interactions.0.result", "incorrect", "wrong"),
    (T12, "cmi.interactions.0.type", "long-fill-in", "fill-in"),
    (T2004, "cmi.completion_status", "Not Attempted", "not attempted"),
    (T2004, "cmi.completion_status", "complete", "completed"),
    (T2004, "cmi.completion_status", "passed", "completed"),
    (T2004, "cmi.success_status", "1", "passed"),
    (T2004, "cmi.success_status", "completed", "unknown"),
    (T2004, "cmi.exit", "Suspend", "suspend"),
    (T2004, "adl.nav.request", "SuspendAll", "suspendAll"),
]
NUMBERS = [
    (T12, "cmi.core.score.raw", "85,5", "85.5"),
    (T12, "cmi.core.score.raw", "85 %", "85"),
    (T12, "cmi.student_preference.audio", "50.0", "50"),
    (T2004, "cmi.score.raw", " 7 ", "7"),
    (T2004, "cmi.score.scaled", "0,5", "0.5"),
    (T2004, "cmi.score.scaled", "85%", "0.85"),
    (T2004, "cmi.progress_measure", "100 %", "1"),
]
TIMES = [
    (T12, "cmi.core.session_time", "PT1H2M3.456S", "0001:02:03.45"),
    (T12, "cmi.core.session_time", "0:01:05", "0000:01:05.00"),
    (T12, "cmi.interactions.0.time", "2026-01-02T03:04:05.678Z", "03:04:05.67"),
    (T2004, "cmi.session_time", "00:00:12", "PT12S"),
    (T2004, "cmi.session_time", "0001:02:03.5", "PT1H2M3.5S"),
    (T2004, "cmi.session_time", "PT1.23456S", "PT1.23S"),
    (T2004, "cmi.comments_from_learner.0.timestamp", "2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.67Z"),
    (T2004, "cmi.comments_from_learner.0.timestamp", "2026-01-02T03:04:05+0700", "2026-01-02T03:04:05.0+07:00"),
]
FORMS = [(switch, *row) for switch, rows in
         (("loose_words", WORDS), ("loose_numbers", NUMBERS), ("loose_times", TIMES)) for row in rows]  # fmt: skip


@pytest.mark.parametrize(("switch", "table", "element", "sloppy", "kept"), FORMS)
def test_a_sloppy_value_is_kept_in_the_standards_form(switch, table, element, sloppy, kept):
    runtime = lenient(table, switch)

    assert done(runtime, element, sloppy) == "0"
    assert runtime.document[element] == kept
    assert runtime.take_delta() == {element: kept}
    assert runtime.tolerated == {switch}


@pytest.mark.parametrize(("switch", "table", "element", "sloppy", "kept"), FORMS)
def test_the_same_value_is_refused_when_its_switch_is_off(switch, table, element, sloppy, kept):
    others = {name: name != switch for name in SWITCHES}
    runtime = running(table, tolerance=Tolerance(**others))
    before = runtime.document

    assert done(runtime, element, sloppy) in {"405", "406", "407"}
    assert runtime.document == before
    assert runtime.tolerated == set()


@pytest.mark.parametrize(("switch", "table", "element", "sloppy", "kept"), FORMS)
def test_what_the_standard_takes_is_never_read_otherwise(switch, table, element, sloppy, kept):
    runtime = running(table, tolerance=Tolerance(**dict.fromkeys(SWITCHES, True)))

    assert done(runtime, element, kept) == "0"
    assert runtime.document[element] == kept
    assert runtime.tolerated == set()


@pytest.mark.parametrize(
    ("table", "element", "value"),
    [
        (T12, "cmi.core.lesson_status", "not attempted"),
        (T12, "cmi.core.lesson_status", "x" * 100),
        (T12, "cmi.core.score.raw", "185 %"),
        (T12, "cmi.core.score.raw", "1,234.5"),
        (T2004, "cmi.completion_status", "hoàn thành"),
        (T2004, "cmi.learner_preference.audio_captioning", "2"),
        (T2004, "cmi.score.scaled", "85"),
        (T2004, "cmi.session_time", "12 minutes"),
        (T2004, "cmi.session_time", "P"),
        (T2004, "cmi.comments_from_learner.0.timestamp", "2026-02-30T03:04:05.678Z"),
    ],
)
def test_what_nobody_can_be_sure_of_stays_refused(table, element, value):
    runtime = running(table, tolerance=Tolerance(**dict.fromkeys(SWITCHES, True)))

    assert done(runtime, element, value) in {"405", "406", "407"}


@pytest.mark.parametrize(("kind", "switch", "sloppy", "kept"), [
    ("true-false", "loose_words", "T", "true"),
    ("true-false", "loose_words", "0", "false"),
    ("numeric", "loose_numbers", "3,5", "3.5"),
])  # fmt: skip
def test_sloppy_answers_are_kept(kind, switch, sloppy, kept):
    runtime = interaction(kind, switch)

    assert done(runtime, "cmi.interactions.0.learner_response", sloppy) == "0"
    assert told(runtime, "cmi.interactions.0.learner_response") == (kept, "0")


@pytest.mark.parametrize(
    ("table", "element", "length"), [(T12, "cmi.suspend_data", 4097), (T2004, "cmi.suspend_data", 64_001)]
)
def test_long_suspend_data_is_kept_and_remembered_unless_the_switch_is_off(table, element, length):
    strict = running(table, tolerance=Tolerance(long_values=False))
    assert done(strict, element, "x" * length) == ("405" if table is T12 else "406")

    runtime = running(table)
    assert done(runtime, element, "x" * (length - 1)) == "0"
    assert runtime.tolerated == set()
    assert done(runtime, element, "x" * length) == "0"
    assert runtime.tolerated == {"long_values"}


@pytest.mark.parametrize(("table", "late"), [(T12, "301"), (T2004, "133")])
def test_values_set_after_terminate_are_kept_only_while_the_content_goes(table, late):
    element = "cmi.suspend_data"
    runtime = running(table)
    runtime.terminate("")
    assert done(runtime, element, "a") == late

    runtime.leaving = True
    assert done(runtime, element, "b") == "0"
    assert told(runtime, element) == ("b", "0")
    assert runtime.commit("") == "true"
    assert runtime.terminate("") == "false"
    assert runtime.tolerated == {"late_calls"}
    assert runtime.take_delta() == {element: "b"}


def test_nothing_is_late_before_a_session_or_when_the_switch_is_off():
    fresh = Runtime(T2004, launched(T2004))
    fresh.leaving = True
    assert done(fresh, "cmi.location", "1") == "132"

    strict = running(T2004, tolerance=Tolerance(late_calls=False))
    strict.terminate("")
    strict.leaving = True
    assert done(strict, "cmi.location", "1") == "133"


@pytest.mark.parametrize(
    ("status", "completion", "success", "told_again"),
    [
        ("passed", "completed", "passed", "passed"),
        ("failed", "completed", "failed", "failed"),
        ("completed", "completed", "unknown", "completed"),
        ("Browsed", "incomplete", "unknown", "incomplete"),
        ("not attempted", "not attempted", "unknown", "not attempted"),
    ],
)
def test_a_lesson_status_in_2004_says_completion_and_success(status, completion, success, told_again):
    runtime = lenient(T2004, "foreign_names")

    assert done(runtime, "cmi.core.lesson_status", status) == "0"
    assert told(runtime, "cmi.completion_status") == (completion, "0")
    assert told(runtime, "cmi.success_status") == (success, "0")
    assert told(runtime, "cmi.core.lesson_status") == (told_again, "0")
    assert runtime.tolerated == {"foreign_names"}


@pytest.mark.parametrize("order", [("completion", "success"), ("success", "completion")])
def test_both_statuses_of_2004_fit_into_one_of_12(order):
    runtime = lenient(T12, "foreign_names")
    for which in order:
        name, value = {
            "completion": ("cmi.completion_status", "completed"),
            "success": ("cmi.success_status", "passed"),
        }[which]
        assert done(runtime, name, value) == "0"

    assert told(runtime, "cmi.core.lesson_status") == ("passed", "0")
    assert told(runtime, "cmi.completion_status") == ("completed", "0")
    assert told(runtime, "cmi.success_status") == ("passed", "0")


def test_names_of_the_other_standard_come_with_its_notation():
    runtime = lenient(T2004, "foreign_names", **{"cmi.total_time": "PT1M"})

    assert done(runtime, "cmi.core.session_time", "00:01:30") == "0"
    assert runtime.document["cmi.session_time"] == "PT1M30S"
    assert told(runtime, "cmi.core.total_time") == ("0000:01:00.00", "0")
    assert told(runtime, "cmi.core.lesson_location") == ("", "0")
    assert done(runtime, "cmi.core.score.raw", "80") == "0"
    assert runtime.take_delta() == {"cmi.session_time": "PT1M30S", "cmi.score.raw": "80"}


def test_foreign_names_reach_records():
    runtime = lenient(T12, "foreign_names")

    assert done(runtime, "cmi.interactions.0.learner_response", "a") == "0"
    assert runtime.document["cmi.interactions.0.student_response"] == "a"
    assert done(runtime, "cmi.interactions.5.learner_response", "a") == "201"
    assert told(runtime, "cmi.total_time") == ("PT0H0M0S", "0")


@pytest.mark.parametrize(("table", "name"), [(T12, "cmi.location"), (T2004, "cmi.core.lesson_status")])
def test_foreign_names_are_undefined_without_their_switch(table, name):
    assert told(running(table), name) == ("", "401")
    assert done(running(table), name, "passed") == "401"


@pytest.mark.parametrize("name", ["cmi.core.nothing", "cmi.core", "xyz"])
def test_names_of_no_standard_stay_undefined(name):
    assert told(lenient(T2004, "foreign_names"), name) == ("", "401")
    assert done(lenient(T2004, "foreign_names"), name, "1") == "401"


def test_a_status_nobody_knows_is_no_status():
    assert done(lenient(T2004, "foreign_names"), "cmi.core.lesson_status", "perhaps") == "406"


@pytest.mark.parametrize("table", [T12, T2004])
def test_the_tables_of_sloppy_words_lead_to_words_of_the_standard(table):
    for name, words in table.words.items():
        known = table.elements[name].values if name in table.elements else ("true", "false")
        assert set(words.values()) <= set(known)
    for foreign in table.foreign.values():
        targets = {element for those in foreign.says.values() for element, *_ in those}
        targets |= {element for element, _ in foreign.reads} | ({foreign.to} - {""})
        assert targets <= set(table.elements)
