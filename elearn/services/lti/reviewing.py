"""Submission review: a teacher looks from the gradebook at what one learner has done at a link; nothing changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from elearn.models.account import Account
from elearn.models.learning import PlacementKind
from elearn.models.lti import LtiDeployment, LtiPlatform
from elearn.models.lti_courses import LtiLink, LtiMember, LtiSession
from elearn.services.errors import ForbiddenError, NotFoundError
from elearn.services.lti.holders import KnownAs, find_holder
from elearn.services.lti.learners import attempts_at
from elearn.services.lti.members import teaching_members

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.lti.claims import Launch
    from elearn.models.learning import Attempt, Placement
    from elearn.services.access import Identity
    from elearn.services.lti.launched import Launched


@dataclass(frozen=True, slots=True)
class Review:
    """What one learner has done at a link, newest first; `name` is "" of somebody who has never been here."""

    title: str
    name: str
    attempts: list[Attempt]


def check_reviewer(launch: Launch) -> None:
    """Let teachers look at everybody's work, and learners at their own.

    Raises:
        ForbiddenError: it is somebody else's (`lti_review_of_others`).
    """
    if not launch.is_teaching and launch.for_subject != launch.person.subject:
        raise ForbiddenError("lti_review_of_others")


def link_of_review(session: Session, deployment_id: int, launch: Launch) -> LtiLink:
    """The link whose work is looked at: by its name, or by the line item of the gradebook.

    Raises:
        NotFoundError: nothing was ever launched there (`lti_review_not_found`).
    """
    query = select(LtiLink).where(LtiLink.deployment_id == deployment_id)
    if launch.link.id:
        found = session.scalar(query.where(LtiLink.name == launch.link.id))
    else:
        by_item = query.where(LtiLink.line_item == launch.grades.line_item)
        found = session.scalar(by_item.limit(1)) if launch.grades.line_item else None
    if found is None:
        raise NotFoundError("lti_review_not_found")
    return found


def load_review(session: Session, launched: Launched) -> Review:
    """What the learner has done whom a launch is about.

    Raises:
        NotFoundError: the launch is about nobody (`lti_review_not_found`).
    """
    row = session.get(LtiSession, launched.digest)
    if row is None or row.link is None or not row.for_subject:
        raise NotFoundError("lti_review_not_found")
    account = _holder_of_work(session, row)
    if account is None:
        return Review(row.link.title, "", [])
    return Review(row.link.title, account.display_name, attempts_at(session, row.link, account.id))


def _holder_of_work(session: Session, row: LtiSession) -> Account | None:
    platform = row.deployment.platform
    known = find_holder(session, KnownAs(platform.issuer, platform.client_id, row.for_subject))
    return session.get(Account, known.account_id) if known is not None else None


def teaches_place(session: Session, identity: Identity, placement: Placement) -> bool:
    """Whether somebody teaches the course of the platform in which a material is launched.

    Whoever comes from a platform is believed to teach in those of its schools only.
    """
    if placement.kind is not PlacementKind.LTI or identity.account_id is None:
        return False
    teaching = exists().where(
        LtiLink.uid == placement.context,
        LtiMember.context_id == LtiLink.context_id,
        LtiMember.account_id == identity.account_id,
        LtiMember.is_active,
        teaching_members(),
    )
    if identity.within is not None:
        schools = identity.tree.below([identity.within])
        teaching = teaching.where(
            LtiDeployment.id == LtiLink.deployment_id,
            LtiPlatform.id == LtiDeployment.platform_id,
            LtiPlatform.unit_id.in_(schools),
        )
    return bool(session.scalar(select(teaching)))
