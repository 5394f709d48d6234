"""The platforms of a unit, for its administrators: entered by hand, accepted, switched off and on again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.identifiers import is_uid
from elearn.lti.values import LONGEST_ID, LONGEST_URL, is_web_address
from elearn.models.account import Role
from elearn.models.lti import LtiDeployment, LtiPlatform, PlatformStatus
from elearn.models.organisation import Unit
from elearn.services import audit
from elearn.services.access import Action, may, require
from elearn.services.errors import ConflictError, NotFoundError, ServiceError
from elearn.services.lti.launched import end_launched_sessions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from elearn.lti.registration import PlatformConfiguration
    from elearn.services.access import Identity

LONGEST_NAME = 300
MOST_DEPLOYMENTS = 50  # shown; nobody has more, but whoever holds a platform's keys could send any number of names
_ADDRESSES = ("authorization_endpoint", "token_endpoint", "keyset_url")


@dataclass(frozen=True, slots=True)
class Details:
    """What an administrator enters of a platform; `deployment` may be left empty until the first launch names it."""

    name: str
    issuer: str
    client_id: str
    authorization_endpoint: str
    token_endpoint: str
    keyset_url: str
    deployment: str = ""


@dataclass(frozen=True, slots=True)
class PlatformPage:
    """One page of platforms, those that wait first, and how many there are."""

    total: int
    platforms: list[LtiPlatform]


def platforms_within(session: Session, identity: Identity, *, limit: int = 50, offset: int = 0) -> PlatformPage:
    """The platforms of the units that the identity administers and of those below."""
    mine = within_reach(identity, LtiPlatform.unit_id)
    total = session.scalar(select(func.count()).select_from(LtiPlatform).where(mine)) or 0
    waits = LtiPlatform.status != PlatformStatus.WAITING
    query = select(LtiPlatform).where(mine).order_by(waits, LtiPlatform.name, LtiPlatform.id)
    query = query.options(joinedload(LtiPlatform.unit).selectinload(Unit.names))
    return PlatformPage(total, list(session.scalars(query.limit(limit).offset(offset))))


def waiting_platforms(session: Session, identity: Identity, limit: int) -> list[LtiPlatform]:
    """Platforms within reach that have registered themselves and wait to be accepted, the oldest first."""
    query = select(LtiPlatform).where(LtiPlatform.status == PlatformStatus.WAITING)
    query = query.where(within_reach(identity, LtiPlatform.unit_id)).order_by(LtiPlatform.id)
    return list(session.scalars(query.limit(limit)))


def within_reach(identity: Identity, column: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that a unit is one which the identity administers, or below it."""
    if may(identity, Action.ADMINISTER):
        return true()
    units = sorted(identity.tree.below(identity.units_of({Role.ADMINISTRATOR})))
    return column.in_(units) if units else false()


def administered_platform(session: Session, identity: Identity, uid: str) -> LtiPlatform:
    """A platform of a unit that the identity administers.

    Raises:
        NotFoundError: `lti_platform_not_found`.
    """
    query = select(LtiPlatform).where(LtiPlatform.uid == uid)
    query = query.options(joinedload(LtiPlatform.unit).selectinload(Unit.names))
    found = session.scalar(query) if is_uid(uid) else None
    if found is None or not may(identity, Action.ADMINISTER, found.unit):
        raise NotFoundError("lti_platform_not_found")
    return found


def with_waiting_deployments(session: Session, platforms: Iterable[LtiPlatform]) -> set[int]:
    """The keys of those platforms that have a deployment which nobody has accepted."""
    wanted = [platform.id for platform in platforms]
    query = select(LtiDeployment.platform_id).where(LtiDeployment.platform_id.in_(wanted))
    return set(session.scalars(query.where(LtiDeployment.accepted_at.is_(None)).distinct()))


def deployments_of(session: Session, platform: LtiPlatform) -> list[LtiDeployment]:
    """The deployments of a platform, those that wait first."""
    query = select(LtiDeployment).where(LtiDeployment.platform_id == platform.id)
    query = query.order_by(LtiDeployment.accepted_at.is_not(None), LtiDeployment.id)
    return list(session.scalars(query.limit(MOST_DEPLOYMENTS)))


def enter(session: Session, identity: Identity, unit: Unit, details: Details) -> LtiPlatform:
    """A platform whose administrator has exchanged the values with us by hand; it may launch at once.

    Raises:
        ForbiddenError: the identity does not administer the unit.
        ServiceError: a value cannot be used (`lti_value_needed`, `lti_value_long`, `lti_address_form`), or the
            registration is known already (`lti_platform_known`).
    """
    require(identity, Action.ADMINISTER, unit)
    _check(details)
    _refuse_second(session, details.issuer, details.client_id)
    moment = now()
    platform = LtiPlatform(
        unit_id=unit.id,
        status=PlatformStatus.ACTIVE,
        product="moodle" if urlsplit(details.token_endpoint).path.endswith("/mod/lti/token.php") else "",
        created_by_id=identity.account_id,
        accepted_at=moment,
        issuer=details.issuer,
        client_id=details.client_id,
    )
    _write(platform, details)
    session.add(platform)
    session.flush()
    if details.deployment:
        accepted = {"accepted_at": moment, "accepted_by_id": identity.account_id}
        session.add(LtiDeployment(platform_id=platform.id, name=details.deployment, **accepted))
        session.flush()
    audit.record(session, identity, "platform.enter", platform, issuer=platform.issuer, client_id=platform.client_id)
    return platform


def change(session: Session, identity: Identity, platform: LtiPlatform, details: Details) -> None:
    """Correct the name and the addresses; issuer and client id are what the platform is, and stay.

    Raises:
        ServiceError: as `enter`.
    """
    require(identity, Action.ADMINISTER, platform.unit)
    _check(details)
    _write(platform, details)
    session.flush()
    audit.record(session, identity, "platform.edit", platform)


def accept(session: Session, identity: Identity, platform: LtiPlatform) -> None:
    """Let a platform in that has registered itself, with the deployments it has named so far."""
    require(identity, Action.ADMINISTER, platform.unit)
    _demand(platform, PlatformStatus.WAITING)
    platform.status, platform.accepted_at = PlatformStatus.ACTIVE, now()
    for deployment in deployments_of(session, platform):
        _accept(deployment, identity)
    session.flush()
    audit.record(session, identity, "platform.accept", platform)


def switch_off(session: Session, identity: Identity, platform: LtiPlatform) -> None:
    """Let nobody come from a platform any more, and whoever is there leaves at once; what was done stays.

    One that waits is thereby refused.
    """
    require(identity, Action.ADMINISTER, platform.unit)
    if platform.status is PlatformStatus.OFF:
        raise ConflictError("lti_platform_moved_on")
    if platform.status is PlatformStatus.ACTIVE:  # one of LTI 1.1 never waited, and shall not wait when it comes back
        platform.accepted_at = platform.accepted_at or now()
    platform.status = PlatformStatus.OFF
    end_launched_sessions(session, platform)
    session.flush()
    audit.record(session, identity, "platform.off", platform)


def switch_on(session: Session, identity: Identity, platform: LtiPlatform) -> None:
    """Let people come again. One that was refused before it was ever accepted waits again."""
    require(identity, Action.ADMINISTER, platform.unit)
    _demand(platform, PlatformStatus.OFF)
    platform.status = PlatformStatus.ACTIVE if platform.accepted_at else PlatformStatus.WAITING
    session.flush()
    audit.record(session, identity, "platform.on", platform)


def accept_deployment(session: Session, identity: Identity, platform: LtiPlatform, name: str) -> None:
    """Let a deployment launch that a platform has named and nobody knew.

    Raises:
        NotFoundError: `lti_deployment_not_found`.
    """
    require(identity, Action.ADMINISTER, platform.unit)
    query = select(LtiDeployment).where(LtiDeployment.platform_id == platform.id, LtiDeployment.name == name)
    found = session.scalar(query)
    if found is None:
        raise NotFoundError("lti_deployment_not_found")
    _accept(found, identity)
    session.flush()
    audit.record(session, identity, "platform.deployment", platform, deployment=found.name)


def _accept(deployment: LtiDeployment, identity: Identity) -> None:
    if deployment.accepted_at is None:
        deployment.accepted_at, deployment.accepted_by_id = now(), identity.account_id


def _demand(platform: LtiPlatform, status: PlatformStatus) -> None:
    if platform.status is not status:
        raise ConflictError("lti_platform_moved_on")


def _write(platform: LtiPlatform, details: Details) -> None:
    platform.name = details.name or urlsplit(platform.issuer).netloc or platform.issuer
    if platform.token_endpoint != details.token_endpoint:
        platform.token_audience = ""
    take_addresses(platform, details)


def take_addresses(platform: LtiPlatform, told: Details | PlatformConfiguration) -> None:
    """Give a platform the addresses that were told; keys from another address are forgotten."""
    if platform.keyset_url != told.keyset_url:
        platform.keyset = platform.keyset_at = None
    for field in _ADDRESSES:
        setattr(platform, field, getattr(told, field))


def _check(details: Details) -> None:
    for field in ("issuer", "client_id"):
        if not getattr(details, field):
            raise ServiceError("lti_value_needed", field=field)
    lengths = {"name": LONGEST_NAME, "issuer": LONGEST_ID, "client_id": LONGEST_ID, "deployment": LONGEST_ID}
    for field, longest in lengths.items():
        if len(getattr(details, field)) > longest:
            raise ServiceError("lti_value_long", field=field, most=longest)
    for field in _ADDRESSES:
        address = getattr(details, field)
        if len(address) > LONGEST_URL or not is_web_address(address):
            raise ServiceError("lti_address_form", field=field)


def _refuse_second(session: Session, issuer: str, client_id: str) -> None:
    """A registration stands here once.

    Raises:
        ConflictError: `lti_platform_known`.
    """
    query = select(LtiPlatform.id).where(LtiPlatform.issuer == issuer, LtiPlatform.client_id == client_id)
    if session.scalar(query) is not None:
        raise ConflictError("lti_platform_known")
