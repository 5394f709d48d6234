"""Units: creating, renaming, moving and ending them, and asking for the tree of a day."""

from elearn.services.organisation.changes import (
    create_unit,
    end_unit,
    ensure_root,
    move_unit,
    rename_unit,
    set_levels,
    set_ownership,
)
from elearn.services.organisation.closure import ever_below, rebuild_closure
from elearn.services.organisation.outline import Entry, Outline, levels_of_units, outline_on
from elearn.services.organisation.queries import (
    ancestors_on,
    children_on,
    get_unit,
    levels_on,
    load_names,
    name_on,
    parent_on,
    root_unit,
    roots_on,
    unit_by_code,
    unit_by_uid,
    units_below,
)
from elearn.services.organisation.seen import hold_unit, seen_unit

__all__ = [
    "Entry",
    "Outline",
    "ancestors_on",
    "children_on",
    "create_unit",
    "end_unit",
    "ensure_root",
    "ever_below",
    "get_unit",
    "hold_unit",
    "levels_of_units",
    "levels_on",
    "load_names",
    "move_unit",
    "name_on",
    "outline_on",
    "parent_on",
    "rebuild_closure",
    "rename_unit",
    "root_unit",
    "roots_on",
    "seen_unit",
    "set_levels",
    "set_ownership",
    "unit_by_code",
    "unit_by_uid",
    "units_below",
]
