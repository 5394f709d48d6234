"""The cookie by which a browser is known to the accounts that were signed in there; it opens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from elearn.services.account.known_devices import LIFE, KnownDevice
from elearn.web.sessions import current_session
from elearn.web.transactions import FIRST_FAILURE, house

if TYPE_CHECKING:
    from flask import Flask, Response

PLAIN, SECURE = "elearn-device", "__Host-elearn-device"


def device_cookie_name() -> str:
    """`__Host-elearn-device` under HTTPS: no other host and no plain connection can set it."""
    return SECURE if request.is_secure else PLAIN


def present_device() -> KnownDevice:
    """What this browser presents."""
    return KnownDevice(house().settings.secret_key, request.cookies.get(device_cookie_name(), ""))


def _make_known(response: Response) -> Response:
    """Let a signed-in browser know its account again, anew with every sign-in."""
    session = current_session()
    uid = session.identity.uid
    if not session.persistent or session.identity.is_anonymous or response.status_code >= FIRST_FAILURE:
        return response
    device = present_device()
    if session.replaced or not device.key_for(uid):
        response.set_cookie(
            device_cookie_name(),
            device.with_account(uid),
            max_age=LIFE,
            path="/",
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response


def install_known_devices(app: Flask) -> None:
    """Hand the cookie to every browser in which somebody is signed in."""
    app.after_request(_make_known)
