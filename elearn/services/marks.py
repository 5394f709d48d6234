"""Marks of rows, by which a form notices that what it showed was changed by somebody else meanwhile."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

if TYPE_CHECKING:
    from collections.abc import Iterable


def mark_of(rows: Iterable[Any]) -> str:
    """A short mark of the values of some rows: equal as long as none of them changes."""
    digest = hashlib.sha256()
    for row in rows:
        columns = inspect(row).mapper.column_attrs
        digest.update(repr([(column.key, str(getattr(row, column.key))) for column in columns]).encode())
    return digest.hexdigest()[:16]
