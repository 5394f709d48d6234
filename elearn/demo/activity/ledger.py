"""Collects acts of the demo and writes them in bulk; a database that is not a demo refuses them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from elearn.demo.accounts import MARK
from elearn.demo.population.calendar import ZONE
from elearn.models.operations import DatabaseMark
from elearn.models.usage import ActKind, ActSource, UsageAct
from elearn.services.usage import NotADemoError

if TYPE_CHECKING:
    from datetime import datetime

    from elearn.demo.inserting import Inserter

EMPTY = {
    "account_id": None,
    "person_id": None,
    "unit_id": None,
    "material_id": None,
    "version_id": None,
    "attempt_id": None,
    "class_id": None,
    "course_id": None,
    "placement_id": None,
    "key": None,
}


class Ledger:
    """Acts with source `demo`; each key is taken once."""

    def __init__(self, insert: Inserter) -> None:
        """Open the ledger.

        Raises:
            NotADemoError: the database is not a demo.
        """
        if insert.session.get(DatabaseMark, MARK) is None:
            raise NotADemoError
        self.insert = insert
        self.rows: list[dict[str, Any]] = []
        self._keys: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether an act has a key."""
        return key in self._keys

    def add(
        self, kind: ActKind, at: datetime, *, late: int = 0, details: dict[str, Any] | None = None, **columns: Any
    ) -> str:
        """Note an act that was recorded `late` seconds after it happened; returns its uid, or "" for a key taken."""
        key = columns.get("key")
        if key is not None:
            if key in self._keys:
                return ""
            self._keys.add(key)
        uid = self.insert.uid()
        times = {"occurred_at": at, "act_date": at.astimezone(ZONE).date(), "recorded_at": at + timedelta(seconds=late)}
        said = {"uid": uid, "kind": kind, "source": ActSource.DEMO, "details": details or {}}
        self.rows.append({**EMPTY, **times, **said, **columns})
        return uid

    def write(self) -> int:
        """Write all acts in the order of time; returns how many."""
        self.rows.sort(key=lambda row: (row["recorded_at"], row["uid"]))
        self.insert.pour(UsageAct, self.rows)
        return len(self.rows)
