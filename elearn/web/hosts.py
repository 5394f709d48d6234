"""The Host decides between two origins: the people's pages and uploaded content."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from flask import current_app

from elearn.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Request

    from elearn.settings import Settings

_HOST = re.compile(r"(?P<name>[a-z0-9](?:[a-z0-9.\-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?")
_LABEL = re.compile(r"[a-z0-9]{8,63}")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Side(Enum):
    """Which of the two applications a Host belongs to."""

    APP = "app"
    CONTENT = "content"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Address:
    """A Host taken apart: lower-case name (an IPv6 literal keeps its brackets) and effective port."""

    name: str
    port: int

    def origin(self, scheme: str, *, name: str = "", port: int = 0) -> str:
        """The origin with this name and port, or with others in their place; a default port is left out."""
        port = port or self.port
        suffix = "" if _DEFAULT_PORTS.get(scheme) == port else f":{port}"
        return f"{scheme}://{name or self.name}{suffix}"


def address_of(host: str, scheme: str) -> Address | None:
    """Take a Host header apart; None when it is malformed."""
    match = _HOST.fullmatch(host.strip().lower())
    if match is None:
        return None
    return Address(match["name"], int(match["port"] or _DEFAULT_PORTS[scheme]))


def is_loopback(name: str) -> bool:
    """Whether an address literal (with or without brackets) is of this machine only."""
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_literal(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _split(origin: str) -> tuple[str, Address]:
    scheme, _, host = origin.partition("://")
    address = address_of(host.replace("{package}", "package"), scheme)
    if address is None:
        raise SettingsError(f"{origin!r} is not an address.")
    return scheme, address


class HostRules:
    """What the settings say about Hosts.

    `port` is the port on which people reach the application; only `port:N` without ELEARN_PUBLIC_URL needs it.

    Raises:
        SettingsError: the two origins cannot be told apart.
    """

    def __init__(self, settings: Settings, port: int | None = None) -> None:
        self.public = _split(settings.public_url) if settings.public_url else None
        self.app_port = port
        self.content_port = 0
        self.content: tuple[str, Address] | None = None
        self.one_per_package = "{package}." in settings.content_origin
        if settings.content_origin.startswith("port:"):
            self.content_port = int(settings.content_origin.removeprefix("port:"))
        elif settings.content_origin:
            self.content = _split(settings.content_origin)
        self._refuse_confusion()

    def _refuse_confusion(self) -> None:
        if self.content and not self.public:
            raise SettingsError("ELEARN_PUBLIC_URL: it must be set when ELEARN_CONTENT_ORIGIN is an address.")
        app_port = self.public[1].port if self.public else self.app_port
        if self.content and self.public and not self.one_per_package and self.content[1] == self.public[1]:
            raise SettingsError("ELEARN_CONTENT_ORIGIN: it must be another address than ELEARN_PUBLIC_URL.")
        if self.content_port and self.content_port == app_port:
            raise SettingsError("ELEARN_CONTENT_ORIGIN: its port must be another one than that of the application.")

    def side(self, environ: Mapping[str, Any]) -> Side:
        """The application that answers a request."""
        address = address_of(environ.get("HTTP_HOST", ""), environ.get("wsgi.url_scheme", "http"))
        if address is None:
            return Side.UNKNOWN
        if self._is_app(address):
            return Side.APP
        return Side.CONTENT if self._is_content(address, environ.get("REMOTE_ADDR", "")) else Side.UNKNOWN

    def _is_app(self, address: Address) -> bool:
        if self.public:
            return address == self.public[1] or self.is_other_loopback_name(address)
        # Without a public address only names that no foreign DNS can point here are believed (DNS rebinding).
        return address.port != self.content_port and (address.name == "localhost" or _is_literal(address.name))

    def is_other_loopback_name(self, address: Address) -> bool:
        """Whether this is 127.0.0.1 or [::1] where the site is `localhost`: a page there moves to localhost."""
        at_localhost = self.public is None or self.public[1] == Address("localhost", address.port)
        return at_localhost and not (self.content or self.content_port) and is_loopback(address.name)

    def _is_content(self, address: Address, peer: str) -> bool:
        if self.content_port:
            names = {self.public[1].name} if self.public else set()
            believed = address.name in names or (not names and self._local_or_literal(address.name))
            return address.port == self.content_port and believed
        if self.content is None:
            return self._is_localhost_label(address.name) and is_loopback(peer) and self._plays_at_localhost()
        if not self.one_per_package:
            return address == self.content[1]
        label, _, rest = address.name.partition(".")
        domain = self.content[1].name.partition(".")[2]
        return rest == domain and address.port == self.content[1].port and _LABEL.fullmatch(label) is not None

    @staticmethod
    def _local_or_literal(name: str) -> bool:
        return name == "localhost" or _is_literal(name)

    @staticmethod
    def _is_localhost_label(name: str) -> bool:
        label, _, rest = name.partition(".")
        return rest == "localhost" and _LABEL.fullmatch(label) is not None

    def _plays_at_localhost(self) -> bool:
        return self.public is None or self.public[1].name == "localhost"

    def app_origin(self, request: Request) -> str | None:
        """The origin of the application, asked from either side; None when it cannot be told."""
        if self.public:
            return self.public[1].origin(self.public[0])
        address = address_of(request.host, request.scheme)
        if address is None:
            return None
        if self.content_port and address.port == self.content_port:
            return address.origin(request.scheme, port=self.app_port) if self.app_port else None
        if self._is_localhost_label(address.name):
            return address.origin(request.scheme, name="localhost")
        return address.origin(request.scheme)

    def content_address(self, request: Request, label: str) -> str | None:
        """The origin from which the package with this label plays; None: play is off until somebody sets it."""
        if self.content:
            scheme, address = self.content
            name = f"{label}.{address.name.partition('.')[2]}" if self.one_per_package else address.name
            return address.origin(scheme, name=name)
        address_here = address_of(request.host, request.scheme)
        if address_here is None:
            return None
        if self.content_port:
            return address_here.origin(request.scheme, port=self.content_port)
        if address_here.name == "localhost" and is_loopback(request.remote_addr or ""):
            return address_here.origin(request.scheme, name=f"{label}.localhost")
        return None

    def frame_sources(self, request: Request) -> str:
        """The sources an app page may frame, as a CSP source list: content origins and nothing else."""
        if self.one_per_package and self.content:
            scheme, address = self.content
            return address.origin(scheme, name=f"*.{address.name.partition('.')[2]}")
        origin = self.content_address(request, "*")
        return origin or "'none'"


def host_rules() -> HostRules:
    """The rules of the application that answers the present request."""
    rules: HostRules = current_app.extensions["elearn.hosts"]
    return rules


def content_address(settings: Settings, request: Request, label: str) -> str | None:
    """The origin from which the package with this label plays, or None; see `HostRules.content_address`."""
    del settings  # they are in the rules of the application
    return host_rules().content_address(request, label)


def app_origin(settings: Settings, request: Request) -> str | None:
    """The origin of the application, or None; see `HostRules.app_origin`."""
    del settings
    return host_rules().app_origin(request)
