"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, String, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time in UTC; SQLite keeps no zone, so it is taken off going in and put on coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse naive times; convert to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give back an aware time in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


class Choice(TypeDecorator[StrEnum]):
    """One of the values of a `StrEnum`, kept as text: new values need no migration."""

    impl = String
    cache_ok = True

    def __init__(self, choices: type[StrEnum], length: int = 16) -> None:
        super().__init__(length)
        self.choices = choices

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """Refuse what is not among the choices."""
        del dialect
        return None if value is None else self.choices(value).value

    def process_result_value(self, value: str | None, dialect: Any) -> StrEnum | None:
        """Give back the member."""
        del dialect
        return None if value is None else self.choices(value)
