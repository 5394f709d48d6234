"""Spans of days, both ends included."""

from datetime import date

import pytest

from elearn.services.spans import Span

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (Span(JAN, MAR), Span(FEB, APR), Span(FEB, MAR)),
        (Span(JAN), Span(FEB, APR), Span(FEB, APR)),
        (Span(JAN), Span(FEB), Span(FEB)),
        (Span(JAN, FEB), Span(FEB, MAR), Span(FEB, FEB)),
        (Span(JAN, FEB), Span(MAR, APR), None),
    ],
)
def test_two_spans_meet_in_their_common_days(one, other, common):
    assert one.meet(other) == other.meet(one) == common


def test_a_span_covers_what_lies_in_it():
    assert Span(JAN).covers(Span(FEB, MAR))
    assert Span(JAN).covers(Span(JAN))
    assert not Span(JAN, MAR).covers(Span(FEB))
    assert not Span(FEB).covers(Span(JAN, MAR))
