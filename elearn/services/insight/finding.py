"""Who may look into an attempt: teachers of the course it belongs to; authors and reviewers into their own trials.

A course may be one of ours or of a learning platform.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from elearn.identifiers import is_uid
from elearn.models.course import CourseItem
from elearn.models.learning import Attempt, Placement, PlacementKind, Registration
from elearn.services.access import Action, may
from elearn.services.errors import ForbiddenError, NotFoundError
from elearn.services.lti.reviewing import teaches_place

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from elearn.models.material import Material
    from elearn.services.access import Identity


@dataclass(frozen=True, slots=True)
class Insight:
    """An attempt that may be looked into; `item` is the course item, None elsewhere."""

    attempt: Attempt
    material: Material
    item: CourseItem | None

    @property
    def is_trial(self) -> bool:
        """Whether it is a trial of whoever made or reviews the material."""
        return self.item is None and self.attempt.registration.placement.kind is not PlacementKind.LTI

    @property
    def learner_name(self) -> str:
        """Who made the attempt."""
        account = self.attempt.registration.account
        return account.person.full_name if account.person is not None else account.display_name


def look_into(session: Session, identity: Identity, uid: str) -> Insight:
    """The attempt with a uid, for those who may see how it went and not only what came of it.

    Learners have their results elsewhere (what is here gives right answers away), heads and inspectors too.

    Raises:
        NotFoundError: there is none, or it is somebody else's whom the identity does not teach (they look alike).
        ForbiddenError: it is the identity's own, of a material that is none of its work.
    """
    attempt = session.scalar(_with_places(uid)) if is_uid(uid) else None
    if attempt is None or identity.account_id is None:
        raise NotFoundError("attempt_not_found")
    placement, material = attempt.registration.placement, attempt.registration.version.material
    if placement.kind is PlacementKind.COURSE_ITEM and identity.within is None:  # platforms know no course of ours
        item = session.scalar(select(CourseItem).where(CourseItem.placement_id == placement.id))
        if item is not None and may(identity, Action.TEACH_COURSE, item.course):
            return Insight(attempt, material, item)
    if teaches_place(session, identity, placement):
        return Insight(attempt, material, None)
    if attempt.registration.account_id != identity.account_id:
        raise NotFoundError("attempt_not_found")
    if not may(identity, Action.SET_PLAY_OPTIONS, material):
        raise ForbiddenError("may_not", action="look_into")
    return Insight(attempt, material, None)


def _with_places(uid: str) -> Select[tuple[Attempt]]:
    registration = joinedload(Attempt.registration)
    return (
        select(Attempt)
        .where(Attempt.uid == uid)
        .options(
            registration.joinedload(Registration.account),
            registration.joinedload(Registration.version),
            registration.joinedload(Registration.placement).joinedload(Placement.material),
        )
    )
