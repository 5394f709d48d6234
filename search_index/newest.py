"""The newest committed state of an index, shared by all threads of a process and opened again when it has changed."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from search_index.engine import IndexUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from search_index.folder import IndexFolder, Pointer

# A reader that lists the files just when a writer removes old ones looks again.
_ATTEMPTS = 5


class Pointed(Protocol):
    """A state of an index, and the pointer that led to it."""

    @property
    def pointer(self) -> Pointer: ...  # noqa: D102


State = TypeVar("State", bound=Pointed)


class Newest(Generic[State]):
    """Keeps the newest state. `open_state` opens what a pointer names; it gets the state before, to take over from it.

    It raises FileNotFoundError or IndexUnavailableError, also when a writer was just about to replace what it opens.
    """

    def __init__(self, folder: IndexFolder, open_state: Callable[[Pointer, State | None], State]) -> None:
        self._folder = folder
        self._open_state = open_state
        self._lock = Lock()
        self._state: State | None = None

    def get(self) -> State:
        """Give the newest committed state; costs one small file read when nothing has changed.

        Raises:
            IndexUnavailableError: the index is absent or damaged.
        """
        pointer = self._folder.pointer()
        state = self._state
        if state is None or state.pointer != pointer:
            with self._lock:
                state = self._state
                if state is None or state.pointer != self._folder.pointer():
                    state = self._state = self._open(state)
        return state

    def reopened(self) -> State:
        """Give the state of the files even when the pointer was not moved, as after a writer died between the two."""
        with self._lock:
            self._state = self._open(self._state)
            return self._state

    def close(self) -> None:
        """Let go of the state."""
        self._state = None

    def _open(self, before: State | None) -> State:
        for attempt in range(_ATTEMPTS):
            pointer = self._folder.pointer()
            try:
                return self._open_state(pointer, before if attempt == 0 else None)
            except FileNotFoundError:
                trouble = IndexUnavailableError(f"files of {pointer.generation} are missing")
            except IndexUnavailableError as error:
                trouble = error
        raise trouble
