"""Time arithmetic: what goes in comes out, and sums are exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.datamodel import table_for
from scorm.datamodel.durations import Duration, parse, write
from scorm.datamodel.lexical import has_format
from tests.support.properties import unhurried

durations = st.builds(Duration, st.integers(0, 10_000), st.integers(0, 10**11))


@pytest.mark.parametrize(
    ("one", "other", "total"),
    [
        ("PT0H0M0S", "PT01M", "PT1M"),
        ("PT1M", "PT01H059M020S", "PT2H20S"),
        ("PT2H20S", "PT0H05M49S", "PT2H6M9S"),
        ("PT0H0M0S", "P0Y029DT0H", "P29D"),
        ("PT0.95S", "PT0.1S", "PT1.05S"),
        ("P1Y11M", "P1M", "P2Y"),
        ("PT23H59M59.99S", "PT0.01S", "P1D"),
        ("PT0S", "PT0S", "PT0H0M0S"),
        ("no time", "PT1S", "PT1S"),
    ],
)
def test_sums_of_iso_durations(one, other, total):
    assert write("2004", parse(one) + parse(other)) == total


@pytest.mark.parametrize(
    ("one", "other", "total"),
    [
        ("0000:00:00.00", "00:01:30", "0000:01:30.00"),
        ("0001:59:59.99", "00:00:00.01", "0002:00:00.00"),
        ("9999:00:00.00", "9999:59:59", "9999:59:59.99"),
        ("00:90:90", "00:00:00", "0001:31:30.00"),
    ],
)
def test_sums_of_cmi_timespans(one, other, total):
    assert write("1.2", parse(one) + parse(other)) == total


@unhurried
@given(durations)
def test_an_iso_duration_survives_the_round_trip(duration):
    assert parse(duration.as_iso()) == duration


@unhurried
@given(durations)
def test_what_is_written_has_the_type_of_the_standard(duration):
    assert has_format(table_for("2004 4th"), "interval", duration.as_iso())
    assert has_format(table_for("1.2"), "interval", duration.as_timespan())


@unhurried
@given(durations, durations)
def test_addition_commutes(one, other):
    assert one + other == other + one


def test_seconds_are_bounded():
    assert parse("P99999999999999999999Y").seconds == 1_000_000_000
    assert parse("PT1H0.5S").seconds == 3600.5
