"""Whom a platform names: teachers who are linked to an account here, those who are not yet, and accounts for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.account import Account, RoleGrant
from elearn.models.account import Identity as IdentityRow
from elearn.models.lti import LtiDeployment, LtiPlatform
from elearn.models.lti_courses import LtiContext, LtiMember
from elearn.services.access import load_tree
from elearn.services.errors import NotFoundError
from elearn.services.lti.members import teaching_members
from elearn.services.teach.classes import TEACHING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_SCHOOLS = 10


def named_at(session: Session, platform: LtiPlatform, subject: str) -> IdentityRow:
    """Whoever a platform names by a subject.

    Raises:
        NotFoundError: `lti_person_not_found`.
    """
    found = session.scalar(_identities(platform).where(IdentityRow.subject == subject))
    if found is None:
        raise NotFoundError("lti_person_not_found")
    return found


def connected(session: Session, platform: LtiPlatform) -> list[tuple[IdentityRow, Account]]:
    """Whom a platform names that are linked to accounts here, by name."""
    query = _identities(platform).join(Account, Account.id == IdentityRow.account_id)
    query = query.where(Account.login.is_not(None)).add_columns(Account)
    return [(named, account) for named, account in session.execute(query.order_by(Account.display_name).limit(500))]


@dataclass(frozen=True, slots=True)
class Stranger:
    """A teacher of a platform without an account here: how the platform names them, and in which of its courses."""

    subject: str
    name: str
    courses: tuple[str, ...]


def strangers(session: Session, platform: LtiPlatform) -> list[Stranger]:
    """The teachers of a platform who have launched and are linked to nobody, by name."""
    query = (
        select(LtiMember.subject, LtiMember.display_name, LtiContext.title)
        .join(LtiContext, LtiContext.id == LtiMember.context_id)
        .join(Account, Account.id == LtiMember.account_id)
        .where(LtiContext.id.in_(contexts_at(platform)), Account.login.is_(None), teaching_members())
        .order_by(LtiMember.display_name, LtiMember.subject, LtiContext.title)
        .limit(1000)
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for subject, name, title in session.execute(query):
        found[subject].append((name, title))
    return [
        Stranger(subject, told[0][0], tuple(dict.fromkeys(title for _, title in told)))
        for subject, told in found.items()
    ]


def accounts_to_connect(session: Session, platform: LtiPlatform) -> list[Account]:
    """The teachers' accounts at the unit of a platform and below it, by name; a department has too many for a list."""
    schools = load_tree(session).below([platform.unit_id])
    if len(schools) > MOST_SCHOOLS:
        return []
    held = select(RoleGrant.account_id).where(
        RoleGrant.unit_id.in_(schools), RoleGrant.role.in_(TEACHING), RoleGrant.revoked_at.is_(None)
    )
    query = select(Account).where(Account.id.in_(held), Account.login.is_not(None), Account.disabled_at.is_(None))
    return list(session.scalars(query.order_by(Account.display_name).limit(500)))


def _identities(platform: LtiPlatform):  # noqa: ANN202 - the statement's type is SQLAlchemy's business
    return select(IdentityRow).where(
        IdentityRow.provider == "lti", IdentityRow.issuer == platform.issuer, IdentityRow.client == platform.client_id
    )


def contexts_at(platform: LtiPlatform):  # noqa: ANN201 - as above
    """The ids of the courses of a platform, as a statement."""
    deployments = select(LtiDeployment.id).where(LtiDeployment.platform_id == platform.id)
    return select(LtiContext.id).where(LtiContext.deployment_id.in_(deployments))
