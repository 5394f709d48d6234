"""What must be true of a home in which uploads were broken off: every material whole, nothing left behind."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn import worker
from elearn.models.material import Material
from elearn.services.housekeeping import KEEP_STAGED
from tests.support.installation import opened_home

if TYPE_CHECKING:
    from pathlib import Path


def uids(home: Path) -> frozenset[str]:
    """The uids of all materials."""
    with opened_home(home) as house, house.database.read() as session:
        return frozenset(session.scalars(select(Material.uid)))


def materials(home: Path, apart_from: frozenset[str] = frozenset()) -> dict[str, bool]:
    """Uid -> whether it is whole: a current version with its text and its manifest."""
    with opened_home(home) as house, house.database.read() as session:
        found = [row for row in session.scalars(select(Material)) if row.uid not in apart_from]
        versions = {material.uid: material.current_version for material in found}
        return {uid: bool(version and version.parts and version.manifest) for uid, version in versions.items()}


def demand_clean_up(home: Path) -> None:
    """A day later the nightly job leaves nothing of what broke off; what the worker has in hand meanwhile is young."""
    folders = home / "staging", home / "files" / ".incoming"
    long_ago = time.time() - KEEP_STAGED.total_seconds() - 60
    for left in (path for folder in folders for path in folder.iterdir()):
        with suppress(FileNotFoundError):
            os.utime(left, (long_ago, long_ago))
    with opened_home(home) as house:
        worker.HANDLERS["clean_staging"](house, {})
    assert [path for folder in folders for path in folder.iterdir() if _written(path) <= long_ago + 1] == []


def _written(path: Path) -> float:
    """When a file was last written; one that is gone by now is as good as young."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")
