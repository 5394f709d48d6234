"""What guards every request of the people's application: cookies, origin, CSRF, size limits and headers."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import urlsplit

from flask import Request, current_app, g, redirect, request, url_for
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest

from elearn.web.handles import is_below_handle
from elearn.web.hosts import host_rules
from elearn.web.known_devices import install_known_devices
from elearn.web.launches import FRAMED, dress, framed_by
from elearn.web.sessions import cookie_name, current_session, is_bearer, presented_tokens

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from flask import Flask, Response

    from elearn.settings import Settings

FORM_LIMIT = 1024 * 1024
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action {forms}; base-uri 'none'; "
    "frame-ancestors {ancestors}; frame-src {frames}"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_UPLOAD_MARK = "_elearn_takes_upload"
_MESSAGE_MARK = "_elearn_takes_messages"
ANSWERING = "/connect/"
PICTURES = "/static/img/"  # our own; learning platforms show our sign beside the activities they made of our lessons

csrf = CSRFProtect()


class DuplicateCookieError(BadRequest):
    """Two session cookies came: one of them was planted, and nobody can tell which."""


class ForeignOriginError(BadRequest):
    """An unsafe request came from a page of another origin."""


class Closable(Protocol):
    """Anything that has to be closed."""

    def close(self) -> None:
        """Let go of it."""


class StagedRequest(Request):
    """A request whose uploaded files arrive in the staging folder, on the disk on which they will stay."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        del total_content_length, content_type, filename, content_length
        folder = current_app.extensions["elearn.house"].settings.staging_folder
        folder.mkdir(parents=True, exist_ok=True)
        file = tempfile.TemporaryFile("rb+", dir=folder, prefix="form-")  # noqa: SIM115 - closed with the request
        self.hold(file)  # an upload that breaks off never reaches `request.files`, which would close it
        return file

    def hold(self, file: Closable) -> None:
        """Close something with this request, which is after its transaction has ended."""
        self._opened = [*getattr(self, "_opened", []), file]

    def close(self) -> None:
        """Let go of every file this request brought, also of those that did not arrive whole."""
        super().close()
        for file in getattr(self, "_opened", []):
            file.close()


def staged_request() -> StagedRequest:
    """The present request."""
    return cast("StagedRequest", request)


def _members_only() -> Any:
    """Who is signed out signs in first."""
    if g.identity.is_anonymous:
        return redirect(url_for("account.sign_in", next=request.path, ended="upload"), 303)
    return None


@dataclass(frozen=True, slots=True)
class Sending:
    """Who may send a file and how large: by default members, up to ELEARN_UPLOAD_LIMIT_MB.

    `admit` is asked before anything of the body is read, and answers who may not send.
    """

    limit: Callable[[Settings], int] = lambda settings: settings.upload_limit
    admit: Callable[[], Any] = _members_only


def takes_upload(
    too_large: Callable[[], Any], sending: Sending | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a view that receives files.

    `too_large` answers a request whose headers promise more, before anything of its body is read; it must not
    look at the form. The mark must be the outermost decorator below `route`, so that it is on the registered function.
    """

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        setattr(view, _UPLOAD_MARK, (too_large, sending or Sending()))
        return view

    return mark


def takes_messages(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view to which pages of other sites send forms: it looks at no session, and judges itself what they say.

    The mark must be the outermost decorator below `route`, so that it is on the registered function.
    """
    setattr(view, _MESSAGE_MARK, True)
    exempt: Callable[..., Any] = csrf.exempt(view)
    return exempt


def _takes_message() -> bool:
    return getattr(current_app.view_functions.get(request.endpoint or ""), _MESSAGE_MARK, False)


def _refuse_two_cookies() -> None:
    if current_session().persistent and len(presented_tokens(request, cookie_name())) > 1:
        raise DuplicateCookieError


def _allow_upload() -> Any:
    """Let whoever may send files; who may not, or sends too much, is told so before the body is read."""
    marked = getattr(current_app.view_functions.get(request.endpoint or ""), _UPLOAD_MARK, None)
    if marked is None:
        return None
    too_large, sending = marked
    if sending.admit is _members_only and is_bearer(request):
        return None
    refused = sending.admit()
    if refused is not None:
        return refused
    request.max_content_length = sending.limit(current_app.extensions["elearn.house"].settings) + FORM_LIMIT
    return too_large() if (request.content_length or 0) > request.max_content_length else None


def _refuse_foreign_origin() -> None:
    """Origin or Referer, where the browser sent one, must be ours; this also stops pages on our other port."""
    if request.method in SAFE_METHODS or is_bearer(request) or _takes_message():
        return
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if source is None or (source == "null" and is_below_handle(request)):  # what forms of `no-referrer` pages say
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
            raise ForeignOriginError
        return
    if _origin_of(source) != host_rules().app_origin(request):
        raise ForeignOriginError


def _origin_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:  # an address that is none, such as half an IPv6 literal, is never ours
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()


def _demand_csrf_token() -> None:
    if request.method not in SAFE_METHODS and not is_bearer(request):
        csrf.protect(apply_exemptions=True)


def _refuse_nul() -> None:
    """No text that people write holds a NUL, and PostgreSQL cannot keep one."""
    if request.method not in SAFE_METHODS and any("\0" in text for _, text in request.form.items(multi=True)):
        raise BadRequest


def add_security_headers(response: Response) -> Response:
    """The headers every answer of the people's application carries."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith(PICTURES):
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if is_below_handle(request):
        dress(response)
    elif _answers_its_opener():
        response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    elif request.path.startswith(FRAMED):
        _let_frame(response)
    if "Content-Security-Policy" not in response.headers:
        frames = host_rules().frame_sources(request)
        response.headers["Content-Security-Policy"] = POLICY.format(
            frames=frames, ancestors=framed_by() or "'none'", forms=" ".join(("'self'", *g.get("form_targets", ())))
        )
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if "Cache-Control" not in response.headers:
        anonymous = "identity" not in g or g.identity.is_anonymous
        response.headers["Cache-Control"] = "private, no-cache" if anonymous else "private, no-store"
    return response


def _answers_its_opener() -> bool:
    """Whether the window was opened by a page inside a platform that waits for its answer, sign-in included."""
    asked = request.args.get("next", "") if request.endpoint == "account.sign_in" else request.path
    return asked.startswith(ANSWERING)


def _let_frame(response: Response) -> None:
    """Let a platform frame a page, and let its window be spoken to: hosted platforms have many origins."""
    response.headers.pop("X-Frame-Options")
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    response.headers["Content-Security-Policy"] = POLICY.format(frames="'none'", ancestors="*", forms="'self'")


def install_security(app: Flask) -> None:
    """Limit bodies and check cookies, origin and CSRF token before every view."""
    app.request_class = StagedRequest
    app.config.update(
        MAX_CONTENT_LENGTH=FORM_LIMIT,
        MAX_FORM_MEMORY_SIZE=FORM_LIMIT,
        MAX_FORM_PARTS=500,
        WTF_CSRF_CHECK_DEFAULT=False,  # asked below, after the origin and never for bearers
        WTF_CSRF_SSL_STRICT=False,  # _refuse_foreign_origin asks the same with and without HTTPS
        WTF_CSRF_TIME_LIMIT=None,  # the token ends with its session
    )
    csrf.init_app(app)
    install_known_devices(app)
    for guard in (_allow_upload, _refuse_foreign_origin, _demand_csrf_token, _refuse_nul):
        app.before_request(guard)


def install_cookie_check(app: Flask) -> None:
    """Refuse two session cookies before anything else looks at them."""
    app.before_request(_refuse_two_cookies)
