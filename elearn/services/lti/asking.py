"""A request to a service of a platform with an access token; one that has run out is renewed once."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from elearn.lti.claims import GROUPS_SCOPE, NOTICES_SCOPE
from elearn.lti.grades import LINE_ITEM_SCOPE, SCORE_SCOPE
from elearn.lti.roster import SCOPE as ROSTER_SCOPE
from elearn.services.lti.tokens import bearer
from elearn.services.outside import Answer, fetch

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from elearn.house import House
    from elearn.models.lti import LtiPlatform

USED_SCOPES: Final = frozenset({LINE_ITEM_SCOPE, SCORE_SCOPE, ROSTER_SCOPE, GROUPS_SCOPE, NOTICES_SCOPE})


def ask(
    house: House,
    platform: LtiPlatform,
    scopes: Collection[str],
    address: str,
    *,
    method: str = "",
    body: Mapping[str, Any] | None = None,
    content_type: str = "",
    accept: str = "*/*",
) -> Answer:
    """Ask a service (GET), or send it something (a `body`, by POST unless `method` says otherwise).

    `scopes` are those that the platform has told for it; of the services of grades we use only some.

    Raises:
        OutsideError: the platform cannot be asked, or gives no token (as `bearer`).
    """
    wanted = USED_SCOPES.intersection(scopes)
    method = method or ("GET" if body is None else "POST")
    data = None if body is None else json.dumps(body).encode()
    told = {"Accept": accept} if data is None else {"Accept": accept, "Content-Type": content_type}

    def once(token: str) -> Answer:
        headers = {**told, "Authorization": f"Bearer {token}"}
        return fetch(house.guard, address, method=method, body=data, headers=headers)

    token = bearer(house, platform, wanted)
    answer = once(token)
    if answer.status != HTTPStatus.UNAUTHORIZED:
        return answer
    return once(bearer(house, platform, wanted, refused=token))
