"""Fair turns for the writers of one process in front of SQLite's write lock.

SQLite lets a waiting writer sleep, ask again and sleep longer; whoever comes at the right moment goes first. Under
load that makes some wait for half a second while others never do. Here writers wait in a queue and are woken in order.
Writers of other processes still meet at the lock of the file.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from threading import Lock
from typing import Any


class Turns:
    """A lock that is handed on in the order in which it was asked for."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for the own turn; False when it has not come in time."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it came at the very last moment

    def give_on(self) -> None:
        """Let the next one have its turn."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class TurnTakingConnection(sqlite3.Connection):
    """A connection that keeps its turn from `take_turn` until its transaction has ended, well or badly."""

    turns: Turns | None = None
    _has_turn = False

    def take_turn(self, seconds: float) -> None:
        """Wait for the turn to write.

        Raises:
            sqlite3.OperationalError: it did not come in time; the words are those of SQLite.
        """
        if self.turns is not None and not self._has_turn:
            if not self.turns.take(seconds):
                raise sqlite3.OperationalError("database is locked")
            self._has_turn = True

    def commit(self) -> None:
        """Commit; a transaction that could not be committed keeps its turn until it is rolled back."""
        super().commit()
        self._give_on()

    def rollback(self) -> None:
        """Roll back and hand the turn on."""
        try:
            super().rollback()
        finally:
            self._give_on()

    def close(self) -> None:
        """Close, which rolls back, and hand the turn on."""
        try:
            super().close()
        finally:
            self._give_on()

    def _give_on(self) -> None:
        if self.turns is not None and self._has_turn:
            self._has_turn = False
            self.turns.give_on()


def connection_class(turns: Turns) -> type[TurnTakingConnection]:
    """A class of connections that share turns, to be given to `sqlite3.connect` as `factory`."""
    members: dict[str, Any] = {"turns": turns}
    return type("TurnTakingConnection", (TurnTakingConnection,), members)
