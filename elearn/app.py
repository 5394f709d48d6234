"""The WSGI application: two Flask applications behind one choice by Host."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

from elearn.web.content_app import create_content_app
from elearn.web.dispatch import TwoOrigins
from elearn.web.hosts import HostRules
from elearn.web.people_app import create_people_app

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from elearn.house import House


def create_app(house: House, *, port: int | None = None) -> WSGIApplication:
    """Build the WSGI callable over an open house.

    `port` is the port on which people reach the application; only `ELEARN_CONTENT_ORIGIN=port:N` without
    ELEARN_PUBLIC_URL needs it.

    Raises:
        SettingsError: the settings do not tell the two origins apart.
    """
    rules = HostRules(house.settings, port)
    two = TwoOrigins(house.settings, rules, create_people_app(house, rules), create_content_app(house, rules))
    proxies = house.settings.trusted_proxies
    if proxies == 0:
        return two
    # Never X-Forwarded-Host: a script of uploaded content can set it, and the Host decides between the two origins.
    return ProxyFix(two, x_for=proxies, x_proto=proxies, x_host=0, x_port=0, x_prefix=0)


def settle() -> None:
    """Take what a start has made out of the walks of the garbage collector, which stays for as long as the server.

    A full walk over it took 190 ms, in the midst of some request; afterwards it takes 5 to 20 ms.
    """
    gc.collect()
    gc.freeze()
