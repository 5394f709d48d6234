"""What an operator has: a home that was prepared by the commands, and a server on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.installation import Server, copied, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared home."""
    return copied(prepared, tmp_path / "home")


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    """A running server of its own."""
    with serving(Server(home)) as server:
        yield server
