"""Waitress, taught to refuse a body by its headers and to let the application say so on a page of its own."""

from __future__ import annotations

import copy
import socket
import time
from functools import partial
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.utilities import RequestEntityTooLarge

from elearn.services.account.known_devices import KnownDevice
from elearn.web.known_devices import PLAIN, SECURE
from elearn.web.security import FORM_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from wsgiref.types import WSGIApplication

    from waitress.adjustments import Adjustments

    from elearn.settings import Settings

    Header = Mapping[str, str]

# More than any form, journal or commit; only files are larger, and they come from browsers that were signed in before.
STRANGERS_LIMIT = 8 * FORM_LIMIT
# Seconds for which a body that nobody wants is read and thrown away after the answer: a connection that is closed
# at once is reset, and many browsers then show an error of their own instead of our page.
STRANGERS_PATIENCE = 10.0
MEMBERS_PATIENCE = 600.0
PIECE = 256 * 1024  # bytes of a file that are read and given to a socket at once


class Gate:
    """How much a request may bring, by its headers alone: no row is read for whoever merely asks."""

    def __init__(self, settings: Settings) -> None:
        self.secret = settings.secret_key
        self.members_limit = settings.upload_limit + FORM_LIMIT

    def is_member(self, headers: Header) -> bool:
        """Whether the browser was signed in before; the application still asks who it is now."""
        try:
            cookies = SimpleCookie(headers.get("COOKIE", ""))
        except CookieError:
            return False
        return any(
            name in cookies and KnownDevice(self.secret, cookies[name].value).is_known for name in (SECURE, PLAIN)
        )

    def limit(self, headers: Header) -> int:
        """The most bytes of a body that are read."""
        return self.members_limit if self.is_member(headers) else STRANGERS_LIMIT

    def patience(self, headers: Header) -> float:
        """For how many seconds a refused body is thrown away."""
        return MEMBERS_PATIENCE if self.is_member(headers) else STRANGERS_PATIENCE


class GatedParser(HTTPRequestParser):
    """A request; one whose body is too large goes to the application without it, to be refused there."""

    def __init__(self, adj: Adjustments, gate: Gate, refuse: Callable[[GatedParser], None]) -> None:
        super().__init__(adj)
        self._gate, self._refuse = gate, refuse

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers, and set the limit of this one request."""
        super().parse_header(header_plus)
        if self.chunked or self.content_length > STRANGERS_LIMIT:
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = self._gate.limit(self.headers) + 1  # waitress refuses from this size on

    def received(self, data: bytes) -> int:
        """Take bytes of the request; those behind a refusal belong to no other request."""
        consumed: int = super().received(data)
        if not isinstance(self.error, RequestEntityTooLarge):
            return consumed
        self.error, self.expect_continue = None, False
        if self.chunked:
            # The application knows a body by this header alone.
            self.headers["CONTENT_LENGTH"] = str(self.adj.max_request_body_size)
        self.headers["CONNECTION"] = "close"
        self._refuse(self)
        return len(data)


class GatedChannel(HTTPChannel):
    """A connection that answers a refused body before it has arrived, and is polite while the rest comes in."""

    def __init__(self, *arguments: Any, gate: Gate, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # What a socket does not take of a piece is read from the file once more, so pieces must not be large.
        self.sendbuf_len = min(self.sendbuf_len, PIECE)
        self.parser_class = lambda adj: GatedParser(adj, gate, self._remember)
        self._gate = gate
        self._refused: GatedParser | None = None
        self._drains_until = 0.0

    def _remember(self, refused: GatedParser) -> None:
        self._refused = refused

    def received(self, data: bytes) -> bool:
        """Take bytes; nothing behind a refused request is read as a request."""
        if self._refused is not None:
            return False
        taken: bool = super().received(data)
        return taken

    def handle_write(self) -> None:
        """Send what is to be sent; after a refusal say that no more comes, and go on listening for a while."""
        if self._refused is None or not self.close_when_flushed:
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self.close_when_flushed = False
            self._begin_to_drain(self._refused)

    def _begin_to_drain(self, refused: GatedParser) -> None:
        self._drains_until = time.monotonic() + self._gate.patience(refused.headers)
        try:
            self.socket.shutdown(socket.SHUT_WR)  # the answer is complete
        except OSError:
            self.handle_close()

    def readable(self) -> bool:
        """Whether to wait for bytes; a drained connection ends when patience does."""
        if self._drains_until and time.monotonic() > self._drains_until:
            self.handle_close()
            return False
        wanted: bool = super().readable()
        return wanted

    def handle_read(self) -> None:
        """Read bytes; those of a refused body are thrown away."""
        if not self._drains_until:
            super().handle_read()
            return
        try:
            data = self.recv(self.adj.recv_bytes)
        except OSError:
            data = b""
        self.last_activity = time.time()
        if not data and self.connected:
            self.handle_close()


def create_server(application: WSGIApplication, settings: Settings, **options: Any) -> Any:
    """A waitress server as `waitress.create_server` makes it, behind the gate.

    Raises:
        OSError: an address cannot be listened on.
    """
    server = waitress.create_server(application, **options)
    channel = partial(GatedChannel, gate=Gate(settings))
    # One listening socket is the server itself; several hang in the map of the one that runs them.
    sockets = server.map if hasattr(server, "map") else server._map  # noqa: SLF001 - waitress gives no other way
    for listening in sockets.values():
        if isinstance(listening, BaseWSGIServer):
            listening.channel_class = channel
    return server
