"""The SCORM 1.2 data model (RTE 1.2, chapter 3.4)."""

from __future__ import annotations

from scorm.datamodel.element import Collection, DataModelTable, Element
from scorm.datamodel.errors import CODES_12, STRINGS_12
from scorm.datamodel.formats import FORMATS_12
from scorm.datamodel.loose import FOREIGN_12, WORDS_12

_KEPT_STRING = 16_384
_KEPT_DATA = 1_048_576

_STATUS = ("passed", "completed", "failed", "incomplete", "browsed")
_WITH_NOT_ATTEMPTED = (*_STATUS, "not attempted")


def _string(access: str, spm: int = 255, *, mandatory: bool = True) -> Element:
    """CMIString255 or CMIString4096."""
    kept = _KEPT_STRING if spm <= 255 else _KEPT_DATA  # noqa: PLR2004  # the size of the standard's short string
    return Element(access, default="", spm=spm, limit=kept, mandatory=mandatory)


def _score(prefix: str, *, mandatory: bool) -> dict[str, Element]:
    """3.4.4, cmi.core.score: CMIDecimal from 0 to 100, or blank."""
    optional = Element("rw", "real", default="", minimum=0, maximum=100, blank=True, mandatory=False)
    raw = Element("rw", "real", default="", minimum=0, maximum=100, blank=True, mandatory=mandatory)
    return {f"{prefix}.raw": raw, f"{prefix}.min": optional, f"{prefix}.max": optional}


_CORE: dict[str, Element] = {
    "cmi._version": Element("r", default="3.4", mandatory=False),
    "cmi.core.student_id": Element("r", "identifier", limit=255, default=""),
    "cmi.core.student_name": _string("r"),
    "cmi.core.lesson_location": _string("rw"),
    "cmi.core.credit": Element("r", "vocabulary", values=("credit", "no-credit"), default="credit"),
    # The content may read "not attempted", but only the LMS sets it.
    "cmi.core.lesson_status": Element("rw", "vocabulary", values=_STATUS, default="not attempted"),
    "cmi.core.entry": Element("r", "vocabulary", values=("ab-initio", "resume", ""), default="ab-initio"),
    **_score("cmi.core.score", mandatory=True),
    "cmi.core.total_time": Element("r", "interval", default="0000:00:00.00"),
    "cmi.core.lesson_mode": Element(
        "r", "vocabulary", values=("browse", "normal", "review"), default="normal", mandatory=False
    ),
    "cmi.core.exit": Element(
        "w", "vocabulary", values=("time-out", "suspend", "logout", ""), default="", transient=True
    ),
    "cmi.core.session_time": Element("w", "interval", transient=True),
    "cmi.suspend_data": _string("rw", 4096),
    "cmi.launch_data": _string("r", 4096),
    "cmi.comments": _string("rw", 4096, mandatory=False),
    "cmi.comments_from_lms": _string("r", 4096, mandatory=False),
}

_OPTIONAL: dict[str, Element] = {
    "cmi.objectives.n.id": Element("rw", "identifier", limit=255, default="", mandatory=False),
    **_score("cmi.objectives.n.score", mandatory=False),
    "cmi.objectives.n.status": Element("rw", "vocabulary", values=_WITH_NOT_ATTEMPTED, default="", mandatory=False),
    "cmi.student_data.mastery_score": Element("r", "real", default="", mandatory=False),
    "cmi.student_data.max_time_allowed": Element("r", "interval", default="", mandatory=False),
    "cmi.student_data.time_limit_action": Element(
        "r",
        "vocabulary",
        values=("exit,message", "exit,no message", "continue,message", "continue,no message", ""),
        default="",
        mandatory=False,
    ),
    "cmi.student_preference.audio": Element("rw", "integer", default="0", minimum=-1, maximum=100, mandatory=False),
    "cmi.student_preference.language": _string("rw", mandatory=False),
    "cmi.student_preference.speed": Element("rw", "integer", default="0", minimum=-100, maximum=100, mandatory=False),
    "cmi.student_preference.text": Element("rw", "integer", default="0", minimum=-1, maximum=1, mandatory=False),
    "cmi.interactions.n.id": Element("w", "identifier", limit=255, mandatory=False),
    "cmi.interactions.n.objectives.n.id": Element("w", "identifier", limit=255, mandatory=False),
    "cmi.interactions.n.time": Element("w", "timestamp", mandatory=False),
    "cmi.interactions.n.type": Element(
        "w",
        "vocabulary",
        values=(
            "true-false",
            "choice",
            "fill-in",
            "matching",
            "performance",
            "sequencing",
            "likert",
            "numeric",
        ),
        mandatory=False,
    ),
    # CMIFeedback is told apart by type in the standard, but content writes free text: it is kept as it is.
    "cmi.interactions.n.correct_responses.n.pattern": _string("w", mandatory=False),
    "cmi.interactions.n.weighting": Element("w", "real", mandatory=False),
    "cmi.interactions.n.student_response": _string("w", mandatory=False),
    "cmi.interactions.n.result": Element(
        "w", "result", values=("correct", "wrong", "unanticipated", "neutral"), mandatory=False
    ),
    "cmi.interactions.n.latency": Element("w", "interval", mandatory=False),
}

_CHILDREN = {
    "cmi.core": "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,"
    "lesson_mode,exit,session_time",
    "cmi.core.score": "raw,min,max",
    "cmi.objectives": "id,score,status",
    "cmi.objectives.n.score": "raw,min,max",
    "cmi.student_data": "mastery_score,max_time_allowed,time_limit_action",
    "cmi.student_preference": "audio,language,speed,text",
    "cmi.interactions": "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
}

_COLLECTIONS = {
    "cmi.objectives": Collection(0, 2_000),
    "cmi.interactions": Collection(0, 10_000),
    "cmi.interactions.n.objectives": Collection(0, 1_000),
    "cmi.interactions.n.correct_responses": Collection(0, 100),
}


def build() -> DataModelTable:
    """The table of SCORM 1.2."""
    return DataModelTable(
        standard="1.2",
        edition="1.2",
        elements={**_CORE, **_OPTIONAL},
        collections=_COLLECTIONS,
        children=_CHILDREN,
        codes=CODES_12,
        strings=STRINGS_12,
        formats=FORMATS_12,
        words=WORDS_12,
        foreign=FOREIGN_12,
    )
