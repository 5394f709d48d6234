"""Errors as people and programs see them: a clear sentence, the right status, the request id, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import structlog
from flask import current_app, jsonify, make_response, render_template, request
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from elearn.services.errors import ServiceError
from elearn.web.dispatch import REQUEST_ID
from elearn.web.faults import fault_of
from elearn.web.security import DuplicateCookieError, ForeignOriginError
from elearn.web.sentences import refusal
from elearn.web.sessions import clear_session_cookies

if TYPE_CHECKING:
    from collections.abc import Callable

    from apiflask import HTTPError
    from flask import Flask, Response

SERVER_ERRORS = 500
_SCRIPT_MARK = "_elearn_answers_scripts"
log = structlog.get_logger("elearn.error")


@dataclass(frozen=True, slots=True)
class Words:
    """Title and advice of an error page."""

    title: Any
    advice: Any
    icon: str = "exclamation-circle"


_FORM_EXPIRED = Words(
    lazy_gettext("This form has expired"),
    lazy_gettext("You may have signed in or out in another tab. Go back, reload the page and send it again."),
    "arrow-counterclockwise",
)
_FOREIGN_ORIGIN = Words(
    lazy_gettext("This request came from another site"),
    lazy_gettext("Nothing was changed. Open the page you need in the library itself and try again there."),
    "shield-exclamation",
)
_DUPLICATE_COOKIE = Words(
    lazy_gettext("Please sign in again"),
    lazy_gettext(
        "Your browser sent two sign-in cookies, so neither can be trusted. Both were removed; reload the page."
    ),
    "shield-exclamation",
)
_FAILED = Words(
    lazy_gettext("Something went wrong on our side"),
    lazy_gettext("The fault has been recorded. Try again; if it stays, give the code below to your administrator."),
    "tools",
)
WORDS: dict[int, Words] = {
    400: Words(
        lazy_gettext("The request could not be understood"),
        lazy_gettext("Something in the address or the form is not right. Go back and check what you entered."),
    ),
    401: Words(
        lazy_gettext("You are not signed in"),
        lazy_gettext("Sign in and try again."),
        "person-lock",
    ),
    403: Words(
        lazy_gettext("You may not do this"),
        lazy_gettext(
            "Your account has no permission for this page. Ask the administrator of your school if you need it."
        ),
        "lock",
    ),
    404: Words(
        lazy_gettext("Page not found"),
        lazy_gettext("The address may be wrong, or the material was withdrawn. Try searching for it."),
        "compass",
    ),
    405: Words(
        lazy_gettext("This does not work here"),
        lazy_gettext("The page exists but cannot be used in this way. Go back and use its buttons."),
    ),
    409: Words(
        lazy_gettext("Somebody was faster"),
        lazy_gettext("What you wanted to change is in another state now. Reload the page and look again."),
        "people",
    ),
    410: Words(
        lazy_gettext("This opening has ended"),
        lazy_gettext(
            "Open the activity again where you came from, for example in Moodle. What you have done is not lost: what "
            "was not saved yet is kept in this browser and sent then."
        ),
        "box-arrow-up-left",
    ),
    413: Words(
        lazy_gettext("This is too large"),
        lazy_gettext("What you sent is larger than this library accepts. Make the file smaller or split it."),
        "box-seam",
    ),
    415: Words(
        lazy_gettext("This kind of data is not accepted"),
        lazy_gettext("Send the form or the file as the page offers it."),
        "file-earmark-x",
    ),
    421: Words(
        lazy_gettext("This address does not belong to the library"),
        lazy_gettext("Open the library by the address your school gave you."),
        "signpost-split",
    ),
    429: Words(
        lazy_gettext("Too many attempts"),
        lazy_gettext("Please wait a little and try again."),
        "hourglass-split",
    ),
    500: _FAILED,
    503: Words(
        lazy_gettext("The library is busy"),
        lazy_gettext("Nothing was lost. Wait a few seconds and try again."),
        "hourglass-split",
    ),
    507: Words(
        lazy_gettext("The library has no room left"),
        lazy_gettext(
            "Nothing new can be saved now, but everything in it can still be read. The administrator must make room."
        ),
        "device-hdd",
    ),
}


def request_id() -> str:
    """The id of this request, as it stands in the log and on error pages."""
    found: str = request.environ.get(REQUEST_ID, "")
    return found


def answer_to(error: BaseException) -> Response:
    """The response to any exception; what is not foreseen is logged with its traceback and shown as 500."""
    if isinstance(error, ServiceError):
        response = _respond(error.status, _words_of_refusal(error), code=error.code)
        if "seconds" in error.params:
            response.headers["Retry-After"] = str(error.params["seconds"])
        return response
    known = error if isinstance(error, HTTPException) else fault_of(error)
    if known is None or (isinstance(known, InternalServerError) and known.original_exception):
        cause = getattr(error, "original_exception", None) or error
        known = fault_of(cause) or InternalServerError()
        log.error("unhandled", exc_info=cause)
    elif known is not error:
        log.error("fault", status=known.code, fault=str(error)[:300])
    return _http_answer(known)


def _http_answer(error: HTTPException) -> Response:
    if error.response is not None and error.code is None:
        return make_response(error.response)
    status = error.code or SERVER_ERRORS
    if status < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    response = _respond(status, _words_of_error(error, status))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    if isinstance(error, DuplicateCookieError):
        clear_session_cookies(response)
    return response


def _words_of_error(error: HTTPException, status: int) -> Words:
    if isinstance(error, CSRFError):
        return _FORM_EXPIRED
    if isinstance(error, ForeignOriginError):
        return _FOREIGN_ORIGIN
    if isinstance(error, DuplicateCookieError):
        return _DUPLICATE_COOKIE
    return WORDS.get(status, _FAILED if status >= SERVER_ERRORS else WORDS[400])


def _words_of_refusal(error: ServiceError) -> Words:
    general = WORDS.get(error.status, WORDS[400])
    return Words(general.title, refusal(error), general.icon)


def answers_scripts(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that only scripts of ours ask: every refusal is JSON, also one that comes before the view.

    It must be the outermost decorator below `route`, so that the mark is on the registered function.
    """
    setattr(view, _SCRIPT_MARK, True)
    return view


def wants_json() -> bool:
    """Whether a program asked: the answer to it is JSON."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.path.startswith("/api/") or getattr(view, _SCRIPT_MARK, False):
        return True
    return request.accept_mimetypes.best == "application/json"


def _respond(status: int, words: Words, **extra: Any) -> Response:
    if wants_json():
        body = {"status": status, "message": str(words.title), "detail": str(words.advice), "request_id": request_id()}
        return make_response(jsonify(body | {"code": extra["code"]} if "code" in extra else body), status)
    try:
        page = render_template(_template(), status=status, words=words, request_id=request_id())
    except Exception:  # an error page must never fail in its turn
        log.exception("error page failed")
        page = f"{status}\n{gettext('Something went wrong on our side')}\n{request_id()}"
        return make_response(page, status, {"Content-Type": "text/plain; charset=utf-8"})
    return make_response(page, status)


def answer_to_program(error: HTTPError) -> tuple[dict[str, Any], int, Any]:
    """What APIFlask answers when the input of an API call is wrong: our shape, with its list of what is wrong."""
    status = error.status_code
    words = WORDS.get(status, WORDS[400])
    body = {"status": status, "message": str(words.title), "detail": error.detail or str(words.advice)}
    return body | {"request_id": request_id()}, status, error.headers


def _template() -> str:
    template: str = current_app.config["ELEARN_ERROR_TEMPLATE"]
    return template


def install_errors(app: Flask, template: str = "errors/page.html") -> None:
    """Answer every exception of an application in this way, on a page of this template."""
    app.config["ELEARN_ERROR_TEMPLATE"] = template
    app.register_error_handler(Exception, answer_to)
