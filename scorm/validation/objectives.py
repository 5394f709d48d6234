"""Objectives and their maps: who writes a global objective, who reads it, and rules about unknown ones (SN 3.10)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from scorm.validation.sequencing_rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorm.sequencing.definition import Objective, ObjectiveMap
    from scorm.validation.subject import Activity, Subject

_FIELDS: Final = ("satisfied", "measure", "raw", "min", "max", "completion", "progress")


def check(subject: Subject) -> None:
    """Report on the objectives of every activity, organization by organization."""
    for tree in subject.trees:
        activities = list(tree.walk())
        written = {
            found.target for activity in activities for found in _maps(activity) if any(map(found.writes, _FIELDS))
        }
        code = _code_of_unwritten(tree)
        for activity in activities:
            _check_identifiers(subject, activity)
            _check_writers(subject, activity)
            _check_readers(subject, activity, written, code)
            _check_conditions(subject, activity)


def _code_of_unwritten(tree: Activity) -> str:
    """Objectives global to the system may be written by another course (SN 3.10.2; CAM 3.4.1.7)."""
    return "seq_globals_of_other_courses" if tree.shares_objectives else "seq_globals_never_written"


def _maps(activity: Activity) -> Iterable[ObjectiveMap]:
    return (found for objective in activity.definition.objectives for found in objective.maps)


def _check_identifiers(subject: Subject, activity: Activity) -> None:
    """Objectives of one activity have different identifiers, and an objective maps a global one once (CAM 5.1.7)."""
    objectives = activity.definition.objectives
    for identifier, count in Counter(objective.identifier for objective in objectives).items():
        if count > 1 and identifier:
            subject.note("seq_objectives_repeated", f"{activity.identifier}: {identifier}", activity.element)
    for objective in objectives:
        for target, count in Counter(found.target for found in objective.maps).items():
            if count > 1:
                subject.note("seq_maps_repeated", f"{activity.identifier}: {target}", activity.element)


def _check_writers(subject: Subject, activity: Activity) -> None:
    """Two objectives of one activity must not write to one global objective (SN 3.10.3)."""
    for field in _FIELDS:
        writers = Counter(
            target
            for objective in activity.definition.objectives
            for target in {found.target for found in objective.maps if found.writes(field)}
        )
        for target, count in writers.items():
            if count > 1:
                subject.note("seq_two_writers", f"{activity.identifier}: {target} ({field})", activity.element)


def _check_readers(subject: Subject, activity: Activity, written: set[str], code: str) -> None:
    """An objective reads from one global objective only, and somebody must write what is read (SN 3.10.3)."""
    for objective in activity.definition.objectives:
        for field in _FIELDS:
            sources = {found.target for found in objective.maps if found.reads(field)}
            if len(sources) > 1:
                text = f"{activity.identifier}: {', '.join(sorted(sources))} ({field})"
                subject.note("seq_two_sources", text, activity.element)
        for target in dict.fromkeys(found.target for found in objective.maps if any(map(found.reads, _FIELDS))):
            if target and target not in written:
                subject.note(code, f"{activity.identifier}: {target}", activity.element)


def _check_conditions(subject: Subject, activity: Activity) -> None:
    """Rules speak of objectives the activity has and that somebody sets (SN 3.4.2)."""
    objectives = {objective.identifier: objective for objective in activity.definition.objectives}
    for rule in rules_of(activity):
        for condition in rule.conditions:
            if not condition.objective:
                continue
            name = f"{activity.identifier}: {rule.action}, {condition.objective}"
            objective = objectives.get(condition.objective)
            if objective is None:
                subject.note("seq_objectives_unknown", name, activity.element)
            elif not _may_be_set(activity, objective):
                subject.note("seq_objectives_never_set", name, activity.element)


def _may_be_set(activity: Activity, objective: Objective) -> bool:
    """The primary one by rollup or content, any by a SCO, any by what it reads."""
    reads = any(found.reads(field) for found in objective.maps for field in _FIELDS)
    return objective.primary or activity.is_sco or reads
