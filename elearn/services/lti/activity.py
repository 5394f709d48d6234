"""What stands at a resource link of a platform, for whoever was launched from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.learning import Attempt, Registration
from elearn.models.lti import LtiLink
from elearn.services.access import Action, may
from elearn.services.errors import NotFoundError
from elearn.services.lti.acts import record_launch
from elearn.services.player.attempts import PLAYABLE, has_attempts_left, open_at

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

    from elearn.models.learning import Placement
    from elearn.models.material import Material
    from elearn.services.access import Identity
    from elearn.services.lti.launched import Launched

SHOWN = 20  # attempts


@dataclass(frozen=True, slots=True)
class Activity:
    """A lesson at a resource link, with the learner's own attempts there, newest first."""

    title: str
    material: Material
    attempts: list[Attempt]
    may_play: bool


def load_activity(session: Session, identity: Identity, launched: Launched) -> Activity:
    """The lesson at the resource link of a launch.

    Raises:
        NotFoundError: nothing was chosen for the link, or it is not for the learner's unit any more.
    """
    link, placement = _found(session, launched)
    material = placement.material
    if not may(identity, Action.SEE_MATERIAL, material):
        raise NotFoundError("material_not_found")
    query = (
        select(Attempt)
        .join(Registration)
        .where(Registration.account_id == identity.account_id, Registration.placement_id == placement.id)
        .order_by(Attempt.id.desc())
    )
    attempts = list(session.scalars(query.limit(SHOWN)))
    goes_on = bool(attempts) and attempts[0].status != "ended"
    left = goes_on or has_attempts_left(session, identity.account_id or 0, placement)
    may_play = left and material.kind in PLAYABLE and may(identity, Action.PLAY_MATERIAL, material)
    return Activity(link.title or material.title, material, attempts, may_play)


def begin_activity(session: Session, identity: Identity, launched: Launched, timezone: ZoneInfo) -> Attempt:
    """Begin or continue the learner's attempt at the lesson of a launch, and record that.

    Raises:
        NotFoundError: as `load_activity`.
        ForbiddenError, ConflictError: as `open_at`.
    """
    link, placement = _found(session, launched)
    attempt = open_at(session, identity, placement)
    record_launch(session, identity, link, attempt, timezone)
    return attempt


def link_at(session: Session, placement: Placement) -> LtiLink | None:
    """The resource link whose lesson a placement is; None for lessons that stand elsewhere."""
    return session.scalar(select(LtiLink).where(LtiLink.placement_id == placement.id))


def _found(session: Session, launched: Launched) -> tuple[LtiLink, Placement]:
    link = session.get(LtiLink, launched.link_id) if launched.link_id is not None else None
    if link is None or link.placement is None:
        raise NotFoundError("material_not_found")
    return link, link.placement
