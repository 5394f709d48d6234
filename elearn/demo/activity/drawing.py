"""One and a half school years of the whole province, drawn from a seed and counted at once."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from elearn.demo.activity.authors import draw_authors
from elearn.demo.activity.courses import Courses
from elearn.demo.activity.decisions import draw_decisions
from elearn.demo.activity.ledger import Ledger
from elearn.demo.activity.programs import Programs, draw_groups, draw_signs
from elearn.demo.activity.teaching import Teaching
from elearn.demo.activity.use import draw_use
from elearn.demo.activity.wishes import draw_ratings, draw_wishes
from elearn.demo.activity.world import World
from elearn.demo.inserting import Inserter
from elearn.demo.population.calendar import DAY, moment
from elearn.demo.population.drawing import SEED
from elearn.models.account import SavedSearch
from elearn.models.operations import DatabaseMark
from elearn.models.reports import LeaveRecord, PostRecord
from elearn.services.indexing import mark_taught
from elearn.services.reports import count_all, mark_changed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from elearn.database import Database
    from elearn.demo.population.calendar import Calendar

MARK = "demo_acts"
SEARCHES = (
    ("giaovien.th", "Phân số lớp 4", "q=phan+so&grade=4"),
    ("giaovien.th", "Bài giảng Tiếng Việt", "q=tieng+viet&level=TH"),
    ("giaovien.thcs", "Khoa học tự nhiên", "q=khoa+hoc+tu+nhien&level=THCS"),
    ("giaovien.thpt", "Vật lí 11", "q=vat+li&grade=11"),
)


def draw_activity(database: Database, calendar: Calendar, seed: int = SEED) -> bool:
    """Write what the people did, once; returns False when it is there already."""
    with database.write() as session:
        if session.get(DatabaseMark, MARK) is not None:
            return False
        world, ledger = collect_acts(session, calendar, seed)
        session.add(DatabaseMark(name=MARK, value=str(ledger.write())))
        draw_decisions(world, ledger, Random(seed + 3))  # noqa: S311 - a choice for a demo
        draw_groups(session, world, ledger.insert, calendar.until)
        draw_signs(world, ledger, calendar.until, Random(seed + 4))  # noqa: S311 - likewise
        draw_wishes(world, ledger.insert, calendar.until)
        draw_ratings(session, ledger.insert, calendar.until, Random(seed + 5))  # noqa: S311 - likewise
        _save_searches(world, ledger, calendar)
        _know_since(session, calendar)
        mark_changed(session, None)
        mark_taught(session)
    count_all(database)
    return True


def collect_acts(session: Session, calendar: Calendar, seed: int = SEED) -> tuple[World, Ledger]:
    """Draw all acts, writing what they stand on (courses, attempts, teach sessions) but not yet the acts.

    Raises:
        NotADemoError: the database is not a demo.
    """
    rng = Random(seed + 1)  # noqa: S311 - acts of a demo, no secrets
    world = World(session)
    ledger = Ledger(Inserter(session, seed + 2))
    draw_authors(session, world, ledger, rng)
    Courses(world, ledger, calendar, rng).draw()
    Teaching(world, ledger, calendar, rng).draw()
    draw_use(world, ledger, calendar, rng)
    Programs(world, ledger, calendar, rng).draw()
    return world, ledger


def _save_searches(world: World, ledger: Ledger, calendar: Calendar) -> None:
    at = moment(calendar.until, 16, 0)
    rows = [{"account_id": world.logins[login], "title": t, "query": q, "created_at": at} for login, t, q in SEARCHES]
    ledger.insert.pour(SavedSearch, rows)


def _know_since(session: Session, calendar: Calendar) -> None:
    """Let the register have known each post and leave a week before it began, and old ones since the demo's start."""
    start = moment(calendar.begins - 5 * DAY, 8, 0)
    for record in (PostRecord, LeaveRecord):
        session.execute(update(record).values(recorded_at=start))
        for day in session.scalars(
            select(record.valid_from).where(record.valid_from > calendar.begins).distinct()
        ).all():
            known = moment(min(day - 7 * DAY, calendar.until), 8, 0)
            session.execute(update(record).where(record.valid_from == day).values(recorded_at=known))
