"""A launch that may come in: proven, for a place of ours, from a deployment that an administrator has accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from elearn.services.errors import ForbiddenError, ServiceError
from elearn.services.lti.holders import KnownAs
from elearn.services.lti.places import accepted_deployment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.database import Database
    from elearn.lti.claims import Launch
    from elearn.models.lti import LtiLogin, LtiPlatform


@dataclass(frozen=True, slots=True)
class Arrival:
    """A launch, its platform with the accepted deployment, and whom the platform means."""

    platform: LtiPlatform
    deployment_id: int
    launch: Launch
    known_as: KnownAs
    claims: Mapping[str, Any] = field(default_factory=dict)  # as they were proven


def admit(database: Database, login: LtiLogin, launch: Launch, claims: Mapping[str, Any]) -> Arrival:
    """Let the launch that some claims tell come in.

    A deployment that is new is kept for an administrator, in a transaction of its own.

    Raises:
        ForbiddenError: nobody has accepted the deployment yet (`lti_deployment_waiting`).
        ServiceError: the message opens something else than the login asked for (`lti_target_differs`).
    """
    if launch.target_link_uri != login.target:
        raise ServiceError("lti_target_differs", target=launch.target_link_uri)
    with database.write() as session:
        deployment = accepted_deployment(session, login.platform_id, launch.deployment_id)
    if deployment is None:
        raise ForbiddenError("lti_deployment_waiting", deployment=launch.deployment_id, platform=login.platform.name)
    known_as = KnownAs(launch.issuer, launch.client_id, launch.person.subject)
    return Arrival(login.platform, deployment.id, launch, known_as, claims)
