"""Asking a platform for its notices: once for each deployment and address, and again only when something changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from elearn.clock import now
from elearn.lti import notices
from elearn.lti.errors import LtiError
from elearn.lti.values import origin_of
from elearn.models.lti import LtiDeployment
from elearn.services import jobs
from elearn.services.lti import events
from elearn.services.lti.asking import ask
from elearn.services.outside import OutsideError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from elearn.house import House
    from elearn.lti.claims import Launch
    from elearn.models.lti import LtiPlatform

KIND = "lti_notices"
EVENT = "notices"
AGAIN = timedelta(hours=6)  # after a refusal: launches come by the dozen, and whoever allows it does so once
TAKEN = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT})
HANDLER_PATH = "/lti/notices"


def subscribe(session: Session, deployment_id: int, launch: Launch) -> bool:
    """Let the worker ask for the notices that a launch offers, unless they come already; returns whether it will.

    `LtiDeployment.notices` keeps what was asked for: `url`, `handler`, `kinds`, and what came of it: `at`, `code` ("",
    when all went well).
    """
    offered = launch.notices
    kinds = sorted(kind.value for kind in notices.NoticeKind if offered is not None and kind.value in offered.kinds)
    if offered is None or not kinds:
        return False
    handler = origin_of(launch.target_link_uri) + HANDLER_PATH
    wanted = {"url": offered.url, "handler": handler, "kinds": kinds}
    deployment = session.get_one(LtiDeployment, deployment_id)
    kept = deployment.notices
    is_same = all(kept.get(name) == value for name, value in wanted.items())
    moment = now()
    if is_same and (not kept.get("code") or moment - datetime.fromisoformat(kept["at"]) < AGAIN):
        return False
    deployment.notices = wanted | {"at": moment.isoformat(), "code": "notices_asked"}
    key = f"{KIND}:{deployment_id}:{moment:%Y-%m-%dT%H:%M}"
    return jobs.enqueue(session, KIND, key=key, payload={"deployment": deployment_id})


def ask_for_notices(house: House, payload: Mapping[str, Any]) -> Callable[[Session], object] | None:
    """Tell the platform where its notices are to go, outside of any transaction; what is returned writes the end."""
    with house.database.read() as session:
        deployment = session.get(LtiDeployment, payload["deployment"])
        if deployment is None or not deployment.notices:
            return None
        wanted, platform = dict(deployment.notices), deployment.platform
    try:
        for kind in wanted["kinds"]:
            _ask(house, platform, wanted["url"], notices.subscription(kind, wanted["handler"]))
    except (LtiError, OutsideError) as error:
        code, params = error.code, error.params
    else:
        code, params = "", {}
    about = {"platform_id": platform.id, "deployment": deployment.name}
    events.note(house.database, EVENT, code=code, params={"kinds": ", ".join(wanted["kinds"]), **params}, **about)
    return lambda session: _keep(session, payload["deployment"], wanted, code)


def _ask(house: House, platform: LtiPlatform, address: str, told: Mapping[str, Any]) -> None:
    answer = ask(house, platform, {notices.SCOPE}, address, method="PUT", body=told, content_type=notices.TYPE)
    if answer.status not in TAKEN:
        raise LtiError("notices_refused", status=answer.status)


def _keep(session: Session, deployment_id: int, wanted: Mapping[str, Any], code: str) -> None:
    """Write what came of it, unless a launch has offered something else meanwhile."""
    deployment = session.get_one(LtiDeployment, deployment_id)
    if deployment.notices.get("url") == wanted["url"] and deployment.notices.get("handler") == wanted["handler"]:
        deployment.notices = {**deployment.notices, "at": now().isoformat(), "code": code}
