"""Run-time data of the content to tracking information, and back to the next launch (RTE 4, SN 4.2)."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from scorm.outcome import LESSON_STATUS, scaled_of
from scorm.sequencing.navigation import NavigationRequest, RequestKind, parse_nav_request
from scorm.sequencing.objectives import OBJECTIVE_FIELDS, ObjectiveProgress, read_objective
from scorm.sequencing.tracking import ObjectiveView, primary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorm.sequencing.definition import Objective
    from scorm.sequencing.tree import Activity, ActivityTree

_SUCCESS = {"passed": True, "failed": False}
_COMPLETION = {"completed": True, "incomplete": False, "not attempted": False}
# The fields of an objective by the last part of their run-time element, with the range of its real.
_REALS = {
    "score.scaled": ("measure", -1.0, 1.0),
    "score.raw": ("raw", -math.inf, math.inf),
    "score.min": ("min", -math.inf, math.inf),
    "score.max": ("max", -math.inf, math.inf),
    "progress_measure": ("progress", 0.0, 1.0),
}
# Besides the records of objectives; of both versions of the data model.
_READ = frozenset({
    "cmi.success_status", "cmi.completion_status", *(f"cmi.{element}" for element in _REALS), "cmi.exit",
    "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.score.min", "cmi.core.score.max", "cmi.core.exit",
})  # fmt: skip
_RECORD_FIELDS = frozenset({"id", "success_status", "completion_status", *_REALS})
_RECORD = re.compile(r"cmi\.objectives\.(\d{1,6})\.(.+)")


def launch_document(tree: ActivityTree, activity: Activity) -> dict[str, str]:
    """Return the run-time elements that the content finds set from the manifest and the objectives.

    Unknown values are left out. For an attempt that goes on, they replace those of the stored document.
    """
    if not tree.edition.is_2004:
        return _launch_document_12(activity)
    document = _objective_elements(tree, activity)
    if activity.completed_by_measure:
        document["cmi.completion_threshold"] = format_real(activity.min_progress_measure)
    if activity.primary.satisfied_by_measure:
        document["cmi.scaled_passing_score"] = format_real(activity.primary.min_normalized_measure)
    given = {
        "cmi.max_time_allowed": activity.definition.limits.attempt_absolute_duration_limit,
        "cmi.time_limit_action": activity.time_limit_action,
        "cmi.launch_data": activity.data_from_lms,
    }
    document.update({name: value for name, value in given.items() if value})
    for position, data_map in enumerate(activity.data_maps):
        access = ("r" if data_map.read_shared_data else "") + ("w" if data_map.write_shared_data else "")
        document[f"adl.data.{position}.id"] = data_map.target_id
        document[f"adl.data.{position}._access"] = access
    return document


def transfer(tree: ActivityTree, activity: Activity, document: Mapping[str, str]) -> None:
    """Set the tracking information of an activity from the document of its content.

    An element that is missing is unknown; one that is present was set by the content, or by the launch.
    """
    if not tree.edition.is_2004:
        _transfer_12(tree, activity, document)
        return
    launched = launch_document(tree, activity)
    by_objective = dict(_records(document))
    for identifier, record in by_objective.items():
        objective = activity.objectives.get(identifier)
        if objective is not None and objective is not activity.primary:
            _write(ObjectiveView(tree, activity, objective), record)
    own = _primary_record(activity, document, launched, by_objective.get(activity.primary.identifier, {}))
    activity.tracking.declared = frozenset(name for name in ("success_status", "completion_status") if name in own)
    _write(primary_of(tree, activity), own)


def read_by_transfer(activity: Activity, document: Mapping[str, str]) -> dict[str, str]:
    """Return the part of a document that `transfer` and `is_suspended` look at: the rest changes nothing here."""
    known = {place for place, record in _numbered(document) if record.get("id") in activity.objectives}
    return {name: value for name, value in document.items() if name in _READ or _place_of(name) in known}


def is_suspended(document: Mapping[str, str]) -> bool:
    """Whether the content left so that its attempt goes on at the next launch (RTE 4.2.8, 1.2: 3.4.4)."""
    return document.get("cmi.exit") in {"suspend", "logout"} or document.get("cmi.core.exit") == "suspend"


def content_request(document: Mapping[str, str]) -> NavigationRequest | None:
    """Return the navigation request with which the content left, if any (RTE 4.2.8, SN 5.6.4).

    A time-out and a logout end the attempt on the tree, whatever else the content has asked for. Not so a logout of
    SCORM 1.2: the wrapper that most content of that edition uses says it whenever a completed page is left, and a
    course of many pages would end with its first.
    """
    if document.get("cmi.exit") in {"time-out", "logout"} or document.get("cmi.core.exit") == "time-out":
        return NavigationRequest(RequestKind.EXIT_ALL)
    return parse_nav_request(document.get("adl.nav.request", "_none_"))


def format_real(value: float) -> str:
    """Return a real(10,7) of the data model: fixed point, at most seven digits behind it."""
    text = f"{value:.7f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def parse_real(text: str | None, low: float = -math.inf, high: float = math.inf) -> float | None:
    """Return the number a document holds, None when it is no number or out of range."""
    try:
        value = float("" if text is None or "_" in text else text)
    except ValueError:
        return None
    return value if math.isfinite(value) and low <= value <= high else None


def _objective_elements(tree: ActivityTree, activity: Activity) -> dict[str, str]:
    document = {}
    named = (objective for objective in activity.definition.objectives if objective.identifier)
    for position, objective in enumerate(named):
        prefix = f"cmi.objectives.{position}."
        known = _known_to_content(tree, activity, objective)
        document[prefix + "id"] = objective.identifier
        if known.satisfied is not None:
            document[prefix + "success_status"] = "passed" if known.satisfied else "failed"
        if known.completion is not None:
            document[prefix + "completion_status"] = "completed" if known.completion else "incomplete"
        for element, (field, _, _) in _REALS.items():
            value = getattr(known, field)
            if value is not None:
                document[prefix + element] = format_real(value)
    return document


def _known_to_content(tree: ActivityTree, activity: Activity, objective: Objective) -> ObjectiveProgress:
    """Return an objective as its content finds it, whether the activity is tracked or not.

    Where the global objective knows nothing, content finds what it has set itself.
    """
    local = activity.tracking.objectives.get(objective.identifier) or ObjectiveProgress()
    known = ObjectiveProgress()
    for name in OBJECTIVE_FIELDS:
        shared = read_objective(objective, local, tree.global_objectives, name)
        setattr(known, name, getattr(local, name) if shared is None else shared)
    if objective.satisfied_by_measure and known.measure is not None:
        known.satisfied = known.measure >= objective.min_normalized_measure
    return known


def _records(document: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the objectives of a document: identifier, and values by the part of the element behind the index."""
    for _, record in _numbered(document):
        if record.get("id"):
            yield record["id"], record


def _numbered(document: Mapping[str, str]) -> list[tuple[int, dict[str, str]]]:
    records: dict[int, dict[str, str]] = {}
    for element, value in document.items():
        match = _RECORD.fullmatch(element)
        if match is not None:
            records.setdefault(int(match[1]), {})[match[2]] = value
    return sorted(records.items())


def _place_of(element: str) -> int | None:
    """The number of the objective's record to which a field that tracking reads belongs."""
    match = _RECORD.fullmatch(element)
    return int(match[1]) if match is not None and match[2] in _RECORD_FIELDS else None


def _primary_record(
    activity: Activity,
    document: Mapping[str, str],
    launched: Mapping[str, str],
    record: Mapping[str, str],
) -> dict[str, str]:
    """Merge the elements of the SCO as a whole with those of its primary objective.

    Where the content has set both, the status of the objective counts for success, and that of the SCO
    for all else, as in ADL's sample run time. What only the launch has set never wins.
    """
    given = dict(_records(launched)).get(activity.primary.identifier, {}) if activity.primary.identifier else {}
    whole = {
        name: document["cmi." + name]
        for name in ("success_status", "completion_status", *_REALS)
        if "cmi." + name in document
    }
    merged = {**record, **whole}
    if "success_status" in record and record["success_status"] != given.get("success_status"):
        merged["success_status"] = record["success_status"]
    return merged


def _write(view: ObjectiveView, record: Mapping[str, str]) -> None:
    success, status = record.get("success_status"), record.get("completion_status")
    view.write("satisfied", _SUCCESS.get(success or ""), declared=success is not None)
    view.write("completion", _COMPLETION.get(status or ""), declared=status is not None)
    for element, (field, low, high) in _REALS.items():
        view.write(field, parse_real(record.get(element), low, high))
    view.settle()


def _launch_document_12(activity: Activity) -> dict[str, str]:
    given = {
        "cmi.launch_data": activity.data_from_lms,
        "cmi.student_data.mastery_score": activity.mastery_score,
        "cmi.student_data.max_time_allowed": activity.max_time_allowed,
        "cmi.student_data.time_limit_action": activity.time_limit_action,
    }
    return {name: value for name, value in given.items() if value}


def _transfer_12(tree: ActivityTree, activity: Activity, document: Mapping[str, str]) -> None:
    completion, success = LESSON_STATUS.get(document.get("cmi.core.lesson_status", ""), ("unknown", "unknown"))
    primary = primary_of(tree, activity)
    # Content that says nothing leaves its status to the end of the attempt (SN UP.4); "incomplete" is a statement.
    primary.write("completion", None if completion == "not attempted" else _COMPLETION.get(completion))
    primary.write("satisfied", _SUCCESS.get(success))
    raw, low, high = (parse_real(document.get(f"cmi.core.score.{part}")) for part in ("raw", "min", "max"))
    for field, value in (("raw", raw), ("min", low), ("max", high)):
        primary.write(field, value)
    primary.write("measure", scaled_of(raw, low, high))
