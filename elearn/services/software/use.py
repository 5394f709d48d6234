"""How often titles were taught with, by unit; what was declared void does not count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from elearn.models.usage import ActKind, UsageAct
from elearn.services.usage.voids import void_acts

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from sqlalchemy import BindParameter
    from sqlalchemy.orm import Session


def written(ids: Collection[int]) -> BindParameter[list[int]]:
    """Ids written into a statement: a province has more units than a database takes parameters."""
    return bindparam(None, sorted(ids) or [0], expanding=True, literal_execute=True)


def lessons_by_unit(session: Session, titles: Collection[int], first: date, last: date) -> dict[int, Counter[int]]:
    """Id of a title -> id of a unit -> lessons taught with it there between two days, in one query."""
    query = select(UsageAct.material_id, UsageAct.unit_id, func.count()).where(
        UsageAct.material_id.in_(written(titles)),
        UsageAct.kind == ActKind.TAUGHT,
        UsageAct.act_date.between(first, last),
        UsageAct.id.not_in(void_acts()),
    )
    found: dict[int, Counter[int]] = {}
    for title, unit_id, count in session.execute(query.group_by(UsageAct.material_id, UsageAct.unit_id)):
        found.setdefault(title, Counter())[unit_id] += count
    return found
