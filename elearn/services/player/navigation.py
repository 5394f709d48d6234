"""Walking the tree: opening a page, navigation requests, the end of an attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.clock import now
from elearn.models.learning import AttemptStatus, Phase
from elearn.services.errors import ConflictError
from elearn.services.player import lease
from elearn.services.player.commits import Commit, progress, store_delta
from elearn.services.player.course import Course, end_attempt, load_course, store_course
from elearn.services.player.delivery import activity_state, begin, repeat
from elearn.services.player.view import View, view_of
from scorm.runtime import close_session
from scorm.sequencing import NavigationRequest, RequestKind, content_request

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.learning import PlaySession
    from scorm.sequencing import Step


def open_page(session: Session, play: PlaySession, *, take_over: bool = False) -> View:
    """Begin or resume the attempt in a page that has just opened, if it gets the writer lease.

    Raises:
        ConflictError: the attempt has ended; a new launch begins the next one.
    """
    course = load_course(session, play.attempt)
    if play.attempt.status is AttemptStatus.ENDED:
        raise ConflictError("attempt_ended")
    if not lease.acquire(session, play, take_over=take_over):
        return view_of(course, lease=False)
    if play.launched > play.closed:
        return view_of(course, repeat(session, play, course))
    step = _enter(session, play, course)
    return _after(session, play, course, step)


def _enter(session: Session, play: PlaySession, course: Course) -> Step:
    """Start a new attempt, or take up the one that was suspended or whose page has gone away."""
    attempt = play.attempt
    if attempt.sequencing is None:
        return course.sequencing.navigate(NavigationRequest(RequestKind.START))
    if attempt.status is AttemptStatus.OPEN:
        if course.sequencing.current is None:
            return course.sequencing.stay()
        close_activity(session, play, course, suspended=True)
        course.sequencing.navigate(NavigationRequest(RequestKind.SUSPEND_ALL))
    attempt.status = AttemptStatus.OPEN
    return course.sequencing.navigate(NavigationRequest(RequestKind.RESUME_ALL))


def navigate(
    session: Session, play: PlaySession, commit: Commit, request: NavigationRequest | None
) -> tuple[View, bool]:
    """Take the last commit of the running content and perform a navigation request (None: the content's own).

    Returns the view afterwards and whether this completed the attempt. A repeat of the message is answered with
    the view as it stands.

    Raises:
        ConflictError: another page writes this attempt (`lease_lost`), or it has ended (`attempt_ended`).
    """
    if not lease.holds(play):
        raise ConflictError("lease_lost")
    course = load_course(session, play.attempt)
    if commit.number <= play.last_number:
        return view_of(course, repeat(session, play, course)), False
    if play.attempt.status is not AttemptStatus.OPEN:
        raise ConflictError("attempt_ended")
    lease.extend(play)
    _take_last_commit(session, play, commit)
    request = request or _content_request(session, play, course)
    if request is None:
        return view_of(course, repeat(session, play, course)), False
    completed = close_activity(session, play, course, suspended=request.kind is RequestKind.SUSPEND_ALL)
    step = course.sequencing.navigate(request)
    return _after(session, play, course, step), completed


def _take_last_commit(session: Session, play: PlaySession, commit: Commit) -> None:
    running = play.launched > play.closed and commit.launch == play.launched
    if running:
        store_delta(session, play, commit)
    else:
        play.last_number = commit.number


def _content_request(session: Session, play: PlaySession, course: Course) -> NavigationRequest | None:
    if course.sequencing.current is None:
        return None
    return content_request(activity_state(session, play.attempt, course.sequencing.current).document)


def close_activity(session: Session, play: PlaySession, course: Course, *, suspended: bool) -> bool:
    """End the run-time session of the current activity and hand its data to tracking (SN UP.4, RTE 2.1.1)."""
    current = course.sequencing.current
    if current is None:
        return False
    state = activity_state(session, play.attempt, current)
    if state.phase is Phase.IDLE:
        return False
    completed = progress(course, state)
    raw = state.document
    terminated = state.phase is Phase.TERMINATED
    state.document = close_session(course.table, raw, terminated=terminated, suspended=suspended)
    state.phase = Phase.IDLE
    state.changed_at = now()
    play.closed = play.launched
    course.sequencing.end_activity({**raw, **state.document}, suspended=suspended)
    return completed


def _after(session: Session, play: PlaySession, course: Course, step: Step) -> View:
    """Follow a step: deliver what it names, or end the attempt; then store the walk."""
    delivery = None
    if step.ended:
        end_attempt(play.attempt, suspended=course.sequencing.is_suspended)
        lease.release(play)
        play.activity = None
    elif step.delivered is not None:
        delivery = begin(session, play, course, step.delivered, resumes=step.resumes)
    store_course(session, course)
    session.flush()
    return view_of(course, delivery, exception=step.exception)
