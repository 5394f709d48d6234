"""Taking commits: one transaction stores state, outcome and usage before the page is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from elearn.clock import now
from elearn.models.learning import Attempt, AttemptStatus, Phase
from elearn.models.play_log import Asker
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.lti import outbox
from elearn.services.player import lease
from elearn.services.player.course import load_course, manifest_of, store_course
from elearn.services.player.delivery import activity_state
from elearn.services.player.outcomes import follow_content, late_merge, raise_summary
from elearn.services.player.time import credited_time
from elearn.services.player.view import contents_of, summary_of, valid_requests_of
from scorm.standards import standard_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from elearn.models.learning import ActivityState, PlaySession
    from elearn.services.player.course import Course
    from scorm.standards import Standard

LARGEST_NUMBER = 2**31 - 1
# Messages may get lost, so numbers may be left out, but not so many that the page could not have sent them.
LARGEST_GAP = 10_000
ELEMENTS_PER_COMMIT = 20_000
# Only these can move what may be chosen next; other commits need not load the course at all.
STATUS_ELEMENTS = ("status", "score", "progress_measure", "objectives", "satisfied")


@dataclass(frozen=True, slots=True)
class Commit:
    """One message of a player page: everything the server has not acknowledged yet, in the order it was set.

    `number` rises with every message of the page; `launch` tells which of its launches it belongs to (0: none yet);
    `final` says that the content has ended its session, `leave` that the page itself goes away.
    """

    number: int
    launch: int
    delta: Mapping[str, object]
    final: bool = False
    leave: bool = False

    @classmethod
    def from_json(cls, body: object) -> Commit:
        """Read a message.

        Raises:
            ServiceError: it is not of the described form (`commit_malformed`).
        """
        if not isinstance(body, dict):
            raise ServiceError("commit_malformed", field="body")
        number, launch = body.get("number"), body.get("launch")
        delta = body.get("delta", {})
        for field, value, least in (("number", number, 1), ("launch", launch, 0)):
            if type(value) is not int or not least <= value <= LARGEST_NUMBER:
                raise ServiceError("commit_malformed", field=field)
        if not isinstance(delta, dict) or len(delta) > ELEMENTS_PER_COMMIT:
            raise ServiceError("commit_malformed", field="delta")
        marks = {field: body.get(field, False) for field in ("final", "leave")}
        for field, mark in marks.items():
            if not isinstance(mark, bool):
                raise ServiceError("commit_malformed", field=field)
        return cls(number, launch, delta, **marks)


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
    in it. Storing a delta twice gives the same. It holds all that was not acknowledged when it was written, so an
    older message that is still on its way is a repeat. Nor does it extend the lease: its page may be gone. The last
    message of a page gives the lease up, also when its contents have come before.

    Raises:
        ConflictError: the launch has ended or never was (`launch_ended`), the attempt has (`attempt_ended`), or
            the number is far ahead of the last one (`number_ahead`).
    """
    if commit.leave:
        lease.release(play)
    if commit.number <= play.last_number:
        return Receipt(play.last_number, {}, summary_of(play.attempt), repeated=True)
    check_number(play, commit)
    older = max(play.last_number, commit.number - 1)
    receipt = _take(session, play, commit) if lease.holds(play) else _take_late(session, play, commit)
    if journalled:
        play.last_number = older
    else:
        lease.extend(play)
    session.flush()
    return receipt


def check_number(play: PlaySession, commit: Commit) -> None:
    """Refuse a number that no page can have reached.

    Raises:
        ConflictError: it is too far ahead (`number_ahead`).
    """
    if commit.number > play.last_number + LARGEST_GAP:
        raise ConflictError("number_ahead", number=commit.number, last=play.last_number)


def _take(session: Session, play: PlaySession, commit: Commit) -> Receipt:
    _check_launch(session, play, commit)
    state, rejected = store_delta(session, play, commit)
    if not moves_status(commit):
        return Receipt(commit.number, rejected, summary_of(play.attempt))
    course = load_course(session, play.attempt)
    completed = progress(course, state)
    outbox.follow(session, play.attempt)
    valid = valid_requests_of(course)
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
    standard = standard_of(manifest_of(session, play.attempt.registration.version).edition)
    state = activity_state(session, play.attempt, play.activity or "")
    state.document, rejected = standard.commit(state.document, commit.delta)
    state.changed_at = play.attempt.changed_at = now()
    credited = credited_time(standard, state.document, play.launched_at or play.created_at, play.credited)
    play.attempt.time_seconds += credited - play.credited
    play.credited = credited
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
    document = _as_closed(course.standard, state)
    if is_silent(course, state):
        document = {**document, **course.standard.completed}
    course.sequencing.record_progress(document)
    return follow_content(course, course.standard.outcome(document))


def is_silent(course: Course, state: ActivityState) -> bool:
    """Whether an activity shows something that never speaks: a picture, a film, or a place with nothing in it.

    Packages also call content an asset that does speak; what it says counts.
    """
    return course.is_asset(course.items[state.activity]) and course.standard.statuses.isdisjoint(state.document)


def moves_status(commit: Commit) -> bool:
    """Whether a commit may change statuses, scores, or what may be chosen next."""
    return commit.final or any(_is_status(element) for element in commit.delta)


def _is_status(element: str) -> bool:
    return not element.startswith("cmi.interactions.") and any(part in element for part in STATUS_ELEMENTS)


def _as_closed(standard: Standard, state: ActivityState) -> dict[str, str]:
    """The document as the end of its session would leave it, when the content has said goodbye."""
    return standard.close(state.document) if state.phase is Phase.TERMINATED else state.document


def _take_late(session: Session, play: PlaySession, commit: Commit) -> Receipt:
    """A commit of a page that another one has succeeded: it may only raise completion, success and score."""
    if play.activity is None or commit.launch != play.launched:
        raise ConflictError("launch_ended")
    course = load_course(session, play.attempt)
    state = activity_state(session, play.attempt, play.activity)
    merged, rejected = late_merge(course.standard, state.document, commit.delta)
    completed = False
    if merged != state.document:
        state.document = merged
        state.changed_at = now()
        completed = _raise_tracking(session, course, state)
        outbox.follow(session, play.attempt)
    play.last_number = commit.number
    return Receipt(commit.number, rejected, summary_of(play.attempt), late=True, completed=completed)


def _raise_tracking(session: Session, course: Course, state: ActivityState) -> bool:
    """Let tracking and summary learn what came late; returns whether it completed the attempt."""
    identifier = course.items[state.activity].identifier
    if state.phase is not Phase.IDLE and course.sequencing.current == identifier:
        return progress(course, state)
    is_newest = _is_newest(session, course.attempt)
    if is_newest:
        course.sequencing.amend(identifier, state.document)
        store_course(session, course, Asker.CONTENT)
    if len(course.leaves) == 1:
        return raise_summary(course.attempt, course.standard.outcome(state.document))
    return is_newest and raise_summary(course.attempt, course.sequencing.rolled_up())


def _is_newest(session: Session, attempt: Attempt) -> bool:
    """Whether no later attempt has gone on with the tracking of the registration."""
    later = select(Attempt.id).where(
        Attempt.registration_id == attempt.registration_id, Attempt.number > attempt.number
    )
    return session.scalar(later.limit(1)) is None
