"""The sequencing definition model of one activity as frozen data (SN book, chapter 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RuleAction(StrEnum):
    """What a sequencing rule does when its conditions hold (SN 3.4)."""

    SKIP = "skip"
    DISABLED = "disabled"
    HIDDEN_FROM_CHOICE = "hiddenFromChoice"
    STOP_FORWARD_TRAVERSAL = "stopForwardTraversal"
    EXIT = "exit"
    EXIT_PARENT = "exitParent"
    EXIT_ALL = "exitAll"
    RETRY = "retry"
    RETRY_ALL = "retryAll"
    CONTINUE = "continue"
    PREVIOUS = "previous"


PRE_CONDITION_ACTIONS = frozenset(
    {
        RuleAction.SKIP,
        RuleAction.DISABLED,
        RuleAction.HIDDEN_FROM_CHOICE,
        RuleAction.STOP_FORWARD_TRAVERSAL,
    },
)
EXIT_ACTIONS = frozenset({RuleAction.EXIT})
POST_CONDITION_ACTIONS = frozenset(RuleAction) - PRE_CONDITION_ACTIONS - EXIT_ACTIONS


class ConditionKind(StrEnum):
    """The vocabulary of sequencing rule conditions and rollup conditions (SN 3.4.2, 3.7.2)."""

    SATISFIED = "satisfied"
    OBJECTIVE_STATUS_KNOWN = "objectiveStatusKnown"
    OBJECTIVE_MEASURE_KNOWN = "objectiveMeasureKnown"
    OBJECTIVE_MEASURE_GREATER_THAN = "objectiveMeasureGreaterThan"
    OBJECTIVE_MEASURE_LESS_THAN = "objectiveMeasureLessThan"
    COMPLETED = "completed"
    ACTIVITY_PROGRESS_KNOWN = "activityProgressKnown"
    ATTEMPTED = "attempted"
    ATTEMPT_LIMIT_EXCEEDED = "attemptLimitExceeded"
    TIME_LIMIT_EXCEEDED = "timeLimitExceeded"
    OUTSIDE_AVAILABLE_TIME_RANGE = "outsideAvailableTimeRange"
    ALWAYS = "always"
    NEVER = "never"


class Combination(StrEnum):
    """How the conditions of one rule are combined."""

    ALL = "all"
    ANY = "any"


class RollupAction(StrEnum):
    """What a rollup rule sets on the cluster (SN 3.7.3)."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "notSatisfied"
    COMPLETED = "completed"
    INCOMPLETE = "incomplete"


class ChildActivitySet(StrEnum):
    """How many children must meet the conditions of a rollup rule (SN 3.7.1)."""

    ALL = "all"
    ANY = "any"
    NONE = "none"
    AT_LEAST_COUNT = "atLeastCount"
    AT_LEAST_PERCENT = "atLeastPercent"


class Consideration(StrEnum):
    """When a child takes part in the rollup of its parent (SN 3.8)."""

    ALWAYS = "always"
    IF_ATTEMPTED = "ifAttempted"
    IF_NOT_SKIPPED = "ifNotSkipped"
    IF_NOT_SUSPENDED = "ifNotSuspended"


class Timing(StrEnum):
    """When children are selected or reordered (SN 3.11, 3.12)."""

    NEVER = "never"
    ONCE = "once"
    ON_EACH_NEW_ATTEMPT = "onEachNewAttempt"


@dataclass(frozen=True, slots=True)
class ControlModes:
    """`<imsss:controlMode>` (SN 3.2)."""

    choice: bool = True
    choice_exit: bool = True
    flow: bool = False
    forward_only: bool = False
    use_current_attempt_objective_info: bool = True
    use_current_attempt_progress_info: bool = True


@dataclass(frozen=True, slots=True)
class ConstrainedChoice:
    """`<adlseq:constrainedChoiceConsiderations>` (SN 3.3)."""

    prevent_activation: bool = False
    constrain_choice: bool = False


@dataclass(frozen=True, slots=True)
class RuleCondition:
    """One condition; an empty `objective` names the primary objective."""

    kind: ConditionKind
    objective: str = ""
    negated: bool = False
    measure_threshold: float = 0.0


@dataclass(frozen=True, slots=True)
class SequencingRule:
    """One pre-condition, exit or post-condition rule (SN 3.4)."""

    action: RuleAction
    conditions: tuple[RuleCondition, ...] = ()
    combination: Combination = Combination.ALL


@dataclass(frozen=True, slots=True)
class LimitConditions:
    """`<imsss:limitConditions>` (SN 3.5); durations as written, None and "" mean no limit."""

    attempt_limit: int | None = None
    attempt_absolute_duration_limit: str = ""
    attempt_experienced_duration_limit: str = ""
    activity_absolute_duration_limit: str = ""
    activity_experienced_duration_limit: str = ""
    begin_time_limit: str = ""
    end_time_limit: str = ""


@dataclass(frozen=True, slots=True)
class AuxiliaryResource:
    """`<imsss:auxiliaryResource>` (SN 3.6)."""

    resource_id: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class RollupRule:
    """One rollup rule (SN 3.7)."""

    action: RollupAction
    conditions: tuple[RuleCondition, ...] = ()
    combination: Combination = Combination.ANY
    child_activity_set: ChildActivitySet = ChildActivitySet.ALL
    minimum_count: int = 0
    minimum_percent: float = 0.0


@dataclass(frozen=True, slots=True)
class RollupControls:
    """What an activity gives to the rollup of its parent, and its own rollup rules (SN 3.7, 3.9)."""

    objective_satisfied: bool = True
    progress_completion: bool = True
    objective_measure_weight: float = 1.0
    rules: tuple[RollupRule, ...] = ()


@dataclass(frozen=True, slots=True)
class RollupConsiderations:
    """`<adlseq:rollupConsiderations>` (SN 3.8)."""

    required_for_satisfied: Consideration = Consideration.ALWAYS
    required_for_not_satisfied: Consideration = Consideration.ALWAYS
    required_for_completed: Consideration = Consideration.ALWAYS
    required_for_incomplete: Consideration = Consideration.ALWAYS
    measure_satisfaction_if_active: bool = True


@dataclass(frozen=True, slots=True)
class ObjectiveMap:
    """`<mapInfo>`: what a local objective reads from and writes to one global objective (SN 3.10.3).

    The first four are of IMS; the others were added by the 4th Edition and are false when the manifest
    has no `<adlseq:mapInfo>` for this pair.
    """

    target: str
    read_satisfied: bool = True
    read_measure: bool = True
    write_satisfied: bool = False
    write_measure: bool = False
    read_raw: bool = False
    read_min: bool = False
    read_max: bool = False
    read_completion: bool = False
    read_progress: bool = False
    write_raw: bool = False
    write_min: bool = False
    write_max: bool = False
    write_completion: bool = False
    write_progress: bool = False

    def reads(self, field: str) -> bool:
        """Whether the local objective takes one of the seven fields ("satisfied", "measure", "raw"...) from there."""
        return bool(getattr(self, f"read_{field}"))

    def writes(self, field: str) -> bool:
        """Whether it gives the field there."""
        return bool(getattr(self, f"write_{field}"))


@dataclass(frozen=True, slots=True)
class Objective:
    """`<primaryObjective>` or `<objective>`; only the primary one may be without an identifier (SN 3.10)."""

    identifier: str = ""
    primary: bool = False
    satisfied_by_measure: bool = False
    min_normalized_measure: float = 1.0
    maps: tuple[ObjectiveMap, ...] = ()


@dataclass(frozen=True, slots=True)
class RandomizationControls:
    """`<imsss:randomizationControls>`: selection and order of children (SN 3.11, 3.12)."""

    selection_timing: Timing = Timing.NEVER
    select_count: int | None = None
    randomization_timing: Timing = Timing.NEVER
    reorder_children: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryControls:
    """`<imsss:deliveryControls>` (SN 3.13)."""

    tracked: bool = True
    completion_set_by_content: bool = False
    objective_set_by_content: bool = False


@dataclass(frozen=True, slots=True)
class SequencingDefinition:
    """`<imsss:sequencing>` of one item; an item without it has `DEFAULTS`."""

    control: ControlModes = ControlModes()
    constrained_choice: ConstrainedChoice = ConstrainedChoice()
    pre_conditions: tuple[SequencingRule, ...] = ()
    exit_conditions: tuple[SequencingRule, ...] = ()
    post_conditions: tuple[SequencingRule, ...] = ()
    limits: LimitConditions = LimitConditions()
    auxiliary_resources: tuple[AuxiliaryResource, ...] = ()
    rollup: RollupControls = RollupControls()
    rollup_considerations: RollupConsiderations = RollupConsiderations()
    objectives: tuple[Objective, ...] = ()
    randomization: RandomizationControls = RandomizationControls()
    delivery: DeliveryControls = DeliveryControls()

    @property
    def primary_objective(self) -> Objective:
        """The objective that contributes to rollup; every activity has one (SN 3.10)."""
        for objective in self.objectives:
            if objective.primary:
                return objective
        return _PRIMARY


_PRIMARY = Objective(primary=True)

DEFAULTS = SequencingDefinition()
