"""The outermost layer: request id, log line, and the choice of application by Host before any routing."""

from __future__ import annotations

import re
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import structlog

from elearn.identifiers import new_uid
from elearn.web.handles import logged_path, take_handle
from elearn.web.hosts import Side, address_of, is_loopback
from elearn.web.logs import redacted_path
from elearn.web.misdirected import misdirected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from elearn.settings import Settings
    from elearn.web.hosts import HostRules

HEALTH_PATH = "/healthz"
REQUEST_ID = "elearn.request_id"
_GIVEN_ID = re.compile(r"[A-Za-z0-9._\-]{8,64}")
# Programs may speak to 127.0.0.1 as they like; only pages move to the name that isolates content.
_NEVER_MOVED = ("/api/", "/static/", HEALTH_PATH)

log = structlog.get_logger("elearn.request")


class TwoOrigins:
    """A WSGI callable over the people's application and the content application."""

    def __init__(self, settings: Settings, rules: HostRules, people: WSGIApplication, content: WSGIApplication) -> None:
        self.settings = settings
        self.rules = rules
        self.people = people
        self.content = content

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request_id = self._request_id(environ)
        environ[REQUEST_ID] = request_id
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            return self._answer(environ, _logged(environ, request_id, start_response))

    def _request_id(self, environ: WSGIEnvironment) -> str:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        believed = self.settings.trusted_proxies > 0 and _GIVEN_ID.fullmatch(given)
        return given if believed else new_uid()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        side = self.rules.side(environ)
        asks_health = environ.get("PATH_INFO") == HEALTH_PATH and is_loopback(environ.get("REMOTE_ADDR", ""))
        if asks_health and side is not Side.CONTENT:
            # A supervisor on this machine asks by address; the answer depends on no Host.
            return self.people(environ | {"HTTP_HOST": "localhost"}, start_response)
        if side is Side.UNKNOWN:
            return misdirected(self.settings, environ)(environ, start_response)
        moved = self._moved_to_localhost(environ) if side is Side.APP else None
        if moved:
            start_response("302 Found", [("Location", moved), ("Cache-Control", "no-store"), ("Content-Length", "0")])
            return []
        origin = self.rules.public if side is Side.APP else self.rules.content
        if origin:
            # Links and cookie flags follow the address people type, whatever the proxy speaks to us.
            environ["wsgi.url_scheme"] = origin[0]
        if side is Side.CONTENT:
            return self.content(environ, start_response)
        take_handle(environ)
        return self.people(environ, start_response)

    def _moved_to_localhost(self, environ: WSGIEnvironment) -> str | None:
        address = address_of(environ["HTTP_HOST"], environ["wsgi.url_scheme"])
        path = environ.get("PATH_INFO", "/")
        if address is None or environ["REQUEST_METHOD"] != "GET" or path.startswith(_NEVER_MOVED):
            return None
        if not (self.rules.is_other_loopback_name(address) and is_loopback(environ.get("REMOTE_ADDR", ""))):
            return None
        return address.origin("http", name="localhost") + _raw_target(environ)


def _raw_target(environ: WSGIEnvironment) -> str:
    """Path and query as the browser sent them, safe in a Location header and always on this host."""
    path = quote(environ.get("PATH_INFO", "/").encode("latin-1"), safe="/:@!$&'()*+,;=~-._")
    query = environ.get("QUERY_STRING", "")
    return "/" + path.lstrip("/") + (f"?{quote(query.encode('latin-1'), safe='=&%+/:@!$,;~-._')}" if query else "")


def _logged(environ: WSGIEnvironment, request_id: str, start_response: StartResponse) -> Callable[..., Any]:
    """Add the request id to the answer and write one line when its status is known."""
    started = perf_counter()

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        log.info(
            "request",
            method=environ.get("REQUEST_METHOD"),
            host=environ.get("HTTP_HOST", "")[:100],
            path=redacted_path(logged_path(environ)),
            status=int(status[:3]),
            ms=round((perf_counter() - started) * 1000, 1),
        )
        return start_response(status, [*headers, ("X-Request-Id", request_id)], exc_info)

    return start
