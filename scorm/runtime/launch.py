"""The cmi document a SCO finds when it is launched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.datamodel import DataModelTable


_OBJECTIVE_ID = re.compile(r"cmi\.objectives\.[0-9]+\.id")
_OBJECTIVE = re.compile(r"cmi\.objectives\.([0-9]+)\.(.+)")
# What sequencing tracks of an objective: it knows better than the earlier document (RTE 4.2.17, SN 4.2.1).
_TRACKED = (
    "success_status",
    "completion_status",
    "progress_measure",
    "score.scaled",
    "score.raw",
    "score.min",
    "score.max",
)


@dataclass(frozen=True, slots=True)
class LaunchData:
    """What the LMS knows at launch; every value is in the notation of the standard.

    `earlier` is the document `close_session` left behind. `entry` overrides what it would give:
    "ab-initio" starts afresh, "resume" and "" keep the earlier data. `objectives` are ready-made flat
    entries of the sequencer: objectives ("cmi.objectives.0.id", "cmi.objectives.0.score.scaled") and
    any other element it decides. Each objective needs its id; it takes the place of the earlier one of
    the same id, wherever that stands, and the others follow behind. `shared` are the entries of the
    shared data: "adl.data.0.id", "adl.data.0.store", and "adl.data.0._access" with "r", "w", "rw" or "".
    """

    learner_id: str
    learner_name: str
    credit: str = "credit"
    mode: str = "normal"
    entry: str | None = None
    earlier: Mapping[str, str] | None = None
    launch_data: str = ""
    mastery_score: str = ""  # 1.2, 0 to 100
    scaled_passing_score: str = ""  # 2004, -1 to 1
    max_time_allowed: str = ""
    time_limit_action: str = ""
    completion_threshold: str = ""  # 2004, 0 to 1; only when completedByMeasure
    location: str | None = None
    suspend_data: str | None = None
    total_time: str | None = None
    objectives: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)


_FROM_LMS = {
    "learner_id": ("cmi.core.student_id", "cmi.learner_id"),
    "learner_name": ("cmi.core.student_name", "cmi.learner_name"),
    "credit": ("cmi.core.credit", "cmi.credit"),
    "mode": ("cmi.core.lesson_mode", "cmi.mode"),
    "launch_data": ("cmi.launch_data", "cmi.launch_data"),
    "mastery_score": ("cmi.student_data.mastery_score", ""),
    "scaled_passing_score": ("", "cmi.scaled_passing_score"),
    "max_time_allowed": ("cmi.student_data.max_time_allowed", "cmi.max_time_allowed"),
    "time_limit_action": ("cmi.student_data.time_limit_action", "cmi.time_limit_action"),
    "completion_threshold": ("", "cmi.completion_threshold"),
}
_OVERRIDES = {
    "location": ("cmi.core.lesson_location", "cmi.location"),
    "suspend_data": ("cmi.suspend_data", "cmi.suspend_data"),
    "total_time": ("cmi.core.total_time", "cmi.total_time"),
}


def _name_of(table: DataModelTable, pair: tuple[str, str]) -> str:
    return pair[0] if table.standard == "1.2" else pair[1]


def entry_of(table: DataModelTable, launch: LaunchData) -> str:
    """RTE 4.2.7: "ab-initio", "resume", or "" for neither.

    In 2004 a closed learner attempt is not entered again: the next session is a new attempt, begun
    afresh. In 1.2 the data of a lesson stay with the learner, suspended or not.
    """
    if launch.entry is not None:
        return launch.entry
    if launch.earlier is None:
        return "ab-initio"
    before = launch.earlier.get("cmi.core.entry" if table.standard == "1.2" else "cmi.entry", "ab-initio")
    return "ab-initio" if table.standard == "2004" and before != "resume" else before


def initial_document(table: DataModelTable, launch: LaunchData) -> dict[str, str]:
    """The document for one launch: the LMS's data, and the learner's own when the attempt goes on.

    Raises:
        LookupError: an entry of `objectives` without its id.
    """
    entry = entry_of(table, launch)
    keeps = entry != "ab-initio" and launch.earlier is not None
    document = dict(launch.earlier or {}) if keeps else {}
    for element in [name for name in document if _is_lms_owned(table, name)]:
        del document[element]
    for given, pair in _FROM_LMS.items():
        value = getattr(launch, given)
        if value and _name_of(table, pair):
            document[_name_of(table, pair)] = value
    for given, pair in _OVERRIDES.items():
        value = getattr(launch, given)
        if value is not None:
            document[_name_of(table, pair)] = value
    document["cmi.core.entry" if table.standard == "1.2" else "cmi.entry"] = entry
    _lay_over(document, launch.objectives)
    document.update(launch.shared)
    return document


def _lay_over(document: dict[str, str], given: Mapping[str, str]) -> None:
    """Lay the sequencer's entries over the document, its objectives matched by their identifiers."""
    places = {value: name.split(".")[2] for name, value in document.items() if _OBJECTIVE_ID.fullmatch(name)}
    for name, value in given.items():
        if _OBJECTIVE_ID.fullmatch(name):
            place = places.setdefault(value, str(len(places)))
            for leaf in _TRACKED:
                document.pop(f"cmi.objectives.{place}.{leaf}", None)
    for name, value in given.items():
        document[_placed(name, given, places)] = value


def _placed(name: str, given: Mapping[str, str], places: Mapping[str, str]) -> str:
    found = _OBJECTIVE.fullmatch(name)
    if found is None:
        return name
    return f"cmi.objectives.{places[given[f'cmi.objectives.{found[1]}.id']]}.{found[2]}"


def _is_lms_owned(table: DataModelTable, element: str) -> bool:
    """What each launch gives anew: the manifest's and account's values, shared data, and what a session forgets."""
    plain = {_name_of(table, pair) for pair in _FROM_LMS.values()}
    rule = table.elements.get(element)
    return element in plain or element.startswith("adl.data.") or bool(rule and rule.transient)
