"""A download of 2 GB of teaching software, whole and in ranges, beside nginx with the same file, and the memory taken.

The client is Python too and shares the processors. apt install nginx-light
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import socket
import statistics
import threading
import time
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from files import nginx
from sqlalchemy import select
from support import Installation, free_port, installation

from content_packages.facts import Kind
from content_packages.storage.receiving import receive
from elearn.house import open_house
from elearn.models.account import Account
from elearn.models.material import Material, SoftwareDetail, Status
from elearn.models.software import SoftwareFile, SoftwareRelease
from elearn.services.blobs import record_blob
from elearn.services.organisation import root_unit
from elearn.services.player.capability import capability_of, host_label
from elearn.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

GIGABYTE = 1024**3
PART = 16 * 1024**2  # bytes of a range, as programs for downloads ask for
AIM = 0.7
KINDS = ("whole", "resumed", "ranges")


class Place(NamedTuple):
    """Where a file is served."""

    port: int
    host: str
    path: str


class Repeated:
    """A file of random bytes that repeat every 8 MB, read like one on disk."""

    def __init__(self, size: int) -> None:
        self._block, self._left = random.Random(7).randbytes(8 * 1024**2), size

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes."""
        given = self._block[: min(size, self._left)]
        self._left -= len(given)
        return given


def publish(place: Installation, size: int) -> tuple[Place, Path, str]:
    """A title with a release of one large file: where it is served, where it lies, and its digest."""
    settings = load_settings(place.environment)
    house = open_house(settings)
    with receive(Repeated(size), settings.staging_folder, size) as staged:
        digest = staged.sha256
        house.storage.put(staged.path, digest)
    with house.database.write() as session:
        unit, owner = root_unit(session), session.scalars(select(Account)).first()
        assert unit is not None
        assert owner is not None
        record_blob(session, digest, size)
        title = Material(kind=Kind.SOFTWARE.value, unit_id=unit.id, owner_id=owner.id, status=Status.PUBLISHED)
        title.title, title.is_public, title.software = "Large", True, SoftwareDetail()
        session.add(title)
        session.flush()
        release = SoftwareRelease(title_id=title.id, version="1", released_on=date(2026, 1, 1), is_latest=True)
        session.add(release)
        session.flush()
        file = SoftwareFile(release_id=release.id, platform="windows", file_name="large.exe", blob_sha256=digest)
        file.media_type, file.facts, file.findings = "application/octet-stream", {}, []
        session.add(file)
        session.flush()
        path = f"/d/{capability_of(settings.secret_key, file.uid, title.capability_epoch)}/large.exe"
        host = f"{host_label(settings.secret_key, file.uid)}.localhost:{place.port}"
    (stored,) = (found for found in settings.home.rglob(f"{digest}*") if found.stat().st_size == size)
    return Place(place.port, host, path), stored, digest


class Client:
    """One connection; reads answers into the same memory again and again."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._socket = socket.create_connection(("127.0.0.1", place.port))
        self._memory = memoryview(bytearray(1024**2))

    def get(self, span: tuple[int, int] | None = None, digest: sha256 | None = None) -> int:  # type: ignore[valid-type]
        """Fetch the file, or from one byte up to before another; gives how many bytes came."""
        wanted = f"Range: bytes={span[0]}-{span[1] - 1}\r\n" if span else ""
        place = self._place
        self._socket.sendall(f"GET {place.path} HTTP/1.1\r\nHost: {place.host}\r\n{wanted}\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += self._socket.recv(65536)
        head, _, body = head.partition(b"\r\n\r\n")
        assert head.split(None, 2)[1] == (b"206" if span else b"200"), head
        lines = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        length = int(lines[b"content-length"])
        left = length - len(body)
        if digest is not None:
            digest.update(body)  # type: ignore[attr-defined]
        while left:
            came = self._socket.recv_into(self._memory)
            assert came, "the connection broke off"
            left -= came
            if digest is not None:
                digest.update(self._memory[:came])  # type: ignore[attr-defined]
        return length


def whole(place: Place, size: int) -> float:
    """Megabytes a second of the whole file."""
    began = time.perf_counter()
    assert Client(place).get() == size
    return size / 1024**2 / (time.perf_counter() - began)


def resumed(place: Place, size: int) -> float:
    """Megabytes a second of what is left of the file after a third of it, in one range."""
    began, first = time.perf_counter(), size // 3
    assert Client(place).get((first, size)) == size - first
    return (size - first) / 1024**2 / (time.perf_counter() - began)


def in_ranges(place: Place, size: int) -> float:
    """Megabytes a second of the file in ranges, one after the other over one connection."""
    client, began = Client(place), time.perf_counter()
    came = sum(client.get((start, min(start + PART, size))) for start in range(0, size, PART))
    assert came == size
    return size / 1024**2 / (time.perf_counter() - began)


def family(pid: int) -> list[int]:
    """A process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(below for child in children for below in family(int(child)))]


def memory(pid: int) -> int:
    """Resident kilobytes of a process and all below it."""
    total = 0
    for one in family(pid):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{one}/status").read_text(encoding="utf-8").splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return total


@contextlib.contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """The kilobytes of a process, looked at ten times a second during the block."""
    seen, stop = [memory(pid)], threading.Event()

    def look() -> None:
        while not stop.wait(0.1):
            seen.append(memory(pid))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    size = int(asked.gigabytes * GIGABYTE)
    with installation(0) as place:
        ours, stored, digest = publish(place, size)
        with place.serve() as process, nginx(place, stored.parent) as port:
            theirs = Place(port or free_port(), "localhost", f"/folder/{stored.name}")
            told = sha256()
            Client(ours).get(digest=told)
            assert told.hexdigest() == digest, "other bytes came than are stored"
            rates: dict[str, list[float]] = {}
            with watched(process.pid) as seen:
                for _ in range(asked.rounds):
                    for name, fetch in (("whole", whole), ("resumed", resumed), ("ranges", in_ranges)):
                        rates.setdefault(f"{name}_ours", []).append(fetch(ours, size))
                        if port:
                            rates.setdefault(f"{name}_nginx", []).append(fetch(theirs, size))
    figures = {name: round(statistics.median(values)) for name, values in rates.items()}
    if port:
        figures |= {f"{name}_ratio": round(figures[f"{name}_ours"] / figures[f"{name}_nginx"], 2) for name in KINDS}
    grown = (max(seen) - seen[0]) // 1024
    print(
        json.dumps(
            {
                "bench": "software_download",
                "megabytes": size // 1024**2,
                **figures,
                "memory_grown_mb": grown,
                "aim": AIM,
            }
        )
    )


if __name__ == "__main__":
    main()
