"""Page, list and search tell one story about who sees a material."""

from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from elearn.models.account import Role
from elearn.models.material import Material, Status
from elearn.services import organisation
from elearn.services.access import (
    ANONYMOUS,
    SYSTEM,
    Action,
    load_tree,
    may,
    tokens_for,
    tokens_of,
    visible_materials,
)
from elearn.services.errors import ConflictError
from elearn.services.organisation import ever_below
from tests.support.factories import World

UNITS = 6
MOVED = date(2020, 1, 1)
ENDED = date(2022, 1, 1)
places = st.integers(0, UNITS - 1)


@dataclass(frozen=True)
class Story:
    parents: list[int]
    moves: list[tuple[int, int]]
    ends: set[int]
    grants: list[tuple[Role, int]]
    posts: list[int]
    materials: list[tuple[int, bool, Status, bool]]


stories = st.builds(
    Story,
    parents=st.lists(places, min_size=UNITS - 1, max_size=UNITS - 1),
    moves=st.lists(st.tuples(places, places), max_size=2),
    ends=st.sets(places, max_size=2),
    grants=st.lists(st.tuples(st.sampled_from(Role), places), max_size=3),
    posts=st.lists(places, max_size=2),
    materials=st.lists(
        st.tuples(places, st.booleans(), st.sampled_from(Status), st.booleans()), min_size=1, max_size=5
    ),
)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=stories)
def test_the_rule_the_sql_condition_and_the_search_tokens_agree(session, story):
    savepoint = session.begin_nested()
    try:
        world = World(session)
        identity = _tell(world, story)
        for who in (identity, ANONYMOUS, SYSTEM):
            listed = set(session.scalars(select(Material.id).where(visible_materials(who))))
            tree = load_tree(session)
            for material in session.scalars(select(Material)):
                allowed = may(who, Action.SEE_MATERIAL, material)
                assert allowed == (material.id in listed)
                assert allowed == (not tokens_of(who).isdisjoint(tokens_for(material, tree)))
    finally:
        savepoint.rollback()
        session.expire_all()


def _tell(world, story):
    """Make the units, materials and the one account of a story."""
    session = world.session
    units = [world.unit("U0")]
    for number, parent in enumerate(story.parents, start=1):
        # A parent that comes later makes another root.
        units.append(world.unit(f"U{number}", units[parent] if parent < number else None))
    for moved, target in story.moves:
        # The closure finds cycles too, but a refused move would end the transaction of this test.
        if units[target] not in ever_below(session, units[moved]):
            organisation.move_unit(session, SYSTEM, units[moved], units[target], MOVED)
    for number in story.ends:
        try:
            organisation.end_unit(session, SYSTEM, units[number], ENDED)
        except ConflictError:
            continue
    person = world.person()
    account, other = world.account("own", person), world.account("other")
    for number, place in enumerate(story.posts):
        world.post(person, units[place], is_main=number == 0)
    for role, place in story.grants:
        world.grant(account, role, units[place])
    for place, own, status, is_public in story.materials:
        world.material(units[place], account if own else other, status, is_public=is_public)
    return world.identity(account)
