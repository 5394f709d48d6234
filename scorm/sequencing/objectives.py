"""Objective progress information, local and global, and the maps between both (SN 4.2.1.1, 3.10.3)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.sequencing.definition import Objective

# The seven fields of an objective that maps may read and write, each with None for "unknown".
OBJECTIVE_FIELDS = ("satisfied", "measure", "raw", "min", "max", "completion", "progress")


_READ_EVEN_UNKNOWN = ("satisfied", "measure")


@dataclass(slots=True)
class ObjectiveProgress:
    """What is known of one objective; None stands for the book's status "False" (unknown).

    `measure` is -1..1, `progress` (the completion amount) 0..1; the scores have no range.
    """

    satisfied: bool | None = None
    measure: float | None = None
    raw: float | None = None
    min: float | None = None
    max: float | None = None
    completion: bool | None = None
    progress: float | None = None

    def to_json(self) -> dict[str, bool | float]:
        """Return only what is known."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ObjectiveProgress:
        """Return what `to_json` wrote; names of later versions are ignored."""
        return cls(**{name: data[name] for name in OBJECTIVE_FIELDS if name in data})


FieldValue: TypeAlias = bool | float | None


class GlobalObjectives:
    """The shared global objectives by identifier; an objective nobody has written yet is wholly unknown."""

    def __init__(self, data: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self._known = {name: ObjectiveProgress.from_json(value) for name, value in (data or {}).items()}

    def read(self, identifier: str, field: str) -> Any:
        """Return one field of one global objective, None when unknown."""
        known = self._known.get(identifier)
        return None if known is None else getattr(known, field)

    def write(self, identifier: str, field: str, value: FieldValue) -> None:
        """Set one field of one global objective; None makes it unknown."""
        known = replace(self._known.get(identifier) or ObjectiveProgress())
        setattr(known, field, value)
        self._known[identifier] = known

    def copy(self) -> GlobalObjectives:
        """Return the same objectives, to be written without changing these."""
        copied = GlobalObjectives()
        copied._known = dict(self._known)
        return copied

    def clear(self) -> None:
        """Forget everything: a new attempt on the tree begins with global objectives of its own."""
        self._known.clear()

    def to_json(self) -> dict[str, dict[str, bool | float]]:
        """Return all that is known, sorted by identifier."""
        pairs = ((name, self._known[name].to_json()) for name in sorted(self._known))
        return {name: value for name, value in pairs if value}


def read_objective(
    objective: Objective,
    local: ObjectiveProgress | None,
    global_objectives: GlobalObjectives,
    field: str,
) -> Any:
    """Return a field as the activity sees it (SN 3.10.3).

    Satisfied status and measure that are read from a global objective are what is known there, even if
    that is nothing; the other fields fall back to the local value.
    """
    if not objective.maps:
        return None if local is None else getattr(local, field)
    targets = [mapped.target for mapped in objective.maps if getattr(mapped, f"read_{field}")]
    for target in targets:
        value = global_objectives.read(target, field)
        if value is not None:
            return value
    if local is None or (targets and field in _READ_EVEN_UNKNOWN):
        return None
    return getattr(local, field)


def write_objective(
    objective: Objective,
    local: ObjectiveProgress,
    global_objectives: GlobalObjectives,
    field: str,
    value: FieldValue,
    *,
    declared: bool = False,
) -> None:
    """Set a field locally and in every global objective the maps write to.

    An unknown value that was never known locally is not written, so that it cannot erase what another
    activity has written, unless the content itself has `declared` it unknown.
    """
    known = getattr(local, field)
    if value is None and known is None and not declared:
        return
    setattr(local, field, value)
    for mapped in objective.maps:
        if getattr(mapped, f"write_{field}"):
            global_objectives.write(mapped.target, field, value)
