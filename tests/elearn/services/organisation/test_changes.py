"""Units are created, renamed, moved and ended from a day on."""

from datetime import date

import pytest
from sqlalchemy import select

from elearn.models.account import AuditEvent, Role
from elearn.models.curriculum import Level
from elearn.models.material import SearchChange
from elearn.models.operations import Job
from elearn.models.organisation import UnitKind
from elearn.services import organisation
from elearn.services.access import SYSTEM
from elearn.services.errors import ConflictError, ForbiddenError
from elearn.services.organisation import (
    ancestors_on,
    children_on,
    create_unit,
    end_unit,
    ensure_root,
    levels_on,
    move_unit,
    name_on,
    parent_on,
    reindex,
    rename_unit,
    root_unit,
    roots_on,
    set_levels,
    unit_by_code,
    units_below,
)

EVE, REFORM = date(2025, 6, 30), date(2025, 7, 1)
LATER = date(2026, 1, 1)


def codes(units):
    return [unit.code for unit in units]


@pytest.fixture
def root(world):
    return world.unit("SO")


@pytest.fixture
def bureau(world, root):
    return world.unit("PGD", root, kind=UnitKind.BUREAU)


@pytest.fixture
def commune(world, root):
    return world.unit("XA", root, since=REFORM, kind=UnitKind.COMMUNE)


@pytest.fixture
def school(world, bureau):
    return world.unit("TH", bureau)


def test_the_reform_of_2025_keeps_the_tree_of_every_day(session, root, bureau, commune, school):
    move_unit(session, SYSTEM, school, commune, REFORM)
    end_unit(session, SYSTEM, bureau, EVE)
    assert codes(ancestors_on(session, school, EVE)) == ["SO", "PGD", "TH"]
    assert codes(ancestors_on(session, school, REFORM)) == ["SO", "XA", "TH"]
    assert codes(units_below(session, root, EVE)) == ["PGD", "SO", "TH"]
    assert codes(units_below(session, root, REFORM)) == ["SO", "TH", "XA"]
    assert codes(children_on(session, commune, REFORM)) == ["TH"]
    assert parent_on(session, school, EVE) is bureau


def test_what_is_below_a_moved_unit_moves_with_it(world, session, commune, school):
    group = world.unit("TO", school)
    move_unit(session, SYSTEM, school, commune, REFORM)
    assert codes(ancestors_on(session, group, EVE)) == ["SO", "PGD", "TH", "TO"]
    assert codes(ancestors_on(session, group, REFORM)) == ["SO", "XA", "TH", "TO"]


def test_a_move_lasts_until_the_next_one_that_is_known(world, session, root, commune, school):
    move_unit(session, SYSTEM, school, root, LATER)
    move_unit(session, SYSTEM, school, commune, REFORM)
    assert codes(ancestors_on(session, school, REFORM)) == ["SO", "XA", "TH"]
    assert codes(ancestors_on(session, school, LATER)) == ["SO", "TH"]


def test_a_second_move_on_the_same_day_replaces_the_first(session, root, commune, school):
    move_unit(session, SYSTEM, school, commune, REFORM)
    move_unit(session, SYSTEM, school, root, REFORM)
    assert codes(ancestors_on(session, school, EVE)) == ["SO", "PGD", "TH"]
    assert codes(ancestors_on(session, school, REFORM)) == ["SO", "TH"]


def test_a_unit_never_stands_below_itself(world, session, bureau, school):
    group = world.unit("TO", school)
    with pytest.raises(ConflictError, match="unit_cycle"):
        move_unit(session, SYSTEM, bureau, group, REFORM)


def test_a_cycle_on_some_later_day_is_refused_too(session, root, bureau, commune):
    move_unit(session, SYSTEM, commune, bureau, LATER)
    with pytest.raises(ConflictError, match="unit_cycle") as refusal:
        move_unit(session, SYSTEM, bureau, commune, REFORM)
    assert refusal.value.params["day"] == LATER


def test_the_parent_must_exist_on_all_days(world, session, root, commune, school):
    with pytest.raises(ConflictError, match="unit_parent_absent"):
        move_unit(session, SYSTEM, school, commune, EVE)
    with pytest.raises(ConflictError, match="unit_parent_absent"):
        world.unit("NEW", commune, since=EVE)


def test_a_code_is_given_once(world, root):
    with pytest.raises(ConflictError, match="unit_code_taken"):
        world.unit("SO")


def test_a_name_holds_from_its_day_on(session, school):
    rename_unit(session, SYSTEM, school, "Trường Tiểu học Kim Đồng", REFORM)
    assert name_on(school, EVE) == "Đơn vị TH"
    assert name_on(school, REFORM) == school.name == "Trường Tiểu học Kim Đồng"


def test_a_name_keeps_nothing_that_turns_or_hides_what_is_read(session, school):
    rename_unit(session, SYSTEM, school, "\u202eKim\u200b Đồng\u202c", REFORM)
    assert name_on(school, REFORM) == "Kim Đồng"


def test_a_name_of_the_same_day_is_corrected_in_place(session, school):
    rename_unit(session, SYSTEM, school, "Kim Đông", REFORM)
    rename_unit(session, SYSTEM, school, "Kim Đồng", REFORM)
    assert [row.name for row in school.names] == ["Đơn vị TH", "Kim Đồng"]


def test_levels_are_a_set_from_a_day_on(session, school):
    set_levels(session, SYSTEM, school, {Level.TH}, date(2011, 1, 1))
    set_levels(session, SYSTEM, school, {Level.THCS, Level.TH}, REFORM)
    assert levels_on(school, EVE) == (Level.TH,)
    assert levels_on(school, REFORM) == (Level.TH, Level.THCS)
    set_levels(session, SYSTEM, school, {Level.THCS}, LATER)
    assert levels_on(school, LATER) == (Level.THCS,)
    assert levels_on(school, REFORM) == (Level.TH, Level.THCS)


def test_a_unit_ends_only_when_it_is_empty(world, session, bureau, school):
    with pytest.raises(ConflictError, match="unit_still_has_units"):
        end_unit(session, SYSTEM, bureau, EVE)
    world.post(world.person(), school)
    with pytest.raises(ConflictError, match="unit_still_has_posts"):
        end_unit(session, SYSTEM, school, EVE)


def test_after_its_end_nothing_is_done_to_a_unit(session, root, school):
    end_unit(session, SYSTEM, school, EVE)
    with pytest.raises(ConflictError, match="unit_absent"):
        rename_unit(session, SYSTEM, school, "Mới", REFORM)
    with pytest.raises(ConflictError, match="unit_absent"):
        move_unit(session, SYSTEM, school, root, REFORM)
    assert ancestors_on(session, school, REFORM) == []


def test_the_root_is_made_once(session):
    root = ensure_root(session, SYSTEM)
    assert ensure_root(session, SYSTEM) is root
    assert root_unit(session) is root
    assert roots_on(session, LATER) == [root]


def test_a_manager_creates_units_below_and_not_beside(world, session, root, bureau):
    manager = world.somebody(Role.UNIT_MANAGER, bureau)
    made = create_unit(
        session, manager, code="M1", name="Trường M1", kind=UnitKind.SCHOOL, valid_from=REFORM, parent=bureau
    )
    assert unit_by_code(session, "M1") is made
    with pytest.raises(ForbiddenError, match="may_not"):
        create_unit(session, manager, code="M2", name="M2", kind=UnitKind.SCHOOL, valid_from=REFORM, parent=root)
    with pytest.raises(ForbiddenError, match="may_not"):
        create_unit(session, manager, code="M3", name="M3", kind=UnitKind.DEPARTMENT, valid_from=REFORM)


def test_a_unit_is_taken_only_by_who_manages_both_ends(world, session, bureau, commune, school):
    of_bureau = world.somebody(Role.UNIT_MANAGER, bureau)
    with pytest.raises(ForbiddenError):
        move_unit(session, of_bureau, school, commune, REFORM)


def test_a_move_is_told_to_search_on_its_day_and_to_the_audit_log(world, session, root, commune, school):
    move_unit(session, SYSTEM, school, root, date(2100, 1, 1))
    job = session.scalars(select(Job).where(Job.kind == "reindex_unit")).one()
    assert job.payload == {"unit_id": school.id}
    assert job.run_at.isoformat() == "2099-12-31T17:00:00+00:00"  # midnight in Vietnam
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "unit.move")).one()
    assert (event.subject_kind, event.subject_uid) == ("unit", school.uid)


def test_every_material_below_a_moved_unit_is_indexed_anew(world, session, bureau, school, root):
    owner = world.account("owner")
    inside = [world.material(bureau, owner), world.material(school, owner)]
    world.material(root, owner)
    reindex.mark_materials(session, bureau.id)
    assert set(session.scalars(select(SearchChange.material_id))) == {material.id for material in inside}


def test_the_closure_can_always_be_derived_again(session, root, bureau, commune, school):
    move_unit(session, SYSTEM, school, commune, REFORM)
    before = [codes(ancestors_on(session, school, day)) for day in (EVE, REFORM)]
    organisation.rebuild_closure(session)
    assert [codes(ancestors_on(session, school, day)) for day in (EVE, REFORM)] == before
