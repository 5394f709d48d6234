"""A ceiling on requests that no person reaches, against programs that run wild."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_limiter import Limiter

from elearn.web.people import current_identity
from elearn.web.sessions import STATELESS_PREFIXES

if TYPE_CHECKING:
    from flask import Flask

PER_ACCOUNT = "600 per minute"
# A whole school often stands behind one address.
PER_ADDRESS = "3000 per minute"


def _who() -> str:
    identity = current_identity()
    return f"address:{request.remote_addr}" if identity.is_anonymous else f"account:{identity.uid}"


def _limit() -> str:
    return PER_ADDRESS if current_identity().is_anonymous else PER_ACCOUNT


def install_limits(app: Flask) -> None:
    """Count the requests of each account and, for visitors, of each address, in this process only."""
    limiter = Limiter(_who, default_limits=[_limit], storage_uri="memory://", strategy="sliding-window-counter")
    limiter.request_filter(lambda: request.path.startswith(STATELESS_PREFIXES))
    limiter.init_app(app)
