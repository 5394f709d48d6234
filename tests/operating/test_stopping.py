"""SIGTERM: what is being answered is answered, the worker ends, nothing stays locked, the next start works."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.installation import LEARNERS, Player, command

PATIENCE = 60  # seconds


def descendants(pid: int) -> set[int]:
    """The processes of a server: all threads may have started some."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return {int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()}


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.fixture
def player(server):
    with closing(Player(server.port, LEARNERS[0], server.material)) as player:
        yield player


@pytest.fixture
def sent(player, monkeypatch):
    """Set when the player has sent a request and waits for its answer."""
    sent, answer = threading.Event(), player.connection.getresponse

    def wait_for_answer():
        sent.set()
        return answer()

    monkeypatch.setattr(player.connection, "getresponse", wait_for_answer)
    return sent


def await_taken(player):
    """Wait until the server has read all that has come on the player's connection, as Linux tells."""
    here, there = (f"{address[1]:04X}" for address in (player.connection.sock.getsockname(), ("", player.port)))
    while True:
        lines = (line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:])
        queues = [line[4] for line in lines if (line[1][-4:], line[2][-4:]) == (there, here)]
        if queues == ["00000000:00000000"]:
            return
        threading.Event().wait(0.02)


def test_a_commit_that_waits_when_the_stop_comes_is_still_acknowledged(server, player, sent):
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(player.commit_next({"cmi.core.lesson_location": "7"})))
    with closing(sqlite3.connect(server.home / "elearn.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting.start()
        assert sent.wait(PATIENCE)
        await_taken(player)
        threading.Event().wait(0.5)  # the request goes from the socket to a thread, which waits for the lock
        server.process.terminate()
        threading.Event().wait(0.5)
        other.rollback()
    waiting.join()
    assert server.stop() == 0
    assert (answers[0].status, json.loads(answers[0].body)["number"]) == (200, 1)
    server.start()
    with closing(Player(server.port, LEARNERS[0], server.material)) as again:
        assert again.start["view"]["delivery"]["document"]["cmi.core.lesson_location"] == "7"


def test_the_worker_ends_with_the_server_and_leaves_no_lock(server):
    workers = descendants(server.process.pid)
    assert workers
    assert server.stop() == 0
    assert not any(map(alive, workers))
    # The index can be written at once by somebody else, and the site starts again.
    command(server.home, "index", "rebuild")
    server.start()
    assert descendants(server.process.pid) - workers
