"""A whole file from another server: each redirect judged anew, bytes counted, time limited, the name it gives kept."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from urllib3.exceptions import HTTPError

from elearn.services.outside.asking import CHUNK, REDIRECTS, connection_pool, ending
from elearn.services.outside.guard import OutsideError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import BinaryIO

    import urllib3

    from elearn.services.outside.guard import Guard, Place

    Told = Callable[[int, int | None], None]

MOST_REDIRECTS = 5
PATIENCE = 30.0  # seconds for a connection, and between two bytes
_OK = 200
_NAME = re.compile(r"filename\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;\s]+))", re.IGNORECASE)
_EXTENDED_NAME = re.compile(r"filename\*\s*=\s*utf-8'[^']*'([^;\s]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, and seconds for everything together."""

    largest: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Downloaded:
    """How many bytes came, and what the other server calls the file ("" when it does not)."""

    size: int
    name: str


def download(
    guard: Guard, url: str, file: BinaryIO, limits: Limits, told: Told = lambda _done, _all: None
) -> Downloaded:
    """Write what stands at an address into a file; it blocks, so no transaction may be open.

    `told` hears of the bytes that came and of those that were promised; what it raises ends the download.

    Raises:
        OutsideError: as `Guard.place` for each address on the way; `outside_silent`, `outside_redirects`,
            `outside_too_large`, or `outside_status` when there is no file for us.
    """
    ends = time.monotonic() + limits.seconds
    for _ in range(MOST_REDIRECTS + 1):
        place = guard.place(url, takes_plain=True)
        left = max(ends - time.monotonic(), 0.01)
        try:
            with connection_pool(place, min(PATIENCE, left)) as pool, ending(pool, left):
                response = _ask(pool, place)
                with response:
                    if response.status not in REDIRECTS:
                        size = _take(response, place.host, limits.largest, _Sink(file, told, ends))
                        return Downloaded(size, _name(response.headers, place.target))
                    url = _next(url, response, place)
        except (HTTPError, OSError, ValueError) as error:
            raise OutsideError("outside_silent", host=place.host) from error
    raise OutsideError("outside_redirects", host=place.host)


def _ask(pool: urllib3.HTTPConnectionPool, place: Place) -> urllib3.BaseHTTPResponse:
    return pool.urlopen(
        "GET",
        place.target,
        headers={"Host": place.host_header, "Accept-Encoding": "identity", "User-Agent": "elearn"},
        redirect=False,
        retries=False,
        preload_content=False,
        decode_content=False,
    )


def _next(url: str, response: urllib3.BaseHTTPResponse, place: Place) -> str:
    """Where a redirect leads; never from a protected connection to one that everybody can read."""
    target = urljoin(url, response.headers.get("Location", ""))
    if place.scheme == "https" and urlsplit(target).scheme == "http":
        raise OutsideError("outside_redirects", host=place.host)
    return target


@dataclass(frozen=True, slots=True)
class _Sink:
    """Where the bytes go, who hears of them, and until when they may come."""

    file: BinaryIO
    told: Told
    ends: float

    @property
    def is_over(self) -> bool:
        return time.monotonic() > self.ends


def _take(response: urllib3.BaseHTTPResponse, host: str, largest: int, sink: _Sink) -> int:
    if response.status != _OK:
        raise OutsideError("outside_status", host=host, number=response.status)
    written = response.headers.get("Content-Length", "")
    promised = int(written) if written.isascii() and written.isdecimal() else None
    size = 0
    while part := response.read1(CHUNK) if (promised or 0) <= largest else b"":
        size += len(part)
        if size > largest or sink.is_over:
            break
        sink.file.write(part)
        sink.told(size, promised)
    if max(size, promised or 0) > largest:
        raise OutsideError("outside_too_large", host=host, limit=largest)
    # What was broken off looks like an end.
    if sink.is_over or (promised is not None and size != promised):
        raise OutsideError("outside_silent", host=host)
    return size


def _name(headers: Mapping[str, str], target: str) -> str:
    """The name of RFC 6266, or the last part of the path."""
    said = headers.get("Content-Disposition", "")
    if extended := _EXTENDED_NAME.search(said):
        return unquote(extended[1])
    if match := _NAME.search(said):
        return re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2]
    return unquote(target.partition("?")[0].rpartition("/")[2])
