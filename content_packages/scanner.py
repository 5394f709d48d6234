"""Asking clamd whether a file does harm, by its command INSTREAM (clamd(8)): only a whole, known answer is believed."""

from __future__ import annotations

import re
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO, Final

from scorm.plain_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK: Final = 256 * 1024  # bytes
CONNECT_SECONDS: Final = 5.0
# clamd gives a file up after 120 seconds (MaxScanTime); it says nothing until then.
SILENCE_SECONDS: Final = 150.0
LONGEST_ANSWER: Final = 4096  # bytes
LONGEST_THREAT: Final = 200  # characters
_LENGTH: Final = struct.Struct(">L")
_FOUND: Final = re.compile(r"stream: (\S[^\0]*) FOUND")
_TOO_LARGE: Final = "INSTREAM size limit exceeded. ERROR"
_UNIX: Final = "unix:"
_TCP: Final = "tcp://"


class ScannerError(Exception):
    """There is no answer that can be believed: nobody listens, it broke off, it took too long, it was nonsense."""


class Judgement(StrEnum):
    """What a scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too_large"  # larger than the scanner takes (StreamMaxLength): nobody knows


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement, with the name of what was found."""

    judgement: Judgement
    threat: str = ""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens, and how many seconds it may be silent."""

    path: str = ""
    host: str = ""
    port: int = 0
    silence: float = SILENCE_SECONDS

    @classmethod
    def at(cls, address: str) -> Scanner:
        """Read `unix:/run/clamav/clamd.ctl`, `host:port` or `tcp://host:port` (an IPv6 address in brackets).

        Raises:
            ValueError: it is neither.
        """
        if address.startswith(_UNIX):
            path = address.removeprefix(_UNIX)
            if not path.startswith("/"):
                raise ValueError("the path of the socket must begin with /")
            return cls(path=path)
        host, colon, port = address.removeprefix(_TCP).rpartition(":")
        name = host.removeprefix("[").removesuffix("]")
        if not (colon and name and re.fullmatch(r"[\w.\-:]+", name) and port.isascii() and port.isdecimal()):
            raise ValueError("it must be unix:/path or host:port")
        if not 0 < int(port) < 1 << 16:
            raise ValueError("there is no such port")
        return cls(host=name, port=int(port))

    def scan(self, file: BinaryIO) -> Verdict:
        """Send an open file from its present place on and return what clamd says of it.

        Raises:
            ScannerError: no answer that can be believed.
        """
        return _verdict(self._ask(b"zINSTREAM\0", _frames(file)))

    def ping(self) -> None:
        """See whether it lives.

        Raises:
            ScannerError: it does not.
        """
        if self._ask(b"zPING\0", iter(())) != "PONG":
            raise ScannerError("no answer to PING")

    def _ask(self, command: bytes, frames: Iterator[bytes]) -> str:
        try:
            with self._connected() as connection:
                connection.settimeout(self.silence)
                # One that has had enough answers and closes: what it said before is still there to be read.
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.sendall(command)
                    for frame in frames:
                        connection.sendall(frame)
                return self._answer(connection)
        except (OSError, UnicodeDecodeError) as error:
            raise ScannerError(f"{type(error).__name__}: {error}") from error

    def _connected(self) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), CONNECT_SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(CONNECT_SECONDS)
            connection.connect(self.path)
        except BaseException:
            connection.close()
            raise
        return connection

    def _answer(self, connection: socket.socket) -> str:
        """Read up to the closing NUL: an answer without it was cut off and could have said more."""
        said, until = b"", time.monotonic() + self.silence
        while not said.endswith(b"\0"):
            connection.settimeout(max(0.001, until - time.monotonic()))
            came = connection.recv(LONGEST_ANSWER)
            if not came:
                raise ScannerError("it closed the connection without a whole answer")
            said += came
            if len(said) > LONGEST_ANSWER:
                raise ScannerError("its answer has no end")
        return said[:-1].decode()


def _frames(file: BinaryIO) -> Iterator[bytes]:
    """The file as INSTREAM wants it: pieces behind their length (4 bytes, big-endian), at last one of no length."""
    while chunk := file.read(CHUNK):
        yield _LENGTH.pack(len(chunk)) + chunk
    yield _LENGTH.pack(0)


def _verdict(answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict(Judgement.CLEAN)
    if found := _FOUND.fullmatch(answer):
        return Verdict(Judgement.INFECTED, one_line(found[1])[:LONGEST_THREAT])
    if answer == _TOO_LARGE:
        return Verdict(Judgement.TOO_LARGE)
    raise ScannerError(f"an answer nobody understands: {one_line(answer)[:LONGEST_THREAT]}")
