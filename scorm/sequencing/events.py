"""The events that move the state of a walk, as they are kept in its request log."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from scorm.sequencing.navigation import NavigationRequest, RequestKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorm.sequencing.session import Step

LONGEST_TRACE = 100  # decisions kept of one step; a walk over a thousand skipped activities has a thousand


class EventKind(StrEnum):
    """What can move the state of a walk."""

    END = "end"  # content has ended or was left: its document goes into tracking
    AMEND = "amend"  # content that runs no more had still to say something
    NAVIGATE = "navigate"


@dataclass(frozen=True, slots=True)
class Event:
    """One event at a time (ISO 8601, UTC, seconds).

    `activity` and `document` (only what tracking reads of it) belong to the ends and amendments, `suspended` to an
    end, `request` to a navigation. `opens`: the session was loaded from its stored states right before, with the
    system-wide `objectives` when others than the last event left.
    """

    kind: EventKind
    at: str
    activity: str = ""
    document: Mapping[str, str] | None = None
    suspended: bool = False
    request: NavigationRequest | None = None
    opens: bool = False
    objectives: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what is to be kept, without defaults."""
        request = None if self.request is None else [self.request.kind.value, self.request.target]
        data = {
            "kind": self.kind.value,
            "at": self.at,
            "activity": self.activity,
            "document": None if self.document is None else dict(self.document),
            "suspended": self.suspended,
            "request": request,
            "opens": self.opens,
            "objectives": None if self.objectives is None else dict(self.objectives),
        }
        return {name: value for name, value in data.items() if value not in (None, "", False)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Event:
        """Return what `to_json` wrote."""
        request = data.get("request")
        return cls(
            kind=EventKind(data["kind"]),
            at=data["at"],
            activity=data.get("activity", ""),
            document=data.get("document"),
            suspended=data.get("suspended", False),
            request=None if request is None else NavigationRequest(RequestKind(request[0]), request[1]),
            opens=data.get("opens", False),
            objectives=data.get("objectives"),
        )


@dataclass(frozen=True, slots=True)
class Happening:
    """An event and, of a navigation, the step it led to."""

    event: Event
    step: Step | None = None


def result_of(step: Step) -> dict[str, Any]:
    """Return what is to be kept of a step: where it led and the decisions on the way, without defaults."""
    data: dict[str, Any] = {
        "delivered": step.delivered,
        "ended": step.ended,
        "exception": step.exception,
        "resumes": step.resumes,
        "trace": [entry.to_json() for entry in step.trace[-LONGEST_TRACE:]],
        "left_out": max(0, len(step.trace) - LONGEST_TRACE),
    }
    return {name: value for name, value in data.items() if value}
