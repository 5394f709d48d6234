"""An installation with a server of its own that tests may kill, starve, stop and start again."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from click.testing import CliRunner
from sqlalchemy import func, select

from bench.support import PASSWORD, Browser, Installation, Learner, free_port, wait_for
from elearn.cli import main
from elearn.demo.builder import build
from elearn.demo.lessons import LESSONS
from elearn.house import open_house
from elearn.models.material import Material, SearchChange
from elearn.models.operations import Job, JobState
from elearn.services.previews.asking import DRAW
from elearn.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from bench.support import Answer
    from elearn.house import House

ADMINISTRATOR = "quan.tri"
TEACHER = "giao.vien"
LEARNERS = ("hoc.sinh.1", "hoc.sinh.2")
START_SECONDS = 300
STOP_SECONDS = 120
INDEX_SECONDS = 300
BOUNDARY = "----------------bien-gioi-cua-cac-phan"


def prepare_home(home: Path) -> None:
    """Make a home with accounts and one published lesson of one SCO; tests work on copies of it."""
    command(home, "db", "upgrade")
    for login, role in ((ADMINISTRATOR, "administrator"), (TEACHER, "teacher"), *((n, "student") for n in LEARNERS)):
        command(home, "user", "add", login, "--role", role, "--password-stdin", given=f"{PASSWORD}\n")
    file = home / "lesson.zip"
    file.write_bytes(build(next(lesson for lesson in LESSONS if len(lesson.scos) == 1)))
    command(home, "import", str(file), "--by", ADMINISTRATOR, "--publish")
    file.unlink()
    command(home, "index", "rebuild")


def invoke(home: Path, *arguments: str, given: str = "") -> Result:
    """Run a command in this process, which is faster than starting one, however it ends."""
    environment = {"ELEARN_HOME": str(home), "ELEARN_LOCALE": "en"}
    return CliRunner().invoke(main, list(arguments), input=given, env=environment, catch_exceptions=False)


def command(home: Path, *arguments: str, given: str = "") -> str:
    """Run a command that must go well; gives what it printed."""
    done = invoke(home, *arguments, given=given)
    assert done.exit_code == 0, done.output
    return done.output


def another_teacher(home: Path) -> str:
    """Add a teacher to a home, also while it is served, for a test that wants nothing of others; gives the login."""
    login = f"giao.vien.{secrets.token_hex(4)}"
    command(home, "user", "add", login, "--role", "teacher", "--password-stdin", given=f"{PASSWORD}\n")
    return login


def await_index(home: Path) -> None:
    """Wait until the worker has taken every change into the index."""
    end = time.monotonic() + INDEX_SECONDS
    with opened_home(home) as house:
        while True:
            with house.database.read() as session:
                waiting = session.scalar(select(func.count()).select_from(SearchChange))
            if not waiting:
                return
            assert time.monotonic() < end, f"{waiting} changes were not indexed"
            time.sleep(0.1)


def await_drawings(home: Path, seconds: float = 300) -> None:
    """Wait until the worker has drawn, or given up, every card and page it was asked for."""
    end = time.monotonic() + seconds
    query = select(func.count()).select_from(Job).where(Job.kind == DRAW, Job.state == JobState.READY)
    with opened_home(home) as house:
        while True:
            with house.database.read() as session:
                waiting = session.scalar(query)
            if not waiting:
                return
            assert time.monotonic() < end, f"{waiting} materials were not drawn"
            time.sleep(0.2)


@contextmanager
def opened_home(home: Path, **environment: str) -> Iterator[House]:
    """The house of a home, opened in this process."""
    house = open_house(load_settings(environment, home=home))
    try:
        yield house
    finally:
        house.engine.close()
        house.close()


class Server(Installation):
    """The server of a prepared home, as processes of their own: kill them, stop them, start them again."""

    def __init__(self, home: Path, prefix: tuple[str, ...] = (), **environment: str) -> None:
        self.home = home
        self.port = free_port()
        self.prefix = prefix
        self.process: subprocess.Popen[bytes] | None = None
        self.settings = environment

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process of this installation."""
        return {**super().environment, "ELEARN_LOG_LEVEL": "info", **self.settings}

    @property
    def log(self) -> Path:
        """What the server and its worker write."""
        return self.home.with_name(f"{self.home.name}.log")

    def start(self) -> None:
        """Start the server and wait until it answers; its worker belongs to the same process group."""
        arguments = [*self.prefix, sys.executable, "-m", "elearn.cli", "run", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                arguments, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            wait_for(self.port, START_SECONDS)
        except TimeoutError:
            self.kill()
            raise AssertionError(self.log.read_text(encoding="utf-8")[-4000:]) from None

    def kill(self) -> None:
        """End the server and its worker at once, as a power cut would end them."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)
        self.process = None

    def stop(self) -> int:
        """Stop as an operator would; gives the exit code."""
        assert self.process
        self.process.terminate()
        code = self.process.wait(STOP_SECONDS)
        self.process = None
        return code

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command of elearn on this home, however it ends."""
        line = [sys.executable, "-m", "elearn.cli", *arguments]
        return subprocess.run(line, env=self.environment | environment, capture_output=True, text=True, check=False)

    @property
    def material(self) -> str:
        """The uid of the lesson that `prepare_home` published."""
        with opened_home(self.home) as house, house.database.read() as session:
            return str(session.scalars(select(Material.uid).order_by(Material.id).limit(1)).one())


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Start a server and see to it that nothing of it is left at the end, whatever happened to it."""
    server.start()
    try:
        yield server
    finally:
        if server.process is not None:
            server.kill()


def copied(template: Path, home: Path) -> Path:
    """A copy of a prepared home."""
    shutil.copytree(template, home)
    return home


class Player(Learner):
    """A learner whose messages can be repeated; `acknowledged` is the newest number that was answered with 200."""

    def __init__(self, port: int, login: str, material: str) -> None:
        super().__init__(port, login, material)
        self.login = login
        self.acknowledged = 0

    def send_number(self, number: int, delta: dict[str, str]) -> Answer:
        """Send a commit under a number of the caller's choice."""
        message = {"number": number, "launch": self.start["view"]["delivery"]["launch"], "delta": delta}
        return self.post_json("/rt/commit", message, self.host, Authorization=f"Bearer {self.start['token']}")

    def commit_next(self, delta: dict[str, str]) -> Answer:
        """Send the next commit; only an answer of 200 acknowledges it."""
        self.number += 1
        answer = self.send_number(self.number, delta)
        if answer.status == 200:
            self.acknowledged = self.number
        return answer


class Contributor(Browser):
    """A teacher who uploads files through the form of the site."""

    def __init__(self, port: int, login: str = TEACHER) -> None:
        super().__init__(port)
        token = self.get("/sign-in").field("csrf_token")
        answer = self.post_form("/sign-in", csrf_token=token, login=login, password=PASSWORD)
        assert answer.status == 303, answer.text
        self.token = self.get("/account").field("csrf_token")

    def upload(self, name: str, data: bytes, **headers: str) -> Answer:
        """Send a file; 303 acknowledges it, and Location names the new material."""
        body = form_data({"csrf_token": self.token}, name, data)
        headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
        return self.send("POST", "/contribute", body, **headers)


def form_data(fields: dict[str, str], name: str, data: bytes) -> bytes:
    """The body of a form with one file."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{fields[key]}\r\n' for key in fields]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    return "".join(parts).encode() + f"{head}\r\n".encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
