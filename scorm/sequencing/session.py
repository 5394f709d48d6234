"""The public face of sequencing: one learner's walk on one activity tree, between two stored states."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from scorm.outcome import Outcome
from scorm.sequencing.contents import status_of, statuses_of, table_of_contents
from scorm.sequencing.events import Event, EventKind, Happening
from scorm.sequencing.navigation import NavigationRequest, RequestKind
from scorm.sequencing.objectives import GlobalObjectives
from scorm.sequencing.overall import begin_session, overall_sequencing_process
from scorm.sequencing.rollup import overall_rollup_process, rollup_set
from scorm.sequencing.runtime_mapping import is_suspended, launch_document, read_by_transfer, transfer
from scorm.sequencing.tracking import Tracking, primary_of
from scorm.sequencing.tree import Activity, ActivityTree, LookAhead, TraceEntry
from scorm.sequencing.valid_requests import ValidRequests, valid_requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scorm.manifest.model import Edition, Organization
    from scorm.sequencing.contents import Entry

_NOT_BEGUN, _OPEN, _SUSPENDED, _ENDED = "new", "open", "suspended", "ended"


@dataclass(frozen=True, slots=True)
class Step:
    """What a navigation request led to.

    `delivered` is the leaf to launch; it `resumes` when its last attempt was suspended, so that its
    document goes on. `ended`: the attempt on the tree is over (or suspended) and the player closes.
    `exception` is a code of the book when the request was refused or led nowhere. `new_tree_attempt`
    says that an attempt on the whole tree began, with which data of that scope is new.
    """

    delivered: str | None = None
    ended: bool = False
    exception: str | None = None
    trace: tuple[TraceEntry, ...] = ()
    resumes: bool = False
    new_tree_attempt: bool = False


class SequencingSession:
    """Sequencing of one attempt on one organization.

    `registration_state` (tracking, which outlives the attempt) and `attempt_state` (where the learner
    stands) are the first two of what `state()` returned last, None at the beginning.
    `global_objectives` are the system-wide ones by identifier; they stay untouched when the organization
    keeps its objectives to itself. `clock` gives an aware time. `seed` decides every random draw of a
    registration that has none yet.
    """

    def __init__(
        self,
        organization: Organization,
        edition: Edition,
        *,
        registration_state: Mapping[str, Any] | None = None,
        attempt_state: Mapping[str, Any] | None = None,
        global_objectives: Mapping[str, Mapping[str, Any]] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        seed: int = 0,
    ) -> None:
        registration, attempt = registration_state or {}, attempt_state or {}
        self._seed: int = registration.get("seed", seed)
        self._time = _EventTime(clock)
        self._is_loaded = True  # and nothing has happened since
        self._happened: list[Happening] = []
        self._system = {name: dict(value) for name, value in (global_objectives or {}).items()}
        shared = self._system if organization.objectives_global_to_system else registration.get("globals")
        self._tree = ActivityTree(
            organization,
            edition,
            global_objectives=GlobalObjectives(shared),
            random_for=partial(_random_for, self._seed),
            now=self._time.text,
        )
        self._load_tracking(registration.get("activities", {}))
        self._status: str = attempt.get("status", _NOT_BEGUN)
        self._forget()
        self._load_attempt(attempt)
        if self._status == _NOT_BEGUN:
            # The learner sees the selected children before anything is delivered.
            begin_session(self._tree)

    @property
    def current(self) -> str | None:
        """The current activity, running or left, or None without a session."""
        return None if self._tree.current is None else self._tree.current.identifier

    @property
    def is_running(self) -> bool:
        """Whether the current activity is active, so that its content is to be shown."""
        return self._tree.current is not None and self._tree.current.tracking.is_active

    @property
    def status(self) -> str:
        """The attempt on the tree: "new", "open", "suspended" (a resumeAll goes on) or "ended"."""
        return self._status

    @property
    def is_suspended(self) -> bool:
        """Whether the attempt on the tree waits to be resumed."""
        return self._status == _SUSPENDED

    def navigate(self, request: NavigationRequest) -> Step:
        """Process a request (OP.1); the document of the running content has been handed in before.

        Never raises: whatever the book refuses is in the step's `exception`.
        """
        event = self._begin(EventKind.NAVIGATE, request=request)
        step = self._navigate(request)
        self._happened.append(Happening(event, step))
        return step

    def _navigate(self, request: NavigationRequest) -> Step:
        tree = self._tree
        if self._is_closed_to(request):
            return Step(ended=True, exception="NB.2.1-2")
        self._forget()
        tree.trace.clear()
        attempts = tree.root.tracking.attempts
        turn = overall_sequencing_process(tree, request)
        if turn.exception is None or not turn.exception.startswith("NB."):
            self._status = _OPEN
        if turn.ended:
            self._status = _ENDED if tree.suspended is None else _SUSPENDED
        return Step(
            delivered=None if turn.delivered is None else turn.delivered.identifier,
            ended=turn.ended,
            exception=turn.exception,
            trace=tuple(tree.trace),
            resumes=turn.resumes,
            new_tree_attempt=tree.root.tracking.attempts > attempts,
        )

    def _forget(self) -> None:
        """Forget what held for the state before: what content has reported, and what has been found out ahead."""
        self._reported: dict[str, str] | None = None
        self._found = LookAhead()

    def _is_closed_to(self, request: NavigationRequest) -> bool:
        """Whether the attempt is over for this request; a suspended one can only be opened again."""
        reopens = request.kind in {RequestKind.START, RequestKind.RESUME_ALL}
        return self._status == _ENDED or (self._status == _SUSPENDED and not reopens)

    def stay(self) -> Step:
        """Return a step that goes nowhere, for a page that opens while nothing is running."""
        return Step(ended=self._status in {_SUSPENDED, _ENDED})

    def end_activity(self, document: Mapping[str, str], *, suspended: bool = False) -> None:
        """Transfer the whole document of the running content into tracking (RTE 4, SN 4.2).

        Its attempt is suspended when `suspended` or its own `cmi.exit` says so. Without running content
        nothing happens.
        """
        self._forget()
        current = self._tree.current
        if current is not None and current.tracking.is_active:
            self._take_in(EventKind.END, current, document, suspended=suspended)
            current.tracking.is_suspended = suspended or is_suspended(document)

    def amend(self, activity: str, document: Mapping[str, str]) -> None:
        """Transfer what content that does not run any more had still to say, and roll it up (RB.1.5).

        Raises:
            KeyError: the organization has no such activity.
        """
        self._forget()
        late = self._tree.by_identifier[activity]
        self._take_in(EventKind.AMEND, late, document)
        overall_rollup_process(self._tree, late)

    def _take_in(
        self, kind: EventKind, activity: Activity, document: Mapping[str, str], *, suspended: bool = False
    ) -> None:
        read = read_by_transfer(activity, document)
        event = self._begin(kind, activity=activity.identifier, document=read, suspended=suspended)
        self._happened.append(Happening(event))
        transfer(self._tree, activity, document)

    def _begin(self, kind: EventKind, **about: Any) -> Event:
        """The event that begins now; until the next one, this is the time of everything."""
        event = Event(kind, self._time.begin(), opens=self._is_loaded, **about)
        self._is_loaded = False
        return event

    def take_happened(self) -> list[Happening]:
        """Return what has happened since the session was loaded or this was last asked, for the request log."""
        happened, self._happened = self._happened, []
        return happened

    def record_progress(self, document: Mapping[str, str]) -> None:
        """Let `toc` and `rolled_up` count the document of the running content; nothing of it is stored."""
        self._reported = dict(document) if self.is_running else None

    def launch_document(self, activity: str) -> dict[str, str]:
        """Return the run-time elements the sequencer contributes to the launch of an activity.

        Raises:
            KeyError: the organization has no such activity.
        """
        return launch_document(self._tree, self._tree.by_identifier[activity])

    def valid_requests(self) -> dict[str, Any]:
        """Return which requests would be accepted now.

        Request names map to bool; "choice" and "jump" to mappings of activity to bool, "hidden" to the
        names that hideLMSUI takes away. What running content has not handed in yet is not foreseen.
        """
        table = valid_requests(self._tree, self._found)
        if self._status not in {_ENDED, _SUSPENDED}:
            return table.to_json()
        nothing = dict.fromkeys(table.choice, False)
        reopens = self._status == _SUSPENDED
        allowed = dict.fromkeys(table.allowed, False) | {"start": reopens, "resumeAll": reopens}
        return ValidRequests(allowed, nothing, dict(nothing)).to_json()

    def toc(self, valid: Mapping[str, Any] | None = None) -> list[Entry]:
        """Return the table of contents: one entry for the root, with its children nested as in `Entry`.

        `valid` is what `valid_requests` returned, if it is at hand.
        """
        choice = (self.valid_requests() if valid is None else valid)["choice"]
        with self._counted():
            statuses = statuses_of(self._tree)
        return [table_of_contents(self._tree, self._found, choice, statuses)]

    def rolled_up(self) -> Outcome:
        """Return the outcome of the whole organization, the running content counted as it is now."""
        with self._counted():
            primary = primary_of(self._tree, self._tree.root)
            completion, success = status_of(primary)
            return Outcome(
                completion=completion,
                success=success,
                score_scaled=primary.measure,
                progress=primary.read("progress"),
            )

    def state(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Return registration state, attempt state and system-wide objectives, all JSON-able and stable."""
        tree = self._tree
        tracking = {activity.key: activity.tracking.to_json() for activity in tree.activities}
        registration: dict[str, Any] = {
            "seed": self._seed,
            "activities": {key: value for key, value in tracking.items() if value},
        }
        system = self._system
        if tree.objectives_global_to_system:
            system = tree.global_objectives.to_json()
        else:
            registration["globals"] = tree.global_objectives.to_json()
        return registration, self._attempt_state(), {name: dict(value) for name, value in system.items()}

    def _attempt_state(self) -> dict[str, Any]:
        tree = self._tree
        data = {
            "status": self._status,
            "current": None if tree.current is None else tree.current.key,
            "suspended": None if tree.suspended is None else tree.suspended.key,
            "active": [activity.key for activity in tree.activities if activity.tracking.is_active],
        }
        return {name: value for name, value in data.items() if value}

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Let the tree count what the running content has reported until the end of the block."""
        current = self._tree.current
        if self._reported is None or current is None:
            yield
            return
        with self._tree.supposing(current, *rollup_set(self._tree, current)):
            transfer(self._tree, current, self._reported)
            overall_rollup_process(self._tree, current)
            yield

    def _load_tracking(self, stored: Mapping[str, Any]) -> None:
        for activity in self._tree.activities:
            if activity.key in stored:
                activity.tracking = Tracking.from_json(stored[activity.key])
                by_key = {child.key: child for child in activity.children}
                if activity.tracking.order is not None:
                    activity.set_available([by_key[key] for key in activity.tracking.order if key in by_key])

    def _load_attempt(self, attempt: Mapping[str, Any]) -> None:
        by_key = {activity.key: activity for activity in self._tree.activities}
        self._tree.current = by_key.get(attempt.get("current", ""))
        self._tree.suspended = by_key.get(attempt.get("suspended", ""))
        for key in attempt.get("active", ()):
            if key in by_key:
                by_key[key].tracking.is_active = True


def without_suspended(registration_state: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return a registration state in which no attempt waits to be resumed, for a learner who begins anew."""
    if registration_state is None:
        return None
    activities = {
        key: {name: value for name, value in tracking.items() if name != "suspended"}
        for key, tracking in registration_state["activities"].items()
    }
    return {**registration_state, "activities": activities}


# What the tree is given refers to no session, so that a session and its tree go as soon as nobody needs them.


def _random_for(seed: int, activity: Activity) -> Random:
    activity.tracking.draws += 1
    return Random(f"{seed}/{activity.key}/{activity.tracking.draws}")  # noqa: S311 - no secret


class _EventTime:
    """The time of everything that belongs to one event; before the first one, the time of day."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._moment: datetime | None = None

    def begin(self) -> str:
        """Let an event begin now and return its time."""
        self._moment = self._clock().astimezone(UTC).replace(microsecond=0)
        return self.text()

    def text(self) -> str:
        """Return the time in ISO 8601, to the second."""
        moment = self._moment or self._clock().astimezone(UTC)
        return moment.isoformat(timespec="seconds")
