"""Units: creating, renaming, moving and ending them, and asking for the tree of a day."""

from elearn.services.organisation.changes import (
    create_unit,
    end_unit,
    ensure_root,
    move_unit,
    rename_unit,
    set_levels,
)
from elearn.services.organisation.closure import ever_below, rebuild_closure
from elearn.services.organisation.queries import (
    ancestors_on,
    children_on,
    levels_on,
    name_on,
    parent_on,
    root_unit,
    roots_on,
    unit_by_code,
    unit_by_uid,
    units_below,
)

__all__ = [
    "ancestors_on",
    "children_on",
    "create_unit",
    "end_unit",
    "ensure_root",
    "ever_below",
    "levels_on",
    "move_unit",
    "name_on",
    "parent_on",
    "rebuild_closure",
    "rename_unit",
    "root_unit",
    "roots_on",
    "set_levels",
    "unit_by_code",
    "unit_by_uid",
    "units_below",
]
