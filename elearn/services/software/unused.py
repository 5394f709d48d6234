"""Licences that cost money in a year in which nobody taught with their title, or it was installed nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from elearn.services.access import load_tree
from elearn.services.software.ending import reach_of
from elearn.services.software.taught_or_installed import (
    at_holders,
    lessons_by_unit,
    machines_by_unit,
    of_titles,
    within,
)

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
    """The licences of the last year of a spending that were paid and not used, the dearest first; four queries."""
    year, tree = told.years[-1], load_tree(session)
    paid = [row for row in told.paid if row.amounts[-1]]
    titles, span = {row.title_id for row in paid}, (date(year, 1, 1), date(year, 12, 31))
    lessons = lessons_by_unit(session, titles, *span)
    reaches = {row.id: reach_of(row, tree) for row in paid}
    # Of what schools bought for themselves only their own reports are read, not those of all others.
    shared = {row.title_id for row in paid if len(reaches[row.id]) > 1}
    own = {row.id for row in paid if row.title_id not in shared}
    machines = machines_by_unit(session, of_titles(shared), *span) | machines_by_unit(session, at_holders(own), *span)
    found = []
    for row in paid:
        used = tuple(within(counted.get(row.title_id), reaches[row.id]) for counted in (lessons, machines))
        if not all(used):
            found.append(Unused(told.names[row.title_id], row, row.amounts[-1], *used))
    return sorted(found, key=lambda unused: (-unused.amount, unused.title.title, unused.licence.id))
