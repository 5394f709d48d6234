"""Licences that cost money in a year in which nobody taught with their title."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from elearn.services.access import load_tree
from elearn.services.software.ending import reach_of
from elearn.services.software.use import lessons_by_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.services.software.spending import Paid, Spending, TitleName


@dataclass(frozen=True, slots=True)
class Unused:
    """A licence that cost `amount` đồng in the year and was not used there, and what it is for."""

    title: TitleName
    licence: Paid
    amount: int


def paid_and_not_used(session: Session, told: Spending) -> Sequence[Unused]:
    """The licences of the last year of a spending that were paid and not used, the dearest first; two queries."""
    year, tree = told.years[-1], load_tree(session)
    paid = [row for row in told.paid if row.amounts[-1]]
    lessons = lessons_by_unit(session, {row.title_id for row in paid}, date(year, 1, 1), date(year, 12, 31))
    found = [
        Unused(told.names[row.title_id], row, row.amounts[-1])
        for row in paid
        if not lessons.get(row.title_id, {}).keys() & reach_of(row, tree)
    ]
    return sorted(found, key=lambda unused: (-unused.amount, unused.title.title, unused.licence.id))
