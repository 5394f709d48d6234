"""Figures: rounded half up, added up, signed where they are missing, suppressed where they would tell of persons."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.models.reports import Standing
from elearn.services.reports.ratio import IctRatio, Sign, Tally, percent, spoken, suppress, total


def ratio(tally, code="A", **values):
    return IctRatio(SimpleNamespace(code=code), code, None, None, None, tally, **values)


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (2, 3, "66,7 %"),
        (1, 8, "12,5 %"),
        (1, 16, "6,3 %"),  # 6.25: half up, where half to even gives 6.2
        (1, 2000, "0,1 %"),  # 0.05
        (1, 2001, "0,0 %"),
        (3, 3, "100,0 %"),
        (0, 3, "0,0 %"),
        (1.5, 2.5, "60,0 %"),
        (0.1 + 0.2, 0.3, "100,0 %"),
        (0, 0, ""),
    ],
)
def test_a_percentage_has_one_decimal_rounded_half_up(part, whole, text):
    assert spoken(percent(part, whole)) == text


def test_english_has_a_point():
    assert spoken(Decimal("66.7"), comma=False) == "66.7 %"


def test_tallies_add_up_with_the_excluded():
    sum_ = total([Tally(q=1, n=2, fte_n=0.1, excluded={Standing.NEW: 1}), Tally(n=3, fte_n=0.2)])
    assert (sum_.q, sum_.n, sum_.fte_n, sum_.excluded, sum_.registered) == (1, 5, 0.3, {Standing.NEW: 1}, 6)


@pytest.mark.parametrize(
    ("tally", "is_silent", "text"),
    [
        (Tally(q=0, n=3), False, "0/3 (0,0 %)"),
        (Tally(q=0, n=3), True, "m"),  # nothing at all was recorded
        (Tally(q=1, n=3), True, "1/3 (33,3 %)"),  # what was done elsewhere was done
        (Tally(), False, "m"),  # nobody registered
        (Tally(excluded={Standing.MANAGER: 1}), False, "a"),  # nobody to count
    ],
)
def test_what_is_missing_is_never_nought(tally, is_silent, text):
    assert ratio(tally, is_silent=is_silent).text() == text


def test_missing_figures_are_null_in_the_contract_and_the_register_stays():
    told = ratio(Tally(n=3), is_silent=True).as_dict()
    assert (told["q"], told["percent"], told["n"], told["sign"]) == (None, None, 3, "m")


def test_a_suppressed_row_tells_nothing():
    told = ratio(Tally(q=1, n=3, a=1), is_suppressed=True).as_dict()
    figures = {name: value for name, value in told.items() if name not in {"unit", "name", "sign"}}
    assert not any(figures.values())


def shown(sizes):
    rows = [ratio(Tally(n=size), f"{number:03}") for number, size in enumerate(sizes)]
    return [row.n for row in suppress(rows) if row.sign is not Sign.SUPPRESSED]


@pytest.mark.parametrize(
    ("sizes", "left"),
    [
        ([10, 20, 30], [10, 20, 30]),
        ([4, 20, 10], [20]),  # the smallest of the others goes too
        ([4, 4, 20], [20]),  # together eight: subtraction tells of nobody
        ([1, 2, 20, 30], [30]),  # together only three
        ([0, 10], [0, 10]),
        ([3], []),
        ([5], [5]),
    ],
)
def test_cells_under_five_and_one_more_are_suppressed(sizes, left):
    assert shown(sizes) == left


@given(st.lists(st.integers(0, 12), max_size=8))
def test_subtraction_from_the_total_never_reveals_a_small_cell(sizes):
    rows = suppress([ratio(Tally(n=size), f"{number:03}") for number, size in enumerate(sizes)])
    hidden = [row.n for row in rows if row.sign is Sign.SUPPRESSED]
    assert all(row.n == 0 or row.n >= 5 for row in rows if row.sign is not Sign.SUPPRESSED)
    if hidden and len(hidden) < sum(1 for size in sizes if size):
        assert len(hidden) > 1
        assert sum(hidden) >= 5
    assert all(size > 0 for size in hidden)
