"""One request to another server, within limits of time and size, to the address that was judged and no other."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import urllib3
from urllib3.exceptions import HTTPError

from elearn.services.outside.guard import OutsideError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from elearn.services.outside.guard import Guard, Place

LARGEST = 1024 * 1024  # bytes of an answer
SECONDS = 10.0  # for everything together
CHUNK = 16 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(
    guard: Guard,
    url: str,
    *,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    largest: int = LARGEST,
    seconds: float = SECONDS,
) -> Answer:
    """Ask another server; it blocks, so no write transaction may be open.

    A redirect is not followed: where it leads, nobody has judged, and a service does not move from one request to
    the next.

    Raises:
        OutsideError: as `Guard.place`; `outside_silent` when it cannot be reached or takes too long,
            `outside_redirects`, `outside_too_large`.
    """
    place = guard.place(url)
    ends = time.monotonic() + seconds
    with connection_pool(place, seconds) as pool, ending(pool, seconds):
        try:
            response = pool.urlopen(
                method,
                place.target,
                body=body,
                headers={"Host": place.host_header, "Accept-Encoding": "identity", **(headers or {})},
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
            )
            with response:
                if response.status in REDIRECTS:
                    raise OutsideError("outside_redirects", host=place.host)
                told = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status, told, _read(response, largest, ends, place.host))
        except (HTTPError, OSError) as error:
            raise OutsideError("outside_silent", host=place.host) from error


def connection_pool(place: Place, seconds: float) -> urllib3.HTTPConnectionPool:
    """Connections to the address that was judged, under the name it was judged by."""
    timeout = urllib3.Timeout(total=seconds)
    if place.scheme == "http":
        return urllib3.HTTPConnectionPool(place.address, place.port, timeout=timeout, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        place.address,
        place.port,
        timeout=timeout,
        maxsize=1,
        server_hostname=place.host,
        assert_hostname=place.host,
        cert_reqs="CERT_REQUIRED",
    )


@contextmanager
def ending(pool: urllib3.HTTPConnectionPool, seconds: float) -> Iterator[None]:
    """Break off what the pool has opened when the time is over: the patience of a socket begins anew with each byte."""
    opened: list[socket.socket] = []

    class Connection(pool.ConnectionCls):  # type: ignore[name-defined,misc]
        def _new_conn(self) -> socket.socket:
            made: socket.socket = super()._new_conn()
            opened.append(made.dup())  # TLS takes the first one away
            return made

    pool.ConnectionCls = Connection
    timer = threading.Timer(seconds, _shut, [opened])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        for each in opened:
            each.close()


def _shut(opened: list[socket.socket]) -> None:
    for each in opened:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def _read(response: urllib3.BaseHTTPResponse, largest: int, ends: float, host: str) -> bytes:
    """The body, given up as soon as it is too large or too slow: a server may drip one byte at a time."""
    parts, size = [], 0
    while part := response.read1(CHUNK):
        size += len(part)
        if size > largest:
            raise OutsideError("outside_too_large", host=host, limit=largest)
        if time.monotonic() > ends:
            raise OutsideError("outside_silent", host=host)
        parts.append(part)
    if time.monotonic() > ends:  # it was broken off, which looks like an end
        raise OutsideError("outside_silent", host=host)
    return b"".join(parts)
