"""Properties of the data types over generated values."""

import math
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from scorm.datamodel import Fault, table_for
from scorm.datamodel.lexical import real
from scorm.datamodel.values import check
from tests.support.properties import unhurried

TABLES = [table_for("1.2"), table_for("2004 4th")]
T2004 = TABLES[1]
pieces = st.sampled_from(
    ["a", "1", "-", ".", ":", "[,]", "[.]", "[:]", "{lang=vi}", "{lang=xx}", "{case_matters=true}", "{", "}",
     "%", "%20", " ", "urn:", "P", "T", "1H", "2004", "é", "😀", "e9", "\n", "\x00"]
)  # fmt: skip
texts = st.one_of(st.text(max_size=30), st.lists(pieces, max_size=8).map("".join))


@unhurried
@given(st.sampled_from(TABLES), st.data(), texts)
def test_every_value_of_every_type_gets_a_verdict(table, data, value):
    element = table.elements[data.draw(st.sampled_from(sorted(table.elements)))]
    kind = data.draw(st.sampled_from(sorted(table.interactions))) if table.interactions else ""
    if element.type != "target":
        assert check(table, element, value, interaction=kind) in {Fault.NONE, Fault.TYPE, Fault.RANGE}


@unhurried
@given(st.floats(-1, 1).map(repr))
def test_every_scaled_score_a_program_writes_is_accepted(value):
    assert check(T2004, T2004.elements["cmi.score.scaled"], value) is Fault.NONE


@unhurried
@given(texts)
def test_an_accepted_number_is_finite(value):
    number = real(T2004, value)
    assert number is None or math.isfinite(number)


@unhurried
@given(st.datetimes(datetime(1970, 1, 1), datetime(2038, 12, 31)))  # noqa: DTZ001  # the bounds must be naive
def test_every_moment_with_a_zone_and_a_fraction_is_a_timestamp(moment):
    value = moment.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 10000:02d}Z"
    assert check(T2004, T2004.elements["cmi.interactions.n.timestamp"], value) is Fault.NONE


@unhurried
@given(st.lists(st.from_regex(r"[a-z0-9_]{1,8}", fullmatch=True), min_size=1, max_size=36))
def test_sequences_of_identifiers_are_sequencing_responses(items):
    element = T2004.elements["cmi.interactions.n.learner_response"]
    assert check(T2004, element, "[,]".join(items), interaction="sequencing") is Fault.NONE
    choice = check(T2004, element, "[,]".join(items), interaction="choice")
    assert (choice is Fault.NONE) == (len(set(items)) == len(items))


@unhurried
@given(texts)
def test_a_localized_value_with_a_language_is_as_good_as_without(value):
    element = T2004.elements["cmi.comments_from_learner.n.comment"]
    if not value.startswith("{lang="):
        assert check(T2004, element, "{lang=vi}" + value) is check(T2004, element, value)


T12 = TABLES[0]
clocks = st.tuples(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.integers(0, 99))


@unhurried
@given(clocks)
def test_every_time_of_day_is_a_cmi_time_and_a_timespan(clock):
    hours, minutes, seconds, part = clock
    for value in (f"{hours:02d}:{minutes:02d}:{seconds:02d}", f"{hours:02d}:{minutes:02d}:{seconds:02d}.{part:02d}"):
        assert check(T12, T12.elements["cmi.interactions.n.time"], value) is Fault.NONE
        assert check(T12, T12.elements["cmi.core.session_time"], value) is Fault.NONE
        assert check(T12, T12.elements["cmi.core.session_time"], value[1:]) is Fault.TYPE


@unhurried
@given(st.integers(-200, 200), st.sampled_from(["audio", "speed", "text"]))
def test_signed_integers_of_12_lie_in_their_range(number, preference):
    element = T12.elements[f"cmi.student_preference.{preference}"]
    inside = element.minimum <= number <= element.maximum
    assert check(T12, element, str(number)) is (Fault.NONE if inside else Fault.RANGE)


@unhurried
@given(st.decimals(-50, 150, places=2).map(str))
def test_scores_of_12_are_decimals_from_0_to_100(value):
    verdict = check(T12, T12.elements["cmi.core.score.raw"], value)
    assert verdict is (Fault.NONE if 0 <= float(value) <= 100 else Fault.RANGE)


@unhurried
@given(st.sampled_from(TABLES), st.data())
def test_a_vocabulary_takes_its_words_and_no_others(table, data):
    name = data.draw(st.sampled_from(sorted(n for n, one in table.elements.items() if one.type == "vocabulary")))
    element = table.elements[name]
    word = data.draw(st.sampled_from(element.values))
    assert check(table, element, word) is Fault.NONE
    assert check(table, element, word + "x") is (Fault.NONE if word + "x" in element.values else Fault.TYPE)
    if word.upper() != word:
        assert check(table, element, word.upper()) is Fault.TYPE


@unhurried
@given(st.sampled_from(TABLES), st.data(), st.integers(-3, 3))
def test_a_strict_string_is_as_long_as_the_standard_promises(table, data, beyond):
    promised = sorted(n for n, one in table.elements.items() if one.spm and one.type == "string")
    element = table.elements[data.draw(st.sampled_from(promised))]
    verdict = check(table, element, "ơ" * (element.spm + beyond), tolerant=False)
    assert verdict is (Fault.NONE if beyond <= 0 else Fault.TYPE)
