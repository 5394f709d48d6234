"""A least-recently-used store of what was read of an index, bounded by bytes and shared by threads."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

# An entry costs this much beside its own size; it bounds the number of absent terms that are remembered.
ENTRY_BYTES = 400


class Sized(Protocol):
    """What can be kept; `size` is in bytes."""

    @property
    def size(self) -> int:
        """Bytes it takes."""


Kept = TypeVar("Kept", bound=Sized)


class Cache(Generic[Kept]):
    """Keeps what was used last, up to `limit` bytes. Keys name what never changes, so that nothing kept is ever old."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._entries: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, read: Callable[[], Kept]) -> Kept:
        """Give what is kept under the key, or read and keep it. Two threads may read the same thing at once."""
        with self._lock:
            found = self._entries.get(key)
            if found is not None:
                self._entries.move_to_end(key)
                return found
        found = read()
        with self._lock:
            if key not in self._entries:
                self._entries[key] = found
                self._held += found.size + ENTRY_BYTES
            while self._held > self._limit and self._entries:
                _key, oldest = self._entries.popitem(last=False)
                self._held -= oldest.size + ENTRY_BYTES
        return found

    @property
    def held(self) -> int:
        """Bytes kept now."""
        return self._held
