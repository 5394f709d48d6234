"""The order in which the workers of `make test` are given files: the long ones first.

A file stays with one worker. One that takes minutes and is begun last lets the other workers wait for its end, so what
drives browsers, servers and faults comes first, then whatever is marked `long`, then the files with most tests.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

LONG_ROOMS = tuple(f"tests/{room}/" for room in ("faults", "journeys", "operating", "fuzz", "conformance"))
LONG_MARKS = ("journey", "long")


def longest_first(items: list[pytest.Item]) -> list[pytest.Item]:
    """The same tests with long files first; the tests of a file stay together and in their order."""
    tests = Counter(map(_file_of, items))
    long = {_file_of(item) for item in items if _is_long(item)}
    return sorted(items, key=lambda item: (_file_of(item) not in long, -tests[_file_of(item)], _file_of(item)))


def _file_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _is_long(item: pytest.Item) -> bool:
    return item.nodeid.startswith(LONG_ROOMS) or any(map(item.get_closest_marker, LONG_MARKS))
