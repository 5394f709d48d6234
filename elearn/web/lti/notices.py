"""Where platforms send their notices: signed messages without a browser (Platform Notification Service 1.0)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import jsonify, request

from elearn.lti.errors import LtiError
from elearn.lti.notices import batch
from elearn.lti.values import read_json
from elearn.services.errors import ServiceError
from elearn.services.lti import events, noticed
from elearn.services.lti.subscribing import HANDLER_PATH
from elearn.services.outside import OutsideError
from elearn.web.security import takes_messages
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Blueprint
    from flask.typing import ResponseReturnValue

SECONDS_TO_WAIT = 60  # the keyset of a platform is asked for once a minute at most


def register(blueprint: Blueprint) -> None:
    """Add the route."""
    blueprint.add_url_rule(HANDLER_PATH, endpoint="notices", view_func=receive, methods=["POST"])


@takes_messages
def receive() -> ResponseReturnValue:
    """Take the notices of one message, each by itself: one that is refused does not hold up the others.

    The answer is 200 when all were taken or came before, 503 when a later try may go better, else 400; it names the
    code of each, "" for those that were taken.
    """
    try:
        tokens = batch(read_json(request.get_data(cache=False)))
    except ValueError:
        return _answer([LtiError("notices_malformed")], [events.About()])
    except LtiError as error:
        return _answer([error], [events.About()])
    told = [events.About() for _ in tokens]
    return _answer([_taken(token, about) for token, about in zip(tokens, told, strict=True)], told)


def _taken(token: str, about: events.About) -> LtiError | ServiceError | None:
    try:
        noticed.take(house(), token, about)
    except (LtiError, ServiceError) as error:
        return error
    return None


def _answer(refused: list[LtiError | ServiceError] | list[LtiError], about: list[events.About]) -> ResponseReturnValue:
    for error, told in zip(refused, about, strict=True):
        if error is not None:
            told.params |= error.params
            events.note_refusal(house().database, noticed.EVENT, told, error.code)
    response = jsonify(notices=[{"code": error.code if error is not None else ""} for error in refused])
    if any(isinstance(error, OutsideError) or getattr(error, "code", "") in _LATER for error in refused):
        response.status_code, response.headers["Retry-After"] = HTTPStatus.SERVICE_UNAVAILABLE, str(SECONDS_TO_WAIT)
    elif any(error is not None for error in refused):
        response.status_code = HTTPStatus.BAD_REQUEST
    response.headers["Cache-Control"] = "no-store"
    return response


# A keyset that cannot be had now, or does not hold a key yet that is just being brought in.
_LATER = frozenset({"lti_keyset_status", "keyset_malformed", "token_key_unknown"})
