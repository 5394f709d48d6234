"""A request to a service of a platform with an access token; one that has run out is renewed once."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from elearn.lti.grades import LINE_ITEM_SCOPE, SCORE_SCOPE
from elearn.services.lti.tokens import bearer
from elearn.services.outside import Answer, fetch

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from elearn.house import House
    from elearn.models.lti import LtiPlatform

GRADE_SCOPES: Final = frozenset({LINE_ITEM_SCOPE, SCORE_SCOPE})


def ask(
    house: House,
    platform: LtiPlatform,
    scopes: Collection[str],
    address: str,
    *,
    body: Mapping[str, Any] | None = None,
    content_type: str = "",
    accept: str = "*/*",
) -> Answer:
    """Ask a service of grades (GET), or send it something (POST with a `body`); `scopes` are those of the link.

    Raises:
        OutsideError: the platform cannot be asked, or gives no token (as `bearer`).
    """
    wanted = GRADE_SCOPES.intersection(scopes)
    data = None if body is None else json.dumps(body).encode()
    told = {"Accept": accept} if data is None else {"Accept": accept, "Content-Type": content_type}

    def once(token: str) -> Answer:
        headers = {**told, "Authorization": f"Bearer {token}"}
        return fetch(house.guard, address, method="GET" if data is None else "POST", body=data, headers=headers)

    token = bearer(house, platform, wanted)
    answer = once(token)
    if answer.status != HTTPStatus.UNAUTHORIZED:
        return answer
    return once(bearer(house, platform, wanted, refused=token))
