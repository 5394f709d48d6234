"""Data types, value by value, with the clause that decides."""

import pytest

from scorm.datamodel import Fault, table_for
from scorm.datamodel.values import check

OK, TYPE, RANGE = Fault.NONE, Fault.TYPE, Fault.RANGE
T12, T2004 = table_for("1.2"), table_for("2004 4th")


def judge(table, element, value, **more):
    return check(table, table.elements[element], value, **more)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("0", OK),
        ("-0.5", OK),
        ("1.0000000", OK),
        (".5", OK),
        ("1e-7", OK),  # what ECMAScript writes for 0.0000001
        ("0.30000000000000004", OK),
        ("1.0001", RANGE),
        ("-2.0", RANGE),
        ("", TYPE),
        (" 1", TYPE),
        ("0,5", TYPE),
        ("NaN", TYPE),
        ("Infinity", TYPE),
        ("1e400", TYPE),
        ("1" * 400, TYPE),
        ("٠", TYPE),  # a digit, but not one of ISO 646
        ("1\n", TYPE),
    ],
)
def test_real_10_7_within_a_range_4_1_1_5(value, fault):
    assert judge(T2004, "cmi.score.scaled", value) is fault


@pytest.mark.parametrize("value", ["-100", "356", "11000.25", "1e300"])
def test_raw_scores_have_no_range_4_2_20(value):
    assert judge(T2004, "cmi.score.raw", value) is OK


@pytest.mark.parametrize(
    ("value", "fault"),
    [("", OK), ("0", OK), ("100", OK), ("85.5", OK), ("101", RANGE), ("-1", RANGE), ("A", TYPE)],
)
def test_scorm_12_scores_lie_between_0_and_100_or_are_blank(value, fault):
    assert judge(T12, "cmi.core.score.raw", value) is fault


@pytest.mark.parametrize(
    ("value", "fault"),
    [("-1", OK), ("0", OK), ("100", OK), ("-2", RANGE), ("50.5", TYPE), ("", TYPE), ("1e1", TYPE)],
)
def test_cmi_sinteger(value, fault):
    assert judge(T12, "cmi.student_preference.audio", value) is fault


@pytest.mark.parametrize(
    "value",
    ["P1Y", "P1Y6M14DT4H15M6.34S", "PT0S", "PT01H059M020S", "P0Y029DT0H", "PT0.5S", "P3M", "PT90M"],
)
def test_time_intervals_4_1_1_8(value):
    assert judge(T2004, "cmi.session_time", value) is OK


@pytest.mark.parametrize(
    "value",
    ["", "P", "PT", "P1DT", "1Y", "PT1.234S", "PT1H1", "P1M1Y", "P-1D", "pt1s", "PT1S ", "PT.5S", "00:01:00"],
)
def test_what_is_no_time_interval_4_1_1_8(value):
    assert judge(T2004, "cmi.session_time", value) is TYPE


@pytest.mark.parametrize("value", ["00:00:01", "0000:00:00.00", "9999:59:59.9", "12:34:56.78"])
def test_cmi_timespans(value):
    assert judge(T12, "cmi.core.session_time", value) is OK


@pytest.mark.parametrize("value", ["", "0:00:01", "00:00", "00:00:01.123", "PT1S", "10000:00:00"])
def test_what_is_no_cmi_timespan(value):
    assert judge(T12, "cmi.core.session_time", value) is TYPE


@pytest.mark.parametrize(
    ("value", "fault"),
    [("23:59:59", OK), ("00:00:00.5", OK), ("24:00:00", TYPE), ("1:02:03", TYPE), ("10:60:00", TYPE)],
)
def test_cmi_time(value, fault):
    assert judge(T12, "cmi.interactions.n.time", value) is fault


@pytest.mark.parametrize(
    "value",
    [
        "1970",
        "2038-12",
        "2004-02-29",
        "2004-04-01T15",
        "2004-04-01T15:21",
        "2004-04-01T15:21:45",
        "2004-04-01T15:21:45.1",
        "2004-04-01T15:21:45.12Z",
        "2004-04-01T15:21:45.12+07",
        "2004-04-01T15:21:45.12-05:59",
    ],
)
def test_timestamps_4_1_1_7(value):
    assert judge(T2004, "cmi.interactions.n.timestamp", value) is OK


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1969",
        "2039",
        "2004-13",
        "2004-00",
        "2004-04-32",
        "2004-04-01T",
        "2004-04-01T24",
        "2004-04-01T15:60",
        "2004-04-01T15:21:60",
        "2004-04-01T15:21:45Z",  # a zone needs a fraction of a second before it
        "2004-04-01T15:21:45.123",
        "2004-04-01T15:21:45.12+24",
        "2004-04-01T15:21:45.12+07:60",
        "2004-04-01 15:21:45",
    ],
)
def test_what_is_no_timestamp_4_1_1_7(value):
    assert judge(T2004, "cmi.interactions.n.timestamp", value) is TYPE


@pytest.mark.parametrize("value", ["2004-02-30", "2003-02-29", "2004-06-31"])
def test_a_timestamp_names_a_day_that_exists_4_1_1_7(value):
    assert judge(T2004, "cmi.interactions.n.timestamp", value) is TYPE


@pytest.mark.parametrize(
    "value",
    [
        "INTID0",
        "urn:adl:lmsTest/OBJ01",
        "URN:isbn:0451450523",
        "http://example.org/a?b=c#d",
        "câu_hỏi_1",
        "a%20b",
        "mailto:a@example.org",
        "../x;y=1",
        "😀",
    ],
)
def test_identifiers_are_uris_4_1_1_4(value):
    assert judge(T2004, "cmi.interactions.n.id", value) is OK


@pytest.mark.parametrize(
    "value",
    ["", " ", "urn:", "urn:adl:", "urn:adl:lms Test/OBJ01", "a b", "a%2", "a%zz", "{x}", "a[.]b", "a\tb", "x:", "a\n"],
)
def test_what_is_no_identifier_4_1_1_4(value):
    assert judge(T2004, "cmi.interactions.n.id", value) is TYPE


@pytest.mark.parametrize(
    ("value", "fault"),
    [("q1", OK), ("Q-1_a", OK), ("câu1", OK), ("", TYPE), ("q 1", TYPE), ("q" * 255, OK), ("q" * 256, TYPE)],
)
def test_cmi_identifiers(value, fault):
    assert judge(T12, "cmi.objectives.n.id", value) is fault


@pytest.mark.parametrize(
    "value", ["", "vi", "EN", "vie", "en-US", "zh-min-nan", "i-klingon", "x-private", "qaa", "QTZ", "sgn-CH-de"]
)
def test_languages_4_1_1_3(value):
    assert judge(T2004, "cmi.learner_preference.language", value) is OK


@pytest.mark.parametrize("value", ["sp", "frl", "ruq-JM", "i", "x", "en-", "en--US", "en_US", "english", "qua-", "qzz"])
def test_what_is_no_language_4_1_1_3(value):
    assert judge(T2004, "cmi.learner_preference.language", value) is TYPE


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("", OK),
        ("Xin chào", OK),
        ("{lang=vi}Xin chào", OK),
        ("{lang=vi}", OK),
        ("{lang=}x", TYPE),
        ("{lang=frl}x", TYPE),
        ("{lang=vi}{lang=frl}x", OK),  # the second one is text
        ("{x=y}{lang=frl}", OK),  # an unknown delimiter is text, and so is all behind it
        ("{lang=vi", OK),
    ],
)
def test_localized_strings_4_1_1_2(value, fault):
    assert judge(T2004, "cmi.comments_from_learner.n.comment", value) is fault


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("_none_", OK),
        ("exitAll", OK),
        ("{target=activity_1}choice", OK),
        ("{target=activity_1}jump", OK),
        ("choice", TYPE),
        ("{target=}choice", TYPE),
        ("{target=activity_1}continue", TYPE),
        ("{Target=activity_1}choice", TYPE),
        ("", TYPE),
        ("start", TYPE),
    ],
)
def test_navigation_requests_sn_5_6_4(value, fault):
    assert judge(T2004, "adl.nav.request", value) is fault


def test_jump_is_no_navigation_request_of_the_3rd_edition():
    assert judge(table_for("2004 3rd"), "adl.nav.request", "{target=a}jump") is TYPE


@pytest.mark.parametrize(
    ("value", "fault"), [("correct", OK), ("neutral", OK), ("-0.35", OK), ("wrong", TYPE), ("", TYPE)]
)
def test_interaction_results_4_2_9(value, fault):
    assert judge(T2004, "cmi.interactions.n.result", value) is fault


@pytest.mark.parametrize("value", ["passed", "completed", "failed", "incomplete", "browsed"])
def test_content_may_set_these_lesson_statuses(value):
    assert judge(T12, "cmi.core.lesson_status", value) is OK


def test_only_the_lms_says_not_attempted():
    assert judge(T12, "cmi.core.lesson_status", "not attempted") is TYPE
    assert judge(T12, "cmi.objectives.n.status", "not attempted") is OK


@pytest.mark.parametrize("value", ["a\x00b", "\ud800", "x\udc00y", "\udc00\ud800"])
@pytest.mark.parametrize("table", [T12, T2004], ids=["1.2", "2004"])
def test_what_no_store_can_keep_is_no_character_string(table, value):
    assert judge(table, "cmi.suspend_data", value) is TYPE


@pytest.mark.parametrize(
    ("table", "element", "spm", "limit"),
    [
        (T12, "cmi.core.lesson_location", 255, 16_384),
        (T12, "cmi.suspend_data", 4096, 1_048_576),
        (T2004, "cmi.location", 1000, 16_384),
        (T2004, "cmi.suspend_data", 64_000, 1_048_576),
        (T2004, "cmi.comments_from_learner.n.comment", 4000, 65_536),
    ],
)
def test_longer_strings_are_tolerated_up_to_a_limit(table, element, spm, limit):
    assert judge(table, element, "ă" * spm, tolerant=False) is OK
    assert judge(table, element, "ă" * (spm + 1), tolerant=False) is TYPE
    assert judge(table, element, "ă" * limit) is OK
    assert judge(table, element, "ă" * (limit + 1)) is TYPE


def test_lengths_are_counted_as_browsers_count_them():
    assert judge(T2004, "cmi.location", "😀" * 500, tolerant=False) is OK
    assert judge(T2004, "cmi.location", "😀" * 500 + "a", tolerant=False) is TYPE
