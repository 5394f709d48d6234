"""The request log of an attempt: every event of sequencing, written in the transaction of its effect."""

from __future__ import annotations

from dataclasses import replace as changed
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from elearn.models.play_log import Walk, WalkEvent
from elearn.services.player.keys import SHARED
from scorm.sequencing.events import Event, result_of
from scorm.sequencing.replay import States, replay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy.orm import Session

    from elearn.models.learning import Attempt
    from elearn.models.play_log import Asker
    from elearn.services.player.course import Course
    from scorm.sequencing.replay import Replayed

# Events one attempt keeps; with the next one the log begins anew from the states of that moment.
LONGEST_LOG = 1000


def write_log(session: Session, course: Course, asker: Asker) -> None:
    """Append what has happened since the course was loaded; the rows still hold the states of before."""
    happened = course.sequencing.take_happened()
    if not happened:
        return
    walk = _walk(session, course, len(happened))
    events = [each.event for each in happened]
    if course.objectives is not None and course.objectives != walk.objectives:
        events[0] = changed(events[0], objectives=course.objectives)
    rows = [
        {
            "attempt_id": walk.attempt_id,
            "number": walk.last + place,
            "at": datetime.fromisoformat(event.at),
            "asker": asker,
            "event": event.to_json(),
            "result": None if each.step is None else result_of(each.step),
        }
        for place, (event, each) in enumerate(zip(events, happened, strict=True), start=1)
    ]
    session.execute(insert(WalkEvent), rows)
    walk.last += len(rows)
    if course.objectives is not None:
        walk.objectives = course.own_objectives(course.sequencing.state()[2])


def _walk(session: Session, course: Course, more: int) -> Walk:
    """The log of the attempt with room for more events."""
    attempt = course.attempt
    walk = session.get(Walk, attempt.id)
    if walk is None:
        walk = Walk(attempt_id=attempt.id, seed=attempt.registration_id, start={}, first=1, last=0)
        _begin(walk, course)
        session.add(walk)
    elif walk.last - walk.first + 1 + more > LONGEST_LOG:
        session.execute(delete(WalkEvent).where(WalkEvent.attempt_id == attempt.id))
        _begin(walk, course)
    session.flush()
    return walk


def _begin(walk: Walk, course: Course) -> None:
    walk.first = walk.last + 1
    walk.objectives = course.objectives
    walk.start = {
        "registration": course.attempt.registration.tracking,
        "attempt": stored_position(course.attempt),
        "objectives": course.objectives,
    }


def stored_position(attempt: Attempt) -> dict[str, Any] | None:
    """What the sequencer keeps with an attempt, without the buckets of shared data beside it."""
    if attempt.sequencing is None:
        return None
    return {name: value for name, value in attempt.sequencing.items() if name != SHARED}


def events_of(session: Session, attempt: Attempt) -> list[WalkEvent]:
    """The events that are kept of an attempt, in their order."""
    query = select(WalkEvent).where(WalkEvent.attempt_id == attempt.id).order_by(WalkEvent.number)
    return list(session.scalars(query))


def replay_log(course: Course, walk: Walk, rows: list[WalkEvent]) -> Iterator[Replayed]:
    """Walk again what the log has kept."""
    start: Mapping[str, Any] = walk.start
    states = States(start["registration"], start["attempt"], start["objectives"])
    events = [Event.from_json(row.event) for row in rows]
    return replay(course.organization, course.manifest.edition, walk.seed, states, events)
