"""Pages inside a learning platform: a session by handle and not by cookie, few endpoints, frames of that platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from werkzeug.exceptions import Gone, NotFound

from elearn.identifiers import new_token
from elearn.services.lti.launched import Launched, find_launched, launched_identity, session_token
from elearn.web.handles import HANDLE, is_below_handle
from elearn.web.sessions import RowSessions, StoredSession, WebSession, current_session
from elearn.web.transactions import short_read

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask, Request, Response
    from flask.sessions import SessionMixin

    from elearn.models.account import BrowserSession
    from elearn.services.access import Identity

# Everything that opens below a handle; whatever is not here does not exist there. A launch never reaches accounts,
# passwords, administration, the organisation or reviews, also when its account could do so after a local sign-in.
ENDPOINTS = frozenset(
    {
        "activity.open_file",
        "activity.play",
        "activity.review",
        "activity.start",
        "classroom.begin",
        "classroom.disconnect",
        "classroom.grades_again",
        "classroom.grading",
        "classroom.learner",
        "classroom.map_course",
        "classroom.overview",
        "classroom.read_roster",
        "classroom.reset",
        "classroom.waiting",
        "insight.attempt",
        "insight.steps",
        "library.picture",
        "picker.answer",
        "picker.attempt",
        "picker.cancel",
        "picker.choose",
        "picker.courses",
        "picker.material",
        "picker.open_file",
        "picker.put_back",
        "picker.search",
        "player.code",
        "player.go_on",
        "player.journal",
        "player.renew_token",
        "player.shell",
        "player.ways",
        "teach.beat",
        "teach.choose",
        "teach.end",
        "teach.show",
    }
)
FRAMED = "/lti/"  # pages that learning platforms show in their frames; they know nobody, whatever cookie comes along
# Blueprints whose pages need a launch: without a handle they do not exist.
ONLY_BELOW = frozenset({"activity", "classroom", "picker"})


class LaunchedSession(WebSession):
    """The session of a launch; its handle is never exchanged for another one, and its end is fixed."""

    def __init__(self, handle: str, row: BrowserSession, launched: Launched, identity: Identity) -> None:
        stored = StoredSession(row.account_id, row.created_at, row.seen_at)
        super().__init__(session_token(handle), row.data, stored=stored, identity=identity)
        self.launched = launched

    def replace_token(self) -> None:
        """Nobody signs in or out here.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError("the session of a launch has no other token than its handle")

    def expiry(self, row: BrowserSession) -> datetime:
        """The end that the launch has given."""
        return row.expires_at


class Sessions(RowSessions):
    """The session of the handle where the address has one, else that of the cookie."""

    def open_session(self, app: Flask, request: Request) -> WebSession:
        """The session of a request."""
        if is_below_handle(request):
            return _opened(request.environ[HANDLE]) or WebSession(new_token(), persistent=False)
        if request.path.startswith(FRAMED):
            return WebSession(new_token(), persistent=False)
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where there is one."""
        if not isinstance(session, LaunchedSession):
            super().save_session(app, session, response)


def _opened(handle: str) -> LaunchedSession | None:
    if not handle:
        return None
    with short_read() as database:
        found = find_launched(database, handle)
        if found is None:
            return None
        launched, row = found
        identity = launched_identity(database, row.account_id, launched)
        return None if identity.is_anonymous else LaunchedSession(handle, row, launched, identity)


def current_launch() -> Launched | None:
    """The launch to which the present request belongs; None on pages that people open by themselves."""
    session = current_session()
    return session.launched if isinstance(session, LaunchedSession) else None


def framed_by() -> str:
    """The origins that may frame what this request shows, as a source list; "" outside a launch.

    The page that says that a launch is over can be framed by anybody: it knows nobody and offers nothing.
    """
    if not is_below_handle(request):
        return ""
    launch = current_launch()
    return "*" if launch is None else " ".join(launch.ancestors) or "'none'"


def dress(response: Response) -> None:
    """The headers of a page below a handle: no cookie, no cache, and no word to anybody about its address."""
    for name in ("Set-Cookie", "X-Frame-Options"):  # the policy says which frames
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"


def _admit() -> None:
    if not is_below_handle(request):
        if request.blueprint in ONLY_BELOW:
            raise NotFound
    elif current_launch() is None:
        raise Gone
    elif request.endpoint not in ENDPOINTS:
        raise NotFound


def _own_address() -> str:
    return request.script_root + request.full_path.rstrip("?") if request.method == "GET" else ""


def install_launches(app: Flask) -> None:
    """Let pages below a handle through, and only the few that belong there."""
    app.session_interface = Sessions()
    app.before_request(_admit)

    @app.context_processor
    def _launch() -> dict[str, Any]:
        below = is_below_handle(request)
        return {"below_handle": below, "launch": current_launch(), "own_address": _own_address() if below else ""}
