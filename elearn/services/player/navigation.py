"""Walking the tree: opening a page, navigation requests, the end of an attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elearn.clock import now
from elearn.models.learning import AttemptStatus, Phase
from elearn.models.play_log import Asker
from elearn.services.errors import ConflictError
from elearn.services.lti import outbox
from elearn.services.player import lease
from elearn.services.player.commits import Commit, check_number, is_silent, progress, store_delta
from elearn.services.player.course import Course, end_attempt, load_course, store_course
from elearn.services.player.delivery import activity_state, begin, repeat
from elearn.services.player.keys import row_key
from elearn.services.player.outcomes import follow_walk
from elearn.services.player.shared_data import keep_shared_data
from elearn.services.player.view import View, view_of
from scorm.sequencing import NavigationRequest, RequestKind, content_request

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.learning import Attempt, PlaySession
    from scorm.sequencing import Step


def open_page(session: Session, play: PlaySession, *, take_over: bool = False, part: str = "") -> View:
    """Begin or resume the attempt in a page that has just opened, if it gets the writer lease.

    A new attempt begins at the `part` (the identifier of an item) where the course lets learners choose it.

    Raises:
        ConflictError: the attempt has ended; a new launch begins the next one.
    """
    if play.attempt.status is AttemptStatus.ENDED:
        raise ConflictError("attempt_ended")
    course = load_course(session, play.attempt)
    wrote_last = lease.holds(play)
    if not lease.acquire(session, play, take_over=take_over):
        return view_of(course, lease=False)
    if wrote_last and play.launched > play.closed:
        return view_of(course, repeat(session, play, course))
    play.closed = play.launched  # whatever this page still shows, another one has gone on with it
    completed = _leave_to_resume(session, play, course)
    step = _enter(play.attempt, course, part)
    return _after(session, play, course, step, Asker.SYSTEM, completed=completed)


def _leave_to_resume(session: Session, play: PlaySession, course: Course) -> bool:
    """Close what ran in a page that has gone away, as if the learner had suspended everything."""
    if play.attempt.status is not AttemptStatus.OPEN or course.sequencing.current is None:
        return False
    completed = close_activity(session, play, course, suspended=True)
    course.sequencing.navigate(NavigationRequest(RequestKind.SUSPEND_ALL))
    return completed


def _enter(attempt: Attempt, course: Course, part: str) -> Step:
    """Start a new attempt, or take up the one that was suspended."""
    if attempt.sequencing is None:
        is_part = any(leaf.identifier == part for leaf in course.leaves)
        if is_part and course.sequencing.valid_requests()["choice"].get(part):
            return course.sequencing.navigate(NavigationRequest(RequestKind.CHOICE, part))
        step = course.sequencing.navigate(NavigationRequest(RequestKind.START))
        return step if step.delivered or step.ended else _choose_only_part(course, step)
    attempt.status = AttemptStatus.OPEN
    if not course.sequencing.is_suspended:
        return course.sequencing.stay()
    return course.sequencing.navigate(NavigationRequest(RequestKind.RESUME_ALL))


def _choose_only_part(course: Course, step: Step) -> Step:
    """Choose for the learner where there is no choice: most tools leave flow out of a lesson of one part."""
    if len(course.leaves) != 1 or not course.sequencing.valid_requests()["choice"][course.leaves[0].identifier]:
        return step
    return course.sequencing.navigate(NavigationRequest(RequestKind.CHOICE, course.leaves[0].identifier))


def navigate(session: Session, play: PlaySession, commit: Commit, request: NavigationRequest | None) -> View:
    """Take the last commit of the running content and perform a navigation request (None: the content's own).

    Returns the view afterwards; a repeat of the message is answered with the view as it stands. A page that goes
    away gives its lease up, whatever comes next in the course.

    Raises:
        ConflictError: another page writes this attempt (`lease_lost`), it has ended (`attempt_ended`), the launch
            is not the page's newest (`launch_ended`), or the number is far ahead of the last one (`number_ahead`).
    """
    if not lease.holds(play):
        raise ConflictError("lease_lost")
    if commit.leave:
        lease.release(play)
    if commit.number <= play.last_number:
        course = load_course(session, play.attempt)
        return view_of(course, repeat(session, play, course))
    check_number(play, commit)
    if play.attempt.status is not AttemptStatus.OPEN:
        raise ConflictError("attempt_ended")
    lease.extend(play)
    _take_last_commit(session, play, commit)
    course = load_course(session, play.attempt)
    asker = Asker.CONTENT if request is None else Asker.LEARNER
    request = request or _content_request(session, play, course)
    if request is None:
        return view_of(course)
    completed = close_activity(session, play, course, suspended=request.kind is RequestKind.SUSPEND_ALL)
    return _after(session, play, course, course.sequencing.navigate(request), asker, completed=completed)


def _take_last_commit(session: Session, play: PlaySession, commit: Commit) -> None:
    if commit.launch != play.launched:
        raise ConflictError("launch_ended")
    if play.launched > play.closed or (commit.delta and _has_late_words(session, play)):
        store_delta(session, play, commit)
    else:
        play.last_number = commit.number


def _has_late_words(session: Session, play: PlaySession) -> bool:
    """Whether content that has said goodbye may still add something: its data have not been handed to tracking."""
    if play.activity is None:
        return False
    return activity_state(session, play.attempt, play.activity).phase is Phase.TERMINATED


def _content_request(session: Session, play: PlaySession, course: Course) -> NavigationRequest | None:
    """What the content asks for.

    Tools that publish one SCO leave it with `exitAll` and `cmi.exit` = suspend, also when its page is only reloaded.
    Taken by the letter the next launch would begin anew and the learner's place be lost; with one part there is
    nothing else that `exitAll` could be meant to end, so the attempt is suspended.
    """
    if course.sequencing.current is None:
        return None
    document = activity_state(session, play.attempt, course.sequencing.current).document
    request = content_request(document)
    leaves_all = request is not None and request.kind is RequestKind.EXIT_ALL
    if leaves_all and len(course.leaves) == 1 and document.get("cmi.exit") == "suspend":
        return NavigationRequest(RequestKind.SUSPEND_ALL)
    return request


def close_activity(session: Session, play: PlaySession, course: Course, *, suspended: bool) -> bool:
    """End the run-time session of the current activity and hand its data to tracking (SN UP.4, RTE 2.1.1)."""
    current = course.sequencing.current
    if current is None:
        return False
    state = activity_state(session, play.attempt, current)
    if state.phase is Phase.IDLE:
        return False
    if is_silent(course, state):
        state.phase = Phase.TERMINATED
    completed = progress(course, state)
    raw = state.document
    terminated = state.phase is Phase.TERMINATED
    state.document = course.standard.close(raw, terminated=terminated, suspended=suspended)
    state.phase = Phase.IDLE
    state.changed_at = now()
    play.closed = play.launched
    keep_shared_data(session, course, course.items[row_key(current)], raw)
    course.sequencing.end_activity({**raw, **state.document}, suspended=suspended)
    return completed


def _after(session: Session, play: PlaySession, course: Course, step: Step, asker: Asker, *, completed: bool) -> View:
    """Follow a step: deliver what it names, or end the attempt; then store the walk."""
    delivery = None
    completed = follow_walk(course) or completed
    if step.ended:
        end_attempt(play.attempt, suspended=course.sequencing.is_suspended)
        lease.release(play)
        play.activity = None
    elif step.delivered is not None:
        delivery = begin(session, play, course, step.delivered, resumes=step.resumes)
    store_course(session, course, asker)
    session.flush()
    outbox.follow(session, play.attempt)
    return view_of(course, delivery, exception=step.exception, completed=completed)
