"""What is left of a cmi document when a communication session ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorm.datamodel.durations import parse as parse_duration
from scorm.datamodel.durations import write
from scorm.datamodel.lexical import real
from scorm.runtime.store import evaluated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.datamodel import DataModelTable


def close_session(
    table: DataModelTable, document: Mapping[str, str], *, terminated: bool = True, suspended: bool = False
) -> dict[str, str]:
    """Close a session: the document to keep, from which `initial_document` makes the next one.

    Session time is added to total time, the statuses the run-time decides are written down, and
    cmi.entry says how the next launch enters: "resume" when cmi.exit was "suspend" or "logout", when
    navigation suspended everything (`suspended`), or when the content never said goodbye
    (`terminated` false: a closed tab loses nothing); otherwise "". Exit, session time and the
    navigation request are forgotten (RTE 4.2.7, 4.2.8, 4.2.18, 4.2.23; RTE 1.2, 3.4.4).
    """
    prefix = "cmi.core." if table.standard == "1.2" else "cmi."
    leaving = document.get(prefix + "exit", "")
    resumes = suspended or not terminated or leaving == "suspend"
    if table.standard == "2004":
        resumes = resumes or leaving == "logout"
    closed = dict(document)
    if table.standard == "1.2":
        closed["cmi.core.lesson_status"] = lesson_status(table, document, terminated=terminated)
    else:
        for rule in table.evaluations:
            status = evaluated(table, document, rule.element)
            if status is not None:
                closed[rule.element] = status
    closed[prefix + "total_time"] = _total_time(table, document, prefix)
    for element, rule_of in table.elements.items():
        if rule_of.transient:
            closed.pop(element, None)
    closed[prefix + "entry"] = "resume" if resumes else ""
    return closed


def _total_time(table: DataModelTable, document: Mapping[str, str], prefix: str) -> str:
    total = parse_duration(document.get(prefix + "total_time", ""))
    session = parse_duration(document.get(prefix + "session_time", ""))
    return write(table.standard, total + session)


def lesson_status(table: DataModelTable, document: Mapping[str, str], *, terminated: bool = True) -> str:
    """cmi.core.lesson_status at the end of a SCORM 1.2 session (RTE 1.2, 3.4.4).

    Content that set nothing and finished has "completed" the lesson ("browsed" in browse mode); a
    lesson left otherwise is "incomplete". With a mastery score and a raw score, taken for credit, the
    LMS decides between "passed" and "failed" - not for a lesson that is suspended as incomplete.
    """
    status = document.get("cmi.core.lesson_status", "not attempted")
    mode = document.get("cmi.core.lesson_mode", "normal")
    suspends = document.get("cmi.core.exit", "") == "suspend"
    if status == "not attempted":
        status = "completed" if terminated and not suspends else "incomplete"
        if mode == "browse":
            status = "browsed"
    mastery = real(table, document.get("cmi.student_data.mastery_score", ""))
    raw = real(table, document.get("cmi.core.score.raw", ""))
    if mastery is None or raw is None or mode != "normal" or document.get("cmi.core.credit", "credit") != "credit":
        return status
    if status == "incomplete" and (suspends or not terminated):
        return status
    return "passed" if raw >= mastery else "failed"
