"""Validity in time: a row holds from `valid_from` to `valid_to`, both days included; no end means for now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, and_, or_
from sqlalchemy.orm import Mapped, declared_attr

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


class Dated:
    """Mixed into rows that hold for a span of days (dates of the department's time zone)."""

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[CheckConstraint, ...]:
        """A span never ends before it begins."""
        return (CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="span"),)

    @classmethod
    def valid_on(cls, day: date) -> ColumnElement[bool]:
        """The condition that a row holds on a day."""
        return and_(cls.valid_from <= day, or_(cls.valid_to.is_(None), cls.valid_to >= day))

    def holds_on(self, day: date) -> bool:
        """Whether this row holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
