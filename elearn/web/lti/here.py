"""The browser in which a launch has arrived: it gets a cookie by which it is told from others that know the address.

The address of a launch opens its pages wherever it is opened. What binds an account needs more.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from flask import request

from elearn.identifiers import keyed_label
from elearn.services.lti.launched import LIFETIME, handle_digest
from elearn.web.lti.login import COOKIE
from elearn.web.transactions import house

if TYPE_CHECKING:
    from flask import Response

NAME = "lti-here"


def mark_of(secret: str, handle: str) -> str:
    """What the cookie of a launch says; nobody makes it who only knows the address."""
    return keyed_label(secret, "launched here", handle_digest(handle), length=32)


def mark(response: Response, handle: str) -> None:
    """Let the browser be known again; the newest launch counts."""
    seconds = int(LIFETIME.total_seconds())
    response.set_cookie(NAME, mark_of(house().settings.secret_key, handle), max_age=seconds, **COOKIE)


def arrived_here(handle: str) -> bool:
    """Whether the launch of a handle was the last to arrive in this browser."""
    told = request.cookies.get(NAME, "")
    return hmac.compare_digest(told.encode(), mark_of(house().settings.secret_key, handle).encode())
