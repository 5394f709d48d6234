"""Rows that hold for a span of days."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from elearn.models.organisation import UnitName

FIRST, MIDDLE, LAST = date(2026, 1, 1), date(2026, 1, 15), date(2026, 1, 31)


@pytest.mark.parametrize(
    ("valid_to", "day", "holds"),
    [
        (LAST, date(2025, 12, 31), False),
        (LAST, FIRST, True),
        (LAST, MIDDLE, True),
        (LAST, LAST, True),
        (LAST, date(2026, 2, 1), False),
        (None, date(2100, 1, 1), True),
    ],
)
def test_a_row_holds_on_both_ends_in_python_and_in_sql(world, session, valid_to, day, holds):
    unit = world.unit("SO")
    row = world.add(UnitName(unit_id=unit.id, name="tên", valid_from=FIRST, valid_to=valid_to))
    listed = session.scalars(select(UnitName.id).where(UnitName.valid_on(day))).all()
    assert row.holds_on(day) is holds
    assert (row.id in listed) is holds


def test_no_row_ends_before_it_begins(world):
    unit = world.unit("SO")
    with pytest.raises(IntegrityError):
        world.add(UnitName(unit_id=unit.id, name="tên", valid_from=LAST, valid_to=FIRST))
