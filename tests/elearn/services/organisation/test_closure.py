"""The closure says the same as a walk over the parents, for random histories of a tree."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from elearn.models.organisation import UnitClosure, UnitParent
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.errors import ConflictError
from tests.support.factories import World

UNITS = 5
FIRST = date(2020, 1, 1)
places = st.integers(0, UNITS - 1)
days = st.integers(0, 5).map(lambda number: FIRST + timedelta(days=number))


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(places, places, days), max_size=6))
def test_the_closure_of_every_day_is_the_walk_over_the_parents_of_that_day(session, moves):
    savepoint = session.begin_nested()
    try:
        world = World(session)
        root = world.unit("U")
        units = [world.unit(f"U{number}", root) for number in range(UNITS)]
        for moved, target, day in moves:
            try:
                with session.begin_nested():
                    organisation.move_unit(session, SYSTEM, units[moved], units[target], day)
            except ConflictError:
                session.expire_all()
        for day in (FIRST - timedelta(days=1), *(FIRST + timedelta(days=number) for number in range(6))):
            assert _stored(session, day) == _walked(session, [root, *units], day)
    finally:
        savepoint.rollback()
        session.expire_all()


def _stored(session, day):
    rows = select(UnitClosure.unit_id, UnitClosure.ancestor_id, UnitClosure.depth).where(UnitClosure.valid_on(day))
    return sorted(tuple(row) for row in session.execute(rows))


def _walked(session, units, day):
    held = select(UnitParent.unit_id, UnitParent.parent_id).where(UnitParent.valid_on(day))
    parents = {row.unit_id: row.parent_id for row in session.execute(held)}
    found = []
    for unit in units:
        above, depth = unit.id, 0
        while above is not None:
            found.append((unit.id, above, depth))
            above, depth = parents.get(above), depth + 1
            assert depth <= len(units)
    return sorted(found)
