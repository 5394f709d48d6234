"""Two people at once: holding what is changed, and noticing that it changed since somebody looked at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from elearn.models.operations import DatabaseMark
from elearn.services.access.tree import MARK
from elearn.services.errors import ConflictError
from elearn.services.marks import mark_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.models.organisation import Unit


def hold_tree(session: Session) -> None:
    """Let nobody else change the tree until this transaction ends, or two moves could make a cycle together.

    SQLite has one writer anyway; there the statement only reads.
    """
    session.execute(select(DatabaseMark.name).where(DatabaseMark.name == MARK).with_for_update())


def seen_unit(unit: Unit) -> str:
    """The mark of a unit with its names, places and levels, which a form carries."""
    return mark_of([unit, *unit.names, *unit.parents, *sorted(unit.levels, key=lambda row: row.id)])


def hold_unit(session: Session, unit: Unit, seen: str) -> None:
    """Take a unit for a change, if it is still as somebody saw it.

    Raises:
        ConflictError: `unit_changed`.
    """
    session.flush()
    session.refresh(unit, with_for_update=True)
    session.expire(unit, ["names", "parents", "levels"])
    if seen != seen_unit(unit):
        raise ConflictError("unit_changed")
