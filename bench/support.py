"""A real server on fresh data, and people who talk to it over HTTP, for the benchmarks."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from elearn.demo.builder import build
from elearn.demo.lessons import LESSONS

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "mot-mat-khau-du-dai-2026"  # noqa: S105 - of accounts that live as long as the benchmark
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


class Installation:
    """A home on disk with one material, an administrator and some learners; `serve` starts the server on it."""

    def __init__(self, home: Path, learners: int, **settings: str) -> None:
        self.home = home
        self.port = free_port()
        self.settings = settings
        self.elearn("db", "upgrade")
        self.add_user("quan.tri", "administrator")
        for number in range(learners):
            self.add_user(f"hoc.sinh.{number}", "student")

    def elearn(self, *arguments: str, given: str = "") -> str:
        """Run a command of elearn and give its output."""
        command = [sys.executable, "-m", "elearn.cli", *arguments]
        done = subprocess.run(command, env=self.environment, input=given, capture_output=True, text=True, check=True)
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        """The environment of this installation's processes."""
        own = {"ELEARN_HOME": str(self.home), "ELEARN_LOG_LEVEL": "error", "ELEARN_LOCALE": "en"}
        return {**os.environ, **own, **self.settings}

    def add_user(self, name: str, role: str) -> None:
        """Add an account with the benchmark's password."""
        self.elearn("user", "add", name, "--role", role, "--password-stdin", given=f"{PASSWORD}\n")

    def publish(self, file: Path) -> str:
        """Import and publish a file; gives the uid of its material."""
        told = json.loads(self.elearn("import", str(file), "--by", "quan.tri", "--publish", "--json"))
        return str(told["material_id"])

    def publish_lesson(self) -> str:
        """Publish a demo lesson of one SCO."""
        lesson = next(lesson for lesson in LESSONS if len(lesson.scos) == 1)
        file = self.home / "lesson.zip"
        file.write_bytes(build(lesson))
        return self.publish(file)

    @contextmanager
    def serve(self) -> Iterator[subprocess.Popen[bytes]]:
        """Run `elearn run` until the block ends."""
        command = [sys.executable, "-m", "elearn.cli", "run", "--port", str(self.port)]
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL) as process:
            try:
                wait_for(self.port)
                yield process
            finally:
                process.terminate()


@contextmanager
def installation(learners: int = 1, **settings: str) -> Iterator[Installation]:
    """A fresh installation that goes away with the block; `settings` are further environment variables."""
    with tempfile.TemporaryDirectory(prefix="elearn-bench-") as folder:
        yield Installation(Path(folder), learners, **settings)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, seconds: float = 60) -> None:
    """Wait until the server answers its health check."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), closing(Browser(port)) as browser:
            if browser.get("/healthz").status == http.client.OK:
                return
        time.sleep(0.2)
    raise TimeoutError("the server did not start")


def cpu_seconds(pid: int) -> float:
    """CPU time a process has used, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS


class Answer:
    """What came back."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def field(self, name: str) -> str:
        """The value of a hidden field or meta element."""
        match = re.search(rf'name="{name}"[^>]*(?:value|content)="([^"]*)"', self.text)
        assert match, f"no {name} in the page"
        return unescape(match[1])


class Browser:
    """One connection with one cookie jar; `host` picks the application or a content host."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, method: str, path: str, body: bytes = b"", host: str = "", **headers: str) -> Answer:
        """Send one request and read the whole answer."""
        given = {"Host": host or f"localhost:{self.port}", "Origin": f"http://localhost:{self.port}", **headers}
        if self.cookies and not host:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, given)
        answer = Answer(self.connection.getresponse())
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def close(self) -> None:
        """Let go of the connection; the next request opens another."""
        self.connection.close()

    def get(self, path: str, host: str = "", **headers: str) -> Answer:
        """GET a page."""
        return self.send("GET", path, host=host, **headers)

    def post_form(self, path: str, **fields: str) -> Answer:
        """POST a form."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(fields).encode(), **headers)

    def post_json(self, path: str, value: Any, host: str = "", **headers: str) -> Answer:
        """POST JSON."""
        sent = {"Content-Type": "application/json", **headers}
        return self.send("POST", path, json.dumps(value).encode(), host, **sent)


class Learner(Browser):
    """Somebody who signs in, launches a material and commits; `host` is the content host of the package."""

    def __init__(self, port: int, login: str, material: str) -> None:
        super().__init__(port)
        page = self.get("/sign-in")
        answer = self.post_form("/sign-in", csrf_token=page.field("csrf_token"), login=login, password=PASSWORD)
        assert answer.status in {302, 303}, answer.text
        self.launch(material)

    def launch(self, material: str) -> None:
        """Open the player page of a material and read its start."""
        token = self.get("/account").field("csrf_token")
        shell = self.post_form(f"/materials/{material}/play", csrf_token=token).headers["Location"]
        code = json.loads(self.post_json(f"{shell}/code", {"tab": "bench"}, **{"X-CSRFToken": token}).body)
        address = urlsplit(code["url"])
        self.host = address.netloc
        page = self.get(address.path, host=self.host).text
        start = re.search(r'<script type="application/json" id="start">(.*?)</script>', page, re.DOTALL)
        assert start, page
        self.start = json.loads(start[1])
        self.number = 0

    def commit(self, delta: dict[str, str]) -> int:
        """Send one commit; gives the status of the answer."""
        self.number += 1
        message = {"number": self.number, "launch": self.start["view"]["delivery"]["launch"], "delta": delta}
        bearer = {"Authorization": f"Bearer {self.start['token']}"}
        return self.post_json("/rt/commit", message, self.host, **bearer).status
