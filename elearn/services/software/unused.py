"""Licences that cost money in a year in which nobody taught with their title, or it was installed nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from elearn.services.access import load_tree
from elearn.services.software.ending import reach_of
from elearn.services.software.taught_or_installed import lessons_by_unit, machines_by_unit, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from elearn.services.software.spending import Paid, Spending, TitleName


@dataclass(frozen=True, slots=True)
class Unused:
    """A licence that cost `amount` đồng in the year; `lessons` and `machines` where it reaches, one of them 0."""

    title: TitleName
    licence: Paid
    amount: int
    lessons: int
    machines: int


def paid_and_not_used(session: Session, told: Spending) -> Sequence[Unused]:
    """The licences of the last year of a spending that were paid and not used, the dearest first; three queries."""
    year, tree = told.years[-1], load_tree(session)
    paid = [row for row in told.paid if row.amounts[-1]]
    titles, span = {row.title_id for row in paid}, (date(year, 1, 1), date(year, 12, 31))
    lessons, machines = lessons_by_unit(session, titles, *span), machines_by_unit(session, titles, *span)
    found = []
    for row in paid:
        reach = reach_of(row, tree)
        used = (within(lessons.get(row.title_id), reach), within(machines.get(row.title_id), reach))
        if not all(used):
            found.append(Unused(told.names[row.title_id], row, row.amounts[-1], *used))
    return sorted(found, key=lambda unused: (-unused.amount, unused.title.title, unused.licence.id))
