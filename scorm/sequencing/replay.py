"""A walk again from its request log: the same states, whatever the day (SN 4.2, OP.1).

Chance comes from the seed and time from the events, so a log and the states before it decide all that follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scorm.sequencing.events import EventKind
from scorm.sequencing.session import SequencingSession

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorm.manifest.model import Edition, Organization
    from scorm.sequencing.events import Event
    from scorm.sequencing.session import Step


@dataclass(frozen=True, slots=True)
class States:
    """What `SequencingSession.state()` returns, by name; None before the first attempt."""

    registration: Mapping[str, Any] | None = None
    attempt: Mapping[str, Any] | None = None
    objectives: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """The session after an event, and the step the event has led to this time."""

    event: Event
    step: Step | None
    session: SequencingSession


def replay(
    organization: Organization, edition: Edition, seed: int, start: States, events: Iterable[Event]
) -> Iterator[Replayed]:
    """Walk again from the states before the first event; the sessions are loaded where they were then."""
    states, session, clock = start, None, _Clock()
    for event in events:
        if session is None or event.opens:
            if session is not None:
                states = States(*session.state())
            session = SequencingSession(
                organization,
                edition,
                registration_state=states.registration,
                attempt_state=states.attempt,
                global_objectives=states.objectives if event.objectives is None else event.objectives,
                clock=clock,
                seed=seed,
            )
        clock.moment = datetime.fromisoformat(event.at)
        yield Replayed(event, _perform(session, event), session)


class _Clock:
    """Shows the time of the event in work."""

    moment = datetime(1970, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment


def _perform(session: SequencingSession, event: Event) -> Step | None:
    match event.kind:
        case EventKind.END:
            session.end_activity(event.document or {}, suspended=event.suspended)
        case EventKind.AMEND:
            session.amend(event.activity, event.document or {})
        case EventKind.NAVIGATE if event.request is not None:
            return session.navigate(event.request)
    return None
