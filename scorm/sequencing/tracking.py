"""The tracking model of one activity: progress information, and whether it is active or suspended (SN 4.2)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from scorm.sequencing.objectives import ObjectiveProgress, read_objective, write_objective

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.sequencing.definition import Objective
    from scorm.sequencing.objectives import FieldValue
    from scorm.sequencing.tree import Activity, ActivityTree


@dataclass(slots=True)
class Tracking:
    """Activity, attempt and objective progress information of the present attempt on one activity.

    `attempts` is the activity attempt count (0: activity progress status is false). `objectives` maps
    local identifiers to progress; the completion of the attempt is kept with the primary objective.
    `stale_*` say that the information is older than the present attempt on the parent, which then
    leaves it out of rollup (useCurrentAttemptObjectiveInfo, SN 3.2). `declared` names what the content
    itself has set, be it to "unknown". `order` are the selected children, None when all as authored;
    `draws` counts the random draws made for this cluster.
    """

    attempts: int = 0
    objectives: dict[str, ObjectiveProgress] = field(default_factory=dict)
    stale_objectives: bool = False
    stale_progress: bool = False
    declared: frozenset[str] = frozenset()
    attempted_at: str = ""
    is_active: bool = False
    is_suspended: bool = False
    order: list[str] | None = None
    draws: int = 0

    def begin_attempt(self, now: str) -> None:
        """Count a new attempt and initialise its information (DB.2, 5.1.1.2)."""
        self.attempts += 1
        self.objectives = {}
        self.stale_objectives = self.stale_progress = False
        self.declared = frozenset()
        self.attempted_at = now

    def is_stale(self, name: str) -> bool:
        """Whether a field of the objectives is older than the present attempt on the parent."""
        return self.stale_progress if name in {"completion", "progress"} else self.stale_objectives

    def copy(self) -> Tracking:
        """Return the same information, to be written without changing this one."""
        return replace(self, objectives={name: replace(known) for name, known in self.objectives.items()})

    def to_json(self) -> dict[str, Any]:
        """Return what outlives the attempt on the tree, without defaults."""
        if not self.attempts and not self.objectives and self == _UNTOUCHED:
            return {}
        objectives = {name: value for name in sorted(self.objectives) if (value := self.objectives[name].to_json())}
        data = {
            "attempts": self.attempts,
            "objectives": objectives,
            "stale": ("o" if self.stale_objectives else "") + ("p" if self.stale_progress else ""),
            "declared": sorted(self.declared),
            "at": self.attempted_at,
            "suspended": self.is_suspended,
            "order": self.order,
            "draws": self.draws,
        }
        return {name: value for name, value in data.items() if value or (name == "order" and value is not None)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Tracking:
        """Return what `to_json` wrote."""
        stale = data.get("stale", "")
        return cls(
            attempts=data.get("attempts", 0),
            objectives={n: ObjectiveProgress.from_json(o) for n, o in data.get("objectives", {}).items()},
            stale_objectives="o" in stale,
            stale_progress="p" in stale,
            declared=frozenset(data.get("declared", ())),
            attempted_at=data.get("at", ""),
            is_suspended=data.get("suspended", False),
            order=data.get("order"),
            draws=data.get("draws", 0),
        )


_UNTOUCHED = Tracking()


@dataclass(slots=True)
class ObjectiveView:
    """One local objective of an activity as the processes see it: through its maps, unknown when untracked.

    `fresh` leaves out local information older than the present attempt on the parent, as rollup does.
    """

    tree: ActivityTree
    activity: Activity
    objective: Objective
    fresh: bool = False

    def read(self, name: str) -> Any:
        """Return one field, None when unknown."""
        if not self.activity.definition.delivery.tracked:
            return None
        local = self.activity.tracking.objectives.get(self.objective.identifier)
        if self.fresh and self.activity.tracking.is_stale(name):
            local = None
        return read_objective(self.objective, local, self.tree.global_objectives, name)

    def write(self, name: str, value: FieldValue, *, declared: bool = False) -> None:
        """Set one field, locally and through the write maps.

        What an untracked activity writes, or what contradicts a measure that decides a status, is kept for
        the next launch of the same activity and known to nobody else.
        """
        if self.activity.definition.delivery.tracked and not self._is_by_measure(name):
            self._write(name, value, declared=declared)
        else:
            setattr(self._local(), name, value)

    def settle(self) -> None:
        """Write what the measures make of the statuses, so that global objectives learn it."""
        if not self.activity.definition.delivery.tracked:
            return
        for name, status in (("satisfied", self.satisfied), ("completion", self.completion)):
            if status is not None and self._is_by_measure(name):
                self._write(name, status)

    def _is_by_measure(self, name: str) -> bool:
        if name == "completion":
            return self.objective is self.activity.primary and self.activity.completed_by_measure
        return name == "satisfied" and self.objective.satisfied_by_measure

    def _local(self) -> ObjectiveProgress:
        return self.activity.tracking.objectives.setdefault(self.objective.identifier, ObjectiveProgress())

    def _write(self, name: str, value: FieldValue, *, declared: bool = False) -> None:
        write_objective(self.objective, self._local(), self.tree.global_objectives, name, value, declared=declared)

    @property
    def measure(self) -> float | None:
        """The normalized measure, -1..1."""
        measure: float | None = self.read("measure")
        return measure

    @property
    def satisfied(self) -> bool | None:
        """The satisfied status, derived from the measure when the objective is satisfied by measure."""
        if not self.objective.satisfied_by_measure:
            known: bool | None = self.read("satisfied")
            return known
        considerations = self.activity.definition.rollup_considerations
        if self.activity.tracking.is_active and not considerations.measure_satisfaction_if_active:
            return None
        measure = self.measure
        return None if measure is None else measure >= self.objective.min_normalized_measure

    @property
    def completion(self) -> bool | None:
        """The completion status; that of the primary objective is that of the attempt (RB.1.3)."""
        if self._is_by_measure("completion"):
            progress = self.read("progress")
            return None if progress is None else progress >= self.activity.min_progress_measure
        known: bool | None = self.read("completion")
        return known


def primary_of(tree: ActivityTree, activity: Activity, *, fresh: bool = False) -> ObjectiveView:
    """Return the objective of the activity that contributes to rollup."""
    return ObjectiveView(tree, activity, activity.primary, fresh)
