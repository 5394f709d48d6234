"""The steps of a walk as people read them: who asked for what, where it led and why, and how everything stood then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from elearn.models.play_log import Walk
from elearn.services.player.course import load_course
from elearn.services.player.walk_log import events_of, replay_log
from scorm.sequencing.definition import EXIT_ACTIONS, POST_CONDITION_ACTIONS, Combination, RuleAction
from scorm.sequencing.events import Event, EventKind, result_of
from scorm.sequencing.tree import TraceEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from elearn.models.learning import Attempt
    from elearn.models.play_log import Asker, WalkEvent
    from elearn.services.player.course import Course
    from scorm.manifest.model import Item, Organization
    from scorm.sequencing.contents import Entry
    from scorm.sequencing.definition import RuleCondition, SequencingRule
    from scorm.sequencing.replay import Replayed

STEPS_PER_PAGE = 20
# Events times activities beyond which a page does without the statuses: about a second of replaying.
LARGEST_REPLAY = 100_000
# Every turn begins and ends with these; they decide nothing.
NO_DECISIONS = frozenset({"OP.1", "SB.2.12", "TB.2.3"})
KNOWN = ("cmi.completion_status", "cmi.success_status", "cmi.score.scaled", "cmi.progress_measure",
         "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.exit", "cmi.core.exit")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """A process that decided something about an activity; of a rule also its conditions, and which of them held."""

    process: str
    activity: str
    outcome: str
    conditions: tuple[tuple[RuleCondition, bool], ...] = ()
    is_any: bool = False


@dataclass(frozen=True, slots=True)
class ActivityStatus:
    """How an activity stood after a step."""

    title: str
    depth: int
    completion: str
    success: str
    is_current: bool
    has_changed: bool


@dataclass(frozen=True, slots=True)
class Walked:
    """One event: a navigation with its step, or what content handed in (`reported`) when it ended or later.

    `statuses` is None when they were not worked out. `differs`: this program decides otherwise than the one of then.
    """

    number: int
    at: datetime
    asker: Asker
    kind: EventKind
    request: str
    target: str
    activity: str
    reported: Mapping[str, str]
    delivered: str
    resumes: bool
    has_ended: bool
    exception: str
    decisions: tuple[Decision, ...]
    left_out: int
    statuses: tuple[ActivityStatus, ...] | None
    differs: bool


@dataclass(frozen=True, slots=True)
class WalkPage:
    """A page of steps; `begins_at` is the number of the first event that is still kept."""

    steps: tuple[Walked, ...]
    page: int
    pages: int
    begins_at: int

    @property
    def differs(self) -> bool:
        """Whether a replayed step differs from what happened then."""
        return any(step.differs for step in self.steps)


def walk_page(session: Session, attempt: Attempt, page: int = 1) -> WalkPage:
    """A page of the steps of an attempt; whoever asks has been let in by `look_into`."""
    walk = session.get(Walk, attempt.id)
    if walk is None:
        return WalkPage((), 1, 1, 1)
    rows = events_of(session, attempt)
    pages = max(1, -(-len(rows) // STEPS_PER_PAGE))
    page = min(max(page, 1), pages)
    last = page * STEPS_PER_PAGE
    course = load_course(session, attempt)
    shown = rows[:last]
    activities = 1 + sum(1 for _ in course.organization.walk())
    if len(shown) * activities > LARGEST_REPLAY:
        steps = [_walked(course, row, None, None) for row in shown[last - STEPS_PER_PAGE :]]
    else:
        steps = list(_replayed(course, walk, shown, last - STEPS_PER_PAGE))
    return WalkPage(tuple(steps), page, pages, walk.first)


def _replayed(course: Course, walk: Walk, rows: list[WalkEvent], skipped: int) -> Iterator[Walked]:
    before: dict[str, tuple[str, str]] = {}
    for place, (row, seen) in enumerate(zip(rows, replay_log(course, walk, rows), strict=True)):
        if place < skipped - 1:
            continue
        found = list(_statuses(seen.session.toc()[0], before))
        statuses = tuple(status for _, status in found)
        before = {identifier: (status.completion, status.success) for identifier, status in found}
        if place >= skipped:
            yield _walked(course, row, seen, statuses)


def _statuses(entry: Entry, before: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, ActivityStatus]]:
    identifier, now = entry["identifier"], (entry["completion"], entry["success"])
    has_changed = bool(before) and before.get(identifier) != now
    title = entry["title"] or identifier
    yield identifier, ActivityStatus(title, entry["depth"], *now, entry["current"], has_changed)
    for child in entry["children"]:
        yield from _statuses(child, before)


def _walked(
    course: Course, row: WalkEvent, seen: Replayed | None, statuses: tuple[ActivityStatus, ...] | None
) -> Walked:
    event, result = Event.from_json(row.event), row.result or {}
    kind, target = ("", "") if event.request is None else (event.request.kind.value, event.request.target)
    again = result_of(seen.step) if seen is not None and seen.step is not None else result
    outcome = ("delivered", "ended", "exception")
    return Walked(
        number=row.number,
        at=row.at,
        asker=row.asker,
        kind=event.kind,
        request=kind,
        target=_title(course, target) if target else "",
        activity=_title(course, event.activity) if event.activity else "",
        reported={name: value for name, value in (event.document or {}).items() if name in KNOWN},
        delivered=_title(course, result["delivered"]) if result.get("delivered") else "",
        resumes=result.get("resumes", False),
        has_ended=result.get("ended", False),
        exception=result.get("exception") or "",
        decisions=tuple(_decisions(course, [TraceEntry.from_json(entry) for entry in result.get("trace", ())])),
        left_out=result.get("left_out", 0),
        statuses=statuses,
        differs=any(again.get(name) != result.get(name) for name in outcome),
    )


def _title(course: Course, identifier: str) -> str:
    found = _find(course.organization, identifier)
    return identifier if found is None else found.title or identifier


def _find(organization: Organization, identifier: str) -> Item | Organization | None:
    if organization.identifier == identifier:
        return organization
    return next((item for item in organization.walk() if item.identifier == identifier), None)


def _decisions(course: Course, trace: list[TraceEntry]) -> Iterator[Decision]:
    """What decided, each once when it was found several times in a row."""
    last = None
    for entry in trace:
        if entry.process in NO_DECISIONS or entry == last:
            continue
        last = entry
        rule = _rule(course, entry)
        conditions = (
            () if rule is None else tuple((each, place in entry.held) for place, each in enumerate(rule.conditions))
        )
        is_any = rule is not None and rule.combination is Combination.ANY
        outcome = _title(course, entry.outcome) if entry.process == "SB.2.3" else entry.outcome
        yield Decision(entry.process, _title(course, entry.activity), outcome, conditions, is_any)


def _rule(course: Course, entry: TraceEntry) -> SequencingRule | None:
    """The rule that a decision names, as the course has it."""
    source = _find(course.organization, entry.activity)
    if entry.rule is None or source is None or source.sequencing is None:
        return None
    action, definition = RuleAction(entry.outcome), source.sequencing
    rules = definition.pre_conditions
    if action in EXIT_ACTIONS:
        rules = definition.exit_conditions
    elif action in POST_CONDITION_ACTIONS:
        rules = definition.post_conditions
    return rules[entry.rule] if entry.rule < len(rules) else None
