"""Launches on their way: each state is used once, and only by the browser in which its login began."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.lti.login import authorization_address
from elearn.models.lti import LtiDeployment, LtiLogin, LtiPlatform, PlatformStatus
from elearn.services.errors import ConflictError, ForbiddenError, NotFoundError, ServiceError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.lti.login import LoginRequest

LIFETIME = timedelta(minutes=10)  # a platform may ask its user to sign in meanwhile
OPEN_PREFIX = "/lti/open/"
LAUNCH_PATH = "/lti/launch"


@dataclass(frozen=True, slots=True)
class Begun:
    """A login that was begun: where the browser goes now, and what it keeps until it comes back."""

    address: str
    name: str  # of the cookie, or of the entry in another storage
    binding: str


def platform_of(session: Session, login: LoginRequest) -> LtiPlatform:
    """The platform that asks for a login.

    Raises:
        NotFoundError: nobody has registered it (`lti_platform_unknown`).
        ConflictError: several registrations fit (`lti_platform_ambiguous`).
        ForbiddenError: as `check_active`.
    """
    query = select(LtiPlatform).where(LtiPlatform.issuer == login.issuer)
    if login.client_id:
        query = query.where(LtiPlatform.client_id == login.client_id)
    found = session.scalars(query).all()
    if len(found) > 1 and login.deployment_id:
        named = select(LtiDeployment.platform_id).where(LtiDeployment.name == login.deployment_id)
        found = session.scalars(query.where(LtiPlatform.id.in_(named))).all() or found
    if not found:
        raise NotFoundError("lti_platform_unknown", issuer=login.issuer, client=login.client_id)
    if len(found) > 1:
        raise ConflictError("lti_platform_ambiguous", issuer=login.issuer)
    check_active(found[0])
    return found[0]


def check_active(platform: LtiPlatform) -> None:
    """Let only platforms launch that an administrator has accepted.

    Raises:
        ForbiddenError: `lti_platform_waiting`, `lti_platform_off`.
    """
    if platform.status is not PlatformStatus.ACTIVE:
        raise ForbiddenError(f"lti_platform_{platform.status.value}", platform=platform.name)


def begin(database: Database, platform: LtiPlatform, login: LoginRequest, *, origin: str) -> Begun:
    """Keep a login in a transaction of its own; `origin` is ours, as the platform knows it.

    Raises:
        ServiceError: what is to be opened is not ours (`lti_target_elsewhere`).
    """
    if not is_ours(login.target_link_uri, origin):
        raise ServiceError("lti_target_elsewhere", target=login.target_link_uri)
    state, nonce, binding, moment = new_token(), new_token(), new_token(), now()
    row = LtiLogin(
        state_digest=token_digest(state),
        binding_digest=token_digest(binding),
        nonce=nonce,
        platform_id=platform.id,
        target=login.target_link_uri,
        storage_target=login.storage_target,
        created_at=moment,
        expires_at=moment + LIFETIME,
    )
    with database.write() as session:
        session.add(row)
    address = authorization_address(
        platform.authorization_endpoint,
        login,
        client_id=platform.client_id,
        redirect_uri=origin + LAUNCH_PATH,
        state=state,
        nonce=nonce,
    )
    return Begun(address, storage_name(row), binding)


def is_ours(target: str, origin: str) -> bool:
    """Whether an address is one that launches of ours may open."""
    path = target.removeprefix(origin).partition("?")[0] if target.startswith(f"{origin}/") else ""
    return path == LAUNCH_PATH or path.startswith(OPEN_PREFIX)


def storage_name(login: LtiLogin) -> str:
    """Under which name a browser keeps the binding of a login: each has its own, so that two never mix."""
    return f"elearn-lti-{login.state_digest[:16]}"


def claim(database: Database, state: str) -> LtiLogin:
    """The login with a state, used up from now on, with its platform.

    Raises:
        ServiceError: there is none, or its time is over (`lti_state_over`).
        ConflictError: it was used before (`lti_state_used`).
        ForbiddenError: as `check_active`.
    """
    digest, moment = token_digest(state), now()
    mine = update(LtiLogin).where(
        LtiLogin.state_digest == digest, LtiLogin.used_at.is_(None), LtiLogin.expires_at > moment
    )
    with database.write() as session:
        # Of two messages with one state only one changes the row.
        is_mine = session.execute(mine.values(used_at=moment)).rowcount == 1
        login = session.scalar(_with_platform().where(LtiLogin.state_digest == digest))
    if login is None or (not is_mine and login.used_at is None):
        raise ServiceError("lti_state_over")
    if not is_mine:
        raise ConflictError("lti_state_used")
    check_active(login.platform)
    return login


def check_binding(login: LtiLogin, binding: str) -> None:
    """Let only the browser go on in which the login began.

    Raises:
        ForbiddenError: it is another one (`lti_other_browser`).
    """
    if not hmac.compare_digest(token_digest(binding), login.binding_digest):
        raise ForbiddenError("lti_other_browser")


def put_off(database: Database, login: LtiLogin, claims: dict[str, Any]) -> str:
    """Keep proven claims until the browser shows its binding; returns the code that names them, once."""
    code = new_token()
    kept = update(LtiLogin).where(LtiLogin.state_digest == login.state_digest)
    with database.write() as session:
        session.execute(kept.values(claims=claims, confirm_digest=token_digest(code)))
    return code


def confirm(database: Database, code: str) -> tuple[LtiLogin, dict[str, Any]]:
    """The login and the proven claims that a code names, used up from now on.

    Raises:
        ServiceError: there are none any more (`lti_state_over`).
        ForbiddenError: as `check_active`.
    """
    digest = token_digest(code)
    mine = update(LtiLogin).where(LtiLogin.confirm_digest == digest)
    with database.write() as session:
        login = session.scalar(_with_platform().where(LtiLogin.confirm_digest == digest, LtiLogin.expires_at > now()))
        claims = login.claims if login is not None else None
        is_mine = session.execute(mine.values(claims=None, confirm_digest=None)).rowcount == 1
    if login is None or claims is None or not is_mine:
        raise ServiceError("lti_state_over")
    check_active(login.platform)
    return login, claims


def _with_platform() -> Any:
    return select(LtiLogin).options(joinedload(LtiLogin.platform)).execution_options(populate_existing=True)
