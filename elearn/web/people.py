"""Whoever asks, for views: the identity of the request, signing in and out, and the decorators that demand it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import g, redirect, request, url_for
from flask_login import LoginManager, UserMixin, login_user, logout_user
from werkzeug.exceptions import Unauthorized

from elearn.models.organisation import Unit
from elearn.services.access import ANONYMOUS, load_identity, may
from elearn.services.errors import ForbiddenError
from elearn.web.errors import wants_json
from elearn.web.sessions import current_session, is_bearer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask, Response

    from elearn.models.account import Role
    from elearn.services.access import Action, Identity

    View = Callable[..., Any]

# Endpoints that work while a password still has to be changed.
FREE_ENDPOINTS = frozenset({"static", "health.healthz", "account.sign_out", "account.new_password", "home.language"})


class SignedIn(UserMixin):
    """Flask-Login's view of an identity."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.id = identity.uid


def current_identity() -> Identity:
    """The identity of the present request; anonymous when nobody is signed in."""
    identity: Identity = g.get("identity", ANONYMOUS)
    return identity


def sign_in(account_id: int) -> Identity:
    """Sign an account in: in the request's transaction, under a new token that nobody can have planted."""
    identity = load_identity(g.db, account_id)
    session = current_session()
    session.clear_values()
    session.replace_token()
    session.identity = g.identity = identity
    login_user(SignedIn(identity))
    return identity


def sign_out() -> None:
    """End this browser's session; a message may still be shown afterwards."""
    session = current_session()
    session.clear_values()
    session.replace_token()
    session.identity = g.identity = ANONYMOUS
    logout_user()


def safe_next(target: str | None) -> str | None:
    r"""A place of our own to go on to, or None: never another site (`//evil`, `/\evil`, `https:evil`)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(character) < 0x20 or character == "\\" for character in target):  # noqa: PLR2004 - control characters
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def sign_in_required(view: View) -> View:
    """Let only signed-in people in; a page sends others to sign in and brings them back."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if current_identity().is_anonymous:
            return _send_to_sign_in()
        return view(*args, **kwargs)

    return guarded


def may_somewhere(identity: Identity, action: Action) -> bool:
    """Whether the identity may do an action to the house or at one of the units it belongs to.

    It answers for pages that come before any row, such as the form for a new material; only actions whose
    rule takes a unit or nothing can be asked.
    """
    return may(identity, action) or any(may(identity, action, Unit(id=unit)) for unit in identity.home_units)


def needs(action: Action) -> Callable[[View], View]:
    """Demand that the identity may do an action somewhere; anonymous people are sent to sign in.

    What may be done to a row is asked in the service that loads it.
    """
    return _guard(lambda identity: may_somewhere(identity, action), action.value)


def needs_role(roles: Iterable[Role]) -> Callable[[View], View]:
    """Demand that the identity has one of the roles at some unit; anonymous people are sent to sign in."""
    wanted = frozenset(roles)
    return _guard(lambda identity: bool(identity.units_of(wanted)), "role")


def _guard(allows: Callable[[Identity], bool], asked: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not allows(current_identity()):
                raise ForbiddenError("may_not", action=asked)
            return view(*args, **kwargs)

        return sign_in_required(guarded)

    return decorate


def _send_to_sign_in() -> Any:
    if is_bearer(request) or wants_json():
        raise Unauthorized
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.sign_in", next=safe_next(here)))


def _load_identity() -> None:
    g.identity = current_session().identity


def _demand_new_password() -> Response | None:
    if request.endpoint and current_session().must_change_password and request.endpoint not in FREE_ENDPOINTS:
        if wants_json():
            raise Unauthorized
        return redirect(url_for("account.new_password"))  # type: ignore[return-value]
    return None


def install_people(app: Flask) -> None:
    """Load the identity of each request and let Flask-Login know it."""
    manager = LoginManager()
    manager.session_protection = None  # the token is random and replaced at sign-in; addresses change on mobile lines
    manager.user_loader(_signed_in_user)
    manager.init_app(app)
    app.before_request(_load_identity)
    app.before_request(_demand_new_password)


def _signed_in_user(uid: str) -> SignedIn | None:
    identity = current_session().identity
    return SignedIn(identity) if not identity.is_anonymous and identity.uid == uid else None
