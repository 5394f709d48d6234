"""What a player page shows after every step: the delivery, the table of contents, the valid requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from elearn.models.learning import AttemptStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.models.learning import Attempt
    from elearn.services.player.course import Course
    from elearn.services.player.delivery import Delivery
    from scorm.manifest.model import Item

SHOWN = ("title", "depth", "visible", "selectable", "current", "completion", "success")


@dataclass(frozen=True, slots=True)
class View:
    """The answer to a launch, a navigation or a taken lease.

    `running`: content that was delivered before stays on the stage. `completed`: this step completed the attempt.
    """

    toc: list[dict[str, Any]]
    valid: dict[str, Any]
    delivery: Delivery | None
    ended: bool
    summary: dict[str, Any]
    exception: str | None = None
    lease: bool = True
    running: bool = False
    completed: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The JSON form for the player page."""
        return {
            "toc": self.toc,
            "valid": self.valid,
            "delivery": self.delivery.as_dict() if self.delivery else None,
            "ended": self.ended,
            "summary": self.summary,
            "exception": self.exception,
            "lease": self.lease,
            "running": self.running,
        }


def view_of(
    course: Course,
    delivery: Delivery | None = None,
    *,
    exception: str | None = None,
    lease: bool = True,
    completed: bool = False,
) -> View:
    """The view of a course as it stands."""
    valid = valid_requests_of(course)
    return View(
        toc=contents_of(course, valid),
        valid=valid,
        delivery=delivery,
        ended=course.attempt.status is not AttemptStatus.OPEN,
        summary=summary_of(course.attempt),
        exception=exception,
        lease=lease,
        running=course.sequencing.is_running,
        completed=completed,
    )


def valid_requests_of(course: Course) -> dict[str, Any]:
    """What may be requested now, and the devices that are not to be shown (`hidden`)."""
    valid = course.sequencing.valid_requests()
    if course.standard.walks or len(course.leaves) > 1:
        return valid
    # SCORM 1.2 has no hideLMSUI; a course of one SCO leads nowhere, and its pages have devices of their own. In SCORM
    # 2004 only the manifest hides a device (SN 5.2); the page calls it by what it does there.
    return valid | {"hidden": sorted({*valid["hidden"], "continue", "previous"})}


def contents_of(course: Course, valid: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The table of contents in reading order, one flat entry per activity, the root first.

    Activities that selection has left out stand at the end, hidden: the page keeps an entry for each.
    """
    found: list[dict[str, Any]] = []

    def add(entry: Mapping[str, Any]) -> None:
        found.append({name: entry[name] for name in SHOWN} | {"id": entry["identifier"]})
        for child in entry["children"]:
            add(child)

    for root in course.sequencing.toc(valid):
        add(root)
    shown = {entry["id"] for entry in found}
    left_out = (item for item in course.items.values() if item.identifier not in shown)
    return found + [_hidden(item) for item in left_out]


def _hidden(item: Item) -> dict[str, Any]:
    return {
        "id": item.identifier,
        "title": item.title,
        "depth": 1,
        "visible": False,
        "selectable": False,
        "current": False,
        "completion": "unknown",
        "success": "unknown",
    }


def summary_of(attempt: Attempt) -> dict[str, Any]:
    """The result of an attempt as numbers and vocabulary words."""
    return {
        "status": attempt.status,
        "completion": attempt.completion,
        "success": attempt.success,
        "score_scaled": attempt.score_scaled,
        "score_raw": attempt.score_raw,
        "score_max": attempt.score_max,
        "progress": attempt.progress,
        "seconds": attempt.time_seconds,
    }
