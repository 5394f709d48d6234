"""Dynamic Registration: a platform opens our one-time address, and both sides know each other afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import select

from elearn.lti.errors import LtiError
from elearn.lti.registration import platform_configuration, registered, registration_request
from elearn.lti.values import read_json
from elearn.models.lti import LtiDeployment, LtiInvitation, LtiPlatform
from elearn.services import audit
from elearn.services.access import SYSTEM
from elearn.services.errors import ConflictError, ServiceError
from elearn.services.lti.events import About, add
from elearn.services.lti.invitations import claim, give_back, open_invitation
from elearn.services.lti.platforms import take_addresses
from elearn.services.outside import fetch

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.house import House
    from elearn.lti.registration import PlatformConfiguration, Registered, ToolFacts
    from elearn.services.outside import Answer

EVENT = "registration"
LARGEST = 256 * 1024  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Request:
    """What the platform says when it opens our address; Canvas and Moodle send the same two fields."""

    configuration_url: str
    registration_token: str = ""


def register(house: House, token: str, request: Request, tool: ToolFacts) -> LtiPlatform:
    """Register this tool at the platform that opened an invitation; it waits here until somebody accepts it.

    It asks the platform twice over the network, so no transaction may be open. The invitation is used up only when
    all went well.

    Raises:
        ForbiddenError: the invitation does not hold (`lti_invitation_over`).
        OutsideError: the platform cannot be asked.
        LtiError: what it says is no registration.
        ServiceError: it answered with an error (`lti_configuration_status`, `lti_registration_status`), or
            with a client id that another unit has (`lti_platform_known`).
    """
    with house.database.write() as session:
        invitation_id = open_invitation(session, token).id
        claim(session, invitation_id)
    try:
        platform = _configuration(house, request)
        answer = _asked(house, platform, request, tool)
        return _keep(house, invitation_id, platform, answer)
    except (LtiError, ServiceError) as error:
        _failed(house, invitation_id, request, error)
        raise


def _configuration(house: House, request: Request) -> PlatformConfiguration:
    headers = {"Accept": "application/json", **_bearer(request)}  # Canvas wants the token here too
    answer = fetch(house.guard, request.configuration_url, headers=headers, largest=LARGEST)
    if answer.status != HTTPStatus.OK:
        raise ServiceError("lti_configuration_status", status=answer.status)
    return platform_configuration(_json(answer), fetched_from=request.configuration_url)


def _asked(house: House, platform: PlatformConfiguration, request: Request, tool: ToolFacts) -> Registered:
    headers = {"Content-Type": "application/json", "Accept": "application/json", **_bearer(request)}
    body = json.dumps(registration_request(tool, platform)).encode()
    address = platform.registration_endpoint
    answer = fetch(house.guard, address, method="POST", body=body, headers=headers, largest=LARGEST)
    told = _json(answer)
    if answer.status not in {HTTPStatus.OK, HTTPStatus.CREATED} and not isinstance(told, dict):
        raise ServiceError("lti_registration_status", status=answer.status)
    return registered(told)


def _bearer(request: Request) -> dict[str, str]:
    token = request.registration_token
    if not (token.isascii() and token.isprintable()):
        raise LtiError("configuration_malformed", field="registration_token")
    return {"Authorization": f"Bearer {token}"} if token else {}


def _keep(house: House, invitation_id: int, told: PlatformConfiguration, answer: Registered) -> LtiPlatform:
    with house.database.write() as session:
        invitation = session.get_one(LtiInvitation, invitation_id)
        platform = _known(session, invitation, told.issuer, answer.client_id) or LtiPlatform(
            name=invitation.name or urlsplit(told.issuer).netloc,
            unit_id=invitation.unit_id,
            created_by_id=invitation.created_by_id,
            issuer=told.issuer,
            client_id=answer.client_id,
        )
        take_addresses(platform, told)
        platform.token_audience = told.authorization_server
        platform.product, platform.product_version = told.product[:64], told.version[:64]
        session.add(platform)
        session.flush()
        if answer.deployment_id and answer.deployment_id not in {each.name for each in platform.deployments}:
            session.add(LtiDeployment(platform_id=platform.id, name=answer.deployment_id))
        invitation.platform_id = platform.id
        session.flush()
        about = About()
        about.come_from(platform)
        add(session, EVENT, about)
        audit.record(session, SYSTEM, "platform.register", platform, issuer=platform.issuer)
        return platform


def _known(session: Session, invitation: LtiInvitation, issuer: str, client_id: str) -> LtiPlatform | None:
    """The registration that a platform renews, as Moodle does by "Update"; what was decided about it stays.

    Raises:
        ConflictError: it belongs to another unit than the invitation (`lti_platform_known`).
    """
    found = session.scalar(select(LtiPlatform).where(LtiPlatform.issuer == issuer, LtiPlatform.client_id == client_id))
    if found is not None and found.unit_id != invitation.unit_id:
        raise ConflictError("lti_platform_known")
    return found


def _failed(house: House, invitation_id: int, request: Request, error: LtiError | ServiceError) -> None:
    """Keep why it failed, where the administrator who invited looks for it."""
    with house.database.write() as session:
        give_back(session, invitation_id)
        add(session, EVENT, About(issuer=request.configuration_url, params=dict(error.params)), error.code)


def _json(answer: Answer) -> object:
    try:
        return read_json(answer.body)
    except ValueError:
        return None
