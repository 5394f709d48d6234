"""Which hosts may be asked: those of the world, and inner ones only where an operator has named them."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from elearn.services.errors import ServiceError

if TYPE_CHECKING:
    from collections.abc import Iterable

Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}


class OutsideError(ServiceError):
    """Another server was not asked, or did not answer as it must."""

    status = 502


@dataclass(frozen=True, slots=True)
class Place:
    """Where a connection goes: the name for TLS and `Host`, and the one address that was judged."""

    scheme: str
    host: str
    port: int
    address: str
    target: str  # path and query

    @property
    def host_header(self) -> str:
        """The value of `Host`."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"


@dataclass(frozen=True, slots=True)
class Guard:
    """Judges addresses. `hosts` and `networks` are inner ones that an operator trusts, such as a school's Moodle."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = field(default=())

    @classmethod
    def from_names(cls, names: Iterable[str]) -> Guard:
        """Read host names, addresses and networks (`10.1.0.0/16`)."""
        hosts, networks = set(), []
        for name in names:
            try:
                networks.append(ipaddress.ip_network(name, strict=False))
            except ValueError:
                hosts.add(name.lower().rstrip("."))
        return cls(frozenset(hosts), tuple(networks))

    def place(self, url: str, *, takes_plain: bool = False) -> Place:
        """Where to connect for an address; the name is resolved once, so that it cannot mean something else later.

        `takes_plain` is for what is judged by its bytes afterwards, whoever may have changed them on their way.

        Raises:
            OutsideError: it is no address of the web (`outside_address`), it has no host (`outside_unknown_host`), or
                an inner one that nobody has allowed (`outside_inner_host`). Plain http is for allowed ones only
                (`outside_plain`).
        """
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError as error:
            raise OutsideError("outside_address") from error
        if parts.scheme not in _PORTS or not host or "@" in parts.netloc or not url.isprintable() or " " in url:
            raise OutsideError("outside_address")
        port = port or _PORTS[parts.scheme]
        found = _resolve(host, port)
        if not all(self._may_ask(host, each) for each in found):
            raise OutsideError("outside_inner_host", host=host)
        if parts.scheme == "http" and not takes_plain and not all(self._is_allowed(host, each) for each in found):
            raise OutsideError("outside_plain", host=host)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Place(parts.scheme, host, port, str(found[0]), target)

    def _may_ask(self, host: str, address: Address) -> bool:
        return self._is_allowed(host, address) or is_of_the_world(address)

    def _is_allowed(self, host: str, address: Address) -> bool:
        return host.lower() in self.hosts or any(
            address in network for network in self.networks if network.version == address.version
        )


def is_of_the_world(address: Address) -> bool:
    """Whether an address can only be reached over the internet; addresses inside others are looked into."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_of_the_world(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _resolve(host: str, port: int) -> list[Address]:
    try:
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise OutsideError("outside_unknown_host", host=host) from error
    found = [ipaddress.ip_address(str(sockaddr[0]).partition("%")[0]) for *_, sockaddr in told]
    if not found:
        raise OutsideError("outside_unknown_host", host=host)
    return found
