"""What learners answered: the interactions of one attempt, and of a class at one item of a course."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.models.learning import ActivityState, Attempt, Registration
from elearn.services.access import Action, require
from elearn.services.courses.matrix import learners_of
from elearn.services.errors import ConflictError
from elearn.services.player.course import manifest_of
from elearn.services.player.keys import row_key
from scorm.interactions import Interaction, interactions_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.models.course import CourseItem, CourseOpening
    from elearn.models.material import Version
    from elearn.services.access import Identity
    from elearn.services.courses.matrix import Learner


@dataclass(frozen=True, slots=True)
class Given:
    """One record of an activity; `part` is its title, or its key when the version no longer says."""

    activity: str
    part: str
    interaction: Interaction


@dataclass(frozen=True, slots=True)
class AnsweredAttempt:
    """An attempt with everything it answered; `number` counts the learner's attempts over all accounts and versions.

    `is_counted`: it is the learner's newest with answers that no reset has taken back.
    """

    attempt: Attempt
    number: int
    learner: Learner | None
    given: tuple[Given, ...]
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class ClassAnswers:
    """What a class answered at an item: learners by given name, each with its attempts, oldest first."""

    item: CourseItem
    opening: CourseOpening
    attempts: tuple[AnsweredAttempt, ...]
    learners: int

    @property
    def counted(self) -> tuple[AnsweredAttempt, ...]:
        """One attempt of each learner who answered."""
        return tuple(each for each in self.attempts if each.is_counted)


def class_answers(session: Session, identity: Identity, opening: CourseOpening, item: CourseItem) -> ClassAnswers:
    """The answers of a class at an item of its course, in a fixed number of queries.

    Raises:
        ForbiddenError: `may_not`; only teachers of the course see single answers.
    """
    require(identity, Action.TEACH_COURSE, opening.course)
    learners = learners_of(session, opening)
    owners = {account_id: learner for learner in learners for account_id in learner.account_ids}
    by_learner: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in _attempts(session, item.placement_id, owners):
        by_learner[owners[attempt.registration.account_id].person.id].append(attempt)
    given = _given(session, [attempt for several in by_learner.values() for attempt in several])
    found = [each for learner in learners for each in _of_learner(learner, by_learner[learner.person.id], given)]
    return ClassAnswers(item, opening, tuple(found), len(learners))


def _of_learner(
    learner: Learner, attempts: list[Attempt], given: dict[int, tuple[Given, ...]]
) -> list[AnsweredAttempt]:
    answered = [attempt for attempt in attempts if given[attempt.id] and attempt.registration.reset_at is None]
    counted = answered[-1] if answered else None
    return [
        AnsweredAttempt(attempt, number, learner, given[attempt.id], attempt is counted)
        for number, attempt in enumerate(attempts, start=1)
    ]


def _attempts(session: Session, placement_id: int, account_ids: Iterable[int]) -> list[Attempt]:
    query = (
        select(Attempt)
        .join(Attempt.registration)
        .where(Registration.placement_id == placement_id, Registration.account_id.in_(list(account_ids)))
        .options(joinedload(Attempt.registration).joinedload(Registration.version))
        .order_by(Attempt.id)
    )
    return list(session.scalars(query))


def attempt_answers(session: Session, attempt: Attempt) -> AnsweredAttempt:
    """The answers of one attempt; whoever asks has been let in by `look_into`."""
    return AnsweredAttempt(attempt, attempt.number, None, _given(session, [attempt])[attempt.id])


def _given(session: Session, attempts: list[Attempt]) -> dict[int, tuple[Given, ...]]:
    """Attempt id -> its records, activities in the order of the course."""
    parts = {attempt.id: _parts(session, attempt.registration.version) for attempt in attempts}
    found: dict[int, list[Given]] = {attempt.id: [] for attempt in attempts}
    query = select(ActivityState.attempt_id, ActivityState.activity, ActivityState.document)
    query = query.where(ActivityState.attempt_id.in_(list(found))).order_by(ActivityState.id)
    for attempt_id, activity, document in session.execute(query):
        title = parts[attempt_id].get(activity, activity)
        found[attempt_id] += [Given(activity, title, each) for each in interactions_of(document)]
    for attempt_id, several in found.items():
        places = {activity: place for place, activity in enumerate(parts[attempt_id])}
        several.sort(key=lambda given: (places.get(given.activity, len(places)), given.interaction.number))
    return {attempt_id: tuple(several) for attempt_id, several in found.items()}


def _parts(session: Session, version: Version) -> dict[str, str]:
    """The titles of a version's activities by their keys, in their order."""
    try:
        organization = manifest_of(session, version).organization
    except ConflictError:
        return {}  # a file, which answers nothing
    return {row_key(item.identifier): item.title for item in organization.walk()}
