"""Installations that tests may ruin: copies of one that was prepared once."""

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


@pytest.fixture(scope="module")
def battered(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server that all rounds of a module kill and start again, so that damage would add up."""
    with serving(Server(copied(prepared, tmp_path_factory.mktemp("battered") / "home"))) as server:
        yield server
