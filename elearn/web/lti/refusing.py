"""What is refused on the way of a launch: a bare page that says what to do, and a row for the administrator."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import current_app, g, make_response, render_template

from elearn.lti.errors import LtiError
from elearn.services.errors import ServiceError
from elearn.services.lti import events
from elearn.web.errors import request_id
from elearn.web.sentences import refusal
from elearn.web.transactions import house

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response


def about() -> events.About:
    """What the event of this request will tell; views fill it as they learn more."""
    if "lti_about" not in g:
        g.lti_about = events.About()
    found: events.About = g.lti_about
    return found


def refuses(kind: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Show what a view refuses on a page that fits into a platform's frame, and keep it as an event of a kind.

    The view must leave `g.db` alone: its transactions are its own and are over when it raises.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            try:
                return view(*args, **kwargs)
            except LtiError as error:
                return refused(kind, ServiceError(error.code, **error.params))
            except ServiceError as error:
                return refused(kind, error)

        return guarded

    return decorate


def refused(kind: str, error: ServiceError) -> Response:
    """Keep a refusal and answer with its page."""
    about().params |= error.params
    events.note_refusal(house().database, kind, about(), error.code)
    current_app.logger.info("lti refused: %s", error.code)
    page = render_template("lti/refused.html", sentence=refusal(error), request_id=request_id())
    return make_response(page, error.status)
