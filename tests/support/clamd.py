"""A stand-in for clamd: it takes INSTREAM and PING, finds what is marked as harmful, and misbehaves when told to."""

from __future__ import annotations

import socketserver
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator

HARMFUL = b"THIS-IS-HARMFUL-FOR-TESTS"
TOO_LARGE = b"INSTREAM size limit exceeded. ERROR\0"


class _Talk(socketserver.StreamRequestHandler):
    """One connection; `server.manner` says how it goes."""

    server: FakeClamd

    def handle(self) -> None:
        command = self._until_nul()
        self.server.commands.append(command)
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
            return
        match self.server.manner:
            case "closes at once":
                return
            case "closes midway":
                self.rfile.read(10)
                return
            case "size limit":
                self.rfile.read(10)
                self.wfile.write(TOO_LARGE)
                return
            case "silent":
                self.server.over.wait(5)
                return
        data = self._stream()
        self.server.seen.append(data)
        self.wfile.write(self.server.answers.get(self.server.manner) or self._judged(data))

    def _judged(self, data: bytes) -> bytes:
        return b"stream: Test.Harmful-1 FOUND\0" if HARMFUL in data else b"stream: OK\0"

    def _until_nul(self) -> bytes:
        said = b""
        while (byte := self.rfile.read(1)) not in {b"", b"\0"}:
            said += byte
        return said

    def _stream(self) -> bytes:
        data = b""
        while length := struct.unpack(">L", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
        return data


class FakeClamd(socketserver.ThreadingTCPServer):
    """Listens on a free port; `manner` may be changed at any time."""

    allow_reuse_address = True
    daemon_threads = True
    usual: ClassVar[dict[str, bytes]] = {
        "garbage": b"\xff\xfe\0",
        "nonsense": b"stream: perhaps\0",
        "half an answer": b"stream: OK",
        "two answers": b"stream: OK\0stream: X FOUND\0",
        "endless": b"x" * 10_000,
        "error": b"stream: Can't allocate memory ERROR\0",
    }

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.manner = ""
        self.answers = dict(self.usual)
        self.over = threading.Event()
        self.seen: list[bytes] = []
        self.commands: list[bytes] = []

    @property
    def address(self) -> str:
        """As ELEARN_CLAMD wants it."""
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def fake_clamd() -> Iterator[FakeClamd]:
    """A stand-in that listens until the end of the block."""
    with FakeClamd() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
