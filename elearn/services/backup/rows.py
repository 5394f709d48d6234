"""Rows as lines of JSON that mean the same on every database: times in UTC, bytes in base64, decimals as text."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Date, DateTime, LargeBinary, MetaData, Numeric

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table
    from sqlalchemy.types import TypeEngine

# The revision is made by the migrations themselves.
OWN_TABLES = frozenset({"alembic_version"})


def reflected_tables(connection: Connection) -> list[Table]:
    """The tables as the database has them (not as this program's models do), parents before children."""
    metadata = MetaData()
    metadata.reflect(connection)
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                # An absent document is NULL again, not the JSON word null.
                column.type.none_as_null = True
    return [table for table in metadata.sorted_tables if table.name not in OWN_TABLES]


def to_line(values: tuple[Any, ...]) -> bytes:
    """One row as a line."""
    return json.dumps([_to_text(value) for value in values], ensure_ascii=False).encode() + b"\n"


def _to_text(value: Any) -> Any:
    match value:
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=UTC)
            return aware.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case Decimal():
            return str(value)
        case _:
            return value


def from_header(line: bytes) -> list[str]:
    """The names of the columns, from the first line."""
    return list(json.loads(line))


def from_line(line: bytes, table: Table, columns: list[str], *, naive: bool) -> dict[str, Any]:
    """One line as a row of a table; `naive`: the database keeps times without a zone (SQLite)."""
    kinds = (table.c[name].type for name in columns)
    values = (_from_text(value, kind, naive=naive) for value, kind in zip(json.loads(line), kinds, strict=True))
    return dict(zip(columns, values, strict=True))


def _from_text(value: Any, kind: TypeEngine[Any], *, naive: bool) -> Any:
    if value is None or isinstance(kind, JSON):
        return value
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if naive else moment
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, Numeric) and isinstance(value, str):
        return Decimal(value)
    return value
