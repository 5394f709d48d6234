"""`elearn run`: what it refuses, and a real server with its worker."""

import re
import signal
import socket
import subprocess
import sys
import threading
from http.client import HTTPConnection
from queue import Queue

import pytest

from elearn.cli.run import is_loopback, server_options
from elearn.cli.supervise import Supervisor
from elearn.settings import load_settings


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("10.0.0.5", False), ("::", False)],
)
def test_which_addresses_only_this_machine_reaches(host, loopback):
    assert is_loopback(host) is loopback


def test_a_demo_is_never_served_to_others(elearn):
    result = elearn("run", "--demo", "--host", "10.0.0.5")
    assert result.exit_code == 2
    assert "this machine only" in result.stderr


def test_a_demo_is_not_poured_over_accounts_of_its_own(ready):
    ready("user", "add", "gv", "--role", "teacher", "--password-stdin", text="con mèo trèo cây")
    result = ready("run", "--demo")
    assert result.exit_code == 3
    assert "empty database" in result.stderr


def test_the_second_port_of_a_school_without_names_is_opened_too(tmp_path):
    settings = load_settings({}, home=tmp_path, content_origin="port:8001")
    assert server_options(settings, "10.0.0.5", 8000)["listen"] == "10.0.0.5:8000 10.0.0.5:8001"


@pytest.mark.parametrize(("proxies", "cleared"), [(0, True), (1, False)])
def test_headers_of_proxies_are_dropped_unless_one_is_trusted(tmp_path, proxies, cleared):
    settings = load_settings({}, home=tmp_path, trusted_proxies=proxies)
    assert server_options(settings, "127.0.0.1", 8000)["clear_untrusted_proxy_headers"] is cleared


def test_a_worker_that_ends_is_started_again_until_the_server_stops(monkeypatch, capsys):
    started = Queue()
    monkeypatch.setattr("elearn.cli.supervise.FIRST_PAUSE", 0.0)
    run_once = Supervisor._run_once

    def counted(self):
        started.put(None)
        return run_once(self)

    monkeypatch.setattr(Supervisor, "_run_once", counted)
    supervisor = Supervisor((sys.executable, "-c", "raise SystemExit(1)"))
    supervisor.start()
    for _ in range(3):
        started.get(timeout=60)
    supervisor.stop()
    assert supervisor._thread.is_alive() is False


def test_stopping_ends_a_worker_that_runs():
    supervisor = Supervisor((sys.executable, "-c", "import sys; sys.stdin.read()"))
    supervisor.start()
    while supervisor._child is None:
        threading.Event().wait(0.01)
    supervisor.stop()
    assert supervisor._child.returncode == -signal.SIGTERM


class Running:
    """A real `elearn run`; its lines are read as they come."""

    def __init__(self, *arguments):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "-m", "elearn.cli", "run", "--port", str(self.port), *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def until(self, pattern):
        """Read lines up to one that matches; a server that ends first fails the test."""
        read = []
        for line in self.process.stdout:
            read.append(line)
            if found := re.search(pattern, line):
                return found
        raise AssertionError("".join(read))

    def status(self, path):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def end(self, sign):
        self.process.send_signal(sign)
        rest = self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(), rest


@pytest.fixture
def server(home):
    """A real server on an empty home."""
    running = Running()
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.stdout.close()
        running.process.wait()


def test_a_first_start_makes_everything_serves_and_stops_gracefully(server):
    assert server.until(r"elearn is at http://localhost:(\d+)")[1] == str(server.port)
    assert len(server.until(r"/setup/(\S+)")[1]) > 40
    server.until("worker_started")
    assert server.status("/healthz") == 200
    code, rest = server.end(signal.SIGTERM)
    assert code == 0
    assert "worker_stopped" in rest


def test_the_worker_follows_a_server_that_was_killed(server):
    server.until("worker_started")
    code, rest = server.end(signal.SIGKILL)
    # The output ends only when the worker, which writes to it too, has ended.
    assert code == -signal.SIGKILL
    assert "worker_stopped" in rest
