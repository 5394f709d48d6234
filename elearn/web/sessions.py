"""Browser sessions on the server: the cookie holds a random token, the row only its digest."""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import current_app, request
from flask import session as flask_session
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import CallbackDict

from elearn.clock import now
from elearn.identifiers import new_token, token_digest
from elearn.models.account import Account, BrowserSession
from elearn.services.access import ANONYMOUS as NOBODY
from elearn.services.access import Identity, load_identity
from elearn.services.player.sign_ins import move_pages
from elearn.web.transactions import READING_METHODS, house, short_read

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask, Request, Response
    from sqlalchemy.orm import Session

IDLE = timedelta(hours=8)  # a school day: nobody is thrown out between two lessons
ABSOLUTE = timedelta(days=7)
ANONYMOUS = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=5)
STATELESS_PREFIXES = ("/static/", "/healthz", "/lti/jwks.json")
_TOKEN = re.compile(r"[A-Za-z0-9_\-]{43}")
_CSRF = "csrf_token"


@dataclass(frozen=True, slots=True)
class StoredSession:
    """What the row of a session says."""

    account_id: int | None
    created_at: datetime
    seen_at: datetime


class WebSession(CallbackDict[str, Any], SessionMixin):
    """The session of a request: a dictionary kept in a row, made only when there is something to keep.

    The CSRF secret is derived from the token and never stored, so that a page with a form writes nothing.
    """

    def __init__(
        self,
        token: str,
        data: dict[str, Any] | None = None,
        *,
        stored: StoredSession | None = None,
        identity: Identity = NOBODY,
        must_change_password: bool = False,
        persistent: bool = True,
    ) -> None:
        self.token = token
        self.stored = stored
        self.identity = identity
        self.must_change_password = must_change_password
        self.persistent = persistent
        self.cookie_wanted = False
        self.replaced: str | None = None
        self._before = (token, dict(data or {}), identity)
        super().__init__(data or {}, WebSession._mark_modified)
        dict.__setitem__(self, _CSRF, _csrf_secret(token))
        self.modified = False

    @staticmethod
    def _mark_modified(session: WebSession) -> None:
        session.modified = True

    def __getitem__(self, key: str) -> Any:
        """Give a value; a page that shows the CSRF token needs its cookie."""
        if key == _CSRF:
            self.cookie_wanted = True
        return super().__getitem__(key)

    @property
    def digest(self) -> str:
        """The key of the row."""
        return token_digest(self.token)

    def expiry(self, row: BrowserSession) -> datetime:
        """When the session ends unless it is used again."""
        return min(row.seen_at + IDLE, row.created_at + ABSOLUTE) if row.account_id else row.seen_at + ANONYMOUS

    def kept_values(self) -> dict[str, Any]:
        """What goes into the row: everything but the derived secret, as plain JSON."""
        values = {key: value for key, value in self.items() if key != _CSRF}
        kept: dict[str, Any] = json.loads(json.dumps(values, default=str))
        return kept

    def clear_values(self) -> None:
        """Forget everything that was kept."""
        self.clear()
        dict.__setitem__(self, _CSRF, _csrf_secret(self.token))

    def replace_token(self) -> None:
        """Take a new token, so that whoever planted or saw the old one holds nothing (session fixation)."""
        self.replaced = self.digest
        self.token = new_token()
        dict.__setitem__(self, _CSRF, _csrf_secret(self.token))
        self.modified = True
        self.cookie_wanted = True

    def drop_changes(self) -> None:
        """Go back to the state in which the session was opened."""
        self.token, values, self.identity = self._before
        self.replaced = None
        self.cookie_wanted = False
        self.clear()
        self.update(values)
        dict.__setitem__(self, _CSRF, _csrf_secret(self.token))
        self.modified = False


def _csrf_secret(token: str) -> str:
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.digest(secret.encode(), b"csrf\0" + token.encode(), "sha256").hex()


def cookie_name() -> str:
    """`__Host-elearn` under HTTPS: no other host and no plain connection can set it."""
    return "__Host-elearn" if request.is_secure else "elearn"


def presented_tokens(request_: Request, name: str) -> list[str]:
    """All values the browser sent under a cookie name; two mean that somebody else set one."""
    pairs = (pair.strip().partition("=") for pair in request_.headers.get("Cookie", "").split(";"))
    return [value.strip().strip('"') for key, _, value in pairs if key.strip() == name]


def is_bearer(request_: Request) -> bool:
    """Whether a request authenticates itself by a token in its header; its cookies are then ignored.

    Other schemes, such as what a proxy before us asked for, say nothing about who uses the library.
    """
    return request_.headers.get("Authorization", "").partition(" ")[0].lower() == "bearer"


class RowSessions(SessionInterface):
    """Flask's session interface over rows of `browser_session`."""

    def open_session(self, app: Flask, request: Request) -> WebSession:
        """The session of the cookie, read in a short transaction of its own together with the identity."""
        del app
        if request.path.startswith(STATELESS_PREFIXES) or is_bearer(request):
            return WebSession(new_token(), persistent=False)
        tokens = presented_tokens(request, cookie_name())
        if len(tokens) != 1 or _TOKEN.fullmatch(tokens[0]) is None:
            return WebSession(new_token())
        with short_read() as database:
            return _opened(database, tokens[0])

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where a page needs it; rows are written by `keep` before."""
        del app
        if not isinstance(session, WebSession) or not session.persistent:
            return
        response.vary.add("Cookie")
        if session.cookie_wanted and presented_tokens(request, cookie_name()) != [session.token]:
            set_session_cookie(response, session.token)


def set_session_cookie(response: Response, token: str) -> None:
    """Hand the token to the browser until it is closed."""
    response.set_cookie(cookie_name(), token, path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def clear_session_cookies(response: Response) -> None:
    """Take back the cookie, also where a page on another port may have planted a second one by path."""
    segments = request.path.strip("/").split("/")
    folders = ["/" + "/".join(segments[:count]) for count in range(min(len(segments), 6) + 1)]
    for path in dict.fromkeys(folders + [f"{folder}/" for folder in folders[1:]]):
        response.delete_cookie(cookie_name(), path=path, secure=request.is_secure, httponly=True, samesite="Lax")


def _opened(database: Session, token: str) -> WebSession:
    row = database.get(BrowserSession, token_digest(token))
    if row is None or row.expires_at <= now():
        return WebSession(token)
    # Held here, so that the identity does not read it once more.
    account = database.get(Account, row.account_id) if row.account_id is not None else None
    identity = load_identity(database, row.account_id)
    if row.account_id is not None and identity.is_anonymous:
        return WebSession(token)  # disabled in the meantime
    return WebSession(
        token,
        row.data,
        stored=StoredSession(row.account_id, row.created_at, row.seen_at),
        identity=identity,
        must_change_password=account is not None and account.must_change_password,
    )


def current_session() -> WebSession:
    """The session of the present request, with its own type."""
    session: Any = flask_session
    found: WebSession = session._get_current_object()  # noqa: SLF001 - the documented way through a proxy
    return found


def keep(session: WebSession, database: Session | None) -> None:
    """Write what changed: into the request's own transaction when it writes, else into a short one.

    Reading never fails because of it: a full or busy database only shows a message twice.

    Raises:
        SQLAlchemyError: what a POST changed could not be written.
    """
    if not session.persistent or not (session.modified or _is_due(session)):
        return
    try:
        if database is not None:
            _write(session, database)
            database.flush()
        else:
            with house().database.write() as own:
                _write(session, own)
    except SQLAlchemyError:
        if request.method not in READING_METHODS:
            raise
        current_app.logger.warning("a session could not be kept after reading a page")


def _is_due(session: WebSession) -> bool:
    return session.stored is not None and now() - session.stored.seen_at >= SEEN_EVERY


def _write(session: WebSession, database: Session) -> None:
    values = session.kept_values()
    account_id = session.identity.account_id
    if session.replaced:
        database.execute(delete(BrowserSession).where(BrowserSession.digest == session.replaced))
    row = database.get(BrowserSession, session.digest)
    if row is None:
        if session.stored and not session.replaced:
            return  # ended elsewhere meanwhile ("sign out everywhere"): nothing brings it back
        if not values and account_id is None:
            return
        row = _new_row(session, account_id)
        database.add(row)
        if session.replaced and account_id is not None:
            move_pages(database, session.replaced, session.digest, account_id)
        session.cookie_wanted = True
    row.data = values
    row.seen_at = now()
    row.expires_at = session.expiry(row)


def _new_row(session: WebSession, account_id: int | None) -> BrowserSession:
    moment = now()
    return BrowserSession(
        digest=session.digest,
        account_id=account_id,
        user_agent=request.user_agent.string[:200],
        address=(request.remote_addr or "")[:64],
        created_at=moment,
        seen_at=moment,
        expires_at=moment + ANONYMOUS,
    )
