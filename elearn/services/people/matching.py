"""Finding names as people type them: without accents and case, each word somewhere in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, true

from elearn.services.people.pasting import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

_MARKED = frozenset("aeiouyd")  # letters that Vietnamese writes with marks


def perhaps_named(text: str, columns: Iterable[Any]) -> ColumnElement[bool]:
    """A condition that leaves out most others; `is_named` decides, since databases compare marks differently."""
    sought = list(columns)
    condition: ColumnElement[bool] = true()
    for word in plain(text).split():
        pattern = "%" + "".join("_" if letter in _MARKED else letter for letter in word) + "%"
        condition &= or_(*(column.ilike(pattern) for column in sought))
    return condition


def is_named(text: str, *names: str | None) -> bool:
    """Whether every word of a text is somewhere in the names."""
    held = " ".join(plain(name or "") for name in names)
    return all(word in held for word in plain(text).split())
