"""Small organizations for tests of sequencing, and a learner who walks on them."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from scorm.manifest.model import CompletionThreshold, Edition, Item, Organization
from scorm.sequencing import NavigationRequest, RequestKind, SequencingSession, Step
from scorm.sequencing.definition import (
    EXIT_ACTIONS,
    PRE_CONDITION_ACTIONS,
    ChildActivitySet,
    Combination,
    ConditionKind,
    Consideration,
    ConstrainedChoice,
    ControlModes,
    DeliveryControls,
    LimitConditions,
    Objective,
    ObjectiveMap,
    RandomizationControls,
    RollupAction,
    RollupConsiderations,
    RollupControls,
    RollupRule,
    RuleAction,
    RuleCondition,
    SequencingDefinition,
    SequencingRule,
    Timing,
)

COMPLETED = {"cmi.completion_status": "completed"}
INCOMPLETE = {"cmi.completion_status": "incomplete"}
PASSED = {"cmi.success_status": "passed"}
FAILED = {"cmi.success_status": "failed"}
SUSPENDED = {"cmi.exit": "suspend"}

_PARTS: dict[str, type[Any]] = {
    "control": ControlModes,
    "constrained_choice": ConstrainedChoice,
    "limits": LimitConditions,
    "rollup": RollupControls,
    "rollup_considerations": RollupConsiderations,
    "randomization": RandomizationControls,
    "delivery": DeliveryControls,
}


def condition(text: str, objective: str = "", threshold: float = 0.0) -> RuleCondition:
    """A condition by its word, "not " in front of it negates."""
    kind = ConditionKind(text.removeprefix("not "))
    return RuleCondition(kind, objective, text.startswith("not "), threshold)


def rule(action: str, *conditions: str | RuleCondition, any_of: bool = False) -> SequencingRule:
    """A sequencing rule: action, and conditions that must all (or any) hold; none given means always."""
    made = tuple(condition(each) if isinstance(each, str) else each for each in conditions or ("always",))
    return SequencingRule(RuleAction(action), made, Combination.ANY if any_of else Combination.ALL)


def rollup_rule(action: str, *conditions: str, **options: Any) -> RollupRule:
    """A rollup rule by its words."""
    wanted = ChildActivitySet(options.pop("child_activity_set", "all"))
    made = tuple(condition(each) for each in conditions)
    return RollupRule(RollupAction(action), made, child_activity_set=wanted, **options)


def primary(identifier: str = "", *maps: ObjectiveMap, **options: Any) -> Objective:
    """A primary objective; `options` are fields of `Objective`."""
    return Objective(identifier, primary=True, maps=maps, **options)


def reads(target: str) -> ObjectiveMap:
    """A map that reads status and measure."""
    return ObjectiveMap(target)


def reads_all(target: str) -> ObjectiveMap:
    """A map that reads all seven fields."""
    return _map(target, "read")


def writes_all(target: str) -> ObjectiveMap:
    """A map that writes all seven fields, and reads nothing."""
    return _map(target, "write")


def _map(target: str, verb: str) -> ObjectiveMap:
    flags = {each.name: each.name.startswith(verb) for each in fields(ObjectiveMap) if each.name != "target"}
    return ObjectiveMap(target, **flags)


def writes(target: str) -> ObjectiveMap:
    """A map that writes status and measure, and reads nothing."""
    return ObjectiveMap(target, read_satisfied=False, read_measure=False, write_satisfied=True, write_measure=True)


def sequencing(
    *rules: SequencingRule,
    objectives: tuple[Objective, ...] = (),
    rollup_rules: tuple[RollupRule, ...] = (),
    **options: Any,
) -> SequencingDefinition:
    """A definition from rules of any kind and from fields of its parts, such as `flow=True, attempt_limit=1`."""
    parts: dict[str, Any] = {}
    for name, kind in _PARTS.items():
        own = {field.name for field in fields(kind)}
        parts[name] = kind(**{key: _word(key, options.pop(key)) for key in list(options) if key in own})
    assert not options, options
    parts["rollup"] = replace(parts["rollup"], rules=rollup_rules)
    exits = tuple(each for each in rules if each.action in EXIT_ACTIONS)
    before = tuple(each for each in rules if each.action in PRE_CONDITION_ACTIONS)
    after = tuple(each for each in rules if each not in (*exits, *before))
    return SequencingDefinition(
        pre_conditions=before, exit_conditions=exits, post_conditions=after, objectives=objectives, **parts
    )


def _word(name: str, value: Any) -> Any:
    if name.startswith("required_for"):
        return Consideration(value)
    return Timing(value) if name.endswith("timing") else value


def activity(identifier: str, *content: Item | SequencingRule, **options: Any) -> Item:
    """An item: children make it a cluster (with flow, unless `flow=False`), rules and options its sequencing."""
    children = tuple(each for each in content if isinstance(each, Item))
    item = {key: options.pop(key) for key in list(options) if key in {field.name for field in fields(Item)}}
    if children:
        options.setdefault("flow", True)
    rules = tuple(each for each in content if isinstance(each, SequencingRule))
    threshold = item.pop("completion_threshold", None)
    page = item.pop("resource_id", "page")
    return Item(
        identifier,
        identifier.title(),
        resource_id="" if children else page,
        children=children,
        sequencing=sequencing(*rules, **options),
        completion_threshold=None if threshold is None else CompletionThreshold(**threshold),
        **item,
    )


def organization(*content: Item | SequencingRule, **options: Any) -> Organization:
    """An organization "root" whose children are the items, with flow unless `flow=False`."""
    scope = options.pop("objectives_global_to_system", True)
    top = activity("root", *content, **options)
    return Organization(
        "root",
        "Course",
        top.children,
        sequencing=top.sequencing,
        completion_threshold=top.completion_threshold,
        objectives_global_to_system=scope,
    )


class Learner:
    """A learner in one attempt after the other; every state goes through JSON between two requests."""

    def __init__(self, course: Organization, edition: Edition = Edition.SCORM_2004_4TH, seed: int = 0) -> None:
        self.course, self.edition, self.seed = course, edition, seed
        self.registration: dict[str, Any] | None = None
        self.attempt: dict[str, Any] | None = None
        self.shared: dict[str, Any] = {}

    @property
    def session(self) -> SequencingSession:
        """A session on the stored state."""
        return SequencingSession(
            self.course,
            self.edition,
            registration_state=self.registration,
            attempt_state=self.attempt,
            global_objectives=self.shared,
            clock=lambda: datetime(2026, 3, 2, 7, 30, tzinfo=UTC),
            seed=self.seed,
        )

    def new_attempt(self) -> None:
        """Begin another attempt on the tree, with the tracking of the earlier ones."""
        self.attempt = None

    def does(self, kind: str, target: str = "", document: dict[str, str] | None = None) -> Step:
        """Leave the running content with `document` and make a request."""
        session = self.session
        session.end_activity(document or {}, suspended=kind == "suspendAll")
        step = session.navigate(NavigationRequest(RequestKind(kind), target))
        self.registration, self.attempt, self.shared = json.loads(json.dumps(session.state()))
        return step

    def goes(self, *steps: str | tuple[str, dict[str, str]]) -> list[str | None]:
        """Make requests ("continue", "choice b", or with a document); return what each delivered.

        "exception:..." and "end" stand for a request that was refused and for the end of the attempt.
        """
        reached = []
        for each in steps:
            text, document = (each, None) if isinstance(each, str) else each
            kind, _, target = text.partition(" ")
            step = self.does(kind, target, document)
            told = f"exception:{step.exception}" if step.exception else step.delivered
            reached.append("end" if step.ended else told)
        return reached

    def entry(self, identifier: str) -> dict[str, Any]:
        """The entry of an activity in the table of contents."""
        pending = list(self.session.toc())
        while pending:
            entry = pending.pop()
            if entry["identifier"] == identifier:
                return dict(entry)
            pending += entry["children"]
        raise KeyError(identifier)

    def status(self, identifier: str) -> tuple[str, str]:
        """Completion and success of an activity."""
        entry = self.entry(identifier)
        return entry["completion"], entry["success"]
