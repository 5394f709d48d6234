"""One learner at a link, for the teacher of the course: every attempt there, and taking them back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from elearn.clock import now
from elearn.identifiers import is_uid
from elearn.models.account import Account
from elearn.models.learning import Attempt, AttemptStatus, Placement, PlacementKind, Registration
from elearn.models.lti_courses import LtiMember
from elearn.services import audit
from elearn.services.errors import ConflictError, NotFoundError
from elearn.services.lti import outbox
from elearn.services.lti.members import is_teacher
from elearn.services.player.course import end_attempt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from elearn.models.lti_courses import LtiLink
    from elearn.services.access import Identity

SHOWN = 50  # attempts


@dataclass(frozen=True, slots=True)
class LearnerAtLink:
    """Somebody who has worked at a link; `attempts` are newest first, with those that were taken back."""

    account: Account
    name: str
    attempts: Sequence[Attempt]

    @property
    def can_be_reset(self) -> bool:
        """Whether there is an attempt that counts."""
        return any(attempt.registration.reset_at is None for attempt in self.attempts)


def learner_at(session: Session, link: LtiLink | None, account_uid: str) -> LearnerAtLink:
    """The learner with an account at a link.

    Raises:
        NotFoundError: nobody with it has begun anything there, or it is one of the course's teachers
            (`lti_learner_not_found`).
    """
    if link is None or not is_uid(account_uid):
        raise NotFoundError("lti_learner_not_found")
    account = session.scalar(select(Account).where(Account.uid == account_uid, _has_begun(link)))
    if account is None:
        raise NotFoundError("lti_learner_not_found")
    known = select(LtiMember).where(LtiMember.context_id == link.context_id, LtiMember.account_id == account.id)
    member = session.scalar(known.order_by(LtiMember.id.desc()).limit(1))
    if member is not None and is_teacher(member):
        raise NotFoundError("lti_learner_not_found")
    name = member.display_name if member is not None and member.display_name else account.display_name
    return LearnerAtLink(account, name, attempts_at(session, link, account.id))


def attempts_at(session: Session, link: LtiLink, account_id: int) -> list[Attempt]:
    """Every attempt of an account at a link, newest first."""
    query = (
        select(Attempt)
        .join(Attempt.registration)
        .join(Registration.placement)
        .where(Registration.account_id == account_id, _at(link))
        .options(
            contains_eager(Attempt.registration).contains_eager(Registration.placement).joinedload(Placement.material)
        )
        .order_by(Attempt.id.desc())
    )
    return list(session.scalars(query.limit(SHOWN)))


def reset_learner(session: Session, identity: Identity, link: LtiLink, learner: LearnerAtLink) -> int:
    """Take a learner's attempts at a link back: the next launch is the first, and the grade in the platform goes.

    They stay in the rows. Returns how many registrations were closed.

    Raises:
        ConflictError: there is nothing that counts (`nothing_to_reset`).
    """
    held = select(Registration).join(Registration.placement)
    held = held.where(Registration.account_id == learner.account.id, Registration.reset_at.is_(None), _at(link))
    registrations = session.scalars(held.order_by(Registration.id).with_for_update(of=Registration)).all()
    if not registrations:
        raise ConflictError("nothing_to_reset")
    ids = [registration.id for registration in registrations]
    for registration in registrations:
        registration.reset_at = now()
    under_way = select(Attempt).where(Attempt.registration_id.in_(ids), Attempt.status != AttemptStatus.ENDED)
    for attempt in session.scalars(under_way):
        end_attempt(attempt, suspended=False)
    session.flush()
    outbox.follow_learner(session, link, learner.account.id)
    audit.record(session, identity, "lti.reset", link, learner=learner.account.uid)
    return len(registrations)


def _at(link: LtiLink) -> ColumnElement[bool]:
    return (Placement.kind == PlacementKind.LTI) & (Placement.context == link.uid)


def _has_begun(link: LtiLink) -> ColumnElement[bool]:
    own = Registration.placement_id == Placement.id
    return exists().where(Registration.account_id == Account.id, own, _at(link))
