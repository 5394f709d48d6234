"""The activity tree: activities made of the items of an organization, and the state of the walk on it (SN 2.1)."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import ref

from scorm.manifest.model import CompletionThreshold, Item
from scorm.sequencing.definition import (
    DEFAULTS,
    ControlModes,
    DeliveryControls,
    RuleAction,
    SequencingDefinition,
)
from scorm.sequencing.tracking import Tracking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

    from scorm.manifest.model import Edition, Organization
    from scorm.sequencing.exceptions import SequencingException
    from scorm.sequencing.objectives import GlobalObjectives
    from scorm.sequencing.traversal import Direction

# SCORM 1.2 knows no sequencing: every item may be chosen, continue and previous walk the leaves, and
# success is only what the content says.
SCORM_12 = SequencingDefinition(
    control=ControlModes(choice=True, flow=True),
    delivery=DeliveryControls(objective_set_by_content=True),
)


# What the root of a tree is beyond an organization.
_NO_ITEM = Item("", "")
_NO_THRESHOLD = CompletionThreshold()


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """One decision of a process: its name in the book, the activity it looked at, and the outcome.

    Of a sequencing rule (UP.2) `rule` is the place among the activity's rules of its kind (pre-condition, exit or
    post-condition), `held` the places of its conditions that were true.
    """

    process: str
    activity: str
    outcome: str
    rule: int | None = None
    held: tuple[int, ...] = ()

    def to_json(self) -> list[Any]:
        """Return the fields as a list, those of a rule only when there is one."""
        return [self.process, self.activity, str(self.outcome)] + (
            [] if self.rule is None else [self.rule, list(self.held)]
        )

    @classmethod
    def from_json(cls, data: Sequence[Any]) -> TraceEntry:
        """Return what `to_json` wrote."""
        process, activity, outcome, *rule = data
        return cls(process, activity, outcome, rule[0], tuple(rule[1])) if rule else cls(process, activity, outcome)


@dataclass(slots=True)
class LookAhead:
    """What has been found while nothing changes: decisions of rules, and answers for whole paths.

    `rules` by activity and actions; `offered` and `enabled` hold the exception, or None, of the path from
    the root to an activity; `stops` the place of the next sibling that stops a choice going forward,
    `flows` where a walk leads, `holding` what choice must not leave.
    """

    rules: dict[tuple[int, frozenset[RuleAction]], RuleAction | None] = field(default_factory=dict)
    offered: dict[int, str | None] = field(default_factory=dict)
    enabled: dict[int, bool] = field(default_factory=dict)
    stops: dict[tuple[int, int], int] = field(default_factory=dict)
    flows: dict[tuple[int, Direction, Direction | None], Activity | SequencingException] = field(
        default_factory=dict,
    )
    holding: list[Activity] | None = None


class Activity:
    """One node of the tree; `children` are all, `available` the selected ones in their present order.

    `may_stop_forward` says that a rule may stop a choice at it, `stoppers` are the available children of which
    that is true.
    """

    __slots__ = (
        "__weakref__",
        "_parent",
        "_places",
        "available",
        "children",
        "completed_by_measure",
        "data_from_lms",
        "data_maps",
        "definition",
        "depth",
        "hide_lms_ui",
        "identifier",
        "index",
        "is_visible",
        "key",
        "mastery_score",
        "max_time_allowed",
        "may_stop_forward",
        "min_progress_measure",
        "objectives",
        "primary",
        "progress_weight",
        "stoppers",
        "time_limit_action",
        "title",
        "tracking",
    )

    def __init__(
        self,
        source: Item | Organization,
        definition: SequencingDefinition,
        parent: Activity | None,
        index: int,
    ) -> None:
        self.identifier = source.identifier
        self.title = source.title
        self.definition = definition
        # A strong reference would make circles, and a thousand objects in circles wait for a full garbage collection.
        self._parent = None if parent is None else ref(parent)
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.index = index
        self.key = source.identifier
        self.children: list[Activity] = []
        self.available: list[Activity] = []
        self.stoppers: list[Activity] = []
        self._places: dict[Activity, int] = {}
        self.primary = definition.primary_objective
        self.may_stop_forward = _may_stop_forward(definition)
        self.objectives = {objective.identifier: objective for objective in definition.objectives}
        self.objectives.setdefault(self.primary.identifier, self.primary)
        self.tracking = Tracking()
        item = source if isinstance(source, Item) else _NO_ITEM
        self.is_visible = item.is_visible
        self.hide_lms_ui = item.hide_lms_ui
        self.data_maps = item.data_maps
        self.time_limit_action = item.time_limit_action
        self.data_from_lms = item.data_from_lms
        self.mastery_score = item.mastery_score
        self.max_time_allowed = item.max_time_allowed
        threshold = source.completion_threshold or _NO_THRESHOLD
        self.completed_by_measure = threshold.completed_by_measure
        self.min_progress_measure = threshold.min_progress_measure
        self.progress_weight = threshold.progress_weight

    def __repr__(self) -> str:
        return f"Activity({self.identifier!r})"

    @property
    def parent(self) -> Activity | None:
        """The cluster above, None of the root; it lives as long as the tree."""
        return None if self._parent is None else self._parent()

    @property
    def is_leaf(self) -> bool:
        """Whether this is a leaf of the tree as authored, whatever was selected."""
        return not self.children

    def set_available(self, available: Sequence[Activity]) -> None:
        """Make `available` the selected children, in this order."""
        self.available = list(available)
        self._places = {child: place for place, child in enumerate(self.available)}
        self.stoppers = [child for child in self.available if child.may_stop_forward]

    def has_available(self, child: Activity) -> bool:
        """Whether `child` is among the available children."""
        return child in self._places

    def place_of(self, child: Activity) -> int:
        """Return the position of an available child, -1 of one that is no longer selected."""
        return self._places.get(child, -1)

    def ancestors(self) -> Iterator[Activity]:
        """This activity, its parent, and so on up to the root."""
        walk: Activity | None = self
        while walk is not None:
            yield walk
            walk = walk.parent

    def is_within(self, ancestor: Activity) -> bool:
        """Whether this activity is `ancestor` or below it."""
        walk: Activity | None = self
        while walk is not None and walk.depth > ancestor.depth:
            walk = walk.parent
        return walk is ancestor


def _may_stop_forward(definition: SequencingDefinition) -> bool:
    # A plain loop: this is asked for every activity whenever a tree is made.
    for rule in definition.pre_conditions:  # noqa: SIM110
        if rule.action is RuleAction.STOP_FORWARD_TRAVERSAL:
            return True
    return False


class ActivityTree:
    """All activities and the global state of the sequencing session (SN 4.2.1.4).

    `current` is the current activity, `suspended` the one that a suspend-all left. `random_for` gives the
    source of chance for the next draw of a cluster, `now` the present time in ISO 8601.
    """

    def __init__(
        self,
        organization: Organization,
        edition: Edition,
        *,
        global_objectives: GlobalObjectives,
        random_for: Callable[[Activity], Random],
        now: Callable[[], str],
    ) -> None:
        self.edition = edition
        self.activities: list[Activity] = []
        self.by_identifier: dict[str, Activity] = {}
        # Activities whose primary objective reads a global objective, by its identifier.
        self.readers: dict[str, list[Activity]] = {}
        self.global_objectives = global_objectives
        self.objectives_global_to_system = organization.objectives_global_to_system
        self.random_for = random_for
        self.now = now
        self.current: Activity | None = None
        self.suspended: Activity | None = None
        self.trace: list[TraceEntry] = []
        self.look_ahead: LookAhead | None = None
        self.root = self._add(organization, None)
        for item in organization.items:
            self._grow(item, self.root)
        for activity in self.activities:
            activity.set_available(activity.children)

    @contextmanager
    def looking_ahead(self, found: LookAhead | None = None) -> Iterator[None]:
        """Let processes only find out what would happen: they change nothing, and rules are evaluated once.

        `found` is what has been found in this same state before.
        """
        self.look_ahead = found or LookAhead()
        try:
            yield
        finally:
            self.look_ahead = None

    @contextmanager
    def supposing(self, *touched: Activity) -> Iterator[None]:
        """Let processes write tracking and global objectives for the length of the block only.

        `touched` are all activities they may write to.
        """
        kept, shared = [activity.tracking for activity in touched], self.global_objectives
        trace = len(self.trace)
        for activity in touched:
            activity.tracking = activity.tracking.copy()
        self.global_objectives = shared.copy()
        try:
            yield
        finally:
            for activity, tracking in zip(touched, kept, strict=True):
                activity.tracking = tracking
            self.global_objectives = shared
            del self.trace[trace:]

    def note(
        self,
        process: str,
        activity: Activity | None,
        outcome: str,
        rule: int | None = None,
        held: tuple[int, ...] = (),
    ) -> None:
        """Append to the trace of the request in work, so that people can see which rule decided."""
        if self.look_ahead is None:
            name = "" if activity is None else activity.identifier
            self.trace.append(TraceEntry(process, name, outcome, rule, held))

    def _grow(self, item: Item, parent: Activity) -> None:
        activity = self._add(item, parent)
        parent.children.append(activity)
        for child in item.children:
            self._grow(child, activity)

    def _add(self, source: Item | Organization, parent: Activity | None) -> Activity:
        definition = source.sequencing or DEFAULTS
        if not self.edition.is_2004:
            definition = SCORM_12
        activity = Activity(source, definition, parent, len(self.activities))
        self.activities.append(activity)
        if self.by_identifier.setdefault(activity.identifier, activity) is not activity:
            # Of two items with one identifier only the first can be named by a request.
            activity.key = f"{activity.identifier}#{activity.index}"
        for mapped in activity.primary.maps:
            if mapped.read_satisfied or mapped.read_measure or mapped.read_completion or mapped.read_progress:
                self.readers.setdefault(mapped.target, []).append(activity)
        return activity
