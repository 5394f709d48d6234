"""How often titles were taught with and on how many machines they stand, by unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, or_, select, tuple_

from elearn.models.installations import Installation
from elearn.models.software import SoftwareLicence
from elearn.models.usage import UsageAct
from elearn.services.usage.counts import is_taught
from elearn.services.usage.voids import void_acts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from sqlalchemy import BindParameter, ColumnElement, Select
    from sqlalchemy.orm import Session


def written(ids: Collection[int]) -> BindParameter[list[int]]:
    """Ids written into a statement: a province has more units than a database takes parameters."""
    return bindparam(None, sorted(ids) or [0], expanding=True, literal_execute=True)


def lessons_by_unit(session: Session, titles: Collection[int], first: date, last: date) -> dict[int, Counter[int]]:
    """Id of a title -> id of a unit -> lessons taught with it there between two days; void ones do not count."""
    query = select(UsageAct.material_id, UsageAct.unit_id, func.count()).where(
        UsageAct.material_id.in_(written(titles)),
        is_taught(),
        UsageAct.act_date.between(first, last),
        UsageAct.id.not_in(void_acts()),
    )
    return _counted(session, query.group_by(UsageAct.material_id, UsageAct.unit_id))


def machines_by_unit(session: Session, asked: ColumnElement[bool], first: date, last: date) -> dict[int, Counter[int]]:
    """Id of a title -> id of a unit -> machines on which it stood there at some time between two days, as reported.

    Of each room the largest report counts that was made by the end and still held at the beginning; `asked` is the
    condition on the reports that are read: `of_titles` or `at_holders`.
    """
    held = or_(Installation.is_current, Installation.confirmed_on >= first)
    most = func.max(Installation.machines).label("most")
    rooms = select(Installation.title_id, Installation.unit_id, most).where(
        asked, Installation.machines > 0, Installation.reported_on <= last, held
    )
    of_room = rooms.group_by(Installation.title_id, Installation.unit_id, Installation.room).subquery()
    query = select(of_room.c.title_id, of_room.c.unit_id, func.sum(of_room.c.most))
    return _counted(session, query.group_by(of_room.c.title_id, of_room.c.unit_id))


def of_titles(titles: Collection[int]) -> ColumnElement[bool]:
    """The condition on a report that it is about one of the titles, wherever it comes from."""
    return Installation.title_id.in_(written(titles))


def at_holders(licences: Collection[int]) -> ColumnElement[bool]:
    """The condition on a report that it is about the title of a licence, from the unit that holds it."""
    held = select(SoftwareLicence.unit_id, SoftwareLicence.title_id).where(SoftwareLicence.id.in_(written(licences)))
    return tuple_(Installation.unit_id, Installation.title_id).in_(held)


def machines_now(session: Session, titles: Collection[int]) -> dict[int, Counter[int]]:
    """Id of a title -> id of a unit -> machines on which it stands there, as was reported last."""
    query = select(Installation.title_id, Installation.unit_id, func.sum(Installation.machines)).where(
        Installation.title_id.in_(written(titles)), Installation.is_current, Installation.machines > 0
    )
    return _counted(session, query.group_by(Installation.title_id, Installation.unit_id))


def _counted(session: Session, query: Select[tuple[int | None, int | None, int]]) -> dict[int, Counter[int]]:
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for title, unit_id, count in session.connection().execute(query):  # plain rows: there are tens of thousands
        found[title][unit_id] = count
    return found


def within(counts: Mapping[int, int] | None, units: Collection[int]) -> int:
    """What was counted in some units; of a title that was counted nowhere nothing."""
    if not counts:
        return 0
    few, many = (units, counts) if len(units) < len(counts) else (counts, units)
    return sum(counts[unit_id] for unit_id in few if unit_id in many)
