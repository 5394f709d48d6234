"""Delivering an activity: its launch address and the run-time document its SCO starts with (RTE 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import select

from elearn.clock import now
from elearn.models.learning import ActivityState, Attempt, Phase
from elearn.services.player.keys import row_key
from elearn.services.player.shared_data import shared_document
from scorm.manifest import launch_suffix
from scorm.runtime import LaunchData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from elearn.models.learning import PlaySession
    from elearn.services.player.course import Course
    from scorm.manifest.model import Item, Resource


@dataclass(frozen=True, slots=True)
class Delivery:
    """One launched activity.

    `path` is its address below the capability of the package, with its query; an absolute http address when the
    package names one (it is never framed); "" when the package has nothing to show for the item. `extras` are the
    auxiliary resources of the activity (SN 3.6), each with `title` and `path`.
    """

    launch: int
    activity: str
    title: str
    path: str
    scorm_type: str
    document: dict[str, str]
    extras: tuple[dict[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The JSON form for the player page."""
        return {
            "launch": self.launch,
            "activity": self.activity,
            "title": self.title,
            "path": self.path,
            "type": self.scorm_type,
            "document": self.document,
            "extras": list(self.extras),
        }


def begin(session: Session, play: PlaySession, course: Course, activity: str, *, resumes: bool) -> Delivery:
    """Start a run-time session of an activity: a new launch of the page, a document made or resumed."""
    item = course.items[row_key(activity)]
    state = activity_state(session, play.attempt, activity)
    earlier = state.document
    if resumes and not earlier:
        earlier = _left_suspended(session, play.attempt, activity)
    launch = _launch_data(session, play, course, item, earlier or None, resumes=resumes)
    state.document = course.standard.launch(launch)
    state.phase = Phase.RUNNING
    state.changed_at = now()
    play.launched += 1
    play.launched_at, play.credited = now(), 0.0
    play.activity = row_key(activity)
    session.flush()
    return _delivery(play, course, item, state.document)


def repeat(session: Session, play: PlaySession, course: Course) -> Delivery | None:
    """The delivery that is running, once more, for a page that did not receive the first answer."""
    if play.activity is None or play.closed >= play.launched:
        return None
    state = activity_state(session, play.attempt, play.activity)
    return _delivery(play, course, course.items[play.activity], state.document)


def activity_state(session: Session, attempt: Attempt, activity: str) -> ActivityState:
    """The run-time data of an activity in an attempt; an empty document when it has not been launched yet."""
    activity = row_key(activity)
    query = select(ActivityState).where(ActivityState.attempt_id == attempt.id, ActivityState.activity == activity)
    state = session.scalar(query)
    if state is None:
        state = ActivityState(attempt_id=attempt.id, activity=activity, document={}, phase=Phase.IDLE)
        session.add(state)
    return state


def _left_suspended(session: Session, attempt: Attempt, activity: str) -> dict[str, str]:
    """What the newest attempt before this one keeps of an activity that content left to be resumed.

    Ending the attempt on the tree does not end that of a suspended activity (SN UP.4): the next one goes on with it.
    """
    query = (
        select(ActivityState.document)
        .join(Attempt, Attempt.id == ActivityState.attempt_id)
        .where(
            Attempt.registration_id == attempt.registration_id,
            Attempt.number < attempt.number,
            ActivityState.activity == row_key(activity),
        )
        .order_by(Attempt.number.desc())
        .limit(1)
    )
    return session.scalar(query) or {}


def learner_id(play: PlaySession) -> str:
    """The opaque `cmi.learner_id`: the same in every package, no name and no login in it."""
    return play.account.uid


def _launch_data(
    session: Session,
    play: PlaySession,
    course: Course,
    item: Item,
    earlier: dict[str, str] | None,
    *,
    resumes: bool,
) -> LaunchData:
    return LaunchData(
        learner_id=learner_id(play),
        learner_name=play.account.display_name,
        entry="resume" if resumes and earlier else None,
        earlier=earlier,
        launch_data=item.data_from_lms,
        mastery_score=item.mastery_score,
        max_time_allowed=item.max_time_allowed,
        time_limit_action=item.time_limit_action,
        objectives=course.sequencing.launch_document(item.identifier),
        shared=shared_document(session, course, item),
    )


def _delivery(play: PlaySession, course: Course, item: Item, document: dict[str, str]) -> Delivery:
    resource = course.resource_of(item)
    path = "" if resource is None else launch_path(resource, item)
    kind = "asset" if course.is_asset(item) else "sco"
    extras = tuple(_extras(course, item))
    return Delivery(play.launched, item.identifier, item.title, path, kind, document, extras)


def _extras(course: Course, item: Item) -> Iterator[dict[str, str]]:
    """The auxiliary resources of an item that the package has, called by their purpose."""
    for each in item.sequencing.auxiliary_resources if item.sequencing else ():
        resource = course.manifest.resources.get(each.resource_id)
        if resource is not None and resource.href:
            yield {"title": each.purpose or each.resource_id, "path": _address(resource)}


def launch_path(resource: Resource, item: Item) -> str:
    """The resource's address below the package, with the item's parameters (CAM 3.4.1.8)."""
    return _address(resource) + launch_suffix(resource, item)


def _address(resource: Resource) -> str:
    return resource.href if "://" in resource.href else quote(resource.href)
