"""Reading a list of a platform page by page with an access token; pages that lead back have no end."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from elearn.lti.errors import LtiError
from elearn.lti.values import read_json
from elearn.services.lti.tokens import bearer
from elearn.services.outside import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elearn.house import House
    from elearn.models.lti import LtiPlatform
    from elearn.services.outside import Answer

PATIENCE: Final = 60.0  # seconds for a page: nobody waits for it, and a busy platform is slow with a list


class Pages:
    """One list. Whoever reads a page says with `go_on` where the next one is; the list ends where nobody says so.

    `refused` is the code for an answer that is none, `service` names the list in errors.
    """

    def __init__(
        self, house: House, platform: LtiPlatform, scope: str, media_type: str, *, refused: str, service: str
    ) -> None:
        self._house, self._platform, self._scope, self._type = house, platform, scope, media_type
        self._refused, self._service = refused, service
        self._token = bearer(house, platform, [scope])
        self._asked: set[str] = set()
        self._next = ""

    def read(self, address: str, most: int) -> Iterator[tuple[object, str, str]]:
        """Body, `Link` header and address of each page, of so many at most.

        Raises:
            LtiError: a page is refused, is no document (`service_malformed`), or was there before.
            OutsideError: the platform cannot be asked.
        """
        self._next, self._asked = address, set()
        for _ in range(most):
            if not self._next:
                return
            address, self._next = self._next, ""
            if address in self._asked:
                raise LtiError("service_malformed", service=self._service, field="next")
            self._asked.add(address)
            answer = self._answer(address)
            yield self._document(answer), answer.headers.get("link", ""), address

    def go_on(self, address: str) -> None:
        """Read this page next."""
        self._next = address

    def _answer(self, address: str) -> Answer:
        answer = self._ask(address)
        if answer.status == HTTPStatus.UNAUTHORIZED:  # a token that the platform has forgotten
            self._token = bearer(self._house, self._platform, [self._scope], refused=self._token)
            answer = self._ask(address)
        return answer

    def _ask(self, address: str) -> Answer:
        headers = {"Accept": self._type, "Authorization": f"Bearer {self._token}"}
        return fetch(self._house.guard, address, headers=headers, seconds=PATIENCE)

    def _document(self, answer: Answer) -> object:
        if answer.status != HTTPStatus.OK:
            raise LtiError(self._refused, status=answer.status)
        try:
            return read_json(answer.body)
        except ValueError as error:
            raise LtiError("service_malformed", service=self._service, field="") from error
