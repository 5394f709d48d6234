"""The snapshot of the tree."""

from datetime import date

from elearn.models.account import Role
from elearn.services import organisation
from elearn.services.access import SYSTEM, Action, load_identity, load_tree, may

DAY = date(2020, 1, 1)


def test_the_ancestors_of_a_unit_begin_with_itself_and_end_with_the_root(world, session):
    root = world.unit("SO")
    school = world.unit("A", root)
    group = world.unit("A1", school)
    tree = load_tree(session)
    assert tree.ancestors(group.id) == (group.id, school.id, root.id)
    assert tree.below([school.id]) == {school.id, group.id}


def test_the_tree_of_a_day_is_what_held_on_it(world, session):
    root = world.unit("SO")
    old, new = world.unit("P1", root), world.unit("P2", root)
    school = world.unit("A", old)
    organisation.move_unit(session, SYSTEM, school, new, DAY)
    assert old.id in load_tree(session, date(2019, 12, 31)).ancestors(school.id)
    assert load_tree(session, DAY).ancestors(school.id) == (school.id, new.id, root.id)


def test_the_snapshot_is_kept_until_the_tree_changes(world, session):
    root = world.unit("SO")
    first = load_tree(session)
    assert load_tree(session) is first
    world.unit("A", root)
    assert load_tree(session) is not first


def test_a_change_that_was_rolled_back_is_forgotten(database, world, session):
    root = world.unit("SO")
    session.commit()
    school = world.unit("A", root)
    assert root.id in load_tree(session).ancestors(school.id)
    session.rollback()
    with database.read() as other:
        assert load_tree(other).below([root.id]) == {root.id}


def test_a_committed_change_is_seen_by_other_sessions(database, world, session):
    root = world.unit("SO")
    session.commit()
    with database.read() as other:
        before = load_tree(other)
    school = world.unit("A", root)
    session.commit()
    with database.read() as other:
        assert root.id in load_tree(other).ancestors(school.id)
    assert root.id not in before.ancestors(school.id)


def test_a_unit_that_has_ended_stays_in_reach_of_whoever_was_above(world, session):
    root = world.unit("SO")
    bureau = world.unit("P", root)
    organisation.end_unit(session, SYSTEM, bureau, DAY)
    assert may(world.somebody(Role.UNIT_MANAGER, root), Action.MANAGE_UNIT, bureau)


def test_a_unit_that_is_to_come_is_prepared_by_whoever_is_above(world, session):
    root = world.unit("SO")
    commune = world.unit("X", root, since=date(2100, 1, 1))
    assert may(world.somebody(Role.UNIT_MANAGER, root), Action.MANAGE_UNIT, commune)


def test_home_units_are_those_of_roles_posts_and_classes_today(world, session):
    root = world.unit("SO")
    granted, working, learning, left = (world.unit(code, root) for code in "ABCD")
    person = world.person()
    account = world.account("somebody", person)
    world.grant(account, Role.TEACHER, granted)
    world.post(person, working)
    world.post(person, left, is_main=False, valid_to=DAY)
    world.enrolment(person, world.school_class(learning))
    homes = load_identity(session, account.id).home_units
    assert homes == {granted.id, working.id, learning.id}
