"""Taking commits: one transaction stores state, outcome and usage before the page is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from elearn.clock import now
from elearn.models.learning import AttemptStatus, Phase
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.player import lease
from elearn.services.player.course import load_course, manifest_of
from elearn.services.player.delivery import activity_state
from elearn.services.player.outcomes import late_merge, summarise
from elearn.services.player.view import contents_of, summary_of
from scorm.datamodel import table_for
from scorm.outcome import outcome
from scorm.runtime import apply_commit, close_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.models.learning import ActivityState, PlaySession
    from elearn.services.player.course import Course
    from scorm.datamodel import DataModelTable

LARGEST_NUMBER = 2**31 - 1
ELEMENTS_PER_COMMIT = 20_000
# Only these can move what may be chosen next; other commits need not load the course at all.
STATUS_ELEMENTS = ("status", "score", "progress_measure", "objectives", "satisfied")


@dataclass(frozen=True, slots=True)
class Commit:
    """One message of a player page: everything the server has not acknowledged yet, in the order it was set.

    `number` rises with every message of the page; `launch` tells which of its launches it belongs to;
    `final` says that the content has ended its session.
    """

    number: int
    launch: int
    delta: Mapping[str, object]
    final: bool = False

    @classmethod
    def from_json(cls, body: object) -> Commit:
        """Read a message.

        Raises:
            ServiceError: it is not of the described form (`commit_malformed`).
        """
        if not isinstance(body, dict):
            raise ServiceError("commit_malformed", field="body")
        number, launch = body.get("number"), body.get("launch")
        delta, final = body.get("delta", {}), body.get("final", False)
        for field, value in (("number", number), ("launch", launch)):
            if type(value) is not int or not 1 <= value <= LARGEST_NUMBER:
                raise ServiceError("commit_malformed", field=field)
        if not isinstance(delta, dict) or len(delta) > ELEMENTS_PER_COMMIT:
            raise ServiceError("commit_malformed", field="delta")
        if not isinstance(final, bool):
            raise ServiceError("commit_malformed", field="final")
        return cls(number, launch, delta, final)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a commit: stored for good. `rejected` maps refused elements to their error codes."""

    number: int
    rejected: Mapping[str, str]
    summary: Mapping[str, Any]
    repeated: bool = False
    late: bool = False
    toc: list[dict[str, Any]] | None = None
    valid: dict[str, Any] | None = None
    completed: bool = False  # this commit completed the attempt

    def as_dict(self) -> dict[str, Any]:
        """The JSON form; `toc` and `valid` are there only when they may have changed."""
        told = {"number": self.number, "rejected": dict(self.rejected), "summary": dict(self.summary)}
        told |= {"repeated": self.repeated, "late": self.late}
        if self.toc is not None:
            told |= {"toc": self.toc, "valid": self.valid}
        return told


def take_commit(session: Session, play: PlaySession, commit: Commit, *, journalled: bool = False) -> Receipt:
    """Store a commit once.

    One from the journal does not use up its number: its page may be alive and send the same number with more
    in it. Storing a delta twice gives the same.

    Raises:
        ConflictError: the launch has ended or never was (`launch_ended`), or the attempt has (`attempt_ended`).
    """
    if commit.number <= play.last_number:
        return Receipt(play.last_number, {}, summary_of(play.attempt), repeated=True)
    if not lease.holds(play):
        return _take_late(session, play, commit)
    _check_launch(session, play, commit)
    number = play.last_number
    state, rejected = store_delta(session, play, commit)
    if journalled:
        play.last_number = number
    lease.extend(play)
    if not _moves_status(commit):
        return Receipt(commit.number, rejected, summary_of(play.attempt))
    course = load_course(session, play.attempt)
    completed = progress(course, state)
    valid = course.sequencing.valid_requests()
    return Receipt(
        commit.number,
        rejected,
        summary_of(play.attempt),
        toc=contents_of(course, valid),
        valid=valid,
        completed=completed,
    )


def _check_launch(session: Session, play: PlaySession, commit: Commit) -> None:
    if play.attempt.status is not AttemptStatus.OPEN:
        raise ConflictError("attempt_ended")
    if commit.launch != play.launched or play.activity is None:
        raise ConflictError("launch_ended")
    if play.closed < commit.launch:
        return
    # The last words of content may come twice: once from the journal, once from the page itself.
    state = activity_state(session, play.attempt, play.activity)
    if not (commit.final and state.phase is Phase.TERMINATED):
        raise ConflictError("launch_ended")


def store_delta(session: Session, play: PlaySession, commit: Commit) -> tuple[ActivityState, dict[str, str]]:
    """Apply the delta of a running launch to its document; returns the state and what was refused."""
    table = table_for(manifest_of(session, play.attempt.registration.version_id).edition)
    state = activity_state(session, play.attempt, play.activity or "")
    before = state.document
    state.document, rejected = apply_commit(table, before, commit.delta)
    state.changed_at = play.attempt.changed_at = now()
    play.attempt.time_seconds += outcome(table, state.document).time_seconds - outcome(table, before).time_seconds
    play.last_number = commit.number
    if commit.final:
        play.closed = commit.launch
        state.phase = Phase.TERMINATED
    session.flush()
    return state, rejected


def progress(course: Course, state: ActivityState) -> bool:
    """Let the summary and the table of contents follow a running activity; returns whether it completed the attempt.

    Tracking itself is written only when the activity ends, so that a commit never rewrites the whole course.
    """
    document = _as_closed(course.table, state)
    course.sequencing.record_progress(document)
    return summarise(course.attempt, outcome(course.table, document), course)


def _moves_status(commit: Commit) -> bool:
    return commit.final or any(part in element for element in commit.delta for part in STATUS_ELEMENTS)


def _as_closed(table: DataModelTable, state: ActivityState) -> dict[str, str]:
    """The document as the end of its session would leave it, when the content has said goodbye."""
    return close_session(table, state.document) if state.phase is Phase.TERMINATED else state.document


def _take_late(session: Session, play: PlaySession, commit: Commit) -> Receipt:
    """A commit of a page that another one has succeeded: it may only raise completion, success and score."""
    if play.activity is None or commit.launch != play.launched:
        raise ConflictError("launch_ended")
    course = load_course(session, play.attempt)
    state = activity_state(session, play.attempt, play.activity)
    state.document, rejected = late_merge(course.table, state.document, commit.delta)
    play.last_number = commit.number
    found = outcome(course.table, state.document)
    completed = len(course.leaves) == 1 and summarise(play.attempt, found, course)
    session.flush()
    return Receipt(commit.number, rejected, summary_of(play.attempt), late=True, completed=completed)
