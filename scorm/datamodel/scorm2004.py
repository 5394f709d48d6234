"""The SCORM 2004 data model: RTE 4th Edition chapter 4.2 and the navigation data model (SN 5.6)."""

from __future__ import annotations

from dataclasses import replace

from scorm.datamodel.element import Collection, DataModelTable, Element, Evaluation
from scorm.datamodel.errors import CODES_2004, STRINGS_2004
from scorm.datamodel.formats import FORMATS_2004
from scorm.datamodel.interactions import INTERACTIONS
from scorm.datamodel.languages import PRIMARY_TAGS
from scorm.datamodel.loose import FOREIGN_2004, WORDS_2004

_SHORT = 250
_LONG = 4000
_KEPT_SHORT = 16_384
_KEPT_LONG = 65_536
_KEPT_DATA = 1_048_576
_KEPT_RESPONSE = 262_144

_COMPLETION = ("completed", "incomplete", "not attempted", "unknown")
_SUCCESS = ("passed", "failed", "unknown")
_TERMS = ("true", "false", "unknown")
_REQUESTS = ("continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll", "_none_")


def _text(access: str = "rw", spm: int = _SHORT, **more: object) -> Element:
    return Element(access, "string", spm=spm, limit=_KEPT_LONG if spm >= _LONG else _KEPT_SHORT, **more)  # type: ignore[arg-type]  # forwarded field by field


def _localized(access: str = "rw", spm: int = _SHORT, **more: object) -> Element:
    return replace(_text(access, spm, **more), type="localized")


def _words(values: tuple[str, ...], access: str = "rw", **more: object) -> Element:
    return Element(access, "vocabulary", values=values, **more)  # type: ignore[arg-type]  # forwarded field by field


def _real(minimum: float | None = None, maximum: float | None = None, access: str = "rw", **more: object) -> Element:
    return Element(access, "real", minimum=minimum, maximum=maximum, **more)  # type: ignore[arg-type]  # forwarded field by field


def _score(prefix: str, requires: str = "") -> dict[str, Element]:
    """RTE 4.2.17, 4.2.20: a score; within an objective it needs the objective's id."""
    return {
        f"{prefix}.scaled": _real(-1, 1, requires=requires),
        f"{prefix}.raw": _real(requires=requires),
        f"{prefix}.min": _real(requires=requires),
        f"{prefix}.max": _real(requires=requires),
    }


def _comments(prefix: str, access: str) -> dict[str, Element]:
    """RTE 4.2.2, 4.2.3: comments from learner and from LMS."""
    return {
        f"{prefix}.n.comment": _localized(access, _LONG),
        f"{prefix}.n.location": _text(access),
        f"{prefix}.n.timestamp": Element(access, "timestamp"),
    }


_ID = Element("rw", "identifier", spm=_LONG, limit=_KEPT_LONG)

_INTERACTIONS = {
    "cmi.interactions.n.id": _ID,
    "cmi.interactions.n.type": _words(
        tuple(INTERACTIONS), requires="id", resets=("correct_responses", "learner_response")
    ),
    "cmi.interactions.n.objectives.n.id": replace(_ID, unique=True),
    "cmi.interactions.n.timestamp": Element("rw", "timestamp", requires="id"),
    "cmi.interactions.n.correct_responses.n.pattern": Element("rw", "pattern", limit=_KEPT_RESPONSE),
    "cmi.interactions.n.weighting": _real(requires="id"),
    "cmi.interactions.n.learner_response": Element("rw", "response", limit=_KEPT_RESPONSE, requires="type"),
    "cmi.interactions.n.result": Element(
        "rw", "result", values=("correct", "incorrect", "unanticipated", "neutral"), requires="id"
    ),
    "cmi.interactions.n.latency": Element("rw", "interval", requires="id"),
    "cmi.interactions.n.description": _localized(requires="id"),
}

_OBJECTIVES = {
    "cmi.objectives.n.id": replace(_ID, unique=True, immutable=True),
    **_score("cmi.objectives.n.score", requires="id"),
    "cmi.objectives.n.success_status": _words(_SUCCESS, default="unknown", requires="id"),
    "cmi.objectives.n.completion_status": _words(_COMPLETION, default="unknown", requires="id"),
    "cmi.objectives.n.progress_measure": _real(0, 1, requires="id"),
    "cmi.objectives.n.description": _localized(requires="id"),
}

_ELEMENTS: dict[str, Element] = {
    "cmi._version": Element("r", default="1.0"),
    **_comments("cmi.comments_from_learner", "rw"),
    **_comments("cmi.comments_from_lms", "r"),
    "cmi.completion_status": _words(_COMPLETION, default="unknown"),
    "cmi.completion_threshold": _real(0, 1, "r"),
    "cmi.credit": _words(("credit", "no-credit"), "r", default="credit"),
    "cmi.entry": _words(("ab-initio", "resume", ""), "r", default="ab-initio"),
    "cmi.exit": _words(("time-out", "suspend", "logout", "normal", ""), "w", default="", transient=True),
    **_INTERACTIONS,
    "cmi.launch_data": _text("r", _LONG),
    "cmi.learner_id": replace(_ID, access="r"),
    "cmi.learner_name": _localized("r"),
    "cmi.learner_preference.audio_level": _real(0, default="1"),
    "cmi.learner_preference.language": Element("rw", "language", default="", spm=_SHORT, blank=True),
    "cmi.learner_preference.delivery_speed": _real(0, default="1"),
    "cmi.learner_preference.audio_captioning": _words(("-1", "0", "1"), default="0"),
    "cmi.location": _text(spm=1000),
    "cmi.max_time_allowed": Element("r", "interval"),
    "cmi.mode": _words(("browse", "normal", "review"), "r", default="normal"),
    **_OBJECTIVES,
    "cmi.progress_measure": _real(0, 1),
    "cmi.scaled_passing_score": _real(-1, 1, "r"),
    **_score("cmi.score"),
    "cmi.session_time": Element("w", "interval", transient=True),
    "cmi.success_status": _words(_SUCCESS, default="unknown"),
    "cmi.suspend_data": Element("rw", spm=64_000, limit=_KEPT_DATA),
    "cmi.time_limit_action": _words(
        ("exit,message", "continue,message", "exit,no message", "continue,no message"),
        "r",
        default="continue,no message",
    ),
    "cmi.total_time": Element("r", "interval", default="PT0H0M0S"),
    "adl.nav.request": Element("rw", "navigation", values=_REQUESTS, default="_none_", transient=True),
    "adl.nav.request_valid.continue": _words(_TERMS, "r", default="unknown"),
    "adl.nav.request_valid.previous": _words(_TERMS, "r", default="unknown"),
    "adl.nav.request_valid.choice": Element("r", "target", default="unknown"),
    "adl.nav.request_valid.jump": Element("r", "target", default="unknown"),
    "adl.data.n.id": replace(_ID, access="r"),
    "adl.data.n.store": Element("rw", spm=64_000, limit=_KEPT_DATA, guarded=True, blank_is_unset=True),
}

_ONLY_4TH = ("adl.data.", "adl.nav.request_valid.jump")

_COLLECTIONS = {
    "cmi.comments_from_learner": Collection(250, 10_000),
    "cmi.comments_from_lms": Collection(100, 10_000),
    "cmi.interactions": Collection(250, 10_000),
    "cmi.interactions.n.objectives": Collection(10, 1_000, requires="id"),
    "cmi.interactions.n.correct_responses": Collection(10, 100, requires="type"),
    "cmi.objectives": Collection(100, 2_000),
    "adl.data": Collection(50, 2_000),
}

_CHILDREN = {
    "cmi.comments_from_learner": "comment,location,timestamp",
    "cmi.comments_from_lms": "comment,location,timestamp",
    "cmi.interactions": "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,"
    "latency,description",
    "cmi.learner_preference": "audio_level,language,delivery_speed,audio_captioning",
    "cmi.objectives": "id,score,success_status,completion_status,progress_measure,description",
    "cmi.objectives.n.score": "scaled,raw,min,max",
    "cmi.score": "scaled,raw,min,max",
    "adl.data": "id,store",
}

_EVALUATIONS = (
    # RTE 4.2.4.1: the threshold decides, whatever the SCO has set.
    Evaluation(
        "cmi.completion_status",
        "cmi.progress_measure",
        "cmi.completion_threshold",
        "completed",
        "incomplete",
        "unknown",
    ),
    # RTE 4.2.22.1
    Evaluation("cmi.success_status", "cmi.score.scaled", "cmi.scaled_passing_score", "passed", "failed", "unknown"),
)


def build(edition: str) -> DataModelTable:
    """The table of one edition ("2004 2nd", "2004 3rd" or "2004 4th").

    Shared data (adl.data) and jump requests came with the 4th Edition; the 2nd Edition promised only
    4,000 characters of suspend data.
    """
    elements = dict(_ELEMENTS)
    fourth = edition == "2004 4th"
    if not fourth:
        elements = {name: one for name, one in elements.items() if not name.startswith(_ONLY_4TH)}
    if edition == "2004 2nd":
        elements["cmi.suspend_data"] = replace(elements["cmi.suspend_data"], spm=_LONG)
    return DataModelTable(
        standard="2004",
        edition=edition,
        elements=elements,
        collections={name: one for name, one in _COLLECTIONS.items() if fourth or name != "adl.data"},
        children={name: one for name, one in _CHILDREN.items() if fourth or name != "adl.data"},
        codes=CODES_2004,
        strings=STRINGS_2004,
        formats=FORMATS_2004,
        interactions=INTERACTIONS,
        evaluations=_EVALUATIONS,
        targets=("choice", "jump") if fourth else ("choice",),
        languages=PRIMARY_TAGS,
        words=WORDS_2004,
        foreign=FOREIGN_2004,
    )
