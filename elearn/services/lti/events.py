"""What happened with a platform, for its administrator: written at once, so that it outlives a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from elearn.models.lti import LtiEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elearn.database import Database


def note(
    database: Database,
    kind: str,
    *,
    platform_id: int | None = None,
    account_id: int | None = None,
    code: str = "",
    params: Mapping[str, Any] | None = None,
    **told: str,
) -> None:
    """Keep an event in a short transaction of its own; no other may be open in this thread.

    `code` is "" when all went well; `told` are issuer, client_id and deployment as the platform names them.
    """
    with database.write() as session:
        event = LtiEvent(kind=kind, platform_id=platform_id, account_id=account_id, code=code, **told)
        event.params = dict(params or {})
        session.add(event)
